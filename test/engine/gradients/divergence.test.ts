import * as tf from "@tensorflow/tfjs";
import { beforeAll, describe, expect, it } from "vitest";
import { Random } from "../../../src/engine/random.ts";
import { expectClose } from "../../support/close.ts";
import { backends, useRepaired } from "./backends.ts";

const [batch, d, hidden] = [4, 3, 5];
const random = new Random(20);
const parameters = { w: random.normalArray(d * hidden), v: random.normalArray(hidden * d) };
const inputs = random.normalArray(batch * d);

/** `tr J(x)` of f(x) = tanh(tanh(x W) V), in float64: J = diag(1 − f²) Vᵀ diag(1 − h²) Wᵀ. [batch] */
function exactDivergence(w: Float64Array, v: Float64Array): number[] {
  return jacobians(w, v).map(jacobian => jacobian.reduce((sum, row, i) => sum + (row[i] as number), 0));
}

function jacobians(w: Float64Array, v: Float64Array): number[][][] {
  const at = (matrix: Float64Array, columns: number, i: number, j: number) => matrix[i * columns + j] as number;
  const range = (n: number) => Array.from({ length: n }, (_, i) => i);
  return range(batch).map(b => {
    const h = range(hidden).map(k =>
      Math.tanh(range(d).reduce((sum, i) => sum + at(inputs, d, b, i) * at(w, hidden, i, k), 0)),
    );
    const f = range(d).map(i => Math.tanh(h.reduce((sum, value, k) => sum + value * at(v, d, k, i), 0)));
    return range(d).map(i =>
      range(d).map(j => {
        const inner = h.reduce((sum, value, k) => sum + at(v, d, k, i) * (1 - value ** 2) * at(w, hidden, j, k), 0);
        return (1 - (f[i] as number) ** 2) * inner;
      }),
    );
  });
}

describe.each(backends)("the divergence of a network by vector-Jacobian products, on %s", backend => {
  beforeAll(() => useRepaired(backend));

  const tensors = () => ({
    x: tf.tensor2d(Float32Array.from(inputs), [batch, d]),
    w: tf.tensor2d(Float32Array.from(parameters.w), [d, hidden]),
    v: tf.tensor2d(Float32Array.from(parameters.v), [hidden, d]),
  });

  /** `eᵀ J(x)`, one row for each e. */
  const vjp = (x: tf.Tensor, w: tf.Tensor, v: tf.Tensor, e: tf.Tensor) =>
    tf.grad(x =>
      x
        .matMul(w as tf.Tensor2D)
        .tanh()
        .matMul(v as tf.Tensor2D)
        .tanh(),
    )(x, e);

  const divergence = (x: tf.Tensor, w: tf.Tensor, v: tf.Tensor) =>
    tf.addN(
      Array.from({ length: d }, (_, i) => {
        const unit = tf.oneHot(tf.fill([batch], i, "int32"), d).cast("float32");
        return vjp(x, w, v, unit).mul(unit).sum(1);
      }),
    );

  it("is the trace of the exact Jacobian", () => {
    const { x, w, v } = tensors();
    expectClose(divergence(x, w, v), exactDivergence(parameters.w, parameters.v), { absolute: 1e-5, relative: 1e-5 });
  });

  it("is estimated by eᵀ J e, which is exact for each e", () => {
    const { x, w, v } = tensors();
    const signs = new Random(21)
      .bernoulli(tf.fill([batch, d], 0.5))
      .mul(2)
      .sub(1);
    const e = signs.arraySync() as number[][];
    const expected = jacobians(parameters.w, parameters.v).map((jacobian, b) => {
      const row = e[b] as number[];
      return jacobian.reduce(
        (sum, entries, i) =>
          sum + entries.reduce((inner, value, j) => inner + (row[i] as number) * value * (row[j] as number), 0),
        0,
      );
    });
    expectClose(vjp(x, w, v, signs).mul(signs).sum(1), expected, { absolute: 2e-5, relative: 1e-5 });
  });

  it("has the gradient in the weights that training a continuous flow needs", () => {
    const { x, w, v } = tensors();
    const [dw, dv] = tf.grads((w, v) => divergence(x, w, v).sum())([w, v]) as [tf.Tensor, tf.Tensor];
    expectClose(dw, quotients("w"), { absolute: 1e-4, relative: 1e-4 });
    expectClose(dv, quotients("v"), { absolute: 1e-4, relative: 1e-4 });
  });

  it("leaves no tensors behind", () => {
    const before = tf.memory().numTensors;
    tf.tidy(() => {
      const { x, w, v } = tensors();
      tf.grads((w, v) => divergence(x, w, v).sum())([w, v]);
    });
    expect(tf.memory().numTensors).toBe(before);
  });
});

/** Central differences of the float64 formula. */
function quotients(name: "w" | "v"): number[] {
  const step = 1e-5;
  const total = (i: number, change: number) => {
    const moved = { ...parameters, [name]: parameters[name].map((value, j) => (i === j ? value + change : value)) };
    return exactDivergence(moved.w, moved.v).reduce((sum, value) => sum + value, 0);
  };
  return Array.from(parameters[name], (_, i) => (total(i, step) - total(i, -step)) / (2 * step));
}
