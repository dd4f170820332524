import * as tf from "@tensorflow/tfjs";
import { expect, it, vi } from "vitest";
import { compile } from "../../src/engine/index.ts";

vi.mock("../../src/engine/onnx/session.ts", () => ({
  loadRuntime: () => "onnxruntime-node is not installed (it is optional)",
}));

it("runs eagerly where onnxruntime-node is not installed, and says so once for all steps", async () => {
  const warn = vi.spyOn(console, "warn").mockImplementation(() => {});
  await tf.setBackend("cpu");
  const [double, triple] = [compile((x: tf.Tensor) => x.mul(2)), compile((x: tf.Tensor) => x.mul(3))];
  expect([double(tf.scalar(1)), triple(tf.scalar(1)), double(tf.scalar(2))].map(y => y.dataSync()[0])).toEqual([
    2, 3, 4,
  ]);
  expect(warn.mock.calls.filter(([text]) => String(text).startsWith("compile"))).toEqual([
    ["compile: onnxruntime-node is not installed (it is optional); the step runs eagerly"],
  ]);
  expect(double.eager).toMatch(/not installed/);
});
