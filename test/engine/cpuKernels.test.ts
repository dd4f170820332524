import { execFileSync } from "node:child_process";
import { resolve } from "node:path";
import { expect, it } from "vitest";

// In a process of its own: what was made before a backend was chosen is at stake.
it("moves tensors that were cast before the backend was chosen, with their numbers", () => {
  const script = `
    import * as tf from "@tensorflow/tfjs";
    import { chooseBackend, Random } from "./dist/engine/index.js";
    const bits = new Random(1).bernoulli(tf.fill([9], 0.5));
    const booleans = tf.tensor1d([3, 0, 2, 0, 1]).cast("bool");
    const numbers = [bits, booleans.cast("float32"), booleans.cast("int32"), tf.tensor1d([7, -8], "int32").cast("float32")];
    const before = numbers.map(tensor => Array.from(tensor.dataSync()));
    await chooseBackend();
    const after = numbers.map(tensor => Array.from(tensor.add(tf.zerosLike(tensor)).dataSync()));
    console.log(JSON.stringify({ before, after }));
  `;
  const root = resolve(import.meta.dirname, "../..");
  const node = ["--input-type=module", "--eval", script];
  const { before, after } = JSON.parse(execFileSync(process.execPath, node, { cwd: root, encoding: "utf8" }));
  expect(after).toEqual(before);
  expect(before.slice(1)).toEqual([
    [1, 0, 1, 0, 1],
    [1, 0, 1, 0, 1],
    [7, -8],
  ]);
  expect(new Set(before[0])).toEqual(new Set([0, 1]));
});
