import * as tf from "@tensorflow/tfjs";
import { beforeAll, describe, expect, it } from "vitest";
import { chooseBackend, compile, Random } from "../../src/engine/index.ts";
import { numbersOf } from "../support/close.ts";

beforeAll(() => chooseBackend());

const { layers } = tf;

/** What a layer makes of x in a step that was given a stream. */
function inTraining(layer: tf.layers.Layer, x: tf.Tensor, seed = 1, training = true): number[] {
  const step = compile((x: tf.Tensor, _: Random) => layer.apply(x, { training }) as tf.Tensor, { otherwise: "throw" });
  const made = numbersOf(step(x, new Random(seed)));
  step.dispose();
  return made;
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
const variance = (values: readonly number[]): number => mean(values.map(value => (value - mean(values)) ** 2));

/** Entries, and how many standard errors an estimate may be off. */
const [N, ERRORS] = [40_000, 4.5];

/** The standard error of a mean of N independent entries of this variance. */
const error = (variance: number): number => ERRORS * Math.sqrt(variance / N);

it("drops each entry with its rate, and makes up for it with the others", () => {
  const made = inTraining(layers.dropout({ rate: 0.2 }), tf.fill([200, 200], 3));
  expect([...new Set(made.map(value => value.toFixed(4)))].sort()).toEqual(["0.0000", "3.7500"]);
  const dropped = made.filter(value => value === 0).length / N;
  expect(Math.abs(dropped - 0.2)).toBeLessThan(error(0.2 * 0.8));
});

it("drops whole channels of a sequence", () => {
  const [rows, length, channels] = [20, 10, 200];
  const made = inTraining(layers.spatialDropout1d({ rate: 0.5 } as never), tf.ones([rows, length, channels]));
  const at = (row: number, place: number, channel: number) => made[(row * length + place) * channels + channel];
  for (let row = 0; row < rows; row++) {
    for (let channel = 0; channel < channels; channel++) {
      for (let place = 1; place < length; place++) expect(at(row, place, channel)).toBe(at(row, 0, channel));
    }
  }
  const firsts = Array.from({ length: rows * channels }, (_, i) => at(Math.floor(i / channels), 0, i % channels));
  const dropped = firsts.filter(value => value === 0).length / firsts.length;
  expect(Math.abs(dropped - 0.5)).toBeLessThan(ERRORS * Math.sqrt(0.25 / firsts.length));
});

it("keeps mean 0 and variance 1 where SELU units are dropped", () => {
  const x = new Random(2).normal([200, 200]);
  const made = inTraining(layers.alphaDropout({ rate: 0.1 }), x);
  // Kurtosis at most some 4 here: the variance of a square is at most 3.
  expect(Math.abs(mean(made))).toBeLessThan(error(1));
  expect(Math.abs(variance(made) - 1)).toBeLessThan(error(3));
  const [least] = [...made].sort((a, b) => a - b);
  const counts = new Map<number, number>();
  for (const value of made) counts.set(value, (counts.get(value) ?? 0) + 1);
  expect(Math.abs(Math.max(...counts.values()) / N - 0.1)).toBeLessThan(error(0.1 * 0.9));
  expect(least).toBeLessThan(-2);
});

it("adds noise of its standard deviation", () => {
  const noise = inTraining(layers.gaussianNoise({ stddev: 0.3 }), tf.fill([200, 200], 5)).map(value => value - 5);
  expect(Math.abs(mean(noise))).toBeLessThan(error(0.09));
  expect(Math.abs(variance(noise) - 0.09)).toBeLessThan(error(2 * 0.09 ** 2));
});

it("multiplies by noise about 1, as loud as dropout of its rate", () => {
  const made = inTraining(layers.gaussianDropout({ rate: 0.2 }), tf.fill([200, 200], 2));
  expect(Math.abs(mean(made) - 2)).toBeLessThan(error(4 * 0.25));
  expect(Math.abs(variance(made) - 4 * 0.25)).toBeLessThan(error(2));
});

it("drops inputs of recurrent cells, one mask for all of a sequence", () => {
  for (const make of [layers.simpleRNN, layers.gru, layers.lstm] as const) {
    const kernelInitializer = tf.initializers.constant({ value: 0.2 }); // gates do not saturate
    const options = { units: 2, inputShape: [4, 3], kernelInitializer, recurrentInitializer: "zeros" };
    const plain = make(options as never);
    const dropping = make({ ...options, dropout: 0.5 } as never);
    const x = tf.ones([64, 4, 3]);
    const distinct = (layer: tf.layers.Layer, training = true) =>
      new Set(inTraining(layer, x, 3, training).map(value => value.toFixed(5))).size;
    expect([distinct(plain), distinct(dropping, false)]).toEqual([1, 1]);
    // Of three inputs none, one, two or all are left, in each gate by itself.
    expect(distinct(dropping)).toBeGreaterThanOrEqual(4);
    expect(inTraining(dropping, x, 3)).toEqual(inTraining(dropping, x, 3));
  }
});

describe.each<[string, () => tf.layers.Layer]>([
  ["dropout", () => layers.dropout({ rate: 0.5 })],
  ["alpha dropout", () => layers.alphaDropout({ rate: 0.5 })],
  ["Gaussian noise", () => layers.gaussianNoise({ stddev: 1 })],
  ["Gaussian dropout", () => layers.gaussianDropout({ rate: 0.5 })],
])("%s", (_, make) => {
  const x = tf.range(1, 33).reshape([4, 8]);

  it("is the stream's: the same from the same seed, other from another", () => {
    const layer = make();
    expect(inTraining(layer, x, 5)).toEqual(inTraining(layer, x, 5));
    expect(inTraining(layer, x, 5)).not.toEqual(inTraining(layer, x, 6));
  });

  it("leaves what it is given alone where nothing is trained", () => {
    expect(inTraining(make(), x, 1, false)).toEqual(numbersOf(x));
  });

  it("draws by itself where no step gave it a stream", () => {
    const layer = make();
    const drawn = [1, 2].map(() => numbersOf(layer.apply(x, { training: true }) as tf.Tensor));
    expect(drawn[0]).not.toEqual(drawn[1]);
  });
});
