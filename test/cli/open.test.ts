import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import fs from "node:fs";
import net from "node:net";
import path from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Notebook } from "../../src/notebook/index.ts";
import { makeWorkspace, repository, slowness } from "../kernel/support.ts";

const program = path.join(repository, "dist/cli/main.js");
const workspace = makeWorkspace({
  "a.ipynb": JSON.stringify({ cells: [], metadata: {}, nbformat: 4, nbformat_minor: 5 }),
  "broken.ipynb": "{",
  "a.txt": "text",
});
const home = path.join(workspace.root, "home");
const env = {
  ...process.env,
  XDG_STATE_HOME: home,
  BROWSER: "",
  DISPLAY: "",
  WAYLAND_DISPLAY: "",
};
const children: ChildProcess[] = [];
beforeAll(() => fs.mkdirSync(home));
afterAll(() => {
  for (const child of children) child.kill("SIGKILL");
  workspace.remove();
});

/** Starts the command, with more in its environment if that comes first, and waits for its address. */
async function open(...given: [Record<string, string>, ...string[]] | string[]) {
  const [first, ...rest] = given;
  const [more, args] = typeof first === "object" ? [first, rest as string[]] : [{}, given as string[]];
  const child = spawn(process.execPath, [program, "open", ...args], { cwd: workspace.root, env: { ...env, ...more } });
  children.push(child);
  let said = "";
  child.stdout.setEncoding("utf8").on("data", text => {
    said += text;
  });
  const deadline = Date.now() + 30_000 * slowness;
  while (!said.includes("Ctrl-C") && child.exitCode === null && Date.now() < deadline)
    await new Promise(resolve => setTimeout(resolve, 50));
  const url = new URL(/http:\S+/.exec(said)?.[0] ?? `about:${said}`);
  const ask = (address: string, options: RequestInit = {}) => {
    return fetch(new URL(address, url), {
      ...options,
      headers: { authorization: `token ${url.searchParams.get("token")}`, ...options.headers },
    });
  };
  return { child, url, ask, said: () => said };
}

it("serves a notebook of one's own where it is, prints the address, and ends with its kernels on Ctrl-C", async () => {
  const { child, url, ask, said } = await open("a.ipynb");
  expect(url.pathname).toBe("/open/a.ipynb");
  expect(said()).toContain("Open this address in a browser.");
  const { id } = (await (await ask("/api/kernels", { method: "POST" })).json()) as { id: string };
  expect(id).toBeTruthy();
  expect(((await (await ask("/api/contents/a.ipynb")).json()) as { type: string }).type).toBe("notebook");
  child.kill("SIGINT");
  const [code] = await once(child, "exit");
  expect(code).toBe(0);
  await expect(ask("/api")).rejects.toThrow();
});

it("makes a notebook that is not there yet, and says so", async () => {
  const { child, url, ask, said } = await open("--no-browser", "new.ipynb");
  expect(url.pathname).toBe("/open/new.ipynb");
  expect(said()).toContain("Made new.ipynb, an empty notebook.\n");
  const { content } = (await (await ask("/api/contents/new.ipynb")).json()) as { content: Notebook };
  child.kill("SIGINT");
  expect(content.metadata.kernelspec?.name).toBe("lectern");
  expect(content.cells).toMatchObject([{ cell_type: "code", source: "", outputs: [], execution_count: null }]);
  await once(child, "exit");
  const again = await open("--no-browser", "new.ipynb");
  again.child.kill("SIGINT");
  expect(again.said()).not.toContain("Made");
});

it("says where the solutions of a lecture are that is opened to be edited", async () => {
  const lecture = path.join(repository, "notebooks/05-latent-variables.ipynb");
  const { child, said } = await open("--no-browser", "--port", "0", "--edit", lecture);
  child.kill("SIGINT");
  expect(said()).toMatch(/Its solutions are in .*solutions.*; lectern join .* puts them in, to be edited too\./);
});

it("serves the course without a name, and lets a page that is open go on when it is started again", async () => {
  const first = await open("--no-browser");
  expect(first.url.pathname).toBe("/");
  const course = (await (await first.ask("/lectern/course")).json()) as { lectures: unknown[] };
  expect(course.lectures).toHaveLength(16);
  const arrived = await fetch(first.url, { headers: { accept: "text/html" } });
  const cookie = arrived.headers.get("set-cookie")?.split(";")[0] ?? "";
  first.child.kill("SIGTERM");
  await once(first.child, "exit");
  const again = await open("--no-browser");
  expect(again.url.port).toBe(first.url.port);
  const beside = await open("--no-browser");
  expect(beside.url.port).not.toBe(first.url.port);
  beside.child.kill("SIGINT");
  expect(again.url.searchParams.get("token")).not.toBe(first.url.searchParams.get("token"));
  expect((await fetch(new URL("/api/status", again.url), { headers: { cookie } })).status).toBe(200);
  expect(fs.statSync(path.join(home, "lectern", "secret")).mode & 0o077).toBe(0);
  again.child.kill("SIGINT");
});

