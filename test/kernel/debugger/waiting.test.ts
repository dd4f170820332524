import { expect, it } from "vitest";
import { type Call, waitingCalls } from "../../../src/kernel/debugger/waiting.ts";

const look = async (): Promise<Call[]> => {
  await null;
  return waitingCalls();
};
const between = async () => [await look()];

it("are those whose await the code goes on for, innermost first, and none that only run", async () => {
  const before = Error.prepareStackTrace;
  const [calls = []] = await between();
  expect(calls.length).toBeGreaterThanOrEqual(2);
  expect(calls.every(({ name, line, column }) => name.endsWith("waiting.test.ts") && line > 0 && column > 0)).toBe(
    true,
  );
  expect(waitingCalls().length).toBeLessThan(calls.length);
  expect(Error.prepareStackTrace).toBe(before);
});
