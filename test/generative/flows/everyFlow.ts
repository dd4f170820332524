import * as tf from "@tensorflow/tfjs";
import type { Random } from "../../../src/engine/index.ts";
import {
  ActNorm,
  AdditiveCoupling,
  AffineCoupling,
  AutoregressiveFlow,
  type Bijection,
  Composition,
  ContinuousFlow,
  checkerboardMask,
  convolutionConditioner,
  DiagonalScaling,
  expLayer,
  FactorOut,
  flowPlusPlus,
  glow,
  halfMask,
  Inverse,
  InvertibleLinear,
  inverseAutoregressiveFlow,
  logitLayer,
  MixtureCDF,
  MixtureCoupling,
  multiScaleRealNVP,
  nice,
  opposite,
  PerceptronField,
  PlanarFlow,
  perceptronConditioner,
  RecurrentFlow,
  realNVP,
  type ScaleKind,
  Squeeze,
  scaleLayer,
  sigmoidLayer,
  softplusLayer,
  TriangularFlow,
  tanhLayer,
} from "../../../src/generative/flows/index.ts";

/** A member of the family: how to make one with random weights, over how many variables. */
export interface FlowCase {
  name: string;
  make: (random: Random) => Bijection;
  dimension: number;
  /** Points that it takes, from N(0, 1) ones: those of a layer on the line may be anywhere. */
  domain?: (x: tf.Tensor) => tf.Tensor;
  /** z is all of the line, so that a Normal base makes it a density. */
  onto: boolean;
}

const volume = { height: 2, width: 2, channels: 2 };
const tall = { height: 4, width: 4, channels: 1 };
const hidden = [12];
const small = perceptronConditioner(hidden);

const coupling = (scale: ScaleKind) => (random: Random) =>
  loud(random, new AffineCoupling(random, { mask: halfMask(5), network: small, scale }));

/** One line a layer or flow: whoever joins the family is held to its laws. */
export const everyFlow: FlowCase[] = [
  { name: "scale", make: () => scaleLayer(-2.5, 0.3), dimension: 3, onto: true },
  { name: "sigmoid", make: sigmoidLayer, dimension: 3, onto: false },
  { name: "tanh", make: tanhLayer, dimension: 3, onto: false },
  { name: "logit", make: logitLayer, dimension: 3, domain: x => x.sigmoid(), onto: true },
  { name: "softplus", make: softplusLayer, dimension: 3, onto: false },
  { name: "exp", make: expLayer, dimension: 3, onto: false },
  { name: "logarithm", make: () => new Inverse(expLayer()), dimension: 3, domain: x => x.exp(), onto: true },
  { name: "mixture of logistics", make: mixture("logistic", "line"), dimension: 1, onto: true },
  { name: "mixture of logistics, to (0, 1)", make: mixture("logistic", "unit"), dimension: 2, onto: false },
  {
    name: "mixture of normals, to (0, 1)",
    make: mixture("normal", "unit"),
    dimension: 1,
    onto: false,
  },
  { name: "mixture of normals", make: mixture("normal", "line"), dimension: 1, onto: true },
  { name: "affine", make: random => loud(random, new InvertibleLinear(random, 4)), dimension: 4, onto: true },
  { name: "1 × 1 convolution", make: random => convolution(random), dimension: 8, onto: true },
  { name: "actnorm", make: random => loud(random, new ActNorm(3)), dimension: 3, onto: true },
  { name: "actnorm of channels", make: random => loud(random, new ActNorm(8, 2)), dimension: 8, onto: true },
  { name: "diagonal scaling", make: random => loud(random, new DiagonalScaling(3)), dimension: 3, onto: true },
  { name: "additive coupling", make: random => additive(random), dimension: 5, onto: true },
  { name: "affine coupling, exp", make: coupling("exp"), dimension: 5, onto: true },
  { name: "affine coupling, softplus", make: coupling("softplus"), dimension: 5, onto: true },
  { name: "affine coupling, sigmoid", make: coupling("sigmoid"), dimension: 5, onto: true },
  { name: "affine coupling, convolutional", make: random => convolutional(random), dimension: 16, onto: true },
  { name: "mixture coupling", make: random => mixtureCoupling(random), dimension: 3, onto: true },
  { name: "autoregressive", make: random => autoregressive(random), dimension: 4, onto: true },
  { name: "autoregressive, relu", make: random => autoregressive(random, "relu"), dimension: 4, onto: true },
  { name: "inverse autoregressive", make: inverted, dimension: 4, onto: true },
  {
    name: "recurrent",
    make: random => loud(random, new RecurrentFlow(random, 4, { hidden: 6 })),
    dimension: 4,
    onto: true,
  },
  { name: "triangular", make: triangular, dimension: 2, onto: true },
  { name: "planar", make: random => loud(random, new PlanarFlow(random, 2), 0.6), dimension: 2, onto: true },
  { name: "four planar", make: planar, dimension: 3, onto: true },
  { name: "squeeze", make: () => new Squeeze({ ...tall, width: 6 }), dimension: 24, onto: true },
  { name: "factor out", make: factored, dimension: 8, onto: true },
  { name: "composition", make: composed, dimension: 3, onto: true },
  { name: "NICE", make: random => loud(random, nice(random, { d: 2, hidden })), dimension: 2, onto: true },
  {
    name: "RealNVP",
    make: random => loud(random, realNVP(random, { d: 2, couplings: 3, hidden })),
    dimension: 2,
    onto: true,
  },
  { name: "multi-scale RealNVP", make: multiScale, dimension: 16, onto: true },
  { name: "Glow", make: random => glowOf(random), dimension: 2, onto: true },
  { name: "Flow++", make: random => plusPlus(random), dimension: 2, onto: true },
  { name: "FFJORD", make: continuous, dimension: 2, onto: true },
];

