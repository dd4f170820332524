import * as tf from "@tensorflow/tfjs";
import type { Random } from "../../../src/engine/index.ts";

/** A training program in the manner of tfjs's examples: what is trained, and one step of it. */
export interface Program {
  /** Or several, each for a part of the variables. */
  optimizer: tf.Optimizer | readonly tf.Optimizer[];
  step: (x: tf.Tensor, y: tf.Tensor, random: Random) => tf.Tensor | tf.Tensor[];
  batch: (random: Random) => [x: tf.Tensor, y: tf.Tensor];
}

const { layers, train } = tf;

/** Initial weights of a model, drawn from a stream: those of tfjs are drawn from no seed. */
function drawn(model: tf.LayersModel, random: Random, width = 0.3): tf.LayersModel {
  for (const weight of model.trainableWeights) weight.write(random.normal(weight.shape as number[]).mul(width));
  return model;
}

const sequential = (random: Random, ...parts: tf.layers.Layer[]) => drawn(tf.sequential({ layers: parts }), random);

const variablesOf = (model: tf.LayersModel): tf.Variable[] =>
  model.trainableWeights.map(weight => weight.read() as tf.Variable);

/** A step that descends a loss of a model in training. */
function supervised(
  model: tf.LayersModel,
  optimizer: tf.Optimizer,
  loss: (output: tf.Tensor, y: tf.Tensor) => tf.Tensor,
): Pick<Program, "optimizer" | "step"> {
  const step: Program["step"] = (x, y) =>
    optimizer.minimize(
      () => {
        const output = model.apply(x, { training: true }) as tf.Tensor;
        return model.calculateLosses().reduce((sum, each) => sum.add(each), loss(output, y)) as tf.Scalar;
      },
      true,
      variablesOf(model),
    ) as tf.Scalar;
  return { optimizer, step };
}

const squared = (output: tf.Tensor, y: tf.Tensor) => tf.losses.meanSquaredError(y, output) as tf.Tensor;
const crossEntropy = (logits: tf.Tensor, y: tf.Tensor) => tf.losses.softmaxCrossEntropy(y, logits) as tf.Tensor;
const logistic = (logits: tf.Tensor, y: tf.Tensor) => tf.losses.sigmoidCrossEntropy(y, logits) as tf.Tensor;

/** Inputs, and one of so many classes for each. */
const labelled = (shape: number[], classes: number) => (random: Random) => {
  const rows = shape[0] as number;
  const labels = tf.argMax(random.normal([rows, classes]), 1);
  return [random.normal(shape), tf.oneHot(labels, classes).cast("float32")] as [tf.Tensor, tf.Tensor];
};

/** Rows of words, by number, and an answer of yes or no. */
const sentences = (rows: number, words: number, vocabulary: number) => (random: Random) =>
  [random.uniform([rows, words]).mul(vocabulary).floor().cast("int32"), random.bernoulli(tf.fill([rows, 1], 0.5))] as [
    tf.Tensor,
    tf.Tensor,
  ];

