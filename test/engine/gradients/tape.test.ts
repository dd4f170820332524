import * as tf from "@tensorflow/tfjs";
import { beforeAll, describe, expect, it } from "vitest";
import { Random } from "../../../src/engine/random.ts";
import { expectClose } from "../../support/close.ts";
import { useRepaired } from "./backends.ts";

beforeAll(() => useRepaired("cpu"));

const points = tf.tensor1d([-1.7, -0.4, 0.3, 2.1]);
const x = Array.from(points.dataSync());

type Elementwise = (x: tf.Tensor) => tf.Tensor;

/** `f⁽ⁿ⁾`, entry by entry. */
const derivative = (f: Elementwise, order: number): Elementwise =>
  order === 0 ? f : derivative(x => tf.grad(f)(x), order - 1);

/** Derivatives of orders 1, 2, 3 as formulas in float64. */
const exact: [name: string, f: Elementwise, derivatives: ((x: number) => number)[]][] = [
  [
    "tanh",
    x => x.tanh(),
    [x => 1 - Math.tanh(x) ** 2, x => -2 * Math.tanh(x) * (1 - Math.tanh(x) ** 2), x => tanh3(Math.tanh(x))],
  ],
  ["exp", x => x.exp(), [Math.exp, Math.exp, Math.exp]],
  ["x exp(x)", x => x.mul(x.exp()), [1, 2, 3].map(n => (x: number) => (x + n) * Math.exp(x))],
  ["sigmoid", x => x.sigmoid(), [x => s(x) * (1 - s(x)), x => s(x) * (1 - s(x)) * (1 - 2 * s(x)), x => sigmoid3(s(x))]],
  ["elu", x => x.elu(), [1, 0, 0].map(right => (x: number) => (x > 0 ? right : Math.exp(x)))],
];
const s = (x: number) => 1 / (1 + Math.exp(-x));
const tanh3 = (t: number) => (6 * t * t - 2) * (1 - t * t);
const sigmoid3 = (p: number) => p * (1 - p) * (1 - 6 * p + 6 * p * p);

describe.each(exact)("%s", (_, f, derivatives) => {
  it.each([1, 2, 3])("has the derivative of order %s", order => {
    const formula = derivatives[order - 1] as (x: number) => number;
    expectClose(derivative(f, order)(points), x.map(formula), { absolute: 2e-6, relative: 2e-6 });
  });
});

it("keeps a first derivative at the kernels it had", async () => {
  const { kernels } = await tf.profile(() => tf.grad(x => x.tanh().sum())(points));
  const counts = kernels.map(kernel => kernel.name).filter(name => name === "Tanh");
  expect(counts).toEqual(["Tanh"]);
});

it("gives variables the gradient of a penalty on a gradient", () => {
  const random = new Random(3);
  const w = tf.variable(random.normal([2, 2]));
  const input = random.normal([3, 2]);
  // Σ (d/dx Σ tanh(x W))², the part of WGAN-GP that makes second derivatives.
  const penalty = (weights: tf.Tensor) =>
    tf
      .grad(x =>
        x
          .matMul(weights as tf.Tensor2D)
          .tanh()
          .sum(),
      )(input)
      .square()
      .sum() as tf.Scalar;

  const { grads } = tf.variableGrads(() => penalty(w));
  const analytic = grads[w.name] as tf.Tensor;
  const step = 1e-2;
  const expected = [0, 1, 2, 3].map(i => {
    const moved = (h: number) =>
      penalty(w.add(tf.oneHot(tf.scalar(i, "int32"), 4).reshape([2, 2]).mul(h))).dataSync()[0];
    return ((moved(step) as number) - (moved(-step) as number)) / (2 * step);
  });
  expectClose(analytic, expected, { absolute: 5e-3, relative: 2e-3 });

  const before = w.dataSync().slice();
  tf.train.sgd(0.1).minimize(() => penalty(w));
  expectClose(
    w,
    Array.from(before, (value, i) => value - 0.1 * (analytic.dataSync()[i] as number)),
    { absolute: 1e-6, relative: 1e-5 },
  );
  w.dispose();
});

it("orders what a customGrad saves beside its output", () => {
  const product = tf.customGrad((a, b, save) => {
    const [left, right] = [a as tf.Tensor, b as tf.Tensor];
    const value = left.mul(right).exp();
    (save as tf.GradSaveFunc)([left, value, right]);
    return {
      value,
      gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) => {
        const [a, y, b] = saved as [tf.Tensor, tf.Tensor, tf.Tensor];
        return [dy.mul(y).mul(b), dy.mul(y).mul(a)];
      },
    };
  });
  const f = (a: tf.Tensor) => product(a, a.square()); // exp(a³)
  const second = derivative(f, 2)(points.mul(0.5));
  const expected = x.map(v => v / 2).map(a => (9 * a ** 4 + 6 * a) * Math.exp(a ** 3));
  expectClose(second, expected, { absolute: 1e-5, relative: 1e-5 });
});
