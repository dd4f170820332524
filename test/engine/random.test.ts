import * as tf from "@tensorflow/tfjs";
import { beforeAll, describe, expect, it } from "vitest";
import { chooseBackend, Random } from "../../src/engine/index.ts";
import { expectMean } from "../support/close.ts";

beforeAll(() => chooseBackend());

describe("Random", () => {
  it("gives the same numbers for the same seed, and pins them for every machine", () => {
    expect(Array.from(new Random(7).uniformArray(3))).toEqual(Array.from(new Random(7).uniformArray(3)));
    expect(Array.from(new Random(1).uniformArray(2))).toMatchInlineSnapshot(`
      [
        0.5034988430400765,
        0.4883041323089602,
      ]
    `);
    expect(Array.from(new Random(1).normalArray(2))).toMatchInlineSnapshot(`
      [
        -3.6919192365542797,
        1.1044452849991309,
      ]
    `);
  });

  it("parts neighbouring seeds from the first draw", () => {
    const first = Array.from({ length: 2000 }, (_, seed) => new Random(seed).uniformArray(1)[0] as number);
    expectMean(first, 0.5);
    const products = first.slice(1).map((u, i) => (u - 0.5) * ((first[i] as number) - 0.5));
    expectMean(products, 0);
  });

  it("has children that differ by index and do not advance it", () => {
    const random = new Random(9);
    const before = random.state;
    const first = Array.from({ length: 4000 }, (_, index) => (random.child(index).uniformArray(1)[0] as number) - 0.5);
    expect(random.state).toEqual(before);
    expect(random.child(17).state).toEqual(random.child(17).state);
    expectMean(first, 0);
    expectMean(
      first.slice(1).map((u, i) => u * (first[i] as number)),
      0,
    );
  });

  it("draws uniforms with the right moments", () => {
    const u = new Random(2).uniformArray(100_000);
    expectMean(u, 1 / 2);
    expectMean(
      u.map(v => (v - 0.5) ** 2),
      1 / 12,
    );
    expect(Math.min(...u.slice(0, 1e4))).toBeGreaterThanOrEqual(0);
    expect(Math.max(...u.slice(0, 1e4))).toBeLessThan(1);
  });

  it.each([0, 1, 2, 1001, 20_001])("draws %i normals into float32 just as d3-random draws them", n => {
    const [quick, plain] = [new Random(5), new Random(5)];
    const drawn = new Float32Array(n);
    quick.fill("normal", drawn);
    expect(drawn).toEqual(Float32Array.from(plain.normalArray(n)));
    expect(quick.state).toEqual(plain.state);
  });

  it("draws normals with the moments 0, 1, 0, 3", () => {
    const e = new Random(3).normalArray(100_000);
    [0, 1, 0, 3].forEach((moment, i) => {
      expectMean(
        e.map(v => v ** (i + 1)),
        moment,
      );
    });
  });

  it("draws normals whose distribution passes Kolmogorov and Smirnov against the error function", () => {
    const n = 20_000;
    const e = new Random(4).normalArray(n).sort();
    const distance = e.reduce((largest, value, i) => Math.max(largest, Math.abs(normalCdf(value) - (i + 0.5) / n)), 0);
    // The 1e-4 point of the Kolmogorov distribution.
    expect(distance * Math.sqrt(n)).toBeLessThan(2.23);
  });

  it("splits into streams that are not correlated with their parent or each other", () => {
    const parent = new Random(5);
    const [a, b] = [parent.split(), parent.split()];
    const [x, y, z] = [a, b, parent].map(random => random.normalArray(50_000)) as [
      Float64Array,
      Float64Array,
      Float64Array,
    ];
    expectMean(
      x.map((v, i) => v * (y[i] as number)),
      0,
    );
    expectMean(
      x.map((v, i) => v * (z[i] as number)),
      0,
    );
  });

  it("draws zeros and ones that pass no gradient on, and leaves nothing else behind", () => {
    const p = tf.tensor1d([0, 0.25, 1]);
    const before = tf.memory().numTensors;
    const draws = Array.from({ length: 2000 }, (_, seed) =>
      tf.tidy(() => new Random(seed).bernoulli(p).arraySync() as number[]),
    );
    expect(tf.memory().numTensors).toBe(before);
    expect(draws.every(([never, , always]) => never === 0 && always === 1)).toBe(true);
    expectMean(
      draws.map(draw => draw[1] as number),
      0.25,
    );
    new Random(1).bernoulli(p).dispose();
    expect(tf.memory().numTensors).toBe(before);
    const gradient = tf.grad(q => new Random(1).bernoulli(q).mul(q).sum())(p);
    expect(gradient.arraySync()).toEqual(new Random(1).bernoulli(p).arraySync());
  });

  it("goes on from a saved state to the same numbers, after an odd count of normals too", () => {
    const random = new Random(6);
    random.normalArray(3);
    const copy = Random.fromState(JSON.parse(JSON.stringify(random.state)));
    expect(Array.from(copy.normalArray(5))).toEqual(Array.from(random.normalArray(5)));
    expect(copy.integer(1000)).toBe(random.integer(1000));
  });

  it("draws every ordering of three equally often", () => {
    const random = new Random(8);
    const counts = new Map<string, number>();
    for (let i = 0; i < 6000; i++) {
      const key = random.permutation(3).join();
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
    const chiSquare = [...counts.values()].reduce((sum, count) => sum + (count - 1000) ** 2 / 1000, 0);
    expect(counts.size).toBe(6);
    expect(chiSquare).toBeLessThan(25.7); // 1e-4 point of χ² with 5 degrees of freedom
  });

  it.each([-1, 1.5, 2 ** 32, Number.NaN])("refuses the seed %s", seed => {
    expect(() => new Random(seed)).toThrow(/Random: seed must be an integer from 0 to 4294967295, but got/);
  });

  it("refuses a state that is not four integers", () => {
    expect(() => Random.fromState([1, 2])).toThrow(/four integers, but got \[1,2\]/);
  });

  it("refuses a shape that is not one", () => {
    expect(() => new Random(1).normal([2, -1])).toThrow(/shape must be non-negative integers, but got \[2,-1\]/);
  });
});

/** Φ(x) by the series of Marsaglia (2004): nothing in common with how the draws are made. */
function normalCdf(x: number): number {
  let term = x;
  let sum = x;
  for (let i = 3; Math.abs(term) > 1e-17 * Math.abs(sum); i += 2) {
    term *= (x * x) / i;
    sum += term;
  }
  return 0.5 + sum * Math.exp(-0.5 * x * x - 0.5 * Math.log(2 * Math.PI));
}
