import { expm, matrix } from "mathjs";
import * as tf from "@tensorflow/tfjs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { chooseBackend, compile, Random } from "../../../src/engine/index.ts";
import { euler, midpoint, rungeKutta4 } from "../../../src/generative/exact/index.ts";
import {
  ContinuousFlow,
  exactTrace,
  Flow,
  hutchinsonTrace,
  PerceptronField,
  standardBase,
  type VectorField,
} from "../../../src/generative/flows/index.ts";
import { backends, useRepaired } from "../../engine/gradients/backends.ts";
import { expectClose, expectMean } from "../../support/close.ts";

const A = [
  [0.3, 1, -0.2],
  [-0.8, -0.5, 0.4],
  [0.1, 0.6, 0.7],
];
const traceOfA = 0.3 - 0.5 + 0.7;

/** dx/dt = A x */
const linear = (rows: number[][]): VectorField => ({
  parameters: {},
  at: (_, x) => x.matMul(tf.tensor2d(rows), false, true),
});

describe("a linear field", () => {
  beforeAll(() => chooseBackend());
  const x = () => new Random(1).normal([6, 3]);

  it("has the flow of the matrix exponential, and log |det| = tr A", () => {
    const { z, logDet } = new ContinuousFlow(linear(A), 3, { steps: 20 }).forward(x());
    const exact = x().matMul(tf.tensor2d(expm(matrix(A)).toArray() as number[][]), false, true);
    expectClose(z, exact, { absolute: 1e-5, relative: 1e-5 });
    expectClose(logDet, Array(6).fill(traceOfA), { absolute: 1e-5 });
  });

  it.each([
    { name: "Euler", method: euler, order: 1 },
    { name: "midpoint", method: midpoint, order: 2 },
    { name: "Runge–Kutta", method: rungeKutta4, order: 4 },
  ])("$name converges with order $order", ({ method, order }) => {
    const exact = x().matMul(tf.tensor2d(expm(matrix(A)).toArray() as number[][]), false, true);
    const error = (steps: number) =>
      new ContinuousFlow(linear(A), 3, { steps, method }).forward(x()).z.sub(exact).abs().max().dataSync()[0] as number;
    const [few, many] = order === 4 ? [1, 2] : [8, 16]; // float32 ends below 1e-6
    expect(Math.abs(Math.log2(error(few) / error(many)) - order)).toBeLessThan(0.5);
  });

  it("is solved to its tolerance by steps of the solver's own, more of them for a smaller one", () => {
    const exact = x().matMul(tf.tensor2d(expm(matrix(A)).toArray() as number[][]), false, true);
    const flow = new ContinuousFlow(linear(A), 3);
    const [loose, tight] = [flow.forwardAdaptively(x(), 1e-2), flow.forwardAdaptively(x(), 1e-5)];
    expectClose(tight.z, exact, { absolute: 1e-4 });
    expectClose(tight.logDet, Array(6).fill(traceOfA), { absolute: 1e-4 });
    expect(tight.evaluations).toBeGreaterThan(loose.evaluations);
    expect(() => flow.forwardAdaptively(x(), 1e-12)).toThrow("the tolerance must be within reach of float32");
  });

  describe.each([1, 2, 3, 5])("over %d coordinates", d => {
    const draws = 20_000;
    const flat = new Random(10 + d).normalArray(d * d);
    const rows = Array.from({ length: d }, (_, i) => Array.from(flat.slice(i * d, (i + 1) * d)));
    const trace = rows.reduce((sum, row, i) => sum + (row[i] as number), 0);
    const estimates = (of: number[][]) => {
      const signs = new Random(2)
        .bernoulli(tf.fill([draws, d], 0.5))
        .mul(2)
        .sub(1);
      return hutchinsonTrace(linear(of), 0, tf.zeros([draws, d]), signs).dataSync();
    };

    it("has an unbiased estimate of its trace, with variance ½ Σ_i≠j (a_ij + a_ji)², 0 for one coordinate", () => {
      const off = rows.map((row, i) => row.map((a, j) => (i === j ? 0 : a + (rows[j]?.[i] as number))));
      const variance = 0.5 * off.flat().reduce((sum, pair) => sum + pair ** 2, 0);
      if (d === 1) return expectClose(estimates(rows), tf.fill([draws], trace), { absolute: 1e-6 });
      expectMean(estimates(rows), trace);
      const squares = Float64Array.from(estimates(rows), v => (v - trace) ** 2);
      // One pair off the diagonal: it is added or taken away, and its square is the same in every draw.
      if (d === 2) expectClose(squares, tf.fill([draws], variance), { relative: 1e-4 });
      else expectMean(squares, variance);
    });

    it("has no variance where the matrix is diagonal, or turns without a shear", () => {
      const skew = rows.map((row, i) => row.map((a, j) => (i === j ? a : a - (rows[j]?.[i] as number))));
      const diagonal = rows.map((row, i) => row.map((a, j) => (i === j ? a : 0)));
      for (const of of [diagonal, skew]) expectClose(estimates(of), tf.fill([draws], trace), { absolute: 1e-5 });
    });
  });

  it("wants a Random where its trace is estimated", () => {
    const flow = new ContinuousFlow(linear(A), 3, { trace: "hutchinson" });
    expect(() => flow.forward(x())).toThrow("an estimated trace must be given random signs");
    const logDets = Array.from(
      { length: 200 },
      (_, n) => flow.forward(x(), new Random(n)).logDet.dataSync()[0] as number,
    );
    expectMean(logDets, traceOfA);
  });
});

