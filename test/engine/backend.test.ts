import * as tf from "@tensorflow/tfjs";
import { beforeAll, expect, it } from "vitest";
import { chooseBackend, Random } from "../../src/engine/index.ts";
import { expectClose } from "../support/close.ts";

let backends: string[];
beforeAll(async () => {
  // Finding out which backends start leaves one active, so it comes before the choice.
  ({ backends } = await import("./gradients/backends.ts"));
  await chooseBackend();
});

it("chooses one backend for the whole process and says why", async () => {
  const backend = await chooseBackend();
  expect(["tensorflow", "wasm", "cpu"]).toContain(backend.name);
  expect(tf.getBackend()).toBe(backend.name);
  expect(backend.reason).toMatch(/tfjs/);
  expect(await chooseBackend()).toBe(backend);
});

it("chooses the fastest that starts here: tfjs-node before wasm before cpu", async () => {
  const { name, reason } = await chooseBackend();
  expect(name).toBe(["tensorflow", "wasm", "cpu"].find(each => backends.includes(each)));
  if (name === "tensorflow") expect(reason).toBe("tfjs-node, TensorFlow's native kernels");
  else expect(reason).toMatch(/; tensorflow: /);
});

it("draws the same numbers on another backend", async () => {
  const here = new Random(1).normal([50]).arraySync() as number[];
  const name = tf.getBackend();
  (tf.findBackend("cpu") as { firstUse?: boolean }).firstUse = false;
  await tf.setBackend("cpu");
  const there = new Random(1).normal([50]).arraySync() as number[];
  await tf.setBackend(name);
  expectClose(there, here, { absolute: 0 });
});
