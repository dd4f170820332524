import * as tf from "@tensorflow/tfjs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { chooseBackend, compile, Random } from "../../../src/engine/index.ts";
import * as distributions from "../../../src/generative/distributions/index.ts";
import { backToChosen } from "../../support/backend.ts";
import { expectClose } from "../../support/close.ts";
import { everyLimit, type Limit } from "./everyLimit.ts";

const { Mixture, Normal } = distributions;
const backends = ["wasm", "cpu"] as const;

const numbers = (t: tf.Tensor) => Array.from(t.dataSync());
const tensors = ({ parameters }: Limit) => parameters.map(values => tf.tensor(values as number[]));
const allFinite = (t: tf.Tensor) => numbers(t).every(Number.isFinite);

/** log p of each point on its own, so that one does not hide another. */
const each = (limit: Limit, points: readonly number[][], parameters = tensors(limit)) =>
  points.map(
    point =>
      limit
        .make(...parameters)
        .logProb(tf.tensor(point))
        .dataSync()[0] as number,
  );

/** Gradients of log p in the point and in all parameters. */
const gradients = (limit: Limit) =>
  tf.grads((...inputs) => {
    const [x, parameters] = [inputs[0] as tf.Tensor, inputs.slice(1) as tf.Tensor[]];
    return limit
      .make(...parameters)
      .logProb(x)
      .sum();
  });

it("lists every distribution that the room has", () => {
  const classes = Object.entries(distributions)
    .filter(([, value]) => typeof value === "function" && "prototype" in value && "logProb" in (value.prototype ?? {}))
    .map(([name]) => name);
  expect(new Set(everyLimit.map(({ family }) => family))).toEqual(new Set(classes));
});

describe.each(backends)("on %s", backend => {
  beforeAll(async () => {
    await chooseBackend();
    await tf.setBackend(backend);
  });
  afterAll(backToChosen);

  describe.each(everyLimit)("$name", limit => {
    const { make, inside, outside, expected } = limit;

    it("has the values that the mathematics gives, to the ends of float32", () => {
      expectClose(each(limit, inside), expected, { relative: 5e-6, absolute: 2e-6 });
    });

    it("is −∞ where it has no value, and never NaN", () => {
      const nowhere = [...outside, ...(limit.beyond ?? [])];
      expect(each(limit, nowhere)).toEqual(nowhere.map(() => -Infinity));
    });

    it.skipIf(limit.steep)("has finite gradients in all its parameters, everywhere", () => {
      for (const point of [...inside, ...outside.filter(x => x.every(Number.isFinite))]) {
        const [ofX, ...all] = gradients(limit)([tf.tensor(point), ...tensors(limit)]) as [tf.Tensor, ...tf.Tensor[]];
        (limit.discrete ? all : [...all, ofX]).forEach((gradient, i) => {
          expect(allFinite(gradient), `input ${i} at [${point}]: ${numbers(gradient)}`).toBe(true);
        });
      }
    });

    it("has batches of 0 and of 1", () => {
      const batch = (n: number) => tensors(limit).map(p => p.expandDims(0).tile([n, ...p.shape.map(() => 1)]));
      const point = tf.tensor2d([inside[0] as number[]]);
      expectClose(make(...batch(1)).logProb(point), [expected[0] as number], { relative: 5e-6, absolute: 2e-6 });
      const none = make(...tensors(limit)).logProb(tf.zeros([0, point.shape[1]]));
      expect(none.shape).toEqual([0]);
      expect(make(...batch(1)).sample(new Random(1), 2).shape).toEqual([2, 1, point.shape[1]]);
    });

    it("has the entropy, if any, of a number", () => {
      const entropy = make(...tensors(limit)).entropy?.();
      if (entropy) expect(allFinite(entropy)).toBe(true);
    });

    it("draws finite numbers that it has", () => {
      const p = make(...tensors(limit));
      const x = p.sample(new Random(1), 50);
      expect(allFinite(x)).toBe(true);
      expect(numbers(p.logProb(x)).every(value => value > -Infinity)).toBe(true);
    });

    it("is a mixture of itself alone, of itself and anything without weight, and −∞ outside", () => {
      const logits = (values: number[]) => tf.tensor1d(values);
      const twice = tensors(limit).map(p => tf.stack([p, p]));
      for (const mixture of [
        new Mixture(logits([3]), make(...tensors(limit).map(p => p.expandDims(0)))),
        new Mixture(logits([7, -Infinity]), make(...twice)),
        new Mixture(logits([0, 1]), make(...twice)),
      ]) {
        for (const [i, point] of inside.entries()) {
          expectClose(mixture.logProb(tf.tensor(point)), expected[i] as number, { relative: 5e-6, absolute: 3e-6 });
        }
        for (const point of outside) expect(numbers(mixture.logProb(tf.tensor(point)))).toEqual([-Infinity]);
        expect(allFinite(mixture.sample(new Random(1), 5))).toBe(true);
      }
    });

    it.skipIf(limit.steep)("has finite gradients as a mixture, where no component has x too", () => {
      const far = outside.filter(x => x.every(Number.isFinite));
      for (const point of [inside[0], ...far]) {
        const all = tf.grads((...inputs) => {
          const [l, ...parameters] = inputs as [tf.Tensor, ...tf.Tensor[]];
          return new Mixture(l, make(...parameters)).logProb(tf.tensor(point as number[])).sum();
        })([tf.tensor1d([0, -Infinity]), ...tensors(limit).map(p => tf.stack([p, p]))]);
        for (const gradient of all) expect(allFinite(gradient)).toBe(true);
      }
    });

    it("refuses NaN in x and in each parameter, in a line", () => {
      const line = /^[^\n]{1,300}$/;
      const x = tf.tensor((inside[0] as number[]).map(() => Number.NaN));
      expect(() => make(...tensors(limit)).logProb(x)).toThrow(line);
      limit.parameters.forEach((_, i) => {
        const broken = tensors(limit).map((p, j) => (i === j ? tf.fill(p.shape, Number.NaN) : p));
        expect(() => make(...broken).logProb(tf.tensor(inside[0] as number[])), `parameter ${i}`).toThrow(line);
      });
    });
  });
});

