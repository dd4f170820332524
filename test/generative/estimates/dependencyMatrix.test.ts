import * as tf from "@tensorflow/tfjs";
import { describe, expect, it } from "vitest";
import { chooseBackend } from "../../../src/engine/index.ts";
import { dependencyMatrix } from "../../../src/generative/estimates/index.ts";

await chooseBackend();

describe("dependencyMatrix", () => {
  it("leaves the other bits as they are", () => {
    // ℓ_0 = 5 x_1 x_2, which a flip of x_1 moves only where x_2 is 1; ℓ_1 = 0; ℓ_2 = −7 x_0.
    const conditional = (x: tf.Tensor) => {
      const [a, b, c] = tf.split(x, 3, 1) as [tf.Tensor, tf.Tensor, tf.Tensor];
      return tf.concat([b.mul(c).mul(5), a.mul(0), a.mul(-7)], 1);
    };
    expect(dependencyMatrix(conditional, tf.tensor2d([[0, 0, 1]]))).toEqual([
      [0, 5, 0],
      [0, 0, 0],
      [7, 0, 0],
    ]);
    expect(dependencyMatrix(conditional, tf.tensor2d([[1, 1, 0]]))[0]).toEqual([0, 0, 5]);
    const both = tf.tensor2d([
      [0, 0, 0],
      [0, 1, 1],
    ]);
    expect(dependencyMatrix(conditional, both)[0]).toEqual([0, 5, 5]);
  });

  // The second of three logits of dimension 0 is s(x_1); everything else is 0.
  const table = (s: readonly number[]) => (x: tf.Tensor) => {
    const chosen = tf.gather(tf.tensor1d([...s]), x.slice([0, 1], [-1, 1]).toInt()); // [rows, 1]
    const logits = tf.stack([chosen.mul(0), chosen, chosen.mul(0)], 2); // [rows, 1, 3]
    return tf.concat([logits, logits.mul(0)], 1);
  };

  it("goes through all other values, and takes the largest change of all logits and rows", () => {
    const one = tf.tensor2d([[2, 0]]);
    expect(dependencyMatrix(table([0, 1, 10]), one, 3)).toEqual([
      [0, 10],
      [0, 0],
    ]);
    expect(dependencyMatrix(table([0, -10, 1]), one, 3)[0]).toEqual([0, 10]);
    expect(dependencyMatrix(table([3, 3, 4]), tf.tensor2d([[0, 1]]), 3)[0]).toEqual([0, 1]);
    // From x_1 = 2 the change is 9 or 10, from x_1 = 1 it is 1 or 9.
    const two = tf.tensor2d([
      [0, 1],
      [1, 2],
    ]);
    expect(dependencyMatrix(table([0, 1, 10]), two, 3)[0]).toEqual([0, 10]);
  });

  it("never asks for a value that does not exist, nor for the one that is there", () => {
    const seen = new Set<number>();
    const conditional = (x: tf.Tensor) => {
      for (const value of x.dataSync()) seen.add(value);
      return x.square();
    };
    expect(dependencyMatrix(conditional, tf.tensor2d([[3]]), 4)).toEqual([[9]]);
    expect([...seen].sort()).toEqual([0, 1, 2, 3]);
    let calls = 0;
    const counted = (x: tf.Tensor) => {
      calls++;
      return x;
    };
    dependencyMatrix(counted, tf.tensor2d([[3]]), 4);
    expect(calls).toBe(1 + 3); // what is there once, and each other value
  });
});
