import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import { afterAll, expect, it } from "vitest";
import { program } from "../kernel/protocol/client.ts";
import { makeWorkspace } from "../kernel/support.ts";
import { stopAll, TestServer } from "../server/support.ts";

const shown = { output_type: "display_data", data: { "text/html": "<b>1</b>" }, metadata: {} };
const cell = { cell_type: "code", id: "a", metadata: {}, source: "1 + 1", outputs: [shown], execution_count: 1 };
const notebook = JSON.stringify({ cells: [cell], metadata: {}, nbformat: 4, nbformat_minor: 5 });
const workspace = makeWorkspace({ "a.ipynb": notebook, "run.ipynb": notebook, "broken.ipynb": "{" });
const home = path.join(workspace.root, "home");
afterAll(stopAll);

function lectern(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...args], {
    cwd: workspace.root,
    env: { ...process.env, XDG_STATE_HOME: home },
    encoding: "utf8",
  });
  return { code: status, out: stdout, err: stderr };
}

it("trusts a notebook once, and says what cannot be trusted", () => {
  expect(lectern("trust", "a.ipynb")).toMatchObject({
    code: 0,
    out: expect.stringContaining("a.ipynb is trusted now"),
  });
  expect(lectern("trust", "a.ipynb", "broken.ipynb")).toMatchObject({
    code: 1,
    out: "a.ipynb was trusted already\n",
    err: expect.stringContaining("broken.ipynb"),
  });
  expect(lectern("trust")).toMatchObject({ code: 2, err: expect.stringContaining("a notebook is needed") });
});

it("trusts what it ran itself, and the page's server knows of both", async () => {
  expect(lectern("run", "--write", "run.ipynb").code).toBe(0);
  const secret = readFileSync(path.join(home, "lectern/secret"), "utf8");
  const server = await TestServer.start({ secret, signatures: path.join(home, "lectern/signatures") }, {}, workspace);
  for (const name of ["a.ipynb", "run.ipynb"]) {
    const { json } = await server.get(`/api/contents/${name}`);
    expect(json.content.cells[0].metadata.trusted, name).toBe(true);
  }
});
