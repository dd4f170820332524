import * as tf from "@tensorflow/tfjs";
import { beforeAll, describe, expect, it } from "vitest";
import { chooseBackend, compile, Random } from "../../../src/engine/index.ts";
import { ConvolutionalVAE } from "../../../src/generative/models/index.ts";
import { elbo } from "../../../src/generative/objectives/index.ts";
import { fit } from "../../../src/generative/training/index.ts";
import { expectClose, numbersOf } from "../../support/close.ts";

beforeAll(() => chooseBackend());

const small = { side: 8, features: 2, latent: 3 };

/** [row][column][channel] */
type Image = number[][][];
type Kernel = number[][][][];

/** The definition, in loops: windows that begin `before` pixels outside, zeros there. */
function convolved(image: Image, kernel: Kernel, bias: number[], stride: number, before: number): Image {
  return Array.from({ length: image.length / stride }, (_, r) =>
    Array.from({ length: image.length / stride }, (_, c) =>
      bias.map((b, out) => {
        let sum = b;
        kernel.forEach((row, dr) => {
          row.forEach((inputs, dc) => {
            const pixel = image[r * stride + dr - before]?.[c * stride + dc - before];
            inputs.forEach((weights, i) => {
              sum += (pixel?.[i] ?? 0) * (weights[out] as number);
            });
          });
        });
        return sum;
      }),
    ),
  );
}

/** Channel (2 a + b) channels + k of a pixel is channel k of the pixel in row a, column b of its block. */
const unfolded = (image: Image, channels: number): Image =>
  Array.from({ length: 2 * image.length }, (_, r) =>
    Array.from({ length: 2 * image.length }, (_, c) =>
      Array.from(
        { length: channels },
        (_, k) => image[r >> 1]?.[c >> 1]?.[((r % 2) * 2 + (c % 2)) * channels + k] as number,
      ),
    ),
  );

const relu = (image: Image): Image => image.map(row => row.map(pixel => pixel.map(v => Math.max(0, v))));
const affine = (row: number[], kernel: number[][], bias: number[]) =>
  bias.map((b, out) => row.reduce((sum, v, i) => sum + v * (kernel[i]?.[out] as number), b));

/** A model whose biases are not 0, so that they can be missed. */
function shaken(): ConvolutionalVAE {
  const model = new ConvolutionalVAE(new Random(1), small);
  const random = new Random(2);
  for (const [name, variable] of Object.entries(model.parameters)) {
    if (name.endsWith("bias")) variable.assign(random.normal(variable.shape).mul(0.5));
  }
  return model;
}

