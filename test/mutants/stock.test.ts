import * as tf from "@tensorflow/tfjs";
import { expect, it } from "vitest";
import { Stock } from "./stock.ts";

it("takes back what was registered with tfjs, and nothing else", async () => {
  await tf.setBackend("cpu");
  (tf.backend() as { firstUse?: boolean }).firstUse = false;
  const stock = new Stock();
  const [kernel, gradient] = [tf.getKernel("Square", "cpu"), tf.getGradient("Square")];
  tf.unregisterKernel("Square", "cpu");
  tf.registerKernel({ ...kernel, kernelFunc: () => [] });
  tf.registerKernel({ kernelName: "Own", backendName: "cpu", kernelFunc: () => [] });
  tf.unregisterGradient("Square");
  tf.registerGradient({ kernelName: "Own", gradFunc: () => ({}) });
  tf.registerBackend("own", () => tf.backend());
  const engine = tf.engine() as unknown as { addTapeNode: () => void };
  const method = engine.addTapeNode;
  engine.addTapeNode = () => {};
  stock.restore();
  expect(tf.getKernel("Square", "cpu")).toBe(kernel);
  expect(tf.getGradient("Square")).toBe(gradient);
  expect([tf.getKernel("Own", "cpu"), tf.getGradient("Own"), tf.findBackendFactory("own")]).toEqual([
    undefined,
    undefined,
    null,
  ]);
  expect(engine.addTapeNode).toBe(method);
  expect(tf.square(3).dataSync()[0]).toBe(9);
});
