import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { makeWorkspace } from "../support.ts";
import { stopAll, TestKernel } from "./client.ts";

const workspace = makeWorkspace();
let kernel: TestKernel;

beforeAll(async () => {
  kernel = await TestKernel.start({ directory: workspace.notebooks });
});
beforeEach(() => {
  kernel.answer = undefined;
});
afterAll(async () => {
  await stopAll();
  workspace.remove();
});

it("asks the reader and waits for the answer", async () => {
  kernel.answer = ({ prompt, password }) => `${prompt}${password}`;
  const ran = await kernel.run('console.log("first"); [prompt("name? "), prompt("key? ", { password: true } as any)]', {
    allow_stdin: true,
  });
  expect(ran.value).toBe("[ 'name? false', 'key? true' ]");
  const asked = kernel.messages.filter(({ type }) => type === "input_request");
  expect(asked.map(({ parent, channel }) => [parent, channel])).toEqual([
    [ran.id, "stdin"],
    [ran.id, "stdin"],
  ]);
});

it("takes the default for an empty answer", async () => {
  kernel.answer = () => "";
  expect((await kernel.run('prompt("n?", "7")', { allow_stdin: true })).value).toBe("'7'");
});

it("says why it cannot ask a client without input", async () => {
  const ran = await kernel.run('prompt("name?")', { allow_stdin: false });
  expect(ran.error?.evalue).toMatch(/^prompt: the client must be able to ask its reader, but .*allow_stdin is false/);
});

it("is interrupted while it waits, and then asks anew", async () => {
  const id = kernel.start('prompt("never answered")', { allow_stdin: true });
  await kernel.until(({ type, parent }) => type === "input_request" && parent === id);
  kernel.send("interrupt_request", {}, "control");
  expect((await kernel.finished(id)).reply.content).toMatchObject({ status: "error", ename: "Interrupted" });
  kernel.answer = () => "answered";
  expect((await kernel.run('prompt("again?")', { allow_stdin: true })).value).toBe("'answered'");
});

describe("standard input", () => {
  const readline = 'import * as readline from "node:readline/promises";\n';

  it("asks when readline waits for a line", async () => {
    const answers = ["Ada", "1815"];
    kernel.answer = () => answers.shift() ?? "too many questions";
    const ran = await kernel.run(
      `${readline}const rl = readline.createInterface({ input: process.stdin, output: process.stdout });
const name = await rl.question("name? ");
const year = await rl.question("year? ");
rl.close();
[name, year]`,
      { allow_stdin: true },
    );
    expect(ran.value).toBe("[ 'Ada', '1815' ]");
    expect(ran.text()).toBe("name? year? ");
  });

  it("asks for a reader that an earlier cell made, and for none that a finished cell left open", async () => {
    kernel.answer = undefined;
    await kernel.run(
      `${readline}const left = readline.createInterface({ input: process.stdin, output: process.stdout });`,
      {
        allow_stdin: true,
      },
    );
    const asked = () => kernel.messages.filter(({ type }) => type === "input_request").length;
    const before = asked();
    await kernel.run("await new Promise(resolve => setTimeout(resolve, 200));", { allow_stdin: true });
    expect(asked()).toBe(before);
    kernel.answer = () => "later";
    expect((await kernel.run('await left.question("when? ")', { allow_stdin: true })).value).toBe("'later'");
    await kernel.run("left.close();");
  });

  it("is read line by line", async () => {
    const answers = ["1", "2", "stop"];
    kernel.answer = () => answers.shift() ?? "too many questions";
    const ran = await kernel.run(
      `import { createInterface } from "node:readline";
const lines: string[] = [];
for await (const line of createInterface({ input: process.stdin })) {
  if (line === "stop") break;
  lines.push(line);
}
lines`,
      { allow_stdin: true },
    );
    expect(ran.value).toBe("[ '1', '2' ]");
  });

  it("ends the cell of a client that cannot ask, and one that is interrupted", async () => {
    const code = `${readline}await readline.createInterface({ input: process.stdin, output: process.stdout }).question("? ")`;
    const ran = await kernel.run(code, { allow_stdin: false });
    expect(ran.error?.evalue).toMatch(/allow_stdin is false/);
    kernel.answer = undefined;
    const id = kernel.start(code, { allow_stdin: true });
    await kernel.until(({ type, parent }) => type === "input_request" && parent === id);
    kernel.send("interrupt_request", {}, "control");
    expect((await kernel.finished(id)).reply.content).toMatchObject({ status: "error", ename: "Interrupted" });
    kernel.answer = () => "again";
    expect((await kernel.run(code, { allow_stdin: true })).value).toBe("'again'");
  });
});

