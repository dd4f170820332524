import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import type { Held } from "./repeat.ts";

// A process of its own, so that what it holds is not what other tests hold; gc, so that garbage does not count.
const root = join(import.meta.dirname, "../../..");
const PARTS = 10;

/** What a process holds after each tenth of `rounds` of a thing. */
async function repeat(thing: string, rounds: number): Promise<Held[]> {
  const script = join(import.meta.dirname, "repeat.ts");
  const options = ["--expose-gc", "--no-warnings", "--loader", "ts-node/esm"];
  const given = [...options, script, thing, String(rounds), String(PARTS)];
  const { stdout } = await promisify(execFile)(process.execPath, given, { cwd: root });
  const history = JSON.parse(stdout) as Held[];
  expect(history.length).toBe(PARTS);
  return history;
}

/** Growth of resident memory over all rounds, MB: a line by least squares through all but the first three tenths, the warm-up. */
function growth(history: readonly Held[]): number {
  const y = history.slice(3).map(held => held.resident);
  const middle = (y.length - 1) / 2;
  const mean = y.reduce((sum, value) => sum + value, 0) / y.length;
  const covariance = y.reduce((sum, value, i) => sum + (i - middle) * (value - mean), 0);
  const variance = y.reduce((sum, _, i) => sum + (i - middle) ** 2, 0);
  return (covariance / variance) * PARTS;
}

describe("memory", () => {
  it.concurrent.each([
    ["compiled steps", 20_000],
    ["steps that fall back to eager", 2000],
    ["new graphs", 200],
    ["graphs that are dropped", 400],
    ["shapes of one step", 5000],
  ])("stays flat over %s, %d of them", { timeout: 240_000 }, async (thing, rounds) => {
    const history = await repeat(thing, rounds);
    expect(new Set(history.map(({ tensors }) => tensors)).size).toBe(1);
    expect(new Set(history.map(({ bytes }) => bytes)).size).toBe(1);
    expect(growth(history)).toBeLessThan(MOST_GROWTH);
  });

  it.concurrent.each([
    ["graphs that nobody frees", 200],
    ["tensors that nobody frees", 20_000],
  ])("would show %s", { timeout: 240_000 }, async (thing, rounds) => {
    expect(growth(await repeat(thing, rounds))).toBeGreaterThan(2 * MOST_GROWTH);
  });
});

/** MB: the heap of a process wanders by some of them. */
const MOST_GROWTH = 5;
