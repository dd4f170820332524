import type * as tf from "@tensorflow/tfjs";
import type { Random } from "../../engine/index.ts";
import {
  ActNorm,
  AutoregressiveFlow,
  type Bijection,
  Composition,
  ContinuousFlow,
  flowPlusPlus,
  glow,
  InvertibleLinear,
  initialiseFromData,
  nice,
  PerceptronField,
  realNVP,
  TriangularFlow,
} from "../flows/index.ts";

export interface FlowSetting {
  bijection: Bijection;
  /** The same map as scores are computed with, where `bijection` is an approximation that is cheap to train. */
  scored?: Bijection;
  /** Of Adam, at the start. */
  learningRate: number;
  /** The part of the study's steps that it takes, where a step is dear. Default: 1. */
  share?: number;
}

/** The flows of the library, over the plane, in the sizes that the study compares. */
export const flowKinds: Readonly<Record<string, (random: Random, data: tf.Tensor) => FlowSetting>> = {
  affine: random => ({ bijection: new InvertibleLinear(random, 2), learningRate: 1e-2, share: 0.5 }),
  triangular: random => ({
    bijection: new TriangularFlow(random, { components: 16, hidden: [64, 64], spread: 2 }),
    learningRate: 5e-3,
  }),
  NICE: random => ({ bijection: nice(random, { d: 2, couplings: 8, start: 0.1 }), learningRate: 3e-3 }),
  RealNVP: random => ({ bijection: realNVP(random, { d: 2, couplings: 8, hidden: [64, 64] }), learningRate: 3e-3 }),
  Glow: (random, data) => {
    const bijection = glow(random, { volume: { height: 1, width: 1, channels: 2 }, steps: 8 });
    initialiseFromData(bijection, data);
    return { bijection, learningRate: 2e-3 };
  },
  "Flow++": (random, data) => {
    const bijection = flowPlusPlus(random, { d: 2, couplings: 4, components: 8 });
    initialiseFromData(bijection, data);
    return { bijection, learningRate: 2e-3 };
  },
  autoregressive: (random, data) => {
    const layer = (i: number) =>
      new AutoregressiveFlow(random, { ordering: i % 2 ? [1, 0] : [0, 1], hidden: [64, 64], activation: "relu" });
    const bijection = new Composition(Array.from({ length: 8 }, (_, i) => [new ActNorm(2), layer(i)]).flat());
    initialiseFromData(bijection, data);
    return { bijection, learningRate: 3e-3 };
  },
  FFJORD: random => {
    const field = new PerceptronField(random, 2, { hidden: [64, 64] });
    return {
      bijection: new ContinuousFlow(field, 2, { steps: 8 }),
      // Training finds where 8 steps err in its favour: there the density would integrate to more than 1.
      scored: new ContinuousFlow(field, 2, { steps: 32 }),
      learningRate: 3e-3,
      share: 0.5,
    };
  },
};