it("says in one sentence what is wrong, and what to do", async () => {
  const taken = net.createServer().listen(0, "127.0.0.1");
  await once(taken, "listening");
  const { port } = taken.address() as net.AddressInfo;
  const lecture = path.join(repository, "notebooks/05-latent.ipynb");
  const cases: [string[], number, string][] = [
    [["a.txt/b.txt"], 2, "lectern open: a.txt/b.txt must be a notebook, but there is no such file; look at the path."],
    [["none.txt"], 2, "lectern open: none.txt must be a notebook, but there is no such file; look at the path."],
    [
      ["none/new.ipynb"],
      2,
      "lectern open: none/new.ipynb must be in a folder that is there, but none is not; make it first, as in mkdir -p none.",
    ],
    [
      ["a.txt/new.ipynb"],
      2,
      "lectern open: a.txt/new.ipynb must be in a folder, but a.txt is another file; look at the path.",
    ],
    [[lecture], 2, `lectern open: ${lecture} must be a notebook, but there is no such file; look at the path.`],
    [["a.txt"], 2, "lectern open: a.txt must be a notebook, but is another file; name one that ends in .ipynb."],
    [["."], 2, "lectern open: . must be a notebook, but is a folder; name one that ends in .ipynb."],
    [["broken.ipynb"], 1, "a notebook must be JSON, but got the end of the file at byte 1"],
    [["a.ipynb", "b.ipynb"], 2, "lectern open: one notebook may be named, but got 2"],
    [["--port", "x"], 2, "lectern open: --port must be a whole number up to 65535, but got x; as in --port 8888."],
    [["--port", "1e3"], 2, "lectern open: --port must be a whole number up to 65535, but got 1e3; as in --port 8888."],
    [["--port=-1"], 2, "lectern open: --port must be a whole number up to 65535, but got -1; as in --port 8888."],
    [["--port", "-1"], 2, "lectern open: --port must be followed by its value, but got what begins with a dash"],
    [["--port", String(port)], 1, `lectern open: --port must be free, but another program listens on ${port}`],
  ];
  for (const [args, code, message] of cases) {
    const { status, stderr } = spawnSync(process.execPath, [program, "open", ...args], {
      cwd: workspace.root,
      env,
      encoding: "utf8",
    });
    expect([status, stderr]).toEqual([code, expect.stringContaining(message)]);
    expect(stderr.trim().split("\n")).toHaveLength(1);
  }
  taken.close();
  for (const token of [" ", "a b", "a\nb", "\u00e9"]) {
    const { status, stderr } = spawnSync(process.execPath, [program, "open", "a.ipynb"], {
      cwd: workspace.root,
      env: { ...env, LECTERN_TOKEN: token },
      encoding: "utf8",
    });
    expect([status, stderr]).toEqual([2, expect.stringMatching(/^lectern open: LECTERN_TOKEN must be [^\n]*\n$/)]);
  }
});

it("prints a token that is given as an address has it", async () => {
  const { child, url, ask } = await open({ LECTERN_TOKEN: "a+b&c=%#d" }, "--no-browser", "a.ipynb");
  expect(url.searchParams.get("token")).toBe("a+b&c=%#d");
  expect((await ask("/api/status")).status).toBe(200);
  child.kill("SIGINT");
});

it.skipIf(process.platform === "win32")(
  "goes on, and says so, where something is thrown that nobody caught",
  async () => {
    // What only this process hears of, and not the kernels that it starts.
    const fault =
      'if (process.argv[2] === "open") process.on("SIGUSR2", () => { throw new Error("un\\u001b[31mseen"); });';
    const options = `--import=data:text/javascript,${encodeURIComponent(fault)}`;
    const { child, ask } = await open({ NODE_OPTIONS: options }, "--no-browser", "a.ipynb");
    let told = "";
    child.stderr.setEncoding("utf8").on("data", text => {
      told += text;
    });
    child.kill("SIGUSR2");
    const deadline = Date.now() + 10_000 * slowness;
    while (!told.includes("goes on") && child.exitCode === null && Date.now() < deadline)
      await new Promise(resolve => setTimeout(resolve, 50));
    expect(told).toMatch(
      /^lectern open: an error that was not foreseen: Error: un \[31mseen [^\n]*\. The server goes on\.\n$/,
    );
    expect((await ask("/api/status")).status).toBe(200);
    child.kill("SIGINT");
    expect(await once(child, "exit")).toEqual([0, null]);
  },
);