/**
 * Weights moved at random: layers start as the identity, where every law would hold.
 *
 * `amount` is a standard deviation.
 */
export function loud<Layer extends Bijection>(random: Random, layer: Layer, amount = 0.3): Layer {
  for (const variable of Object.values(layer.parameters)) {
    variable.assign(tf.tidy(() => variable.add(random.normal(variable.shape).mul(amount))));
  }
  return layer;
}

function mixture(kind: "normal" | "logistic", range: "unit" | "line") {
  const d = kind === "logistic" && range === "unit" ? 2 : 1;
  return (random: Random) => loud(random, new MixtureCDF(random, d, { components: 3, kind, range }));
}

function convolution(random: Random): Bijection {
  return loud(random, new InvertibleLinear(random, 8, { channels: 2 }));
}

function additive(random: Random): Bijection {
  return loud(random, new AdditiveCoupling(random, { mask: halfMask(5), network: small }));
}

function convolutional(random: Random): Bijection {
  const network = convolutionConditioner(tall, { features: 4, blocks: 1 });
  return loud(random, new AffineCoupling(random, { mask: checkerboardMask(tall), network }));
}

function mixtureCoupling(random: Random): Bijection {
  const options = { mask: opposite(halfMask(3)), components: 3, network: small };
  return loud(random, new MixtureCoupling(random, options));
}

export function autoregressive(random: Random, activation: "tanh" | "relu" = "tanh"): AutoregressiveFlow {
  return loud(random, new AutoregressiveFlow(random, { ordering: [2, 0, 3, 1], hidden: [16], activation }));
}

function inverted(random: Random): Bijection {
  return inverseAutoregressiveFlow(autoregressive(random));
}

function triangular(random: Random): Bijection {
  return loud(random, new TriangularFlow(random, { components: 3, hidden: [8] }));
}

function planar(random: Random): Bijection {
  return loud(random, new Composition([1, 2, 3, 4].map(() => new PlanarFlow(random, 3))), 0.5);
}

function factored(random: Random): Bijection {
  return new FactorOut(volume, loud(random, new AffineCoupling(random, { mask: halfMask(4), network: small })));
}

function composed(random: Random): Bijection {
  return new Composition([sigmoidLayer(), logitLayer(), scaleLayer(0.5), loud(random, new ActNorm(3))]);
}

function multiScale(random: Random): Bijection {
  return loud(
    random,
    multiScaleRealNVP(random, { volume: tall, scales: 2, features: 4, blocks: 1, couplings: 2 }),
    0.15,
  );
}

function glowOf(random: Random): Bijection {
  const options = { volume: { height: 1, width: 1, channels: 2 }, steps: 2, network: small };
  return loud(random, glow(random, options), 0.2);
}

function plusPlus(random: Random): Bijection {
  return loud(random, flowPlusPlus(random, { d: 2, couplings: 2, components: 3, hidden }), 0.2);
}

function continuous(random: Random): Bijection {
  return loud(random, new ContinuousFlow(new PerceptronField(random, 2, { hidden: [8] }), 2, { steps: 8 }), 0.2);
}
