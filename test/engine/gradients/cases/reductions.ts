import * as tf from "@tensorflow/tfjs";
import { type Case, inside, of, withZeros } from "./case.ts";

const reductions = [
  of("sum over all", "2×3", x => x.sum()),
  of("sum over axis 0", "2×3", x => x.sum(0)),
  of("sum over axis −1, kept", "2×3", x => x.sum(-1, true)),
  of("mean over all", "2×3", x => x.mean()),
  of("mean over axes 0, 2", "2×3×2", x => x.mean([0, 2])),
  of("max over all", "2×3", x => x.max()),
  of("max over axis 0", "2×3", x => x.max(0)),
  of("max over axis −1, kept", "2×3", x => x.max(-1, true)),
  of("max of equals", "3", x => tf.concat([x, x]).max()),
  of("min of equals", "2×3", x => tf.concat([x, x, x], 1).min(1)),
  of("min over axis 1", "2×3", x => x.min(1)),
  of("prod over all", "2×3", x => x.prod()),
  of("prod over axis 0", "2×3", x => x.prod(0)),
  of("prod over axis −1, kept", "2×3", x => x.prod(-1, true)),
  of("prod over axes 0, 2", "2×3×2", x => x.prod([0, 2])),
  of("prod over a size-1 axis", "2×1", x => x.prod(1)),
  { ...of("prod over axis 1, at zeros", "2×5", x => x.prod(1)), at: [withZeros] },
  of("logSumExp over all", "2×3", x => x.logSumExp()),
  of("logSumExp over axis 0", "2×3", x => x.logSumExp(0)),
  of("logSumExp over a size-1 axis", "2×1", x => x.logSumExp(1)),
  of("softmax", "2×3", x => x.softmax()),
  of("softmax of a vector", "4", x => x.softmax()),
  of("logSoftmax", "2×3", x => x.logSoftmax()),
  of("logSoftmax of a size-1 axis", "2×1", x => x.mul(x.logSoftmax())),
  of("cumsum over axis −1", "2×3", x => x.cumsum(-1)),
  of("cumsum of a vector", "4", x => x.cumsum()),
  of("cumsum over axis 0", "2×3", x => x.cumsum(0)),
  of("cumsum over axis 0, square", "3×3", x => x.cumsum(0)),
  of("cumsum over axis 1 of 3, exclusive, reverse", "2×3×2", x => x.cumsum(1, true, true)),
  of("norm", "2×3", x => x.norm("euclidean", 1)),
  of("moments", "2×3", x => {
    const { mean, variance } = tf.moments(x, 1);
    return mean.mul(variance);
  }),
  of("argMax", "2×3", x => x.mul(x.argMax(0).cast("float32"))),
  of("sigmoidCrossEntropy", "2×3, 2×3", (y, x) => tf.losses.sigmoidCrossEntropy(y, x), inside),
];

const everyCumprod = [false, true].flatMap(exclusive =>
  [false, true].flatMap(reverse => {
    const words = `cumprod${exclusive ? ", exclusive" : ""}${reverse ? ", reverse" : ""}`;
    return [
      of(words, "4", x => x.cumprod(0, exclusive, reverse)),
      of(`${words}, over axis 1 of 3`, "2×3×2", x => x.cumprod(1, exclusive, reverse)),
      of(`${words}, over a size-1 axis`, "2×1", x => x.mul(x.cumprod(1, exclusive, reverse))),
      { ...of(`${words}, at zeros`, "2×5", x => x.cumprod(-1, exclusive, reverse)), at: [withZeros] },
    ];
  }),
);

export const reductionCases: Case[] = [...reductions, ...everyCumprod];
