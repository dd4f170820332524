import * as tf from "@tensorflow/tfjs";
import { describe, expect, it } from "vitest";
import { compile } from "../../src/engine/index.ts";

/** What eager code has, and what the step compiled without a way out has. */
function both(f: (x: tf.Tensor) => tf.Tensor, x: tf.Tensor): [eager: tf.Tensor, compiled: tf.Tensor] {
  return [f(x), compile(f, { otherwise: "throw" })(x)];
}

describe("tensors from outside a step that share their numbers", () => {
  const column = tf.tensor2d([[1], [2], [3]]);
  const flags = tf.tensor1d([true, false, true], "bool");
  const x = tf.ones([3, 3]);

  it.each<[string, (x: tf.Tensor) => tf.Tensor]>([
    ["a tensor and its transpose by reshape", each => each.mul(column).add(each.mul(column.reshape([1, 3])))],
    ["the other way round", each => each.mul(column.reshape([1, 3])).sub(each.mul(column))],
    ["without a size-1 axis", each => each.mul(column).sum(0).mul(column.squeeze())],
    [
      "with more axes",
      each =>
        each
          .mul(column)
          .expandDims()
          .mul(column.reshape([3, 1, 1])),
    ],
  ])("keep a shape each: %s", (_, f) => {
    const [eager, compiled] = both(f, x);
    expect(compiled.shape).toEqual(eager.shape);
    expect(Array.from(compiled.dataSync())).toEqual(Array.from(eager.dataSync()));
  });

  it.each<[string, tf.Tensor[]]>([
    ["made outside, reshaped", [column, column.reshape([1, 3]), column.reshape([3])]],
    ["numbers of the same flags", [flags.toFloat(), flags.toInt().toFloat(), flags.cast("float32").reshape([1, 3])]],
  ])("were made before the step: %s", (_, outside) => {
    const [eager, compiled] = both(each => tf.addN(outside.map(other => each.mul(other))), x);
    expect(Array.from(compiled.dataSync())).toEqual(Array.from(eager.dataSync()));
  });

  it("keep a type each", () => {
    const asNumbers = flags.toInt();
    const [eager, compiled] = both(
      each => tf.where(flags, each, each.mul(asNumbers.toFloat())).add(flags.toFloat()),
      x,
    );
    expect(Array.from(compiled.dataSync())).toEqual(Array.from(eager.dataSync()));
  });
});
