import * as tf from "@tensorflow/tfjs";
import { beforeAll, describe, expect, it } from "vitest";
import { compile, Random, repairGradients } from "../../../src/engine/index.ts";
import { liveValues, sizeOf } from "../../../src/engine/onnx/index.ts";
import { outputsOf, trace } from "../../../src/engine/trace/index.ts";
import { expectClose } from "../../support/close.ts";
import { Shapes, type Tensor } from "./cases/case.ts";

beforeAll(async () => {
  await tf.setBackend("cpu");
  (tf.backend() as { firstUse?: boolean }).firstUse = false;
  repairGradients();
});

/** Ones up to the centre of a 3 × 3 filter, zeros after it. */
const causal = (inputs: number, outputs: number) =>
  tf.tensor1d([1, 1, 1, 1, 1, 0, 0, 0, 0]).reshape([3, 3, 1, 1]).tile([1, 1, inputs, outputs]);

/** A masked convolution and both of its gradients. */
function convolution(x: Tensor, weights: Tensor, mask: Tensor, strides: number): Tensor[] {
  const convolve = (x: Tensor, w: Tensor) =>
    tf.conv2d(x as tf.Tensor4D, w.mul(mask) as tf.Tensor4D, strides, "same") as Tensor;
  return [convolve(x, weights), ...tf.grads((x, w) => convolve(x, w).sin())([x, weights])];
}

/** How many entries the nodes of a step compute. */
function entries(step: (tensors: Tensor[]) => Tensor[], given: Tensor[]): number {
  const kinds = given.map(({ shape, dtype }) => ({ shape, dtype }));
  const live = liveValues(outputsOf(trace({ step, arguments: kinds, standIn: 0.00123 })));
  return live.filter(({ inputs }) => inputs.length > 0).reduce((sum, { shape }) => sum + sizeOf(shape), 0);
}

describe("a convolution with a constant mask", () => {
  it.each<[inputs: number, outputs: number, strides: number]>([
    [8, 9, 1],
    [9, 8, 1],
    [3, 4, 1],
    [8, 8, 2],
  ])("of %d to %d channels, stride %d, is the eager one", (inputs, outputs, strides) => {
    const shapes = new Shapes(new Random(1), "ordinary");
    const given = [shapes.floats([2, 6, 5, inputs], -1, 1), shapes.floats([3, 3, inputs, outputs], -1, 1)];
    const [x, weights] = given as [Tensor, Tensor];
    const mask = causal(inputs, outputs);
    const masked = (x: Tensor, weights: Tensor) => convolution(x, weights, mask, strides);
    const compiled = compile(masked, { otherwise: "throw" });
    const eager = masked(x, weights);
    compiled(x, weights).forEach((result, i) => {
      expectClose(result, eager[i] as Tensor, { absolute: 1e-5, relative: 1e-5 });
    });
    compiled.dispose();
  });

  it("computes nothing for the taps that the mask removes", () => {
    const [x, weights, mask] = [tf.ones([2, 6, 5, 8]), tf.ones([3, 3, 8, 8]), causal(8, 8)];
    const known = entries(([x, w]) => convolution(x as Tensor, w as Tensor, mask, 1), [x, weights]);
    const unknown = entries(([x, w, m]) => convolution(x as Tensor, w as Tensor, m as Tensor, 1), [x, weights, mask]);
    expect(known).toBeLessThan(0.75 * unknown);
  });
});
