import { describe, expect, it } from "vitest";
import { dormandPrince, euler, integrate, midpoint, rungeKutta4 } from "../../../src/generative/exact/index.ts";
import { expectClose } from "../../support/close.ts";

const everyMethod = [
  { name: "euler", ...euler },
  { name: "midpoint", ...midpoint },
  { name: "rungeKutta4", ...rungeKutta4 },
  { name: "dormandPrince", ...dormandPrince },
  { name: "the lower weights of dormandPrince", ...dormandPrince, weights: dormandPrince.lower, order: 4 },
];

describe.each(everyMethod)("$name", method => {
  const { nodes: c, stages, weights: b, order } = method;
  const times = (...factors: (readonly number[])[]) =>
    c.map((_, i) => factors.reduce((p, f) => p * (f[i] as number), 1));
  /** Σ_j a_ij v_j */
  const A = (v: readonly number[]) => stages.map(row => row.reduce((sum, a, j) => sum + a * (v[j] as number), 0));
  const dot = (v: readonly number[]) => times(b, v).reduce((sum, x) => sum + x, 0);

  it("has a stage a node, each of those before it, whose parts add up to the node", () => {
    expect(stages.map(row => row.length)).toEqual(c.map((_, i) => i));
    expect(b.length).toBe(c.length);
    expectClose(A(c.map(() => 1)), c, { absolute: 1e-14 });
  });

  it("fulfils the conditions of its order, one a rooted tree", () => {
    // Hairer, Nørsett & Wanner, Solving Ordinary Differential Equations I, 1993, table II.2.2: Σ b_i Φ_i = 1 / γ.
    const one = c.map(() => 1);
    const conditions: [number[], number][][] = [
      [[one, 1]],
      [[[...c], 2]],
      [
        [times(c, c), 3],
        [A(c), 6],
      ],
      [
        [times(c, c, c), 4],
        [times(c, A(c)), 8],
        [A(times(c, c)), 12],
        [A(A(c)), 24],
      ],
      [
        [times(c, c, c, c), 5],
        [times(c, c, A(c)), 10],
        [times(A(c), A(c)), 20],
        [times(c, A(times(c, c))), 15],
        [A(times(c, c, c)), 20],
        [times(c, A(A(c))), 30],
        [A(times(c, A(c))), 40],
        [A(A(times(c, c))), 60],
        [A(A(A(c))), 120],
      ],
    ];
    for (const [tree, gamma] of conditions.slice(0, order).flat())
      expectClose(dot(tree), 1 / gamma, { absolute: 1e-14 });
    const next = conditions[order]?.map(([tree, gamma]) => Math.abs(dot(tree) - 1 / gamma));
    if (next) expect(Math.max(...next)).toBeGreaterThan(1e-4);
  });

  it("integrates t^k exactly below its order, from any time to any other", () => {
    for (let k = 0; k < order; k++) {
      for (const [from, to, steps] of [
        [0, 1, 1],
        [2, 5, 4],
        [1, -2, 3],
      ] as const) {
        const [x] = integrate(t => [t ** k], [7], { from, to, steps, method });
        expectClose(x as number, 7 + (to ** (k + 1) - from ** (k + 1)) / (k + 1), { absolute: 1e-12 });
      }
    }
  });

  it("converges with its order where the field depends on time and on x", () => {
    // x′ = 2 t x: x = e^(t²)
    const error = (steps: number) => {
      const [x] = integrate((t, [v = 0]) => [2 * t * v], [1], { steps, method });
      return Math.abs((x as number) - Math.E);
    };
    const slope = Math.log2(error(20) / error(40));
    expect(slope).toBeGreaterThan(order - 0.3);
    expect(slope).toBeLessThan(order + 0.7);
  });
});

it("goes from 0 to 1 where it is not told, and back", () => {
  const turn = (_: number, [x = 0, y = 0]: readonly number[]) => [-y, x];
  const options = { steps: 40, method: dormandPrince };
  const there = integrate(turn, [1, 0], options);
  expectClose(there, [Math.cos(1), Math.sin(1)], { absolute: 1e-9 });
  expectClose(integrate(turn, there, { ...options, from: 1, to: 0 }), [1, 0], { absolute: 1e-9 });
});

it("leaves its start as it is", () => {
  const start = [1, 2];
  integrate((_, x) => [...x], start, { steps: 3, method: euler });
  expect(start).toEqual([1, 2]);
});

it("refuses steps and times that are none", () => {
  const run = (options: { from?: number; to?: number; steps: number }) =>
    integrate((_, x) => [...x], [1], { ...options, method: euler });
  for (const steps of [0, -1, 1.5, Number.NaN])
    expect(() => run({ steps })).toThrow("steps must be a positive integer");
  expect(() => run({ steps: 1, to: Infinity })).toThrow("times finite, but got 1 steps from 0 to Infinity");
  expect(() => run({ steps: 1, from: Number.NaN })).toThrow("times finite");
  expect(() => run({ steps: 1, from: -1.7e308, to: 1.7e308 })).toThrow("times finite");
});

it("refuses a field of another length, and one that is NaN, and says when", () => {
  const run = (field: (t: number) => number[]) =>
    integrate(field, [1, 2], { from: 1, to: 3, steps: 2, method: midpoint });
  expect(() => run(() => [1])).toThrow("field must give 2 numbers, but got 1 at t = 1;");
  expect(() => run(() => [1, 2, 3])).toThrow("but got 3 at t = 1;");
  expect(() => run(t => [1, t > 2 ? Number.NaN : 0])).toThrow("but got NaN at t = 2.5;");
});
