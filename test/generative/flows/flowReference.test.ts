import * as tf from "@tensorflow/tfjs";
import { beforeAll, describe, expect, it } from "vitest";
import { chooseBackend, Random } from "../../../src/engine/index.ts";
import { AffineFlow, logisticMixture, normalMixture } from "../../../src/generative/exact/index.ts";
import {
  ActNorm,
  AdditiveCoupling,
  AffineCoupling,
  AutoregressiveFlow,
  type Bijection,
  ContinuousFlow,
  Flow,
  InvertibleLinear,
  type MakeConditioner,
  MixtureCDF,
  type MixtureKind,
  Squeeze,
  sigmoidLayer,
  standardBase,
  tanhLayer,
} from "../../../src/generative/flows/index.ts";
import { expectClose } from "../../support/close.ts";
import { fixture } from "../../support/fixture.ts";

beforeAll(() => chooseBackend());

// Made by test/fixtures/flows.py with zuko 1.6.0, nflows 0.14, torch 2.15.0 and scipy 1.17.1.
const reference = fixture("flows");
const random = () => new Random(1);
const flat = (rows: number[][]) => rows.flat();

/** z and log |det| as the other implementation has them. */
function expectSame(flow: Bijection, { x, z, logDet }: { x: number[][]; z: number[][]; logDet: number[] }): void {
  const ours = flow.forward(tf.tensor2d(x));
  expectClose(ours.z, flat(z), { absolute: 2e-5, relative: 2e-5 });
  expectClose(ours.logDet, logDet, { absolute: 5e-5, relative: 2e-5 });
  expectClose(flow.inverse(ours.z), flat(x), { absolute: 2e-4, relative: 1e-4 });
}

/** A conditioner with given weights from the two kept coordinates, whose outputs are those of the two others. */
function given({ W1, b1, W2, b2 }: Record<string, number[][] | number[]>, order: number[]): MakeConditioner {
  return (_, d) => ({
    parameters: {},
    apply: x => {
      const first = x.slice([0, 0], [-1, 2]).matMul(tf.tensor2d(W1 as number[][]));
      const h = first.add(tf.tensor1d(b1 as number[])).relu();
      const y = h.matMul(tf.tensor2d(W2 as number[][])).add(tf.tensor1d(b2 as number[])); // [batch, 2 · parts]
      return order.map(part =>
        tf.concat([tf.zeros([x.shape[0] as number, d - 2]), y.slice([0, 2 * part], [-1, 2])], 1),
      );
    },
  });
}

describe("against nflows", () => {
  it("an affine coupling, with the scale of Glow", () => {
    const fixed = reference.affineCoupling;
    const network = given(fixed, [1, 0]); // nflows has the shift first
    expectSame(new AffineCoupling(random(), { mask: [1, 1, 0, 0], network, scale: "sigmoid" }), fixed);
  });

  it("an additive coupling", () => {
    const fixed = reference.additiveCoupling;
    expectSame(new AdditiveCoupling(random(), { mask: [1, 1, 0, 0], network: given(fixed, [0]) }), fixed);
  });

  it("an actnorm: e^a x + b there, e^a (x + b e^−a) here", () => {
    const { logScale, shift } = reference.actNorm;
    const norm = new ActNorm(4);
    norm.parameters.logScale?.assign(tf.tensor1d(logScale));
    norm.parameters.shift?.assign(tf.tensor1d(shift.map((b: number, i: number) => b * Math.exp(-logScale[i]))));
    expectSame(norm, reference.actNorm);
  });

  it("a dense matrix, by way of its P L U", () => {
    const { W, x, z, logDet } = reference.linear;
    const flow = new InvertibleLinear(random(), 4, { W });
    expectSame(flow, { x, z: flow.forward(tf.tensor2d(x)).z.arraySync() as number[][], logDet });
    // The bias is another; differences of rows do not know it.
    const difference = (rows: number[][]) => rows.slice(1).map(row => row.map((v, i) => v - (rows[0]?.[i] as number)));
    const ours = flow.forward(tf.tensor2d(x)).z.arraySync() as number[][];
    expectClose(flat(difference(ours)), flat(difference(z)), { absolute: 5e-5 });
  });

  it("a squeeze, up to the order of channels", () => {
    const { image, squeezed } = reference.squeeze;
    const rows = tf.tensor4d(image).transpose([0, 2, 3, 1]).reshape([1, 32]);
    const ours = new Squeeze({ height: 4, width: 4, channels: 2 }).forward(rows).z.reshape([2, 2, 2, 2, 2]);
    // [h, w, row, column, c] here, [c · row · column, h, w] there
    expectClose(ours.transpose([4, 2, 3, 0, 1]), tf.tensor4d(squeezed).dataSync(), {});
  });
});