describe("compiled", () => {
  beforeAll(() => chooseBackend());

  it.each(everyLimit)("$name has the same values and gradients, to the ends", limit => {
    const points = [...limit.inside, ...limit.outside];
    const value = compile((x: tf.Tensor, ...parameters: tf.Tensor[]) => limit.make(...parameters).logProb(x), {
      otherwise: "throw",
    });
    const slope = compile((x: tf.Tensor, ...parameters: tf.Tensor[]) => {
      const f = (...inputs: tf.Tensor[]) =>
        limit
          .make(...inputs)
          .logProb(x)
          .sum();
      return tf.stack(
        tf
          .grads(f as never)(parameters)
          .map(g => g.abs().sum()),
      );
    });
    for (const [i, point] of points.entries()) {
      const x = tf.tensor(point);
      const wanted = limit.expected[i] ?? -Infinity;
      const got = numbers(value(x, ...tensors(limit)))[0] as number;
      if (wanted === -Infinity) expect(got).toBe(-Infinity);
      else expectClose(got, wanted, { relative: 5e-6, absolute: 2e-6 });
      if (!limit.steep && point.every(Number.isFinite)) expect(allFinite(slope(x, ...tensors(limit)))).toBe(true);
    }
    value.dispose();
    slope.dispose();
  });

  it("a NaN is refused at the call that brings it", () => {
    const step = compile((x: tf.Tensor) => new Normal([0], [1]).logProb(x), { otherwise: "throw" });
    expect(numbers(step(tf.tensor([0.5]))).length).toBe(1);
    expect(() => step(tf.tensor([Number.NaN]))).toThrow("Normal.logProb: x, mean and std must be numbers, but got NaN");
    step.dispose();
  });
});
