import * as tf from "@tensorflow/tfjs";
import { beforeAll, describe, expect, it } from "vitest";
import { chooseBackend, compile, Random } from "../../../src/engine/index.ts";
import { logAbsDet } from "../../../src/generative/exact/index.ts";
import {
  AffineCoupling,
  type Bijection,
  Elementwise,
  Flow,
  halfMask,
  inverseWithLogDet,
  standardBase,
} from "../../../src/generative/flows/index.ts";
import { expectClose, expectMean } from "../../support/close.ts";
import { everyFlow, loud } from "./everyFlow.ts";

beforeAll(() => chooseBackend());

/** The Jacobian of f at every row of x, by d gradients: [batch][d][d]. */
function jacobians(f: (x: tf.Tensor) => tf.Tensor, x: tf.Tensor): number[][][] {
  const d = x.shape[1] as number;
  const rows = Array.from({ length: d }, (_, i) => {
    const unit = tf.tensor2d([Array.from({ length: d }, (_, j) => Number(j === i))]).tile([x.shape[0] as number, 1]);
    return tf.grad(f)(x, unit).arraySync() as number[][]; // ∂f_i/∂x at every point
  });
  return (rows[0] as number[][]).map((_, n) => rows.map(row => row[n] as number[]));
}

const logDets = (f: (x: tf.Tensor) => tf.Tensor, x: tf.Tensor) => jacobians(f, x).map(J => logAbsDet(J).logAbs);

/** ∫ p over a square, or a line, by the trapezoidal rule. */
function total(flow: Flow, d: number, side: number, n: number): number {
  const points = Array.from({ length: n }, (_, i) => -side + (2 * side * (i + 0.5)) / n);
  const x = tf.tensor2d(d === 1 ? points.map(a => [a]) : points.flatMap(a => points.map(b => [a, b])));
  return Array.from(flow.logProb(x).dataSync(), Math.exp).reduce((sum, p) => sum + p, 0) * ((2 * side) / n) ** d;
}

describe.each(everyFlow)("$name", ({ make, dimension, domain = x => x, onto }) => {
  let flow: Bijection;
  let x: tf.Tensor;
  beforeAll(() => {
    flow = make(new Random(1));
    x = domain(new Random(2).normal([20, dimension]));
  });

  it("inverts, both ways", () => {
    const { z } = flow.forward(x);
    expectClose(flow.inverse(z), x, { absolute: 1e-4, relative: 1e-4 });
    expectClose(flow.forward(flow.inverse(z)).z, z, { absolute: 1e-4, relative: 1e-4 });
    expect(z.shape).toEqual(x.shape);
  });

  it("reports the log-determinant of its own Jacobian, in both directions", () => {
    const { z, logDet } = flow.forward(x);
    expectClose(
      logDet,
      logDets(x => flow.forward(x).z, x),
      { absolute: 2e-3 },
    );
    const back = inverseWithLogDet(flow, z);
    expectClose(
      back.logDet,
      logDets(z => flow.inverse(z), z),
      { absolute: 2e-3 },
    );
    expectClose(back.logDet.add(logDet), new Float32Array(20), { absolute: 1e-3 });
  });

  it("treats every row of a batch alone", () => {
    const part = x.slice([3, 0], [2, dimension]);
    expectClose(flow.forward(part).z, flow.forward(x).z.slice([3, 0], [2, dimension]), { absolute: 1e-5 });
    expectClose(flow.forward(part).logDet, flow.forward(x).logDet.slice(3, 2), { absolute: 1e-4 });
  });

  it("integrates to 1 with a Normal base, in one and two dimensions", () => {
    if (dimension > 2 || !onto) return;
    const density = new Flow(flow, standardBase(dimension));
    expectClose(total(density, dimension, dimension === 1 ? 30 : 14, dimension === 1 ? 4000 : 280), 1, {
      absolute: 2e-3,
    });
  });

  it("draws what its density says: the mean of log p over draws, by two ways", () => {
    if (!onto) return;
    const density = new Flow(flow, standardBase(dimension));
    const { x, logProb } = density.sampleWithLogProb(new Random(7), 100);
    // A Newton step ends each inverse, so log p of the draws agrees to the slack of that step.
    expectClose(density.logProb(x), logProb, { absolute: 5e-3 });
    // E log p_z(z) = −½ d (1 + log 2π)
    const atBase = density.base.logProb(density.latents(x));
    expectMean(atBase.dataSync(), -0.5 * dimension * (1 + Math.log(2 * Math.PI)));
  });

  it("gives the same numbers compiled, with its gradients", () => {
    const variables = Object.values(flow.parameters);
    const value = (x: tf.Tensor) => {
      const { z, logDet } = flow.forward(x);
      return z.square().sum(1).mul(-0.5).add(logDet).mean() as tf.Scalar;
    };
    const step = (x: tf.Tensor) => {
      if (variables.length === 0) return { value: value(x), grads: [] as tf.Tensor[] };
      const { value: loss, grads } = tf.variableGrads(() => value(x), variables);
      return { value: loss as tf.Tensor, grads: variables.map(v => grads[v.name] as tf.Tensor) };
    };
    const compiled = compile(step, { otherwise: "throw" });
    const [eager, traced] = [step(x), compiled(x)];
    expectClose(traced.value, eager.value, { relative: 1e-4, absolute: 1e-5 });
    eager.grads.forEach((grad, i) => {
      expectClose(traced.grads[i] as tf.Tensor, grad, { relative: 2e-3, absolute: 2e-4 });
    });
    compiled.dispose();
  });

  it("says what is wrong with a shape", () => {
    if (flow instanceof Elementwise) return;
    expect(() => new Flow(flow, standardBase(dimension)).logProb(tf.zeros([2, dimension + 1]))).toThrow(RangeError);
  });
});

