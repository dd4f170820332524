import * as tf from "@tensorflow/tfjs";
import { beforeAll, describe, expect, it } from "vitest";
import { chooseBackend, compile, Random } from "../../../src/engine/index.ts";
import { logSumExp, vectors } from "../../../src/generative/exact/index.ts";
import { Categorical, kl } from "../../../src/generative/distributions/index.ts";
import { PixelCNN, VQVAE } from "../../../src/generative/models/index.ts";
import { vqParts } from "../../../src/generative/objectives/index.ts";
import { fit } from "../../../src/generative/training/index.ts";
import { expectClose } from "../../support/close.ts";

beforeAll(() => chooseBackend());

const size = { height: 4, width: 8, codes: 3, dimension: 2, features: 4 };
const make = () => new VQVAE(new Random(1), size);
const images = (n: number, seed = 2) => new Random(seed).bernoulli(tf.fill([n, 32], 0.4));

describe("VQVAE", () => {
  it("makes a grid of codes, a quarter as high and wide, and a distribution over the image of it", () => {
    const model = make();
    const x = images(5);
    const codes = model.codes(x);
    expect(codes.shape).toEqual([5, 2]);
    expect([...codes.dataSync()].every(k => [0, 1, 2].includes(k))).toBe(true);
    expect(model.likelihood.given(codes).logProb(x).shape).toEqual([5]);
  });

  it("decodes the code, not the vector: z enters the value through its code alone", () => {
    const model = make();
    const x = images(5);
    const parts = vqParts(model, x);
    expectClose(parts.reconstruction, model.likelihood.given(parts.codes).logProb(x), { absolute: 1e-4 });
    expectClose(parts.commitment, parts.codebook, { relative: 1e-5 });
  });

  it("gives its encoder the decoder's gradient at the code, and the codebook none", () => {
    const model = make();
    const x = images(5);
    const { value, grads } = tf.variableGrads(() => vqParts(model, x).reconstruction.mean().asScalar());
    value.dispose();
    const norm = (name: string) => {
      const gradient = grads[(model.parameters[name] as tf.Variable).name];
      return gradient ? (gradient.square().sum().dataSync()[0] as number) : 0;
    };
    for (const name of ["encoder.layer1.kernel", "encoder.layer4.bias", "decoder.layer1.kernel"])
      expect(norm(name), name).toBeGreaterThan(0);
    expect(norm("codebook.sums")).toBe(0);
    // ∂/∂b of the encoder's last bias is the sum over places of the decoder's gradient at e.
    const e = model.codebook.lookUp(model.codes(x));
    const atCodes = tf.grad(e => model.decode(e).logProb(x).mean())(e);
    expectClose(
      grads[(model.parameters["encoder.layer4.bias"] as tf.Variable).name] as tf.Tensor,
      atCodes.sum([0, 1]),
      { absolute: 1e-5 },
    );
  });

  it("has a bound below log p(x) by −log p(k*|x), by trying all nine grids", () => {
    const model = make();
    const prior = new PixelCNN(new Random(3), {
      height: 1,
      width: 2,
      channels: 4,
      blocks: 1,
      values: 3,
      size: { first: 3 },
    });
    const grids = vectors(2, 3);
    const logPrior = prior.logProb(tf.tensor2d(grids)).dataSync();
    expect(logSumExp(Array.from(logPrior))).toBeCloseTo(0, 5);
    const x = images(1, 7);
    const joint = Array.from(
      model.likelihood.given(tf.tensor2d(grids)).logProb(x).dataSync(),
      (log, g) => log + (logPrior[g] as number),
    );
    const [first = 0, second = 0] = model.codes(x).dataSync();
    const bound =
      (model.likelihood.given(model.codes(x)).logProb(x).dataSync()[0] as number) +
      (prior.logProb(model.codes(x)).dataSync()[0] as number);
    expect(bound).toBeCloseTo(joint[3 * first + second] as number, 4);
    expect(bound).toBeLessThan(logSumExp(joint));
  });

  it("has KL log K a place to a uniform prior, its entropy being none", () => {
    const model = make();
    const x = images(1, 7);
    const places = model.grid.height * model.grid.width;
    const chosen = tf.oneHot(model.codes(x).flatten().toInt(), 3).toFloat();
    const point = new Categorical<"z">(chosen.mul(200)); // all mass on one code, in logits
    expectClose(kl(point, new Categorical<"z">(tf.zeros([places, 3]))), places * Math.log(3), { absolute: 1e-5 });
    expectClose(point.entropy(), 0, { absolute: 1e-6 });
    // So the ELBO is the reconstruction less places · log K, and below log p(x) over all nine grids.
    const logUniform = -places * Math.log(3);
    const elbo = (vqParts(model, x).reconstruction.dataSync()[0] as number) + logUniform;
    const given = model.likelihood.given(tf.tensor2d(vectors(places, 3))).logProb(x);
    const joint = Array.from(given.dataSync(), log => log + logUniform);
    expectClose(elbo, Math.max(...joint.filter(log => Math.abs(log - elbo) < 1e-3)), { absolute: 1e-4 });
    expect(elbo).toBeLessThan(logSumExp(joint));
  });

  it("learns compiled as it does eagerly, codebook and all", async () => {
    const trained = async (compiled: boolean) => {
      const model = make();
      const x = images(16);
      const history = await fit({
        parameters: model.parameters,
        optimizer: tf.train.adam(0.01),
        loss: (_, random) => {
          const parts = vqParts(model, x);
          model.codebook.update(parts.z.reshape([-1, 2]), parts.codes.reshape([-1]), random, {
            decay: 0.9,
            restartBelow: 0.1,
          });
          return parts.commitment.mul(0.25).sub(parts.reconstruction).mean();
        },
        steps: 20,
        random: new Random(5),
        compiled,
      });
      return { losses: history.losses, vectors: model.codebook.vectors.dataSync() };
    };
    const [eager, graph] = [await trained(false), await trained(true)];
    expectClose(graph.losses, eager.losses, { relative: 1e-3 });
    expectClose(graph.vectors, eager.vectors, { absolute: 1e-2 });
    expect(graph.losses.at(-1)).toBeLessThan(graph.losses[0] as number);
    const model = make();
    const compiled = compile((x: tf.Tensor) => model.codes(x), { otherwise: "throw" });
    expectClose(compiled(images(4)), model.codes(images(4)), {});
  });

  it("says what is wrong with sizes that a quarter does not divide", () => {
    expect(() => new VQVAE(new Random(1), { ...size, width: 6 })).toThrow("must be multiples of 4, but got 4, 6, 4");
    expect(() => new VQVAE(new Random(1), { ...size, height: 0 })).toThrow("must be multiples of 4, but got 0, 8, 4");
    expect(() => new VQVAE(new Random(1), { ...size, features: -4 })).toThrow("but got 4, 8, -4");
  });

  it("begins at the mean of the pixels, where it is told one", () => {
    const pixelMeans = Array.from({ length: 32 }, (_, i) => (i < 8 ? 0.4 : 0.2)); // 0.25 on average
    const model = new VQVAE(new Random(1), { ...size, pixelMeans });
    expectClose(model.parameters["decoder.layer4.bias"] as tf.Variable, [Math.log(1 / 3)], { relative: 1e-6 });
    expectClose(make().parameters["decoder.layer4.bias"] as tf.Variable, [0], {});
  });
});
