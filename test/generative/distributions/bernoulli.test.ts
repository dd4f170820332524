import * as tf from "@tensorflow/tfjs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { chooseBackend, compile } from "../../../src/engine/index.ts";
import { Bernoulli } from "../../../src/generative/distributions/index.ts";
import { backToChosen } from "../../support/backend.ts";
import { expectClose, numbersOf } from "../../support/close.ts";

beforeAll(() => chooseBackend());

const float32 = { relative: 2e-6, absolute: 1e-33 };
const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));

/** log p(x) of one bit as a table: x of log p(1), and the rest of log p(0); what has no weight counts nothing. */
function bit(logit: number, x: number): number {
  const [one, zero] = [-Math.log1p(Math.exp(-logit)), -Math.log1p(Math.exp(logit))];
  return (x === 0 ? 0 : x * one) + (x === 1 ? 0 : (1 - x) * zero);
}

type Rows = readonly (readonly number[])[];
const table = (logits: readonly number[], x: Rows) =>
  x.map(row => row.reduce((sum, value, i) => sum + bit(logits[i % logits.length] as number, value), 0));

/** Rows of four bits, and the same followed by bits that are surely 1: of 1 they take nothing away. */
const logits = [Infinity, -Infinity, 0.5, -3];
const certain = (n: number) => Array<number>(n).fill(Infinity);
const ones = (n: number) => Array<number>(n).fill(1);
const possible: Rows = [
  [1, 0, 1, 0],
  [1, 0, 0.25, 1],
  [1, 0, 0, 0.5],
];
const impossible: Rows = [
  [0, 0, 1, 0],
  [1, 1, 0, 0],
  [0.5, 0, 1, 1],
  [1, 1e-6, 0.25, 0],
  [0, 1, 1, 1],
];

const ways: [string, (f: (l: tf.Tensor, x: tf.Tensor) => tf.Tensor, l: tf.Tensor, x: tf.Tensor) => tf.Tensor][] = [
  ["as numbers", (f, l, x) => f(l, x)],
  [
    "in a compiled step",
    (f, l, x) => {
      const step = compile(f, { otherwise: "throw" });
      const value = step(l, x);
      step.dispose();
      return value;
    },
  ],
  [
    "inside a gradient",
    (f, l, x) => {
      let value: tf.Tensor | undefined;
      tf.grad(l => {
        value = tf.keep(f(l, x));
        return value.sum();
      })(l);
      return value as tf.Tensor;
    },
  ],
];