export const programs: Record<string, (random: Random) => Program> = {
  "a dense regression with L2, by momentum": random => ({
    ...supervised(
      sequential(
        random,
        layers.dense({
          units: 8,
          inputShape: [5],
          activation: "tanh",
          kernelRegularizer: tf.regularizers.l2({ l2: 0.01 }),
        }),
        layers.dense({ units: 1 }),
      ),
      train.momentum(0.05, 0.9),
      squared,
    ),
    batch: r => [r.normal([12, 5]), r.normal([12, 1])],
  }),

  "a convolutional classifier with batch normalisation and dropout": random => ({
    ...supervised(
      sequential(
        random,
        layers.conv2d({ filters: 4, kernelSize: 3, inputShape: [8, 8, 1], padding: "same", useBias: false }),
        layers.batchNormalization(),
        layers.reLU(),
        layers.maxPooling2d({ poolSize: 2 }),
        layers.separableConv2d({ filters: 6, kernelSize: 3 }),
        layers.flatten(),
        layers.dropout({ rate: 0.25 }),
        layers.dense({ units: 3 }),
      ),
      train.adam(0.01),
      crossEntropy,
    ),
    batch: labelled([6, 8, 8, 1], 3),
  }),

  "noise of every kind, in a network of SELUs": random => ({
    ...supervised(
      sequential(
        random,
        layers.gaussianNoise({ stddev: 0.2, inputShape: [6] }),
        layers.dense({ units: 10, activation: "selu" }),
        layers.alphaDropout({ rate: 0.1 }),
        layers.dense({ units: 10, activation: "selu", kernelRegularizer: tf.regularizers.l1({ l1: 0.01 }) }),
        layers.gaussianDropout({ rate: 0.2 }),
        layers.dense({ units: 2 }),
      ),
      train.rmsprop(0.01),
      crossEntropy,
    ),
    batch: labelled([10, 6], 2),
  }),

  "a variational autoencoder": random => {
    const encoder = sequential(
      random,
      layers.dense({ units: 12, inputShape: [16], activation: "relu" }),
      layers.dense({ units: 6 }),
    );
    const decoder = sequential(
      random,
      layers.dense({ units: 12, inputShape: [3], activation: "relu" }),
      layers.dense({ units: 16 }),
    );
    const optimizer = train.adam(0.01);
    const loss = (x: tf.Tensor, r: Random) => {
      const [mean, logVariance] = tf.split(encoder.apply(x) as tf.Tensor, 2, 1) as [tf.Tensor, tf.Tensor];
      const z = mean.add(r.normal(mean.shape).mul(logVariance.div(2).exp()));
      const logits = decoder.apply(z) as tf.Tensor;
      const reconstruction = logits.softplus().sub(x.mul(logits)).sum(1);
      const kl = mean.square().add(logVariance.exp()).sub(logVariance).sub(1).div(2).sum(1);
      return reconstruction.add(kl).mean() as tf.Scalar;
    };
    return {
      optimizer,
      step: (x, _, r) => optimizer.minimize(() => loss(x, r), true) as tf.Scalar,
      batch: r => [r.bernoulli(tf.fill([9, 16], 0.4)), tf.zeros([1])],
    };
  },

  "a GAN, with two optimizers in a step": random => {
    const generator = sequential(
      random,
      layers.dense({ units: 8, inputShape: [2], activation: "relu" }),
      layers.dense({ units: 4 }),
    );
    const critic = sequential(
      random,
      layers.dense({ units: 8, inputShape: [4] }),
      layers.leakyReLU(),
      layers.dropout({ rate: 0.3 }),
      layers.dense({ units: 1 }),
    );
    const [first, second] = [train.adam(0.01, 0.5), train.adam(0.02, 0.5)];
    const judge = (x: tf.Tensor, target: number) => {
      const logits = critic.apply(x, { training: true }) as tf.Tensor;
      return logistic(logits, tf.fill(logits.shape, target));
    };
    const made = (r: Random) => generator.apply(r.normal([10, 2])) as tf.Tensor;
    return {
      optimizer: [first, second],
      step: (x, _, r) => [
        first.minimize(() => judge(x, 1).add(judge(made(r), 0)) as tf.Scalar, true, variablesOf(critic)) as tf.Scalar,
        second.minimize(() => judge(made(r), 1) as tf.Scalar, true, variablesOf(generator)) as tf.Scalar,
      ],
      batch: r => [r.normal([10, 4]).add(1), tf.zeros([1])],
    };
  },

  "a Wasserstein critic with clipped weights": random => {
    const critic = sequential(
      random,
      layers.dense({ units: 8, inputShape: [3], activation: "relu" }),
      layers.dense({ units: 1 }),
    );
    const optimizer = train.rmsprop(0.01);
    const mean = (x: tf.Tensor) => (critic.apply(x) as tf.Tensor).mean();
    return {
      optimizer,
      step: (x, y) => {
        const loss = optimizer.minimize(() => mean(y).sub(mean(x)) as tf.Scalar, true, variablesOf(critic));
        for (const weight of variablesOf(critic)) weight.assign(weight.clipByValue(-0.1, 0.1));
        return loss as tf.Scalar;
      },
      batch: r => [r.normal([16, 3]).add(1), r.normal([16, 3])],
    };
  },

  "a GRU on sequences, with dropped inputs and states": random => ({
    ...supervised(
      sequential(
        random,
        layers.gru({ units: 5, inputShape: [6, 3], dropout: 0.2, recurrentDropout: 0.2 }),
        layers.dense({ units: 1 }),
      ),
      train.rmsprop(0.01),
      squared,
    ),
    batch: r => [r.normal([7, 6, 3]), r.normal([7, 1])],
  }),

  "a bidirectional LSTM over words": random => ({
    ...supervised(
      sequential(
        random,
        layers.embedding({ inputDim: 20, outputDim: 4, inputLength: 5 }),
        layers.spatialDropout1d({ rate: 0.2 } as never),
        layers.bidirectional({ layer: layers.lstm({ units: 3, dropout: 0.1 }), mergeMode: "concat" } as never),
        layers.dense({ units: 1 }),
      ),
      train.adam(0.01),
      logistic,
    ),
    batch: sentences(6, 5, 20),
  }),

  "words averaged, by AdaGrad": random => ({
    ...supervised(
      sequential(
        random,
        layers.embedding({ inputDim: 30, outputDim: 6, inputLength: 8 }),
        layers.globalAveragePooling1d({}),
        layers.layerNormalization(),
        layers.dense({ units: 1 }),
      ),
      train.adagrad(0.1),
      logistic,
    ),
    batch: sentences(12, 8, 30),
  }),

  "attention with two heads": random => {
    const [width, heads] = [8, 2];
    const made = (shape: number[]) => tf.variable(random.normal(shape).mul(0.3));
    const [keys, queries, values, out] = [0, 1, 2, 3].map(() => made([width, width])) as [
      tf.Variable,
      ...tf.Variable[],
    ];
    const optimizer = train.adam(0.01);
    const split = (x: tf.Tensor, w: tf.Variable) => {
      const [rows, length] = x.shape as [number, number];
      return tf
        .einsum("rli,ij->rlj", x, w)
        .reshape([rows, length, heads, width / heads])
        .transpose([0, 2, 1, 3]);
    };
    const attend = (x: tf.Tensor) => {
      const [q, k, v] = [queries, keys, values].map(w => split(x, w as tf.Variable)) as [
        tf.Tensor,
        tf.Tensor,
        tf.Tensor,
      ];
      const length = x.shape[1] as number;
      const future = tf.sub(1, tf.linalg.bandPart(tf.ones([length, length]), -1, 0)).mul(-1e9);
      const scores = q
        .matMul(k, false, true)
        .div(Math.sqrt(width / heads))
        .add(future);
      return tf.einsum(
        "rli,ij->rlj",
        scores.softmax().matMul(v).transpose([0, 2, 1, 3]).reshape(x.shape),
        out as tf.Variable,
      );
    };
    return {
      optimizer,
      step: (x, y) => optimizer.minimize(() => squared(x.add(attend(x)), y) as tf.Scalar, true) as tf.Scalar,
      batch: r => [r.normal([4, 6, width]), r.normal([4, 6, width])],
    };
  },

  "a deep Q-network with batch normalisation and a target": random => {
    const network = () =>
      sequential(
        random,
        // With a bias, whose gradient is nothing but rounding here, Adam would follow the rounding.
        layers.dense({ units: 12, inputShape: [4], useBias: false }),
        layers.batchNormalization(),
        layers.reLU(),
        layers.dense({ units: 3 }),
      );
    const [online, target] = [network(), network()];
    const optimizer = train.adam(0.01);
    return {
      optimizer,
      step: (x, y) => {
        const [now, next] = tf.split(x, 2, 1) as [tf.Tensor, tf.Tensor];
        const [actions, reward] = tf.split(y, [3, 1], 1) as [tf.Tensor, tf.Tensor];
        const best = (target.apply(next) as tf.Tensor).max(1, true);
        const loss = optimizer.minimize(
          () => {
            const chosen = (online.apply(now, { training: true }) as tf.Tensor).mul(actions).sum(1, true);
            return tf.losses.huberLoss(reward.add(best.mul(0.9)), chosen) as tf.Scalar;
          },
          true,
          variablesOf(online),
        );
        for (const [i, weight] of target.weights.entries()) {
          const follows = online.weights[i]?.read() as tf.Tensor;
          weight.write(weight.read().mul(0.95).add(follows.mul(0.05)));
        }
        return loss as tf.Scalar;
      },
      batch: r => {
        const [x, actions] = labelled([8, 8], 3)(r);
        return [x, tf.concat([actions, r.normal([8, 1])], 1)];
      },
    };
  },

  "gradients added up over parts of a batch": random => {
    const model = sequential(
      random,
      layers.dense({ units: 6, inputShape: [4], activation: "elu" }),
      layers.dense({ units: 1 }),
    );
    const optimizer = train.adamax(0.01);
    return {
      optimizer,
      step: (x, y) => {
        const parts = [0, 1, 2].map(i => {
          const [own, wanted] = [x, y].map(each => tf.split(each, 3, 0)[i]) as [tf.Tensor, tf.Tensor];
          return tf.variableGrads(
            () => squared(model.apply(own) as tf.Tensor, wanted) as tf.Scalar,
            variablesOf(model),
          );
        });
        const names = Object.keys(parts[0]?.grads ?? {});
        optimizer.applyGradients(
          Object.fromEntries(
            names.map(name => [name, tf.addN(parts.map(({ grads }) => grads[name] as tf.Tensor)).div(3)]),
          ),
        );
        return tf.addN(parts.map(({ value }) => value)).div(3);
      },
      batch: r => [r.normal([9, 4]), r.normal([9, 1])],
    };
  },

  "a model that is built by its first call, and whose regularisers are asked for before that": () => {
    // The first call finds neither regularisers nor the weights of the layers among what there is to train.
    const scale = tf.variable(tf.scalar(1));
    const hidden = layers.dense({
      units: 6,
      kernelRegularizer: tf.regularizers.l2({ l2: 0.1 }),
      kernelInitializer: tf.initializers.randomNormal({ stddev: 0.3, seed: 1 }),
    });
    const output = layers.dense({
      units: 1,
      kernelInitializer: tf.initializers.randomNormal({ stddev: 0.3, seed: 2 }),
    });
    const optimizer = train.sgd(0.01);
    return {
      optimizer,
      step: (x, y) =>
        optimizer.minimize(() => {
          const losses = hidden.calculateLosses();
          const made = squared((output.apply(hidden.apply(x)) as tf.Tensor).mul(scale), y);
          return losses.reduce((sum, each) => sum.add(each), made) as tf.Scalar;
        }, true) as tf.Scalar,
      batch: r => [r.normal([8, 5]), r.normal([8, 1])],
    };
  },
};
