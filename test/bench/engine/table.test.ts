import { describe, expect, it } from "vitest";
import type { Turn } from "./rounds.ts";
import { geometricMean, markdown, quantile, summarize } from "./table.ts";

const turn = (workload: string, engine: string, round: number, milliseconds: number[]): Turn => ({
  ...{ workload, engine, round, milliseconds },
  others: 0,
});

describe("the table of engines", () => {
  it("takes quantiles between the numbers that lie beside them", () => {
    expect(quantile([3, 1, 2, 5, 4], 0.5)).toBe(3);
    expect(quantile([4, 1, 2, 3], 0.5)).toBe(2.5);
    expect(quantile([10, 20], 0.1)).toBe(11);
  });

  it("takes geometric means, which treat a ratio and its inverse alike", () => {
    expect(geometricMean([2, 8])).toBeCloseTo(4, 12);
    expect(geometricMean([3, 1 / 3])).toBeCloseTo(1, 12);
  });

  it("compares an engine with the first one round by round, not over all rounds together", () => {
    // Twice as slow in each round, on a machine that slowed down tenfold: the medians would say 0.2.
    const results = summarize(
      [
        ...[turn("a", "ours", 1, [1, 1, 1]), turn("a", "ours", 2, [10, 10, 10]), turn("a", "ours", 3, [10, 10, 10])],
        ...[turn("a", "theirs", 1, [2, 2, 2, 2, 2, 2, 2, 2]), turn("a", "theirs", 2, [20])],
        turn("a", "theirs", 3, [20]),
      ],
      "ours",
    );
    expect(results.get("a")?.get("theirs")).toEqual({ median: 2, p10: 2, ratio: 2 });
    expect(results.get("a")?.get("ours")?.ratio).toBe(1);
  });

  it("prints a geometric mean only where an engine has run all that it is over", () => {
    const turns = [..."abce"].flatMap((letter, i) => [
      turn(letter, "ours", 1, [1]),
      turn(letter, "theirs", 1, [i < 2 ? 2 : 8]),
      ...(letter === "b" ? [] : [turn(letter, "others", 1, [1])]),
    ]);
    const engines = ["ours", "theirs", "others"].map(name => ({ name, version: "" }));
    const lines = markdown(summarize(turns, "ours"), engines, { a: "A", b: "B", c: "C", e: "E" }).split("\n");
    const cells = lines.map(line => line.split("|").map(cell => cell.trim()));
    expect(cells[3]?.slice(1, -1)).toEqual(["b B", "1.00 (1.00)", "2.00 (2.00) 2.00×", "–"]);
    expect(cells.at(-1)?.slice(1, -1)).toEqual(["geometric mean over a, b, c, e", "1.00×", "4.00×", "–"]);
    expect(lines.length).toBe(2 + 4 + 1);
  });
});
