import * as tf from "@tensorflow/tfjs";
import { beforeAll, describe, expect, it, vi } from "vitest";
import { chooseBackend, Random } from "../../../src/engine/index.ts";
import { binaryVectors, gaussHermite, productRule } from "../../../src/generative/exact/index.ts";
import { ancestralSampling, ProbabilisticPCA, VAE } from "../../../src/generative/models/index.ts";
import { expectClose, expectMean, numbersOf } from "../../support/close.ts";

beforeAll(() => chooseBackend());

describe("ancestralSampling", () => {
  it("draws from the marginal: x ~ N(b, W Wᵀ + s² I)", () => {
    const [a, b, s] = [1.5, -2, 0.5];
    const model = new ProbabilisticPCA({ weights: [[a], [1]], offset: [b, 0], noise: s });
    const rows = ancestralSampling(model, new Random(1), 20_000).arraySync() as [number, number][];
    expectMean(
      rows.map(([x]) => x),
      b,
    );
    expectMean(
      rows.map(([x]) => (x - b) ** 2),
      a ** 2 + s ** 2,
    );
    expectMean(
      rows.map(([x, y]) => (x - b) * y),
      a,
    );
  });

  it("draws images of a VAE as often as quadrature over z says: chi-square over all 16 of 4 pixels", () => {
    const model = new VAE(new Random(3), { pixels: 4, hidden: [5], latent: 1 });
    for (const variable of Object.values(model.likelihood.parameters)) variable.assign(tf.tidy(() => variable.mul(3)));
    const { points, logWeights } = productRule(gaussHermite(40), 1);
    const x = tf.tensor2d(binaryVectors(4) as number[][]);
    const given = model.likelihood.given(tf.tensor3d(points.map(z => [[...z]]))).logProb(x); // [nodes, 16]
    const p = given
      .add(tf.tensor2d([...logWeights], [logWeights.length, 1], "float32"))
      .logSumExp(0)
      .exp()
      .dataSync();
    expectClose(
      Array.from(p).reduce((a, b) => a + b),
      1,
      { absolute: 1e-5 },
    );
    const n = 20_000;
    const counts = new Float64Array(16);
    for (const row of ancestralSampling(model, new Random(4), n).arraySync() as number[][]) {
      const index = row.reduce((sum, bit) => 2 * sum + bit, 0);
      counts[index] = (counts[index] as number) + 1;
    }
    const distance = (q: ArrayLike<number>) =>
      (counts.reduce((sum, seen, i) => sum + (seen - n * (q[i] as number)) ** 2 / (n * (q[i] as number)), 0) - 15) /
      Math.sqrt(2 * 15);
    expect(Math.abs(distance(p))).toBeLessThan(4.5);
    // Decoding the prior's mean alone, without a draw of z, would make another distribution.
    expect(
      distance(
        model.likelihood
          .given(tf.zeros([1, 1]))
          .logProb(x)
          .exp()
          .dataSync(),
      ),
    ).toBeGreaterThan(20);
  });

  it("gives the same samples compiled and eagerly, whole batches and the rest", () => {
    const warn = vi.spyOn(console, "warn").mockImplementation(() => {});
    const model = new VAE(new Random(1), { pixels: 6, hidden: [8], latent: 2 });
    const [one, two] = [new Random(2), new Random(2)];
    const before = tf.memory().numTensors;
    const compiled = ancestralSampling(model, one, 57, { batchSize: 10 });
    expect(tf.memory().numTensors).toBe(before + 1);
    expect(compiled.shape).toEqual([57, 6]);
    // Near p = u the last bit of p decides, on which two implementations of the sigmoid need not agree.
    const eager = ancestralSampling(model, two, 57, { batchSize: 10, compiled: false });
    const differing = numbersOf(compiled.sub(eager).abs()).filter(difference => difference > 0);
    expect(differing.length).toBeLessThanOrEqual(1);
    expect(one.state).toEqual(two.state);
    expect(warn).not.toHaveBeenCalled();
    warn.mockRestore();
  });

  it("refuses no samples", () => {
    const model = new ProbabilisticPCA({ weights: [[1]], offset: [0], noise: 1 });
    expect(() => ancestralSampling(model, new Random(1), 0)).toThrow(/count must be a positive integer, but got 0/);
  });
});
