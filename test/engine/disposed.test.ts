import * as tf from "@tensorflow/tfjs";
import { beforeAll, describe, expect, it } from "vitest";
import { chooseBackend, compile } from "../../src/engine/index.ts";
import { numbersOf } from "../support/close.ts";

beforeAll(() => chooseBackend());

describe("a tensor that was disposed", () => {
  it.each<[string, (x: tf.Tensor, captured: tf.Tensor) => tf.Tensor]>([
    ["by its own method", (x, captured) => captured.mul(x)],
    ["by a method of another", (x, captured) => x.mul(captured)],
    ["by a function", (x, captured) => tf.concat([x, captured])],
  ])("and is used %s is named with its place, before the first call and at a later look", (_, f) => {
    const captured = tf.ones([3]);
    const [early, late] = [1, 2].map(() => compile((x: tf.Tensor) => f(x, captured), { otherwise: "throw" }));
    const x = tf.ones([3]);
    expect(numbersOf((late as typeof early)?.(x) as tf.Tensor).slice(0, 3)).toEqual([1, 1, 1]);
    captured.dispose();
    const message =
      /^compile: tensors that a step uses must not be disposed, but got a disposed one, float32 \[3\], at .*disposed\.test\.ts:\d+:\d+; keep it/;
    for (const step of [early, late]) expect(() => step?.(x)).toThrow(message);
    late?.dispose();
  });

  it("and is an argument is named, compiled or not", () => {
    const x = tf.ones([2, 3]);
    for (const after of [0, 9]) {
      const step = compile((x: tf.Tensor) => x.mul(2), { after });
      step(x);
      const other = tf.ones([2, 3]);
      other.dispose();
      expect(() => step(other)).toThrow(
        /^compile: arguments of a step must hold values, but got a disposed tensor, float32 \[2,3\]/,
      );
    }
  });
});
