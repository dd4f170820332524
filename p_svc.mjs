import { ServerConnection, KernelManager, SessionManager, ContentsManager, KernelSpecManager } from "@jupyterlab/services";
import { spawn } from "node:child_process";
const child = spawn("node", ["/work/hP18/dist/cli/main.js", "open", "--no-browser"], { env: { ...process.env, LECTERN_SNAPSHOT: "off", XDG_STATE_HOME: "/tmp/p_state" } });
const url = await new Promise(r => child.stdout.on("data", d => { const m = /http:\S+/.exec(String(d)); if (m) r(new URL(m[0])); }));
const serverSettings = ServerConnection.makeSettings({ baseUrl: url.origin + "/", wsUrl: `ws://${url.host}/`, token: url.searchParams.get("token"), appendToken: true });
try {
  const specs = new KernelSpecManager({ serverSettings }); await specs.ready; console.log("default kernel:", specs.specs.default);
  const kernelManager = new KernelManager({ serverSettings }); const sessions = new SessionManager({ kernelManager, serverSettings });
  const contents = new ContentsManager({ serverSettings });
  const model = await contents.get("notebooks/05-latent-variables.ipynb"); console.log("contents:", model.type, model.content.cells.length, "cells");
  const session = await sessions.startNew({ path: "notebooks/05-latent-variables.ipynb", name: "05", type: "notebook", kernel: { name: "lectern" } });
  const kernel = session.kernel; const info = await kernel.info; console.log("kernel:", info.implementation, kernel.supportsSubshells ?? "");
  const run = async code => { const f = kernel.requestExecute({ code }); const out = []; f.onIOPub = m => { if (m.header.msg_type !== "status") out.push(m.header.msg_type); }; const r = await f.done; return [r.content.status, ...out].join(" "); };
  console.log("execute:", await run("1 + 1"));
  const f = kernel.requestExecute({ code: "while (true) {}" }); await new Promise(r => setTimeout(r, 1500)); await kernel.interrupt(); console.log("interrupted:", (await f.done).content.status);
  const done = kernel.restart(); await done; console.log("after the restart:", await run("2 + 2"));
  const c = await kernel.requestComplete({ code: "Math.sq", cursor_pos: 7 }); console.log("complete:", c.content.matches.slice(0, 2).join());
  kernel._socket?.close?.(); await new Promise(r => setTimeout(r, 3000)); console.log("after the socket was lost:", await run("3 + 3"), kernel.connectionStatus);
  await session.shutdown(); console.log("sessions left:", [...sessions.running()].length);
} catch (e) { console.log("FAILED", e); }
child.kill("SIGINT"); child.on("exit", c => { console.log("server ended with", c); process.exit(0); });
