import { describe, expect, it } from "vitest";
import { Random } from "../../../src/engine/index.ts";
import { binaryVectors, dSeparated, JointTable } from "../../../src/generative/exact/index.ts";

describe("dSeparated", () => {
  // Every directed acyclic graph over four variables whose edges go from lower to higher: 64 of them.
  const pairs = [
    [0, 1],
    [0, 2],
    [0, 3],
    [1, 2],
    [1, 3],
    [2, 3],
  ] as const;
  const graphs = Array.from({ length: 64 }, (_, code) =>
    Array.from({ length: 4 }, (_, i) =>
      pairs.filter(([, to], e) => to === i && (code >> e) % 2 === 1).map(([from]) => from),
    ),
  );

  it("is independence, by enumeration, for all 64 graphs and all conditions", () => {
    const random = new Random(5);
    for (const parents of graphs) {
      const tables = parents.map(before => Array.from(random.uniformArray(2 ** before.length), u => 0.1 + 0.8 * u));
      const p = binaryVectors(4).map(x =>
        parents.reduce<number>((product, before, i) => {
          const one = tables[i]?.[before.reduce<number>((sum, j, k) => sum + (x[j] as number) * 2 ** k, 0)] as number;
          return product * (x[i] === 1 ? one : 1 - one);
        }, 1),
      );
      const joint = new JointTable(p);
      for (const [a, b] of pairs) {
        const rest = [0, 1, 2, 3].filter(i => i !== a && i !== b);
        for (const given of [[], [rest[0] as number], [rest[1] as number], rest]) {
          const independent = Math.abs(joint.mutualInformation(a, b, given)) < 1e-9;
          expect(dSeparated(parents, a, b, given), `${JSON.stringify(parents)}: ${a}, ${b} | ${given}`).toBe(
            independent,
          );
          expect(dSeparated(parents, b, a, given)).toBe(independent);
        }
      }
    }
  });
});

describe("dSeparated by hand", () => {
  it("separates what is known from all else, and nothing from itself", () => {
    const chain = [[], [0], [1]];
    expect(dSeparated(chain, 0, 2, [0])).toBe(true);
    expect(dSeparated(chain, 0, 2, [2])).toBe(true);
    expect(dSeparated(chain, 1, 1, [])).toBe(false);
    expect(dSeparated(chain, 0, 2, [])).toBe(false);
    expect(dSeparated(chain, 0, 2, [1])).toBe(true);
  });

  it("a collider is opened by what lies below it, far down too, and closed again on the way", () => {
    const below = [[], [], [0, 1], [2], [3]];
    expect(dSeparated(below, 0, 1, [])).toBe(true);
    expect(dSeparated(below, 0, 1, [4])).toBe(false);
    expect(dSeparated(below, 0, 1, [3])).toBe(false);
    const twice = [[], [0], [], [1, 2], []];
    expect(dSeparated(twice, 0, 2, [3])).toBe(false);
    expect(dSeparated(twice, 0, 2, [1, 3])).toBe(true);
    expect(dSeparated(twice, 0, 4, [])).toBe(true);
  });

  it("takes a graph whose children come before their parents, as long as it has no cycle", () => {
    expect(dSeparated([[1], [2], []], 0, 2, [])).toBe(false);
    expect(dSeparated([[1, 2], [2], []], 0, 2, [1])).toBe(false);
    expect(() => dSeparated([[0]], 0, 0, [])).toThrow(/must have no cycle, but got one among 0;/);
  });
});

describe("dSeparated refuses", () => {
  it.each([
    [[[], [0]], 2, 0, [], /a variable must be an integer from 0 to 1, but got 2/],
    [[[], [0]], 0, Number.NaN, [], /but got NaN/],
    [[[], [0]], 0, 1, [-1], /but got -1/],
    [[[], [7]], 0, 1, [], /but got 7/],
    [[[], [0]], 0, 0.5, [], /but got 0.5/],
    [[[], [0]], 0, 2, [], /but got 2/],
    [[[1], [0]], 0, 1, [], /must have no cycle, but got one among 0, 1/],
    [[[], [0, 3], [1], [2]], 0, 1, [], /must have no cycle, but got one among 1, 2, 3/],
  ])("%o", (parents, a, b, given, why) => expect(() => dSeparated(parents, a, b, given)).toThrow(why));
});
