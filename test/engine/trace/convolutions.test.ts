import * as tf from "@tensorflow/tfjs";
import { beforeAll, describe, expect, it } from "vitest";
import { compile, Random, repairGradients } from "../../../src/engine/index.ts";
import { liveValues, type Value } from "../../../src/engine/onnx/index.ts";
import { outputsOf, trace } from "../../../src/engine/trace/index.ts";
import { expectClose } from "../../support/close.ts";
import { Shapes, type Tensor } from "./cases/case.ts";

beforeAll(async () => {
  await tf.setBackend("cpu");
  (tf.backend() as { firstUse?: boolean }).firstUse = false;
  repairGradients();
});

type Step = (...tensors: Tensor[]) => Tensor[];

function nodesOf(step: Step, given: Tensor[]): Value[] {
  const kinds = given.map(({ shape, dtype }) => ({ shape, dtype }));
  return liveValues(outputsOf(trace({ step: tensors => step(...tensors), arguments: kinds, standIn: 0.00123 })));
}

const operatorsOf = (step: Step, given: Tensor[]): Set<string> =>
  new Set(nodesOf(step, given).map(({ operator }) => operator));

describe("a convolution whose windows do not fit in the cache", () => {
  it.each<[batch: number, stride: number, dilation: number]>([
    [1, 1, 1],
    [4, 2, 1],
    [1, 1, 2],
  ])("of %d images, stride %d, dilation %d, is the eager one", (batch, stride, dilation) => {
    const shapes = new Shapes(new Random(1), "ordinary");
    const given = [shapes.floats([batch, 64, 64, 48], -1, 1), shapes.floats([5, 5, 48, 2], -0.1, 0.1)];
    const convolve: Step = (x, w) => [
      tf.conv2d(x as tf.Tensor4D, w as tf.Tensor4D, stride, "same", "NHWC", dilation) as Tensor,
    ];
    expect(operatorsOf(convolve, given)).toContain("Conv");
    const compiled = compile(convolve, { otherwise: "throw" });
    const [actual, wanted] = [compiled(...given), convolve(...given)];
    expectClose(actual[0] as Tensor, wanted[0] as Tensor, { absolute: 1e-4, relative: 1e-4 });
    compiled.dispose();
  });
});

describe("layers of convolutions with their gradients", () => {
  const layers: Step = (x, w, v, b) => {
    const loss = (w: Tensor, v: Tensor, b: Tensor) => {
      const h = tf
        .conv2d(x as tf.Tensor4D, w as tf.Tensor4D, 1, "same")
        .add(b)
        .relu();
      return tf.conv2d(h as tf.Tensor4D, v as tf.Tensor4D, 1, "same").square();
    };
    return tf.grads(loss as (...inputs: Tensor[]) => Tensor)([w as Tensor, v as Tensor, b as Tensor]);
  };
  const given = () => [tf.ones([2, 6, 5, 4]), tf.ones([3, 3, 4, 8]), tf.ones([1, 1, 8, 2]), tf.ones([8])];

  it("never move channels of images", () => {
    const moved = nodesOf(layers, given()).filter(
      ({ operator, shape }) => operator === "Transpose" && shape.length === 4,
    );
    expect(moved).toEqual([]);
  });

  it("keep nothing between a product and its activation", () => {
    const nodes = nodesOf(layers, given());
    const product = nodes.find(({ operator }) => operator === "MatMul") as Value;
    const readers = (value: Value) => nodes.filter(({ inputs }) => inputs.includes(value));
    const [sum, ...others] = readers(product) as [Value, ...Value[]];
    expect([sum.operator, others.length]).toEqual(["Add", 0]);
    expect(readers(sum).map(({ operator }) => operator)).toEqual(["Relu"]);
  });
});
