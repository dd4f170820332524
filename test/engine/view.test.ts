import * as tf from "@tensorflow/tfjs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { chooseBackend, compile, viewOf } from "../../src/engine/index.ts";

describe.each(["wasm", "cpu"])("a view on %s", name => {
  let before: string;
  beforeAll(async () => {
    await chooseBackend();
    before = tf.getBackend();
    await tf.setBackend(name);
  });
  afterAll(() => tf.setBackend(before));

  it.each(["float32", "int32", "bool"] as const)("has the numbers of a tensor of %s", dtype => {
    const x = tf.tensor2d([0, 1, 1, 0, 1, 1], [2, 3], dtype);
    expect(viewOf(x)).toEqual(x.dataSync());
    const part = x.slice([1, 0]);
    expect(viewOf(part)).toEqual(part.dataSync());
  });

  it("has those of a tensor that was made on another backend", async () => {
    const x = tf.tensor1d([1.5, -2]);
    await tf.setBackend(name === "cpu" ? "wasm" : "cpu");
    expect(Array.from(viewOf(x))).toEqual([1.5, -2]);
    await tf.setBackend(name);
  });

  it("says of a disposed tensor what tfjs says", () => {
    const x = tf.tensor1d([1]);
    x.dispose();
    expect(() => viewOf(x)).toThrow(/disposed/);
  });
});

it("a view of a variable has what a compiled step made of it", () => {
  const variable = tf.variable(tf.tensor1d([1, 2]));
  const step = compile(() => {
    variable.assign(variable.add(1) as tf.Tensor1D);
    return variable.sum();
  });
  for (let i = 1; i <= 4; i++) {
    step().dispose();
    expect(Array.from(viewOf(variable))).toEqual([1 + i, 2 + i]);
  }
});
