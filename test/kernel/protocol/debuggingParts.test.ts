import { expect, it } from "vitest";
import { Debugging } from "../../../src/kernel/protocol/debugging.ts";

it("the debugger answers when cells can run, and does nothing before it is asked", async () => {
  // What it loads with the first question is there already.
  await import("../../../src/kernel/debugger/adapter.ts");
  let begin = () => {};
  const ready = new Promise<void>(resolve => {
    begin = resolve;
  });
  const published: unknown[] = [];
  const debugging = new Debugging(
    { ready } as never,
    { publish: (...message: unknown[]) => published.push(message) } as never,
    { release: () => {} } as never,
  );
  debugging.ignore();
  debugging.heed();
  debugging.close();
  let answered = false;
  const answer = debugging.receive({ command: "debugInfo", seq: 1 }).then(content => {
    answered = true;
    return content;
  });
  await new Promise(resolve => setTimeout(resolve, 300));
  expect(answered).toBe(false);
  begin();
  expect(await answer).toMatchObject({ type: "response", success: true, request_seq: 1, body: { isStarted: false } });
  expect(published).toEqual([]);
});
