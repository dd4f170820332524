import { describe, expect, it } from "vitest";
import { compare, line, ratioOf, type Timed } from "./table.ts";

const timed = (name: string, ...sides: (readonly number[] | string)[]): Timed => ({
  name,
  part: "some",
  sides: sides.map(side => (typeof side === "string" ? { error: side } : { turns: side })),
});

describe("the comparison of two checkouts", () => {
  const slower = timed("kl", [10, 10, 40], [20, 21, 40]);
  const faster = timed("elbo", [3000, 3000], [1500, 1500]);
  const missing = timed("solve", "TypeError: L.solve is not a function", [1]);
  const failing = timed("entropy", [1], "RangeError: entropy: no");

  it("takes the median over the rounds, so that one busy moment counts little", () => {
    expect(ratioOf(slower)).toBe(2);
    expect(ratioOf(missing)).toBeUndefined();
    expect(ratioOf(timed("alone", [1]))).toBeUndefined();
  });

  it("names what is above the bound, and what runs on one side only, with the reason where it should run", () => {
    const text = compare([faster, slower, missing, failing]);
    expect(text.indexOf("kl ")).toBeLessThan(text.indexOf("elbo "));
    expect(text).toContain("2 calls by turns: 1 take at most 1.5 times as long as there, 1 more: kl × 2.00.");
    expect(text).toContain("Only here: solve.");
    expect(text).toContain("Not here: entropy, RangeError: entropy: no.");
  });

  it("tells microseconds and milliseconds", () => {
    expect(line(faster)).toMatch(/elbo\s+3\.00 ms\s+1\.50 ms {2}× 0\.50$/);
    expect(line(slower)).toMatch(/kl\s+10\.0 µs\s+21\.0 µs {2}× 2\.00$/);
  });
});
