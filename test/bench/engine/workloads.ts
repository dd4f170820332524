import * as tf from "@tensorflow/tfjs";

type Shape = readonly number[];

/** A model as a function of its parameters; `peers/` holds the same ones in the words of PyTorch and of JAX. */
export interface Workload {
  title: string;
  /** Of each parameter, in the order in which the loss takes them. A vector is a bias and starts at 0. */
  parameters: readonly Shape[];
  /** Zeros and ones, or draws of N(0, 1). */
  data: "binary" | "normal";
  batch: Shape;
  /** What each step draws of N(0, 1); none where the loss is not random. */
  noise?: Shape;
  /** What some parameters are multiplied by: true or false. */
  masks?: () => tf.Tensor[];
  /** Whether Adam updates the parameters with the gradient of the loss; else a step is the loss alone. */
  trained: boolean;
  /** From the parameters p and a batch x to one number; of the matrix product, to the matrix. */
  loss: (p: readonly tf.Tensor[], x: tf.Tensor, given: Given) => tf.Tensor;
}

interface Given {
  noise?: tf.Tensor;
  masks: readonly tf.Tensor[];
}

const dense = (inputs: number, outputs: number): Shape[] => [[inputs, outputs], [outputs]];

const affine = (x: tf.Tensor, [w, b]: readonly tf.Tensor[]): tf.Tensor => x.matMul(w as tf.Tensor).add(b as tf.Tensor);

/** −log p(x|ℓ), entry by entry: log(1 + e^ℓ) − x ℓ */
const crossEntropy = (logits: tf.Tensor, x: tf.Tensor): tf.Tensor => logits.softplus().sub(x.mul(logits));

const autoencoder = [
  ...[dense(784, 200), dense(200, 200), dense(200, 50), dense(200, 50)],
  ...[dense(50, 200), dense(200, 200), dense(200, 784)],
].flat();

/** The posterior's mean and log-variance: [batch, 784] -> two of [batch, 50] */
function encode(p: readonly tf.Tensor[], x: tf.Tensor): [mean: tf.Tensor, logVariance: tf.Tensor] {
  const h = affine(affine(x, p.slice(0)).tanh(), p.slice(2)).tanh();
  return [affine(h, p.slice(4)), affine(h, p.slice(6))];
}

/** The logits of the pixels: [batch, 50] -> [batch, 784] */
function decode(p: readonly tf.Tensor[], z: tf.Tensor): tf.Tensor {
  return affine(affine(affine(z, p.slice(8)).tanh(), p.slice(10)).tanh(), p.slice(12));
}

const vae: Workload = {
  title: "VAE 784-200-200-50, batch 100",
  parameters: autoencoder,
  trained: true,
  data: "binary",
  batch: [100, 784],
  noise: [100, 50],
  loss: (p, x, { noise }) => {
    const [mean, logVariance] = encode(p, x);
    const z = mean.add(
      logVariance
        .mul(0.5)
        .exp()
        .mul(noise as tf.Tensor),
    );
    const kl = mean.square().add(logVariance.exp()).sub(1).sub(logVariance).sum(1).mul(0.5);
    return crossEntropy(decode(p, z), x).sum(1).add(kl).mean();
  },
};

const K = 50;

const iwae: Workload = {
  title: `IWAE of the same net, k = ${K}, batch 20`,
  parameters: autoencoder,
  trained: true,
  data: "binary",
  batch: [20, 784],
  noise: [K, 20, 50],
  loss: (p, x, { noise }) => {
    const epsilon = noise as tf.Tensor; // [k, batch, 50]
    const [mean, logVariance] = encode(p, x);
    const z = mean.add(logVariance.mul(0.5).exp().mul(epsilon));
    const logQ = epsilon.square().add(logVariance).sum(2).mul(-0.5); // [k, batch]; both leave out ½ log 2π
    const logPrior = z.square().sum(2).mul(-0.5);
    const logits = decode(p, z.reshape([-1, 50])).reshape([K, -1, 784]);
    const logWeights = crossEntropy(logits, x).sum(2).neg().add(logPrior).sub(logQ);
    return logWeights.logSumExp(0).sub(Math.log(K)).mean().neg();
  },
};

const UNITS = 500;

