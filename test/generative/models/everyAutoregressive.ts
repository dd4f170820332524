import type { Random } from "../../../src/engine/index.ts";
import {
  type Autoregressive,
  BayesNet,
  ConditionalMADE,
  ConditionalPixelCNN,
  GatedPixelCNN,
  gridPositions,
  MADE,
  MaskedTransformer,
  naturalOrdering,
  PixelCNN,
  PixelCNNPlusPlus,
  RNN,
  SuperResolution,
  Tabular,
  WaveNet,
} from "../../../src/generative/models/index.ts";
import * as tf from "@tensorflow/tfjs";

/** A member of the family: how to make one with random weights, and in which orderings it comes. */
export interface AutoregressiveCase {
  name: string;
  make: (random: Random, ordering: readonly number[]) => Autoregressive;
  /** Each of them d ≤ 12 long. */
  orderings: readonly (readonly number[])[];
  /** How many a sample takes without a cache, where not one for each dimension. */
  passes?: number;
}

const orderings = [naturalOrdering(6), [5, 4, 3, 2, 1, 0], [3, 0, 5, 1, 4, 2]];
const two = [naturalOrdering(6), [3, 0, 5, 1, 4, 2]];
const image = { height: 2, width: 3 };
const twelve = { height: 3, width: 4 };

/** One line a model: whoever joins the family is held to its laws. */
export const everyAutoregressive: AutoregressiveCase[] = [
  { name: "Tabular", make: (random, ordering) => new Tabular(random, ordering), orderings },
  { name: "BayesNet", make: (random, ordering) => sparse(random, ordering), orderings },
  { name: "RNN", make: (random, ordering) => loud(new RNN(random, { ordering, hidden: 5 })), orderings },
  { name: "RNN with positions", make: (random, ordering) => loud(positioned(random, ordering)), orderings },
  { name: "MADE", make: (random, ordering) => loud(new MADE(random, { ordering, hidden: [20] })), orderings },
  { name: "MADE, ABB", make: (random, ordering) => loud(made("ABB", random, ordering)), orderings },
  { name: "MADE, BAB", make: (random, ordering) => loud(made("BAB", random, ordering)), orderings },
  { name: "MADE, BBA", make: (random, ordering) => loud(made("BBA", random, ordering)), orderings },
  { name: "MADE, AAB", make: (random, ordering) => loud(made("AAB", random, ordering)), orderings },
  { name: "MADE of 12", make: (random, ordering) => loud(drawn(random, ordering)), orderings: [naturalOrdering(12)] },
  { name: "MADE in groups", make: (random, ordering) => loud(grouped(random, ordering)), orderings, passes: 3 },
  { name: "MADE given a class", make: (random, ordering) => loud(given(random, ordering)), orderings },
  {
    name: "WaveNet",
    make: (random, ordering) => lively(new WaveNet(random, { ordering, channels: 4 })),
    orderings: two,
  },
  {
    name: "WaveNet with positions, dilated by hand",
    make: (random, ordering) =>
      lively(new WaveNet(random, { ordering, channels: 3, width: 3, dilations: [1, 3], positions: true })),
    orderings: two,
  },
  {
    name: "PixelCNN",
    make: (random, ordering) => lively(new PixelCNN(random, { ...image, ...cnn, ordering })),
    orderings: two,
  },
  {
    name: "PixelCNN of 3 × 4",
    make: (random, ordering) => lively(new PixelCNN(random, { ...twelve, ...cnn, ordering })),
    orderings: [naturalOrdering(12)],
  },
  {
    name: "PixelCNN over three values",
    make: (random, ordering) => lively(new PixelCNN(random, { ...image, ...cnn, ordering, values: 3 })),
    orderings: two,
  },
  {
    name: "GatedPixelCNN",
    make: (random, ordering) => lively(new GatedPixelCNN(random, { ...image, ...gated, ordering })),
    orderings: two,
  },
  {
    name: "GatedPixelCNN of 3 × 4",
    make: (random, ordering) => lively(new GatedPixelCNN(random, { ...twelve, ...gated, ordering })),
    orderings: [naturalOrdering(12)],
  },
  {
    name: "PixelCNN given a class",
    make: (random, ordering) =>
      lively(
        new ConditionalPixelCNN(random, { ...image, ...gated, ordering, context: 3 }).given(tf.tensor1d([0, 1, 0])),
      ),
    orderings: two,
  },
  {
    name: "PixelCNN given a smaller image",
    make: (random, ordering) =>
      lively(new SuperResolution(random, { ...squares, ...gated, ordering, factor: 2 }).given(tf.tensor1d([1, 0]))),
    orderings: [naturalOrdering(8), [3, 0, 5, 1, 4, 2, 7, 6]],
  },
  {
    name: "MaskedTransformer",
    make: (random, ordering) => lively(new MaskedTransformer(random, { ordering, channels: 4, blocks: 2, heads: 2 })),
    orderings: two,
  },
  {
    name: "MaskedTransformer with convolutions",
    make: (random, ordering) =>
      lively(new MaskedTransformer(random, { ordering, channels: 4, blocks: 1, convolution: 2 })),
    orderings: [[3, 0, 5, 1, 4, 2]],
  },
  {
    name: "PixelCNN++ over bits",
    make: (random, ordering) => lively(new PixelCNNPlusPlus(random, { ...image, ...plus, ordering, values: 2 })),
    orderings: two,
  },
  {
    name: "PixelCNN++ over three values",
    make: (random, ordering) => lively(new PixelCNNPlusPlus(random, { ...image, ...plus, ordering, values: 3 })),
    orderings: two,
  },
];

const cnn = { channels: 4, blocks: 2, size: { first: 3 } };
const gated = { channels: 4, layers: 2 };
const plus = { channels: 4, components: 2 };
const squares = { height: 2, width: 4 };

/** At most two parents each: those just before. */
function sparse(random: Random, ordering: readonly number[]): BayesNet {
  const parents = ordering.map((_, i) => {
    const place = ordering.indexOf(i);
    return ordering.slice(Math.max(0, place - 2), place);
  });
  return new BayesNet(random, parents, { ordering });
}

function positioned(random: Random, ordering: readonly number[]): RNN {
  return new RNN(random, { ordering, hidden: 5, positions: gridPositions(2, ordering.length / 2) });
}

function made(types: string, random: Random, ordering: readonly number[]): MADE {
  return new MADE(random, { ordering, hidden: [18, 18], types: [...types] as ("A" | "B")[], activation: "tanh" });
}

function drawn(random: Random, ordering: readonly number[]): MADE {
  return new MADE(random, { ordering, hidden: [30, 30], hiddenDegrees: "random" });
}

function grouped(random: Random, ordering: readonly number[]): MADE {
  return new MADE(random, { ordering, hidden: [20], groups: [1, 2, 3] });
}

function given(random: Random, ordering: readonly number[]): Autoregressive {
  return new ConditionalMADE(random, { ordering, hidden: [20], context: 3 }).given(tf.tensor1d([0, 1, 0]));
}

/** Weights three times as large as they start: far from the uniform distribution, where every law would hold. */
export function loud<Model extends Autoregressive>(model: Model): Model {
  return scaled(model, 3);
}

/** The same for deep networks, through which a factor grows with every layer. */
function lively<Model extends Autoregressive>(model: Model): Model {
  return scaled(model, 1.5);
}

function scaled<Model extends Autoregressive>(model: Model, factor: number): Model {
  for (const variable of Object.values(model.parameters)) {
    variable.assign(tf.tidy(() => variable.mul(factor).add(0.1)));
  }
  return model;
}
