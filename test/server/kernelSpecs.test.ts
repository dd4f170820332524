import fs from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { jupyterDataFolders } from "../../src/server/index.ts";
import { makeWorkspace, repository } from "../kernel/support.ts";
import { findPython, needsPython } from "../support/python.ts";
import { type Json, Page, stopAll, TestServer, until } from "./support.ts";

const workspace = makeWorkspace();
const installed = (name: string, spec: object | string, ...folders: string[]) => {
  const file = path.join("prefix", ...folders, "share/jupyter/kernels", name, "kernel.json");
  return workspace.write(file, typeof spec === "string" ? spec : JSON.stringify(spec));
};
const data = path.join(workspace.root, "prefix/share/jupyter");
const argv = (...words: string[]) => ({ argv: words, display_name: words[0], language: "other" });
let server: TestServer;
beforeAll(async () => {
  workspace.write("prefix/bin/python", "");
  installed("Python3", argv("python", "-m", "ipykernel_launcher", "-f", "{connection_file}"));
  installed("placed", argv("{prefix}/bin/run", "{resource_dir}/start", "{connection_file}"));
  fs.writeFileSync(path.join(data, "kernels/placed/logo-64x64.png"), "picture");
  fs.writeFileSync(path.join(data, "kernels/placed/start"), "secret");
  installed("broken", "{");
  installed("empty", {});
  installed("lectern", argv("somebody else's"));
  installed("placed", argv("hidden by the first"), "second");
  const old = path.join(repository, "test/server/oldKernel.mjs");
  installed("old", argv(process.execPath, old, "{connection_file}"), "second");
  server = await TestServer.start(
    {
      dataFolders: [data, path.join(workspace.root, "prefix/second/share/jupyter"), path.join(workspace.root, "none")],
    },
    {},
    workspace,
  );
});
afterAll(stopAll);

describe("the kernels that are installed for Jupyter", () => {
  it("are looked for where Jupyter does", () => {
    const env = { HOME: "/home/ada", JUPYTER_PATH: `/one${path.delimiter}/two`, VIRTUAL_ENV: "/venv" };
    expect(jupyterDataFolders(env).slice(0, 3)).toEqual(["/one", "/two", "/venv/share/jupyter"]);
    expect(jupyterDataFolders({ JUPYTER_DATA_DIR: "/mine" })[0]).toBe("/mine");
    if (process.platform !== "linux") return;
    const system = ["/usr/local/share/jupyter", "/usr/share/jupyter"];
    expect(jupyterDataFolders(env).slice(3)).toEqual(["/home/ada/.local/share/jupyter", ...system]);
    expect(jupyterDataFolders({ HOME: "/home/ada", XDG_DATA_HOME: "/data" })).toEqual(["/data/jupyter", ...system]);
  });

  it("stand beside our own, which none takes the place of, and broken ones hide nothing", async () => {
    const { json } = await server.get("/api/kernelspecs");
    expect(json.default).toBe("lectern");
    expect(Object.keys(json.kernelspecs)).toEqual(["lectern", "python3", "placed", "old"]);
    expect(json.kernelspecs.lectern.spec.display_name).toBe("TypeScript (lectern)");
    expect(json.kernelspecs.python3.spec).toMatchObject({ interrupt_mode: "signal" });
    expect(json.kernelspecs.python3.spec.argv[0]).toBe(path.join(workspace.root, "prefix/bin/python"));
    const folder = path.join(data, "kernels/placed");
    expect(json.kernelspecs.placed).toMatchObject({
      spec: { argv: [path.join(workspace.root, "prefix/bin/run"), `${folder}/start`, "{connection_file}"] },
      resources: { "logo-64x64": "/kernelspecs/placed/logo-64x64.png" },
    });
    expect((await server.get("/kernelspecs/placed/logo-64x64.png")).text).toBe("picture");
    for (const file of ["start", "kernel.json", "..%2fplaced%2fkernel.json"])
      expect((await server.get(`/kernelspecs/placed/${file}`)).status, file).toBe(404);
    expect((await server.get("/api/kernelspecs/PLACED")).json.name).toBe("placed");
    expect((await server.get("/api/kernelspecs/none")).status).toBe(404);
  });

  it("are named where a notebook asks for one that is not there", async () => {
    const asked = { path: "a.ipynb", type: "notebook", kernel: { name: "ir" } };
    expect(await server.ask("POST", "/api/sessions", asked)).toMatchObject({
      status: 501,
      json: {
        message: expect.stringMatching(/must be lectern or .*, but got ir, which is not installed here; install/),
      },
    });
  });

  it("run when they welcome nobody, and are interrupted by a signal", async () => {
    const { json } = await server.ask("POST", "/api/kernels", { name: "old" });
    expect(json).toMatchObject({ name: "old", execution_state: "idle" });
    const page = await Page.open(server, json.id);
    const id = page.execute("this");
    await page.finished(id);
    expect(page.text(id)).toBe("did this");
    // What was asked only to see whether it is there is of nobody's concern.
    expect(page.messages.every(each => each.parent_header.msg_id === id || each.content.execution_state)).toBe(true);
    const waiting = page.execute("wait");
    await until(() => page.of(waiting, "status").length > 0, "the cell");
    expect((await server.ask("POST", `/api/kernels/${json.id}/interrupt`)).status).toBe(204);
    await page.finished(waiting);
    expect((await server.ask("POST", `/api/kernels/${json.id}/restart`)).json.execution_state).toBe("idle");
    await page.finished(page.execute("that"));
    await page.close();
    expect((await server.ask("DELETE", `/api/kernels/${json.id}`)).status).toBe(204);
  });
});

const python = findPython(["ipykernel"]);

it.skipIf(!python.path)(`runs Python's kernel like its own${needsPython(python)}`, async () => {
  const share = path.resolve(path.dirname(python.path ?? ""), "../share/jupyter");
  const own = await TestServer.start({ dataFolders: [share] }, { "a.ipynb": "{}" });
  const asked = { path: "a.ipynb", type: "notebook", kernel: { name: "python3" } };
  const { kernel } = (await own.ask("POST", "/api/sessions", asked)).json;
  const page = await Page.open(own, kernel.id);
  const id = page.execute("import os\nprint(6 * 7)\nos.getcwd()");
  await page.finished(id);
  expect(page.text(id)).toBe("42\n");
  expect(page.of(id, "execute_result")[0].content.data["text/plain"]).toBe(`'${own.workspace.root}'`);
  const endless = page.execute("print('begun')\nwhile True: pass");
  await until(() => page.text(endless) !== "", "the loop");
  await own.ask("POST", `/api/kernels/${kernel.id}/interrupt`);
  expect(await page.finished(endless)).toMatchObject({ ename: "KeyboardInterrupt" });
  const asking = page.execute("input('name? ')");
  await until(() => page.of(asking, "input_request").length > 0, "the question");
  page.send("input_reply", { status: "ok", value: "Ada" }, "stdin");
  await page.finished(asking);
  expect(page.of(asking, "execute_result")[0].content.data["text/plain"]).toBe("'Ada'");
  const dying = page.execute("os.kill(os.getpid(), 9)");
  expect((await page.finished(dying)) as Json).toMatchObject({
    status: "error",
    evalue: expect.stringContaining("SIGKILL"),
  });
  await page.finished(page.execute("1"));
  await page.close();
  await own.stop();
});