describe("ConvolutionalVAE", () => {
  it("encodes as convolutions in loops do, with stride 2 and one pixel of border", () => {
    const model = shaken();
    const of = <T>(name: string) => model.parameters[`encoder.${name}`]?.arraySync() as T;
    const x = new Random(3).bernoulli(tf.fill([2, 64], 0.4));
    const { mean, std } = model.encoder.given(x);
    const expected = (x.arraySync() as number[][]).map(pixels => {
      const image = Array.from({ length: 8 }, (_, r) =>
        Array.from({ length: 8 }, (_, c) => [pixels[8 * r + c] as number]),
      );
      const half = relu(convolved(image, of<Kernel>("half.kernel"), of<number[]>("half.bias"), 2, 1));
      const quarter = relu(convolved(half, of<Kernel>("quarter.kernel"), of<number[]>("quarter.bias"), 2, 1));
      const h = quarter.flat(2);
      return ["mean", "logStd"].map(name => affine(h, of<number[][]>(`${name}.kernel`), of<number[]>(`${name}.bias`)));
    });
    expectClose(
      mean,
      expected.flatMap(([mean]) => mean as number[]),
      { absolute: 1e-4 },
    );
    expectClose(
      std.log(),
      expected.flatMap(([, logStd]) => logStd as number[]),
      { absolute: 1e-4 },
    );
  });

  it("decodes as convolutions in loops do, four channels to a block of four pixels", () => {
    const model = shaken();
    const of = <T>(name: string) => model.parameters[`decoder.${name}`]?.arraySync() as T;
    const z = new Random(4).normal([3, 3]);
    const expected = (z.arraySync() as number[][]).flatMap(code => {
      const h = affine(code, of<number[][]>("first.kernel"), of<number[]>("first.bias")).map(v => Math.max(0, v));
      const grid = Array.from({ length: 2 }, (_, r) =>
        Array.from({ length: 2 }, (_, c) => h.slice(4 * (2 * r + c), 4 * (2 * r + c + 1))),
      );
      const half = unfolded(relu(convolved(grid, of<Kernel>("half.kernel"), of<number[]>("half.bias"), 1, 1)), 2);
      const whole = unfolded(convolved(half, of<Kernel>("whole.kernel"), of<number[]>("whole.bias"), 1, 1), 1);
      return whole.flat(2).map((logit, i) => logit + (of<number[]>("pixels.bias")[i] as number));
    });
    expectClose(model.likelihood.given(z).logits, expected, { absolute: 1e-4 });
  });

  it("takes leading axes, as the objectives with several draws need", () => {
    const model = new ConvolutionalVAE(new Random(5), small);
    const z = new Random(6).normal([4, 3, 3]);
    const together = model.likelihood.given(z).logits;
    expect(together.shape).toEqual([4, 3, 64]);
    expectClose(together.reshape([12, 64]), model.likelihood.given(z.reshape([12, 3])).logits, { absolute: 1e-5 });
    expect(model.encoder.given(tf.ones([2, 5, 64])).mean.shape).toEqual([2, 5, 3]);
  });

  it("starts near the pixel means", () => {
    const means = new Random(7).uniformArray(64);
    const [plain, told] = [{}, { pixelMeans: means }].map(
      options => new ConvolutionalVAE(new Random(8), { ...small, ...options }),
    );
    const z = new Random(9).normal([5, 3]);
    const shift = told?.likelihood
      .given(z)
      .logits.sub(plain?.likelihood.given(z).logits as tf.Tensor)
      .mean(0) as tf.Tensor;
    expectClose(
      shift.sigmoid(),
      Array.from(means, m => Math.min(Math.max(m, 0.001), 0.999)),
      { absolute: 1e-5 },
    );
  });

  it("has a gradient for every parameter, by finite differences along a random direction", () => {
    const model = shaken();
    const x = new Random(10).bernoulli(tf.fill([4, 64], 0.3));
    const loss = () => elbo(model, model.encoder, x, new Random(11)).sum().neg() as tf.Scalar;
    const { grads } = tf.variableGrads(loss, Object.values(model.parameters));
    for (const [name, variable] of Object.entries(model.parameters)) {
      const direction = new Random(12).normal(variable.shape);
      const along = numbersOf(direction.mul(grads[variable.name] as tf.Tensor).sum())[0] as number;
      const start = variable.clone();
      const at = (step: number) => {
        variable.assign(start.add(direction.mul(step)));
        return numbersOf(loss())[0] as number;
      };
      const difference = (at(1e-3) - at(-1e-3)) / 2e-3;
      variable.assign(start);
      expect(Math.abs(difference - along), name).toBeLessThan(0.2 + 0.03 * Math.abs(along));
      expect(along, name).not.toBe(0);
    }
  });

  it("trains compiled as eager, and compiles whole", async () => {
    const x = new Random(13).bernoulli(tf.fill([10, 64], 0.3));
    const losses = await Promise.all(
      [true, false].map(async compiled => {
        const model = new ConvolutionalVAE(new Random(14), small);
        const history = await fit({
          parameters: model.parameters,
          optimizer: tf.train.adam(0.01),
          batch: () => x.clone(),
          loss: (x, random) => elbo(model, model.encoder, x, random).mean().neg(),
          steps: 30,
          random: new Random(15),
          compiled,
        });
        return history.losses;
      }),
    );
    expectClose(losses[0] as number[], losses[1] as number[], { relative: 1e-3 });
    expect(losses[0]?.at(-1)).toBeLessThan(0.9 * (losses[0]?.[0] as number));
    const model = new ConvolutionalVAE(new Random(14), small);
    const bound = compile((x: tf.Tensor, random: Random) => elbo(model, model.encoder, x, random), {
      otherwise: "throw",
    });
    expectClose(bound(x, new Random(16)), elbo(model, model.encoder, x, new Random(16)), { absolute: 1e-3 });
    bound.dispose();
  });

  it("says what it wants", () => {
    const random = new Random(1);
    expect(() => new ConvolutionalVAE(random, { side: 7 })).toThrow(/side must be a multiple of 4, but got 7/);
    expect(() => new ConvolutionalVAE(random, { ...small, features: 0 })).toThrow(/features/);
    expect(() => new ConvolutionalVAE(random, { ...small, pixelMeans: [0.5] })).toThrow(/64 entries, but got 1/);
    const model = new ConvolutionalVAE(random, small);
    expect(() => model.encoder.given(tf.ones([2, 63]))).toThrow(
      /last axis of x must have 64 entries, but got shape \[2,63\]/,
    );
    expect(() => model.likelihood.given(tf.ones([2, 2]))).toThrow(/last axis of z must have 3 entries/);
  });
});
