import fs from "node:fs";
import { afterAll, beforeAll, expect, it } from "vitest";
import { makeWorkspace } from "../support.ts";
import { stopAll, TestKernel } from "./client.ts";

const workspace = makeWorkspace({
  "src/here.ts": 'export const here = () => process.cwd();\nexport const name = "here";\n',
});
let kernel: TestKernel;

beforeAll(async () => {
  kernel = await TestKernel.start({ directory: workspace.notebooks });
  await kernel.run('import fs from "node:fs"; import path from "node:path";');
});
afterAll(async () => {
  await stopAll();
  workspace.remove();
});

async function value(code: string): Promise<string | undefined> {
  const ran = await kernel.run(code);
  expect(ran.traceback).toBe("");
  return ran.value;
}

it("is the notebook's folder, and what a cell enters its later cells find", async () => {
  expect(await value("process.cwd()")).toBe(`'${workspace.notebooks}'`);
  await value('process.chdir("../src"); fs.writeFileSync("left.txt", "left");');
  expect(await value('fs.readFileSync("left.txt", "utf8")')).toBe("'left'");
  expect(await value('import { here } from "../src/here.ts"; here() === process.cwd()')).toBe("true");
  await kernel.run("throw new Error('in between')");
  expect(await value("path.basename(process.cwd())")).toBe("'src'");
});

it("is the same for what runs between cells", async () => {
  const id = kernel.start('setTimeout(() => console.log("later in", path.basename(process.cwd())), 300);');
  await kernel.finished(id);
  const { content } = await kernel.until(({ type, parent }) => type === "stream" && parent === id);
  expect(content.text).toBe("later in src\n");
  expect(await value("process.chdir(import.meta.dirname); process.cwd()")).toBe(`'${workspace.notebooks}'`);
});

it("is the notebook's folder again where it was removed, and the cell says so", async () => {
  const ran = await kernel.run('process.chdir(fs.mkdtempSync("gone-")); fs.rmdirSync(process.cwd()); "removed"');
  expect([ran.reply.content.status, ran.value]).toEqual(["ok", "'removed'"]);
  expect(ran.text("stderr")).toMatch(
    /^warning: the working directory is gone; later cells work in .*notebooks again\n$/,
  );
  expect(await value("process.cwd()")).toBe(`'${workspace.notebooks}'`);
});

it("may be lost whole, and cells still run", async () => {
  const other = makeWorkspace();
  const lost = await TestKernel.start({ directory: other.notebooks });
  expect((await lost.run("1 + 1")).value).toBe("2");
  fs.rmSync(other.root, { recursive: true });
  const ran = await lost.run("const kept = 2; kept + 1");
  expect([ran.traceback, ran.value]).toEqual(["", "3"]);
  expect((await lost.run('import fs from "node:fs"; fs.readdirSync(".")')).traceback).toMatch(/^(|Error: ENOENT.*)$/s);
  expect((await lost.run("kept")).value).toBe("2");
});