describe("against zuko", () => {
  it("an L U matrix", () => {
    const { LU, x, z, logDet } = reference.luLinear;
    const n = LU.length;
    // There the diagonal is with L.
    const lower = (i: number, k: number) => (k <= i ? LU[i][k] : 0);
    const upper = (k: number, j: number) => (k < j ? LU[k][j] : Number(k === j));
    const indices = [...Array(n).keys()];
    const W = indices.map(i => indices.map(j => indices.reduce((sum, k) => sum + lower(i, k) * upper(k, j), 0)));
    expectSame(new InvertibleLinear(random(), n, { W }), { x, z, logDet });
  });

  it("a masked autoregressive layer, both ways", () => {
    const fixed = reference.autoregressive;
    const flow = new AutoregressiveFlow(random(), { ordering: [0, 1, 2, 3], hidden: [6] });
    for (const [name, i, factor] of [
      ["mean", 0, 1],
      ["logScale", 1, 0.3],
    ] as const) {
      const set = (key: string, value: tf.Tensor) => flow.parameters[`${name}.${key}`]?.assign(value);
      set("layer1.kernel", tf.tensor2d(fixed[`W${i}`]));
      set("layer1.bias", tf.tensor1d(fixed[`b${i}`]));
      set("layer2.kernel", tf.tensor2d(fixed[`V${i}`]).mul(factor));
      set("layer2.bias", tf.tensor1d(fixed[`c${i}`]).mul(factor));
    }
    expectSame(flow, fixed);
    expectClose(flow.inverse(tf.tensor2d(fixed.z)), flat(fixed.x), { absolute: 1e-4 });
    expectClose(flow.inverseCached(tf.tensor2d(fixed.z)), flat(fixed.x), { absolute: 1e-4 });
  });

  it("a continuous flow with its exact trace, and its adaptive solver", () => {
    const { x, z, logDet, W, b, V } = reference.continuous;
    const field = {
      parameters: {},
      at: (_: number, x: tf.Tensor) => x.matMul(tf.tensor2d(W)).add(tf.tensor1d(b)).tanh().matMul(tf.tensor2d(V)),
    };
    const flow = new ContinuousFlow(field, 2, { steps: 40 });
    expectSame(flow, { x, z, logDet });
    const adaptive = flow.forwardAdaptively(tf.tensor2d(x), 1e-5);
    expectClose(adaptive.z, flat(z), { absolute: 1e-4 });
    expectClose(adaptive.logDet, logDet, { absolute: 1e-4 });
  });
});

describe("against torch and scipy", () => {
  it("sigmoid and tanh", () => {
    expectSame(sigmoidLayer(), reference.sigmoid);
    expectSame(tanhLayer(), reference.tanh);
  });

  it("the affine flow is the multivariate normal, in float64 and over tensors", () => {
    const { mean, covariance, x, logProb } = reference.multivariateNormal;
    const exact = AffineFlow.fromMoments(mean, covariance);
    expectClose(
      x.map((row: number[]) => exact.logProb(row)),
      logProb,
      { absolute: 1e-8, relative: 1e-8 },
    );
    const flow = new Flow(InvertibleLinear.from(exact, random()), standardBase(3));
    expectClose(flow.logProb(tf.tensor2d(x)), logProb, { absolute: 1e-4, relative: 1e-4 });
  });

  it.each(["normal", "logistic"] as const)("the mixture of %ss, its integral and its density", (kind: MixtureKind) => {
    const { weights, means, scales, x } = reference.mixtures;
    const [cdf, logProb] = [reference.mixtures[`${kind}Cdf`], reference.mixtures[`${kind}LogProb`]];
    const exact = { normal: normalMixture, logistic: logisticMixture }[kind]({ weights, means, stds: scales });
    expectClose(x.map(exact.cdf), cdf, { absolute: 1e-9 });
    expectClose(x.map(exact.logProb), logProb, { absolute: 1e-7 });
    const flow = new MixtureCDF(random(), 1, { components: 3, kind, range: "unit" });
    flow.parameters.logits?.assign(tf.tensor2d([weights.map(Math.log)]));
    flow.parameters.means?.assign(tf.tensor2d([means]));
    flow.parameters.logScales?.assign(tf.tensor2d([scales.map(Math.log)]));
    const ours = flow.forward(tf.tensor2d(x.map((value: number) => [value])));
    expectClose(ours.z, cdf, { absolute: 1e-6 });
    expectClose(ours.logDet, logProb, { absolute: 1e-4 });
    expect(ours.logDet.shape).toEqual([x.length]);
  });
});
