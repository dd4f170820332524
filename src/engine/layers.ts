import * as tf from "@tensorflow/tfjs";
import type { Random } from "./random.ts";

/**
 * Runs `body` while the layers of tfjs that drop or add noise draw from `random`, and not from a generator of their own
 * that no seed reaches: dropout, spatial and alpha dropout, Gaussian noise and dropout, and the masks of recurrent cells.
 *
 * So a model of `tf.layers` draws the same numbers eagerly and compiled. Without a stream they draw as tfjs does.
 */
export function layersDrawFrom<Result>(random: Random | undefined, body: () => Result): Result {
  if (random === undefined) return body();
  replaceDraws();
  const before = stream;
  stream = random;
  try {
    return body();
  } finally {
    stream = before;
  }
}

let stream: Random | undefined;
let isReplaced = false;

/** What tfjs keeps to itself of layers that draw. */
interface Drawing {
  call(inputs: tf.Tensor | tf.Tensor[], kwargs: { training?: boolean }): tf.Tensor | tf.Tensor[];
  rate: number;
  stddev: number;
  noiseShape?: readonly number[];
  getNoiseShape(input: tf.Tensor): readonly number[] | undefined;
  /** What recurrent cells make their masks with. */
  dropoutFunc?: (x: tf.Tensor, rate: number) => tf.Tensor;
}

/** What a layer makes of its input in training. */
type Noised = (layer: Drawing, x: tf.Tensor, random: Random) => tf.Tensor;

function replaceDraws(): void {
  if (isReplaced) return;
  isReplaced = true;
  const { layers } = tf;
  replace(layers.dropout({ rate: 0.5 }), (layer, x, random) =>
    dropped(x, layer.rate, random, layer.getNoiseShape(x) ?? x.shape),
  );
  replace(layers.alphaDropout({ rate: 0.5 }), alphaDropped);
  replace(layers.gaussianNoise({ stddev: 1 }), ({ stddev }, x, random) => x.add(random.normal(x.shape).mul(stddev)));
  replace(layers.gaussianDropout({ rate: 0.5 }), ({ rate }, x, random) =>
    x.mul(
      random
        .normal(x.shape)
        .mul(Math.sqrt(rate / (1 - rate)))
        .add(1),
    ),
  );
  for (const make of [layers.simpleRNNCell, layers.gruCell, layers.lstmCell]) replaceMasks(make({ units: 1 } as never));
}

function replace(layer: tf.layers.Layer, noised: Noised): void {
  const prototype = Object.getPrototypeOf(layer) as Drawing;
  const { call } = prototype;
  prototype.call = function (this: Drawing, inputs, kwargs) {
    const [x] = [inputs].flat() as [tf.Tensor];
    const random = stream;
    const draws = kwargs.training && (this.rate === undefined ? this.stddev > 0 : this.rate > 0 && this.rate < 1);
    if (random === undefined || !draws) return call.call(this, inputs, kwargs);
    return tf.tidy(() => noised(this, x, random));
  };
}

function replaceMasks(cell: tf.layers.Layer): void {
  const prototype = Object.getPrototypeOf(cell) as Drawing;
  const { call } = prototype;
  prototype.call = function (this: Drawing, inputs, kwargs) {
    const [random, before] = [stream, this.dropoutFunc];
    if (random === undefined || before != null) return call.call(this, inputs, kwargs);
    this.dropoutFunc = (ones, rate) => dropped(ones, rate, random);
    try {
      return call.call(this, inputs, kwargs);
    } finally {
      this.dropoutFunc = before as NonNullable<typeof before>;
    }
  };
}

/** x / (1 − rate) with probability 1 − rate, else 0; entries that share a place of `shape` fare alike. */
function dropped(x: tf.Tensor, rate: number, random: Random, shape: readonly number[] = x.shape): tf.Tensor {
  const kept = random.bernoulli(tf.fill([...shape], 1 - rate));
  return x.mul(kept.div(1 - rate));
}

/** Klambauer et al. (2017): dropped entries are what a SELU tends to, and mean and variance stay. */
function alphaDropped({ rate, noiseShape }: Drawing, x: tf.Tensor, random: Random): tf.Tensor {
  const least = -1.7580993408473766; // −λα of the SELU
  const kept = random.bernoulli(tf.fill([...(noiseShape ?? x.shape)], 1 - rate));
  const scale = ((1 - rate) * (1 + rate * least ** 2)) ** -0.5;
  return x
    .mul(kept)
    .add(tf.sub(1, kept).mul(least))
    .mul(scale)
    .sub(scale * least * rate);
}
