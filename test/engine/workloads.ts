import * as tf from "@tensorflow/tfjs";
import { Random } from "../../src/engine/index.ts";
import { VAE } from "../../src/generative/models/index.ts";
import { Dense } from "../../src/generative/networks/index.ts";
import { elbo, iwae } from "../../src/generative/objectives/index.ts";

/** A model and its loss, the same whenever it is made. */
export interface Workload {
  parameters: tf.Variable[];
  loss: (x: tf.Tensor, random: Random) => tf.Tensor;
  batch: (random: Random) => tf.Tensor;
}

const binary = (shape: number[]) => (random: Random) => random.bernoulli(tf.fill(shape, 0.3));

function vae(objective: (model: VAE, x: tf.Tensor, random: Random) => tf.Tensor): Workload {
  const model = new VAE(new Random(1), { pixels: 30, hidden: [20, 16], latent: 4 });
  return {
    parameters: Object.values(model.parameters),
    loss: (x, random) => objective(model, x, random).mean().neg(),
    batch: binary([12, 30]),
  };
}

/** An autoencoder whose masks let each output see the inputs before it. */
function made(): Workload {
  const random = new Random(2);
  const [inputs, units] = [12, 24];
  const [hidden, output] = [new Dense(random, inputs, units), new Dense(random, units, inputs)];
  const degree = Array.from({ length: units }, (_, i) => i % (inputs - 1));
  const mask = (rows: number, columns: number, sees: (row: number, column: number) => boolean) =>
    tf.tensor2d(Array.from({ length: rows }, (_, i) => Array.from({ length: columns }, (_, j) => Number(sees(i, j)))));
  const first = mask(inputs, units, (i, j) => (degree[j] as number) >= i);
  const second = mask(units, inputs, (i, j) => j > (degree[i] as number));
  return {
    parameters: [hidden, output].flatMap(({ parameters }) => Object.values(parameters)),
    loss: x => {
      const h = tf.relu(x.matMul(hidden.kernel.mul(first)).add(hidden.bias));
      const logits = h.matMul(output.kernel.mul(second)).add(output.bias);
      return logits.softplus().sub(x.mul(logits)).sum(1).mean();
    },
    batch: binary([10, inputs]),
  };
}

/** Six affine couplings on the plane. */
function realNVP(): Workload {
  const random = new Random(3);
  const nets = Array.from({ length: 6 }, () => [
    new Dense(random, 2, 16),
    new Dense(random, 16, 16),
    new Dense(random, 16, 2),
  ]) as [Dense, Dense, Dense][];
  return {
    parameters: nets.flat().flatMap(({ parameters }) => Object.values(parameters)),
    loss: x => {
      let [a, b] = [x.slice([0, 0], [-1, 1]), x.slice([0, 1], [-1, 1])];
      let logDeterminant = tf.zerosLike(a);
      for (const [first, second, third] of nets) {
        const input = tf.concat([a, tf.zerosLike(a)], 1);
        const both = third.apply(tf.relu(second.apply(tf.relu(first.apply(input)))));
        const scale = both.slice([0, 0], [-1, 1]).tanh();
        const moved = b.mul(scale.exp()).add(both.slice([0, 1], [-1, 1]));
        logDeterminant = logDeterminant.add(scale);
        [a, b] = [moved, a];
      }
      const logDensity = a
        .square()
        .add(b.square())
        .add(2 * Math.log(2 * Math.PI))
        .mul(-0.5);
      return logDensity.add(logDeterminant).mean().neg();
    },
    batch: random => random.normal([32, 2]),
  };
}

/** Masked convolutions: each pixel sees those before it. */
function maskedConvolutions(): Workload {
  const random = new Random(4);
  const layer = (size: number, inputs: number, outputs: number, type: "A" | "B") => {
    const centre = (size - 1) / 2;
    const sees = (y: number, x: number) =>
      y < centre || (y === centre && (x < centre || (x === centre && type === "B")));
    const mask = tf.buffer([size, size, inputs, outputs]);
    for (const i of Array(mask.size).keys()) {
      const [y, x] = mask.indexToLoc(i) as [number, number];
      mask.values[i] = Number(size === 1 || sees(y, x));
    }
    const scale = 1 / Math.sqrt((size * size * inputs) / 2);
    return {
      filter: tf.variable(random.normal([size, size, inputs, outputs]).mul(scale) as tf.Tensor4D),
      bias: tf.variable(tf.zeros([outputs])),
      mask: mask.toTensor() as tf.Tensor4D,
    };
  };
  const layers = [
    layer(7, 1, 8, "A"),
    layer(3, 8, 8, "B"),
    layer(3, 8, 8, "B"),
    layer(1, 8, 8, "B"),
    layer(1, 8, 1, "B"),
  ];
  return {
    parameters: layers.flatMap(({ filter, bias }) => [filter, bias]),
    loss: x => {
      const logits = layers.reduce((h, { filter, mask, bias }, i) => {
        const y = tf.conv2d(h, filter.mul(mask) as tf.Tensor4D, 1, "same").add(bias);
        return (i < layers.length - 1 ? y.relu() : y) as tf.Tensor4D;
      }, x as tf.Tensor4D);
      return logits.softplus().sub(x.mul(logits)).sum([1, 2, 3]).mean();
    },
    batch: binary([4, 9, 9, 1]),
  };
}

/** What stands for the models of the course: each a function that makes the same workload anew. */
export const workloads: Readonly<Record<string, () => Workload>> = {
  VAE: () => vae((model, x, random) => elbo(model, model.encoder, x, random)),
  IWAE: () => vae((model, x, random) => iwae(model, model.encoder, x, random, { samples: 5 })),
  MADE: made,
  RealNVP: realNVP,
  "masked convolutions": maskedConvolutions,
};
