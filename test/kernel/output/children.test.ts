import fs from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makeWorkspace, Notebook, type Workspace } from "../support.ts";

let workspace: Workspace;
let notebook: Notebook;

beforeAll(async () => {
  workspace = makeWorkspace({
    "notebooks/child.cjs": 'process.stdout.write("out ä\\n"); process.stderr.write("err\\n"); process.exitCode = 3;',
  });
  notebook = new Notebook(workspace.notebooks);
  await notebook.run('import { execFileSync, execSync, fork, spawn, spawnSync } from "node:child_process";');
  await notebook.run(
    'import { writeSync, writevSync, write, createWriteStream } from "node:fs"; import { once } from "node:events";',
  );
  await notebook.run(
    'import { appendFileSync, writeFile, writeFileSync, promises } from "node:fs"; import { promisify } from "node:util";',
  );
});
afterAll(() => {
  notebook.engine.dispose();
  workspace.remove();
});

/** What a cell prints, by stream. */
async function printed(source: string): Promise<Record<string, string>> {
  const { outputs, status } = await notebook.run(source);
  const texts: Record<string, string> = { status };
  for (const each of outputs)
    if (each.output_type === "stream") texts[each.name] = (texts[each.name] ?? "") + each.text;
  return texts;
}

const both = { stdout: "out ä\n", stderr: "err\n" };

describe("a child's output lands in the cell", () => {
  it.each([
    ["spawnSync, inherit", 'void spawnSync(process.execPath, ["child.cjs"], { stdio: "inherit" });', both],
    ["spawnSync, by place", 'void spawnSync(process.execPath, ["child.cjs"], { stdio: ["ignore", 1, 2] });', both],
    [
      "spawnSync, streams",
      'void spawnSync(process.execPath, ["child.cjs"], { stdio: ["ignore", process.stderr, "ignore"] });',
      { stderr: "out ä\n" },
    ],
    ["execSync", 'execSync("echo out ä; echo err >&2", { stdio: "inherit" })', both],
    ["execFileSync", 'execFileSync("sh", ["-c", "echo out ä; echo err >&2"], { stdio: "inherit" })', both],
    ["spawn", 'await once(spawn(process.execPath, ["child.cjs"], { stdio: "inherit" }), "close");', both],
    ["fork", 'await once(fork("child.cjs"), "close");', both],
    [
      "spawn, one of two",
      'await once(spawn(process.execPath, ["child.cjs"], { stdio: ["ignore", "ignore", "inherit"] }), "close");',
      { stderr: "err\n" },
    ],
  ])("%s", async (_, source, expected) => {
    expect(await printed(source)).toEqual({ status: "ok", ...expected });
  });

  it("says what a failing child printed, and fails as without us", async () => {
    const { outputs, status } = await notebook.run(
      'execFileSync(process.execPath, ["child.cjs"], { stdio: "inherit" });',
    );
    expect(status).toBe("error");
    expect(outputs.slice(0, 2)).toMatchObject([{ text: both.stdout }, { text: both.stderr }]);
    expect(outputs[2]).toMatchObject({ evalue: expect.stringContaining("Command failed") });
  });

  it("has no limit of length", async () => {
    const texts = await printed(
      'void spawnSync(process.execPath, ["-e", "console.log(\'x\'.repeat(3e6))"], { stdio: "inherit" });',
    );
    expect(texts.stdout?.length).toBe(3_000_001);
  });

  it("looks inherited to the code that started it", async () => {
    expect(await notebook.value('spawnSync(process.execPath, ["child.cjs"], { stdio: "inherit" }).stdout')).toBe(
      "null",
    );
    expect(await notebook.value('execSync("echo 1", { stdio: "inherit" })')).toBe("null");
    expect(await notebook.value('spawn("true", { stdio: "inherit" }).stdout')).toBe("null");
  });

  it("leaves pipes to those who asked for them", async () => {
    expect(await notebook.value('execSync("echo 1", { encoding: "utf8" })')).toBe("'1\\n'");
    expect(await notebook.value('String(spawnSync("echo", ["2"]).stdout)')).toBe("'2\\n'");
    expect(
      await notebook.value(
        'spawnSync("sh", ["-c", "echo 3; echo 4 >&2"], { stdio: ["pipe", "pipe", "inherit"] }).stdout + ""',
      ),
    ).toBe("'3\\n'");
  });
});

describe("descriptors 1 and 2", () => {
  it.each([
    ["writeSync", 'writeSync(1, "out ä\\n"); writeSync(2, Buffer.from("err\\n"));', both],
    [
      "part of a buffer",
      'writeSync(1, Buffer.from("xout ä\\ny"), 1, 7); writeSync(2, Buffer.from("err\\nx"), 0, 4);',
      both,
    ],
    ["writevSync", 'writevSync(1, [Buffer.from("out "), Buffer.from("ä\\n")]);', { stdout: "out ä\n" }],
    ["writeFileSync", 'writeFileSync(1, "out ä\\n"); appendFileSync(2, Buffer.from("err\\n"));', both],
    ["names", 'writeFileSync("/dev/stdout", "b3V0IMOkCg==", "base64"); appendFileSync("/dev/fd/2", "err\\n");', both],
    ["writeFile", 'await new Promise(resolve => writeFile("/dev/stderr", "err\\n", resolve));', { stderr: "err\n" }],
    ["promises", 'await promises.writeFile("/proc/self/fd/1", "out ä\\n", "utf8");', { stdout: "out ä\n" }],
    [
      "a stream",
      'await new Promise<void>(resolve => createWriteStream("/dev/stdout").end("out ä\\n", () => resolve()));',
      { stdout: "out ä\n" },
    ],
    ["write", 'await new Promise<void>(resolve => write(2, "err\\n", () => resolve()));', { stderr: "err\n" }],
  ])("%s", async (_, source, expected) => {
    expect(await printed(source)).toEqual({ status: "ok", ...expected });
  });

  it("returns the bytes written, and writes files as before", async () => {
    expect(await notebook.value('writeSync(1, "ä")')).toBe("2");
    expect(await notebook.value('(await promisify(write)(1, "ä")).bytesWritten')).toBe("2");
    await notebook.run(
      'import * as all from "node:fs"; const file = all.openSync("own.txt", "w"); all.writeSync(file, "kept"); all.closeSync(file);',
    );
    expect(fs.readFileSync(`${workspace.notebooks}/own.txt`, "utf8")).toBe("kept");
    await notebook.run('writeFileSync("own.txt", "a"); await promises.appendFile("own.txt", "b");');
    expect(fs.readFileSync(`${workspace.notebooks}/own.txt`, "utf8")).toBe("ab");
  });
});
