import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { KernelOutput } from "../../../src/kernel/result.ts";
import type { Outlet } from "../../../src/kernel/protocol/outlet.ts";
import type { Run } from "../../../src/kernel/protocol/runs.ts";
import { sayingWhy } from "../../../src/kernel/protocol/waiting.ts";

let shown: KernelOutput[];
const outlet = { receive: (output: KernelOutput) => shown.push(output) } as unknown as Outlet;
const run = { id: 4, number: 2 } as Run;
const after = <Value>(milliseconds: number, value: Value) =>
  new Promise<Value>(resolve => setTimeout(resolve, milliseconds, value));
const kinds = () => shown.map(each => (each.kind === "output" ? each.output.output_type : each.kind));

beforeEach(() => {
  shown = [];
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

async function waited(milliseconds: number, why: () => string | undefined, of = run): Promise<unknown> {
  const work = sayingWhy(outlet, of, why, after(milliseconds, "done"));
  await vi.advanceTimersByTimeAsync(milliseconds);
  return work;
}

it("a cell that waits long says why, until the wait is over", async () => {
  const work = sayingWhy(outlet, run, () => "the checker starts", after(10_000, "done"));
  await vi.advanceTimersByTimeAsync(5000);
  expect(shown).toMatchObject([
    {
      cell: 2,
      run: 4,
      output: { data: { "text/plain": "the checker starts" }, metadata: { lectern: { waiting: true } } },
    },
  ]);
  await vi.advanceTimersByTimeAsync(5000);
  expect(await work).toBe("done");
  expect(kinds()).toEqual(["display_data", "clear"]);
});

it("says nothing where it does not take long, where there is nothing to say, and where nobody sees it", async () => {
  expect(await waited(1000, () => "the checker starts")).toBe("done");
  expect(await waited(10_000, () => undefined)).toBe("done");
  expect(await waited(10_000, () => "the checker starts", { ...run, collect: () => {} } as Run)).toBe("done");
  expect(shown).toEqual([]);
});

it("clears what it said also when the work fails", async () => {
  const work = sayingWhy(
    outlet,
    run,
    () => "why",
    after(5000, 0).then(() => Promise.reject(new Error("no"))),
  );
  work.catch(() => {});
  await vi.advanceTimersByTimeAsync(5000);
  await expect(work).rejects.toThrow("no");
  expect(kinds()).toEqual(["display_data", "clear"]);
});
