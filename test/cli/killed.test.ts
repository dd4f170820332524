import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import fs from "node:fs";
import path from "node:path";
import { afterAll, expect, it } from "vitest";
import { isAlive } from "../../src/kernel/process/isAlive.ts";
import { program } from "../kernel/protocol/client.ts";
import { makeWorkspace } from "../kernel/support.ts";
import { until } from "../server/support.ts";

const cell = { cell_type: "code", id: "a", metadata: {}, outputs: [], execution_count: null };
const notebook = (source: string) => ({ cells: [{ ...cell, source }], metadata: {}, nbformat: 4, nbformat_minor: 5 });
const workspace = makeWorkspace({ "a.ipynb": JSON.stringify(notebook("1")) });
const children: ChildProcess[] = [];
afterAll(() => {
  for (const child of children) child.kill("SIGKILL");
  workspace.remove();
});

async function open() {
  const child = spawn(process.execPath, [program, "open", "a.ipynb", "--no-browser"], {
    cwd: workspace.root,
    env: { ...process.env, XDG_STATE_HOME: path.join(workspace.root, "state") },
  });
  children.push(child);
  let said = "";
  child.stdout.setEncoding("utf8").on("data", text => {
    said += text;
  });
  await until(() => said.includes("Ctrl-C"), "the address");
  const url = new URL(/http:\S+/.exec(said)?.[0] ?? "");
  const authorization = `token ${url.searchParams.get("token")}`;
  const ask = async (method: string, address: string, body?: unknown) => {
    const request = {
      method,
      headers: { authorization },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    };
    return (await fetch(new URL(address, url), request)).json();
  };
  return { child, url, ask };
}

const kernelsOf = (pid: number) =>
  fs
    .readdirSync("/proc")
    .filter(name => /^\d+$/.test(name))
    .filter(name => {
      try {
        return fs.readFileSync(`/proc/${name}/environ`, "utf8").includes(`JPY_PARENT_PID=${pid}\0`);
      } catch {
        return false;
      }
    })
    .map(Number);

it.skipIf(process.platform !== "linux")(
  "killed while it saves, the server leaves every file whole and no kernel; started again it is where it was",
  async () => {
    const first = await open();
    await first.ask("POST", "/api/sessions", { path: "a.ipynb", type: "notebook", kernel: {} });
    const pid = first.child.pid ?? 0;
    await until(() => kernelsOf(pid).length > 0, "the kernel");
    const kernels = kernelsOf(pid);
    await first.ask("PUT", "/api/contents/a.ipynb", { type: "notebook", content: notebook("'saved'") });
    const large = { type: "notebook", content: notebook(`'${"x".repeat(30 * 2 ** 20)}'`) };
    const saving = first.ask("PUT", "/api/contents/a.ipynb", large).catch(() => undefined);
    await new Promise(resolve => setTimeout(resolve, 150));
    first.child.kill("SIGKILL");
    await Promise.all([once(first.child, "exit"), saving]);
    const { cells } = JSON.parse(fs.readFileSync(path.join(workspace.root, "a.ipynb"), "utf8"));
    expect(["'saved'".length, 30 * 2 ** 20 + 2]).toContain([cells[0].source].flat().join("").length);
    await until(() => kernels.every(each => !isAlive(each)), "the kernels' end");
    const again = await open();
    expect(again.url.port).toBe(first.url.port);
    const { content } = (await again.ask("GET", "/api/contents/a.ipynb")) as { content: { cells: { id: string }[] } };
    expect(content.cells[0]?.id).toBe("a");
    again.child.kill("SIGINT");
    expect(await once(again.child, "exit")).toEqual([0, null]);
  },
);
