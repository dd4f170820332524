import * as tf from "@tensorflow/tfjs";
import { beforeAll, describe, expect, it } from "vitest";
import { completeKernels } from "../../../src/engine/gradients/kernels.ts";
import { expectClose } from "../../support/close.ts";
import { backends, use, useRepaired } from "./backends.ts";

const names = [
  "Conv2DBackpropFilter",
  "DepthwiseConv2dNativeBackpropFilter",
  "DepthwiseConv2dNativeBackpropInput",
  "Einsum",
  "UnsortedSegmentSum",
];

it("completes wasm, which has none of them", async () => {
  await use("wasm");
  expect(names.filter(name => tf.getKernel(name, "wasm"))).toEqual([]);
  completeKernels("wasm");
  const kernels = () => names.map(name => tf.getKernel(name, "wasm")?.kernelFunc);
  const first = kernels();
  expect(first.every(Boolean)).toBe(true);
  completeKernels("wasm");
  expect(kernels()).toEqual(first);
});

/** Convolutions, with strides that leave pixels out and paddings that differ from side to side. */
const convolutions: [x: number[], filter: number[], stride: number, pad: "same" | "valid" | number][] = [
  [[2, 5, 6, 2], [3, 3, 2, 4], 1, "same"],
  [[2, 5, 6, 2], [2, 3, 2, 1], 1, "valid"],
  [[2, 6, 8, 2], [3, 3, 2, 2], 2, "same"],
  [[2, 7, 8, 1], [2, 3, 1, 3], 3, "valid"],
  [[1, 7, 7, 2], [3, 3, 2, 2], 2, 2],
  [[1, 9, 10, 1], [3, 3, 1, 2], 3, 1],
  [[3, 4, 4, 2], [1, 1, 2, 3], 2, "same"],
];

describe.each([
  ["conv2d", tf.conv2d],
  ["depthwiseConv2d", tf.depthwiseConv2d],
] as const)("the gradients of %s", (_, convolution) => {
  it.each(convolutions)(
    "are on every backend what they are on cpu: %j by %j, stride %s, pad %s",
    async (xShape, wShape, stride, pad) => {
      const convolve = (x: tf.Tensor, w: tf.Tensor) =>
        convolution(
          x as tf.Tensor4D,
          w as tf.Tensor4D,
          stride,
          pad,
          "NHWC",
          1,
          typeof pad === "number" ? "floor" : undefined,
        );
      const values: number[][][] = [];
      for (const backend of backends) {
        await useRepaired(backend);
        const before = [tf.memory().numTensors, tf.engine().backend.numDataIds()];
        tf.tidy(() => {
          const [x, w] = [xShape, wShape].map((shape, i) => tf.randomNormal(shape, 0, 1, "float32", i + 1)) as [
            tf.Tensor,
            tf.Tensor,
          ];
          const gradients = tf.grads((x, w) => convolve(x, w).sin())([x, w]);
          values.push(gradients.map(gradient => Array.from(gradient.dataSync())));
        });
        expect([tf.memory().numTensors, tf.engine().backend.numDataIds()]).toEqual(before);
      }
      const [expected, ...others] = values as [number[][], ...number[][][]];
      expected.forEach((gradient, i) => {
        for (const other of others) expectClose(other[i] as number[], gradient, { absolute: 2e-5, relative: 1e-5 });
      });
    },
  );
});

const equations: [equation: string, a: number[], b: number[]][] = [
  ["ij,jk->ik", [2, 3], [3, 4]],
  ["ij,jk->ki", [2, 3], [3, 4]],
  ["bij,bjk->bik", [2, 2, 3], [2, 3, 4]],
  ["bhqd,bhkd->bhqk", [2, 2, 3, 2], [2, 2, 4, 2]],
  ["i,j->ij", [2], [3]],
  ["ij,k->i", [2, 3], [2]],
  ["ij,ij->", [2, 3], [2, 3]],
  ["i,i->i", [3], [3]],
];

describe.each(backends)("on %s", backend => {
  beforeAll(() => useRepaired(backend));

  it.each(equations)("einsum %s equals the sum over all labels", (equation, a, b) => {
    const [left, right] = [a, b].map((shape, i) => tf.randomNormal(shape, 0, 1, "float32", i + 1)) as [
      tf.Tensor,
      tf.Tensor,
    ];
    const before = tf.engine().backend.numDataIds();
    const y = tf.einsum(equation, left, right);
    expect(tf.engine().backend.numDataIds()).toBe(before + 1);
    const { values, shape } = naiveEinsum(equation, left, right);
    expect(y.shape).toEqual(shape);
    expectClose(y, values, { absolute: 1e-5 });
  });

  it("einsum of one tensor is a tensor of its own", () => {
    const x = tf.tensor2d([1, 2, 3, 4], [2, 2]);
    tf.einsum("ij->ij", x).dispose();
    expectClose(x, [1, 2, 3, 4], {});
    expectClose(tf.einsum("ij->j", x), [4, 6], {});
  });

  it("einsum keeps tfjs's messages", () => {
    expect(() => tf.einsum("ij,jk->ik", tf.ones([2, 3]), tf.ones([2, 3]))).toThrow(/Expected dimension/);
  });

  it("cumsum and cumprod count an axis from the end", () => {
    const x = tf.tensor2d([1, 2, 3, 4, 5, 6], [2, 3]);
    expectClose(x.cumsum(-1), [1, 3, 6, 4, 9, 15], {});
    expectClose(x.cumprod(-2), [1, 2, 3, 4, 10, 18], {});
  });

  it("unsortedSegmentSum leaves out negative ids", () => {
    const ids = tf.tensor1d([1, -1, 1], "int32");
    expectClose(tf.unsortedSegmentSum(tf.tensor2d([1, 2, 3, 4, 5, 6], [3, 2]), ids, 3), [0, 0, 6, 8, 0, 0], {});
  });
});

function naiveEinsum(equation: string, a: tf.Tensor, b: tf.Tensor): { values: number[]; shape: number[] } {
  const [first = "", second = "", output = ""] = equation.split(/,|->/);
  const sizes = new Map(
    [first, second].flatMap((term, t) => [...term].map((label, i) => [label, [a, b][t]?.shape[i] as number])),
  );
  const labels = [...sizes.keys()];
  const shape = [...output].map(label => sizes.get(label) as number);
  const values = new Array<number>(shape.reduce((product, n) => product * n, 1)).fill(0);
  const flat = (term: string, place: Map<string, number>) =>
    [...term].reduce((sum, label) => sum * (sizes.get(label) as number) + (place.get(label) as number), 0);
  const [left, right] = [a.dataSync(), b.dataSync()];
  const visit = (depth: number, place: Map<string, number>) => {
    const label = labels[depth];
    if (label === undefined) {
      values[flat(output, place)] =
        (values[flat(output, place)] as number) +
        (left[flat(first, place)] as number) * (right[flat(second, place)] as number);
      return;
    }
    for (let i = 0; i < (sizes.get(label) as number); i++) visit(depth + 1, new Map([...place, [label, i]]));
  };
  visit(0, new Map());
  return { values, shape };
}
