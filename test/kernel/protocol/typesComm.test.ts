import { afterAll, beforeAll, expect, it } from "vitest";
import type { CellChecker } from "../../../src/kernel/check/cellChecker.ts";
import type { Comms } from "../../../src/kernel/protocol/comms.ts";
import type { CommMessage } from "../../../src/kernel/protocol/exchange.ts";
import { TypesComm } from "../../../src/kernel/protocol/typesComm.ts";
import { makeWorkspace } from "../support.ts";
import { stopAll, TestKernel } from "./client.ts";

const workspace = makeWorkspace();
let kernel: TestKernel;

beforeAll(async () => {
  kernel = await TestKernel.start({ directory: workspace.notebooks });
  await kernel.run("const rate = 0.5;");
  kernel.send("comm_open", { comm_id: "types", target_name: "lectern.types", data: {} });
});
afterAll(async () => {
  await stopAll();
  workspace.remove();
});

async function problemsOf(source: string, more: object = {}) {
  const id = `${source.length}-${source}`;
  kernel.send("comm_msg", { comm_id: "types", data: { id, source, ...more } });
  const answer = await kernel.until(
    ({ type, content }) => type === "comm_msg" && content.comm_id === "types" && content.data.id === id,
  );
  return answer.content.data.problems;
}

it("tells where a cell that is being written is wrong", async () => {
  expect(await problemsOf("rate.toFixed(2)")).toEqual([]);
  expect(await problemsOf("const text: string = rate;")).toMatchObject([{ line: 1, column: 7, code: 2322 }]);
  expect(await problemsOf("const open = (")).toMatchObject([{ line: 1 }]);
});

it("leaves nothing of what was only written", async () => {
  await problemsOf("const draft = 1;");
  expect(await problemsOf("draft + 1")).toMatchObject([{ code: 2304 }]);
  const ran = await kernel.run("rate");
  expect(ran.value).toBe("0.5");
});

it("says which cell defines a name that did not run", async () => {
  const cells = ["const rate = 0.5;", "const samples = 100;", "samples * rate"];
  expect(await problemsOf("samples * rate", { cells })).toMatchObject([
    { unrun: true, message: "cell 2 defines samples; run it first" },
  ]);
});

it("answers while a cell runs", async () => {
  const running = kernel.start("await new Promise(resolve => setTimeout(resolve, 1500)); 1");
  const asked = performance.now();
  expect(await problemsOf("rate.nothing")).toMatchObject([{ code: 2339 }]);
  const reply = await kernel.reply(running);
  expect(reply.time).toBeGreaterThan(asked + 200);
});

it("answers a draft whose check fails, and the next one", async () => {
  const answers: unknown[] = [];
  let receive: (message: CommMessage, origin: object) => void = () => {};
  const comms = {
    answer: (_: string, by: typeof receive) => (receive = by),
    publish: ({ data }: CommMessage) => answers.push(data),
  };
  let asked = 0;
  const checker = async () => {
    if (asked++ === 0) throw new Error("the checker ended");
    return { problems: async () => [] };
  };
  new TypesComm(comms as unknown as Comms, checker as unknown as () => Promise<CellChecker>);
  for (const id of ["first", "second"]) {
    receive({ kind: "message", comm: "types", data: { id, source: "1" } } as CommMessage, {});
    await new Promise(resolve => setTimeout(resolve));
  }
  expect(answers).toEqual([
    { event: "refused", id: "first", error: "the checker ended" },
    { event: "checked", id: "second", problems: [] },
  ]);
});

it("refuses what is no cell", async () => {
  kernel.send("comm_msg", { comm_id: "types", data: { id: 3 } });
  const answer = await kernel.until(({ type, content }) => type === "comm_msg" && content.data.event === "refused");
  expect(answer.content.data.error).toMatch(/^lectern\.types: a message must be \{ id, source \}/);
});

async function asked(question: object) {
  const id = JSON.stringify(question);
  kernel.send("comm_msg", { comm_id: "types", data: { id, ...question } });
  const answer = await kernel.until(
    ({ type, content }) => type === "comm_msg" && content.comm_id === "types" && content.data.id === id,
  );
  return answer.content.data;
}

it("says what would put right what is wrong", async () => {
  const fix = { source: "rat.toFixed(2)", offset: 1 };
  expect(await asked({ cells: ["const rate = 0.5;", fix.source], fix })).toMatchObject({
    event: "fixes",
    fixes: [{ title: "Change spelling to 'rate'", edits: [{ from: 0, to: 3, insert: "rate" }] }],
  });
});

it("says what another name would change, and why it cannot", async () => {
  const cells = ["const rate = 0.5;", "rate * 2"];
  expect(await asked({ cells, rename: { cell: 1, offset: 2, to: "speed" } })).toMatchObject({
    event: "renaming",
    name: "rate",
    edits: [
      { cell: 0, from: 6, to: 10, insert: "speed" },
      { cell: 1, from: 0, to: 4, insert: "speed" },
    ],
  });
  expect(await asked({ cells, rename: { cell: 1, offset: 2 } })).toMatchObject({ event: "renaming", name: "rate" });
  expect(await asked({ cells, rename: { cell: 1, offset: 2, to: "1x" } })).toMatchObject({
    event: "refused",
    error: expect.stringContaining('but got "1x"'),
  });
});

it("refuses questions about places that are not there", async () => {
  for (const rename of [{ cell: 2, offset: 0 }, { cell: 0, offset: -1 }, { cell: 0, offset: 0, to: 7 }, "rate"])
    expect(await asked({ cells: ["1"], rename }).catch(error => error)).toMatchObject({ event: "refused" });
});