describe.each(backends)("the objective of FFJORD on %s", backend => {
  beforeAll(() => useRepaired(backend));
  afterAll(() => void chooseBackend());

  const flow = () =>
    new Flow(
      new ContinuousFlow(new PerceptronField(new Random(3), 2, { hidden: [5] }), 2, { steps: 2 }),
      standardBase(2),
    );
  const x = () => new Random(4).normal([6, 2]);
  const loss = (of: Flow, x: tf.Tensor) => of.logProb(x).mean().neg() as tf.Scalar;

  it("has the gradient that differences of the loss say, eager", () => {
    const of = flow();
    const { grads } = tf.variableGrads(() => loss(of, x()), Object.values(of.parameters));
    for (const variable of Object.values(of.parameters)) {
      const direction = new Random(5).normal(variable.shape);
      const start = variable.clone();
      const at = (h: number) => {
        variable.assign(tf.tidy(() => start.add(direction.mul(h))));
        return loss(of, x()).dataSync()[0] as number;
      };
      const quotient = (at(0.02) - at(-0.02)) / 0.04;
      variable.assign(start);
      const slope = (grads[variable.name] as tf.Tensor).mul(direction).sum().dataSync()[0] as number;
      expectClose(slope, quotient, { absolute: 2e-3, relative: 5e-3 });
    }
  });

  it("has the same value and gradient compiled", () => {
    const of = flow();
    const variables = Object.values(of.parameters);
    const step = (x: tf.Tensor) => {
      const { value, grads } = tf.variableGrads(() => loss(of, x), variables);
      return { value: value as tf.Tensor, grads: variables.map(({ name }) => grads[name] as tf.Tensor) };
    };
    const compiled = compile(step, { otherwise: "throw" });
    const [eager, traced] = [step(x()), compiled(x())];
    expectClose(traced.value, eager.value, { absolute: 1e-5 });
    eager.grads.forEach((grad, i) => {
      expectClose(traced.grads[i] as tf.Tensor, grad, { absolute: 1e-5, relative: 1e-4 });
    });
    compiled.dispose();
  });

  it("has the trace of the autodiff Jacobian", () => {
    const { field } = flow().bijection as ContinuousFlow;
    const diagonal = [0, 1].map(i => {
      const unit = tf.tensor2d([i === 0 ? [1, 0] : [0, 1]]).tile([6, 1]);
      return tf
        .grad((x: tf.Tensor) => field.at(0.3, x))(x(), unit)
        .mul(unit)
        .sum(1);
    });
    expectClose(exactTrace(field, 0.3, x()), tf.addN(diagonal), { absolute: 1e-5 });
  });
});