const made: Workload = {
  title: `MADE 784-${UNITS}-784, batch 100`,
  parameters: [dense(784, UNITS), dense(UNITS, 784)].flat(),
  trained: true,
  data: "binary",
  batch: [100, 784],
  masks: () => {
    const degrees = tf.range(0, UNITS).mod(783);
    const pixels = tf.range(0, 784);
    return [degrees.greaterEqual(pixels.expandDims(1)), pixels.greater(degrees.expandDims(1))];
  },
  loss: ([w, b, v, c], x, { masks }) => {
    const [first, second] = masks;
    const h = affine(x, [tf.mul(w as tf.Tensor, first as tf.Tensor), b as tf.Tensor]).relu();
    const logits = affine(h, [tf.mul(v as tf.Tensor, second as tf.Tensor), c as tf.Tensor]);
    return crossEntropy(logits, x).sum(1).mean();
  },
};

const CHANNELS = 32;
const convolution = (size: number, inputs: number, outputs: number): Shape[] => [
  [size, size, inputs, outputs],
  [outputs],
];

const layers = [
  convolution(7, 1, CHANNELS),
  ...Array.from({ length: 5 }, () => convolution(3, CHANNELS, CHANNELS)),
  convolution(1, CHANNELS, CHANNELS),
  convolution(1, CHANNELS, 1),
];

const pixelCNN: Workload = {
  title: `PixelCNN 28×28, ${CHANNELS} channels, batch 32`,
  parameters: layers.flat(),
  trained: true,
  data: "binary",
  batch: [32, 28, 28, 1],
  masks: () => layers.slice(0, -2).map(([filter], i) => causal(filter as Shape, i === 0 ? "A" : "B")),
  loss: (p, x, { masks }) => {
    const h = layers.reduce((h, _, i) => {
      const [filter, bias] = p.slice(2 * i) as [tf.Tensor4D, tf.Tensor];
      const mask = masks[i];
      const visible = mask === undefined ? filter : (filter.mul(mask) as tf.Tensor4D);
      const y = tf.conv2d(h, visible, 1, "same").add(bias);
      return (i < layers.length - 1 ? y.relu() : y) as tf.Tensor4D;
    }, x as tf.Tensor4D);
    return crossEntropy(h, x).sum([1, 2, 3]).mean();
  },
};

/** The pixels above, and those to the left; with the pixel itself where B. */
function causal(shape: Shape, type: "A" | "B"): tf.Tensor {
  const pixels = (shape[0] as number) * (shape[1] as number);
  const seen = (pixels - 1) / 2 + (type === "B" ? 1 : 0);
  const mask = tf.range(0, pixels).less(seen);
  return mask.reshape([shape[0] as number, shape[1] as number, 1, 1]).logicalAnd(tf.ones([...shape], "bool"));
}

const COUPLINGS = 6;
const coupling = [dense(1, 64), dense(64, 64), dense(64, 2)].flat();

const realNVP: Workload = {
  title: "RealNVP 2-D, 6 couplings, batch 256",
  parameters: Array.from({ length: COUPLINGS }, () => coupling).flat(),
  trained: true,
  data: "normal",
  batch: [256, 2],
  loss: (p, x) => {
    let [still, moved] = tf.split(x, 2, 1) as [tf.Tensor, tf.Tensor]; // [batch, 1] each
    let logDeterminant: tf.Tensor = tf.zeros([1]);
    for (let i = 0; i < COUPLINGS; i++) {
      const q = p.slice(i * coupling.length);
      const h = affine(affine(still, q.slice(0)).relu(), q.slice(2)).relu();
      const [scale, shift] = tf.split(affine(h, q.slice(4)), 2, 1) as [tf.Tensor, tf.Tensor];
      const s = scale.tanh();
      [still, moved] = [moved.mul(s.exp()).add(shift), still];
      logDeterminant = logDeterminant.add(s);
    }
    const logDensity = still
      .square()
      .add(moved.square())
      .mul(-0.5)
      .sub(Math.log(2 * Math.PI));
    return logDensity.add(logDeterminant).mean().neg();
  },
};

const SIDE = 1024;

const product: Workload = {
  title: `matrix product ${SIDE}³`,
  parameters: [
    [SIDE, SIDE],
    [SIDE, SIDE],
  ],
  trained: false,
  data: "normal",
  batch: [1],
  loss: ([a, b]) => tf.matMul(a as tf.Tensor, b as tf.Tensor),
};

/** By the letter that they have in tables. */
export const workloads: Readonly<Record<string, Workload>> = {
  a: vae,
  b: iwae,
  c: made,
  d: pixelCNN,
  e: realNVP,
  f: product,
};