describe("file descriptor 0", () => {
  const reading = 'import fs from "node:fs";\n';
  const answers = (...lines: string[]) => {
    const left = [...lines, ""];
    kernel.answer = () => left.shift() ?? "too many questions";
  };

  it.each([
    ["readFileSync", 'fs.readFileSync(0, "utf8").split("\\n")'],
    ["readFileSync, by its name", 'String(fs.readFileSync("/dev/stdin")).split("\\n")'],
    ["readFileSync, by process.stdin", 'fs.readFileSync(process.stdin.fd, { encoding: "utf8" }).split("\\n")'],
    ["promises.readFile", '(await fs.promises.readFile("/dev/stdin", "utf8")).split("\\n")'],
    ["readFile", 'await new Promise(done => fs.readFile(0, "utf8", (_, text) => done(text.split("\\n"))))'],
    [
      "a stream",
      'let text = ""; for await (const each of fs.createReadStream("", { fd: 0, encoding: "utf8" })) text += each; text.split("\\n")',
    ],
    [
      "readSync, until its end",
      'const bytes = Buffer.alloc(3); let read = ""; for (let n = 0; (n = fs.readSync(0, bytes)) > 0; ) read += bytes.toString("utf8", 0, n); read.split("\\n")',
    ],
    [
      "read",
      'const some = await new Promise<string>(done => fs.read(0, Buffer.alloc(20), 2, 18, null, (_, n, b) => done(b.toString("utf8", 2, 2 + n)))); [...some.split("\\n").slice(0, 1), ...fs.readFileSync(0, "utf8").split("\\n")]',
    ],
  ])("is read to its end, which an empty answer is: %s", async (_, code) => {
    answers("3 4", "five");
    const ran = await kernel.run(reading + code, { allow_stdin: true });
    expect([ran.traceback, ran.value]).toEqual(["", "[ '3 4', 'five', '' ]"]);
    const asked = kernel.messages.filter(({ type, parent }) => type === "input_request" && parent === ran.id);
    expect(asked.length).toBe(3);
  });

  it.each([
    ["at once", "fs.readFileSync(0)"],
    ["later", 'await fs.promises.readFile("/dev/stdin")'],
    ["in a stream", 'for await (const each of fs.createReadStream("/dev/stdin")) void each;'],
  ])("is refused by a client that cannot ask, and may be interrupted: %s", async (_, code) => {
    const ran = await kernel.run(reading + code, { allow_stdin: false });
    expect(ran.error?.evalue).toMatch(/allow_stdin is false/);
    const id = kernel.start(reading + code, { allow_stdin: true });
    const { content } = await kernel.until(({ type, parent }) => type === "input_request" && parent === id);
    expect(content.prompt).toBe("standard input, which an empty line ends: ");
    kernel.send("interrupt_request", {}, "control");
    expect((await kernel.finished(id)).reply.content).toMatchObject({ status: "error", ename: "Interrupted" });
  });

  it("is another file's where a cell reads one, and others' who read it", async () => {
    workspace.write("notebooks/some.txt", "some");
    expect(
      (await kernel.run(`${reading}const fd = fs.openSync("some.txt", "r"); fs.readFileSync(fd, "utf8")`)).value,
    ).toBe("'some'");
    const child =
      'String(require("node:child_process").execFileSync(process.execPath, ["-p", "fs.readFileSync(0).length"], { input: "four" }))';
    expect((await kernel.run(child)).value).toBe("'4\\n'");
  });
});