describe.each(["wasm", "cpu"])("on %s", backend => {
  beforeAll(async () => {
    await chooseBackend();
    await tf.setBackend(backend);
  });
  afterAll(backToChosen);

  describe.each(ways)("log p(x) %s", (_, way) => {
    const logProb = (x: Rows, more: number) =>
      way(
        (l, x) => new Bernoulli(l).logProb(x),
        tf.tensor1d([...logits, ...certain(more)]),
        tf.tensor2d(x.map(row => [...row, ...ones(more)])),
      );

    it.each([0, 2000])("is that of the table, and −∞ for what cannot be, beside %d bits that are certain", more => {
      const both = [...possible, ...impossible];
      const values = numbersOf(logProb(both, more));
      expect(values.slice(possible.length)).toEqual(impossible.map(() => -Infinity));
      expectClose(values.slice(0, possible.length), table(logits, possible), float32);
      expect(numbersOf(logProb(impossible, more))).toEqual(impossible.map(() => -Infinity));
      expectClose(logProb(possible, more), table(logits, possible), float32);
    });
  });

  it.each([1, 200])("has the entropy of each bit, %d times, which is none where one is certain", repeats => {
    const finite = [0.5, -3, 0, 20, -79, 79];
    const entropy = (logits: number[]) =>
      new Bernoulli(tf.tensor1d(logits).expandDims(-1).tile([repeats, 1])).entropy();
    const share = (l: number) => Math.log1p(Math.exp(-l)) + l * sigmoid(-l); // of |ℓ|
    const expected = finite.map(Math.abs).map(share);
    const all = (values: number[]) => Array.from({ length: repeats }, () => values).flat();
    expectClose(entropy(finite), all(expected), float32);
    expectClose(entropy([...finite, Infinity, -Infinity]), all([...expected, 0, 0]), float32);
  });

  it("names a logit of NaN among many, eager and compiled", () => {
    const message = "Bernoulli.logProb: logits must be numbers, but got NaN; look for it in what computed them.";
    const lost = tf.tensor1d([...Array<number>(1999).fill(0), Number.NaN]);
    const x = tf.ones([2000]);
    expect(() => new Bernoulli(lost).logProb(x)).toThrow(message);
    const step = compile((l: tf.Tensor) => new Bernoulli(l).logProb(x), { otherwise: "throw" });
    expectClose(step(tf.zeros([2000])), -2000 * Math.LN2, { relative: 1e-5 });
    expect(() => step(lost)).toThrow(message);
    step.dispose();
  });

  it.each<[number[], number[]]>([
    [[3], [3]],
    [[3], [4, 3]],
    [[2, 3], [3]],
    [
      [2, 3],
      [2, 3],
    ],
    [
      [2, 3],
      [1, 3],
    ],
    [
      [1, 3],
      [4, 3],
    ],
    [
      [1, 3],
      [4, 1, 3],
    ],
    [
      [2, 3],
      [1, 1, 3],
    ],
    [
      [2, 3],
      [4, 1, 3],
    ],
    [
      [2, 3],
      [4, 2, 3],
    ],
    [
      [2, 3],
      [5, 4, 1, 3],
    ],
    [
      [2, 3],
      [5, 1, 2, 3],
    ],
    [
      [2, 2],
      [2, 1, 2],
    ],
    [
      [2, 2, 2],
      [2, 1, 2],
    ],
    [
      [2, 2, 2],
      [2, 2, 2],
    ],
    [
      [2, 2, 3],
      [4, 1, 1, 3],
    ],
    [
      [1, 2, 3],
      [4, 1, 3],
    ],
  ])("has the slope x − σ(ℓ), summed over what repeats logits of [%s] for x of [%s]", (ofLogits, ofX) => {
    const l = tf.tensor(
      Array.from({ length: size(ofLogits) }, (_, i) => ((i * 7) % 11) / 3 - 1.5),
      ofLogits,
    );
    const x = tf.tensor(
      Array.from({ length: size(ofX) }, (_, i) => ((i * 5) % 9) / 8),
      ofX,
    );
    const shape = tf.broadcast_util.assertAndGetBroadcastShape(ofLogits, ofX);
    const weights = Array.from({ length: size(shape.slice(0, -1)) }, (_, i) => 1 + ((i * 3) % 7) / 2);
    const [numbers, bits] = [l.dataSync(), x.dataSync()];
    const [expected, expectedOfX] = [Array<number>(numbers.length).fill(0), Array<number>(bits.length).fill(0)];
    for (let at = 0; at < size(shape); at++) {
      const [i, j] = [placeOf(at, shape, ofLogits), placeOf(at, shape, ofX)];
      const dy = weights[Math.floor(at / (shape.at(-1) as number))] as number;
      (expected[i] as number) += dy * ((bits[j] as number) - sigmoid(numbers[i] as number));
      (expectedOfX[j] as number) += dy * (numbers[i] as number);
    }
    const slopes = tf.grads((l: tf.Tensor, x: tf.Tensor) =>
      new Bernoulli(l)
        .logProb(x)
        .mul(tf.tensor(weights, shape.slice(0, -1)))
        .sum(),
    );
    const [slope, slopeOfX] = slopes([l, x]) as [tf.Tensor, tf.Tensor];
    expect([slope.shape, slopeOfX.shape]).toEqual([ofLogits, ofX]);
    expectClose(slope, expected, { relative: 1e-5, absolute: 1e-5 });
    expectClose(slopeOfX, expectedOfX, { relative: 1e-5, absolute: 1e-5 });
  });
});

const size = (shape: readonly number[]) => shape.reduce((product, n) => product * n, 1);

/** Where an entry of the whole shape is in one that was repeated to it. */
function placeOf(at: number, whole: readonly number[], shape: readonly number[]): number {
  let [place, stride, rest] = [0, 1, at];
  for (let axis = whole.length - 1; axis >= 0; axis--) {
    const own = shape[axis - whole.length + shape.length] ?? 1;
    const index = rest % (whole[axis] as number);
    rest = (rest - index) / (whole[axis] as number);
    place += own === 1 ? 0 : index * stride;
    stride *= own;
  }
  return place;
}
