import * as tf from "@tensorflow/tfjs";
import { describe, expect, it, vi } from "vitest";
import { chooseBackend, compile, Random } from "../../src/engine/index.ts";

type Function = (x: tf.Tensor) => tf.Tensor;

/** [1000, 1000]: two copies of it take 1.6 ms, and the wasm backend's relu 0.2. */
const SHAPE: [number, number] = [1000, 1000];

const moving: Record<string, Function> = {
  "a relu": x => x.relu(),
  "a transposition": x => x.transpose(),
  "joining along an axis": x => tf.concat([x, x], 1),
  "a product and a sum": x => x.mul(2).add(1),
  "a softmax": x => x.softmax(),
  "a maximum of each row": x => x.max(1),
  "rows with one 1": x => tf.oneHot(x.max(1).toInt() as tf.Tensor1D, 1000),
};

const computing: Record<string, Function> = {
  "a matrix product": x => x.matMul(x),
  "an exponential": x => x.exp(),
  "a logarithm of a sum": x => x.logSumExp(1),
  "a chain on ten numbers": x => x.slice([0, 0], [1, 10]).exp().add(1).log().mul(2).square(),
  "twenty cheap ones": x => Array.from({ length: 20 }).reduce<tf.Tensor>(y => y.mul(0.9).add(x), x),
};

/** Why the second call ran eagerly. */
function whyEager(f: Function, options: { otherwise?: "throw" } = {}): string | undefined {
  const [compiled, x] = [compile(f, options), tf.ones(SHAPE)];
  for (let call = 0; call < 2; call++) compiled(x);
  const { eager } = compiled;
  compiled.dispose();
  return eager;
}

const isWasm = (await chooseBackend()).name === "wasm";

describe.skipIf(!isWasm)("a function that is quicker eagerly on wasm", () => {
  it.each(Object.entries(moving))("has no graph: %s", (_, f) => {
    const warn = vi.spyOn(console, "warn");
    expect(tf.tidy(() => whyEager(f))).toBe("compile: a function that copies more than it computes is quicker eagerly");
    expect(warn).not.toHaveBeenCalled();
    warn.mockRestore();
  });

  it.each(Object.entries(moving))("has one where it must: %s", (_, f) => {
    expect(tf.tidy(() => whyEager(f, { otherwise: "throw" }))).toBeUndefined();
  });

  it.each(Object.entries(computing))("is not one that computes: %s", (_, f) => {
    expect(tf.tidy(() => whyEager(f))).toBeUndefined();
  });

  it("is none of one number alone either, until it is a chain", () => {
    const double = compile((x: tf.Tensor) => x.mul(2));
    expect([...double(tf.tensor1d([3])).dataSync()]).toEqual([6]);
    expect(double.eager).toMatch(/quicker eagerly/);
  });

  it("is chosen by shapes: another shape gets its graph, and the same one the same numbers again", () => {
    const sumOfPowers = compile((x: tf.Tensor) => x.mul(2).matMul(x.transpose()));
    const [small, large] = [tf.ones([1, 1]), tf.ones([300, 300])];
    const once = sumOfPowers(large).dataSync();
    expect(sumOfPowers.eager).toBeUndefined();
    sumOfPowers(small);
    expect(sumOfPowers(large).dataSync()).toEqual(once);
    sumOfPowers.dispose();
  });

  it("is none that reads what steps have in their graphs, or draws", () => {
    const weights = tf.variable(tf.ones(SHAPE));
    const reading = compile((x: tf.Tensor) => x.add(weights));
    const drawing = compile((x: tf.Tensor, random: Random) => x.add(random.normal(SHAPE)));
    tf.tidy(() => {
      reading(tf.ones(SHAPE));
      drawing(tf.ones(SHAPE), new Random(1));
    });
    expect([reading.eager, drawing.eager]).toEqual([undefined, undefined]);
    for (const each of [reading, drawing]) each.dispose();
    weights.dispose();
  });
});

describe("what a graph makes", () => {
  it.each(["float32", "int32", "bool"] as const)("is a tensor of its own, of %s", dtype => {
    const f = compile((x: tf.Tensor) => x.greater(0.5).logicalOr(x.exp().less(1.1)).cast(dtype), {
      otherwise: "throw",
    });
    const [one, two] = [tf.tensor([0, 0.3, 0.9]), tf.tensor([0.9, 0.3, 0.3])];
    const before = tf.memory();
    const [first, second] = [f(one), f(two)];
    expect([first.dtype, second.dtype]).toEqual([dtype, dtype]);
    // Not written over by the second call.
    expect([...first.dataSync()]).toEqual([1, 0, 1]);
    expect([...second.dataSync()]).toEqual([1, 0, 0]);
    expect([...first.cast("float32").add(second.cast("float32")).dataSync()]).toEqual([2, 0, 1]);
    expect(tf.memory().numBytes).toBeGreaterThanOrEqual(before.numBytes);
    tf.dispose([first, second]);
    f.dispose();
  });

  it("leaves no memory behind, and is made of tensors of another backend too", async () => {
    const { name } = await chooseBackend();
    await tf.setBackend("cpu");
    const made = tf.tensor([1, 2]);
    await tf.setBackend(name);
    const f = compile((x: tf.Tensor) => x.exp().log(), { otherwise: "throw" });
    expect([...f(made).dataSync()].map(Math.round)).toEqual([1, 2]);
    const before = tf.memory();
    for (let i = 0; i < 100; i++) f(made).dispose();
    expect(tf.memory()).toMatchObject({ numTensors: before.numTensors, numBytes: before.numBytes });
    f.dispose();
  });
});
