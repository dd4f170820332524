import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
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