describe("what breaks the laws", () => {
  const x = () => new Random(2).normal([20, 3]);
  const off = (flow: Bijection) => {
    const { logDet } = flow.forward(x());
    const exact = logDets(x => flow.forward(x).z, x());
    return Math.max(...exact.map((value, n) => Math.abs(value - (logDet.dataSync()[n] as number))));
  };

  it("a log-determinant without its absolute value, or with the wrong sign", () => {
    const decreasing = new Elementwise(
      x => x.mul(-2),
      z => z.div(-2),
      x => tf.fill(x.shape, -2).log(),
    );
    expect(decreasing.forward(x()).logDet.dataSync()[0]).toBeNaN();
    const wrongSign = new Elementwise(
      x => x.mul(2),
      z => z.div(2),
      x => tf.fill(x.shape, -Math.LN2),
    );
    expect(off(wrongSign)).toBeGreaterThan(1);
  });

  it("a relu, which has no inverse", () => {
    const relu = new Elementwise(
      x => x.relu(),
      z => z,
      x => x.step().log(),
    );
    const back = relu.inverse(relu.forward(x()).z);
    expect(back.sub(x()).abs().max().dataSync()[0]).toBeGreaterThan(0.1);
    expect(relu.forward(x()).logDet.min().dataSync()[0]).toBe(-Infinity);
  });

  it("a sigmoid before a Normal base, which integrates to Φ(1) − Φ(0) = 0.3413", () => {
    const sigmoid = everyFlow.find(({ name }) => name === "sigmoid")?.make(new Random(1)) as Bijection;
    expectClose(total(new Flow(sigmoid, standardBase(1)), 1, 30, 4000), 0.3413447, { absolute: 1e-4 });
  });

  it("a scale that crosses 0: x is forgotten, and the log-determinant is −∞", () => {
    const coupling = new AffineCoupling(new Random(1), { mask: halfMask(2), scale: "unrestricted" });
    const bias = coupling.parameters["output.bias"] as tf.Variable;
    bias.assign(tf.tensor1d([0, -1, 0, 0])); // s = 1 − 1
    const x = tf.tensor2d([[0.3, 5]]);
    const { z, logDet } = coupling.forward(x);
    expect(logDet.dataSync()[0]).toBe(-Infinity);
    expect(coupling.inverse(z).dataSync()[1]).toBeNaN();
    const restricted = loud(new Random(3), new AffineCoupling(new Random(1), { mask: halfMask(2) }), 5);
    expect(restricted.forward(x).logDet.dataSync()[0]).toBeGreaterThan(-50);
  });
});
