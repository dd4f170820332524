import * as tf from "@tensorflow/tfjs";
import { expect, it } from "vitest";
import "../../../src/engine/index.ts";

it.each<[name: string, y: (x: tf.Tensor1D) => tf.Tensor, gradient: number[]]>([
  ["less", x => tf.where(x.less(1), x.square(), x.neg()), [1, -1]],
  ["greater", x => tf.where(x.greater(1), x.square(), x.neg()), [-1, 4]],
  ["lessEqual", x => tf.where(x.lessEqual(2), x.square(), x.neg()), [1, 4]],
  ["equal", x => tf.where(x.equal(2), x.square(), x.neg()), [-1, 4]],
  ["logicalNot", x => tf.where(x.less(1).logicalNot(), x.square(), x.neg()), [-1, 4]],
])("a choice by %s has a gradient before a backend is chosen", (_, y, gradient) => {
  const x = tf.tensor1d([0.5, 2]);
  expect(
    Array.from(
      tf
        .grad(x => y(x as tf.Tensor1D).sum())(x)
        .dataSync(),
    ),
  ).toEqual(gradient);
});
