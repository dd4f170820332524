import * as tf from "@tensorflow/tfjs";
import { beforeAll, describe, expect, it } from "vitest";
import { repairGradients } from "../../../src/engine/gradients/repair.ts";
import { use } from "./backends.ts";
import { cases } from "./cases.ts";
import type { Case } from "./cases/case.ts";
import { error, type Verdict, verdicts } from "./differences.ts";

const kernels = new Set(
  ["cpu", "wasm"].flatMap(name => tf.getKernelsForBackend(name).map(kernel => kernel.kernelName)),
);
const stock = new Map([...kernels].map(name => [name, tf.getGradient(name)]));
const engine = tf.engine() as unknown as Record<"addTapeNode", unknown>;

beforeAll(async () => {
  await use("cpu");
  repairGradients();
});

/**
 * What tfjs-core's own gradient of a kernel does where all others are repaired: the verdict on the first derivative
 * and, where that is right, on the second or third.
 */
const withoutRepair: [kernel: string, theCase: string, Verdict[]][] = [
  ["All", "where all", ["throws"]],
  ["Any", "where any", ["throws"]],
  ["AvgPoolGrad", "avgPool, valid", ["right", "throws"]],
  ["AvgPool3DGrad", "avgPool3d", ["right", "throws"]],
  ["BatchMatMul", "matMul, a batch by a matrix", ["throws"]],
  ["Cast", "cast", ["wrong"]],
  ["Conv2D", "conv2d, dilated", ["throws"]],
  ["Conv2DBackpropFilter", "conv2d", ["right", "throws"]],
  ["Conv3DBackpropFilterV2", "conv3d", ["right", "throws"]],
  ["Conv3DBackpropInputV2", "conv3d", ["right", "throws"]],
  ["Cumprod", "cumprod", ["throws"]],
  ["Cumsum", "cumsum over axis 0, square", ["wrong"]],
  ["DepthToSpace", "depthToSpace", ["throws"]],
  ["DepthwiseConv2dNative", "depthwiseConv2d, dilated", ["throws"]],
  ["DepthwiseConv2dNativeBackpropFilter", "depthwiseConv2d", ["right", "throws"]],
  ["DepthwiseConv2dNativeBackpropInput", "depthwiseConv2d", ["right", "throws"]],
  ["Einsum", "einsum ij,jk->ik", ["throws"]],
  ["Elu", "elu", ["right", "throws"]],
  ["Equal", "where equal", ["throws"]],
  ["FloorDiv", "floorDiv, [2,3] with [2,3]", ["wrong"]],
  ["FusedBatchNorm", "batchNorm with a row of statistics", ["throws"]],
  ["GatherNd", "gatherND", ["throws"]],
  ["GatherV2", "gather at an argMax", ["throws"]],
  ["Greater", "where greater", ["throws"]],
  ["GreaterEqual", "where greaterEqual of integers", ["throws"]],
  ["Less", "where less", ["throws"]],
  ["LessEqual", "where lessEqual", ["throws"]],
  ["LogicalAnd", "where logicalAnd", ["throws"]],
  ["LogicalNot", "where logicalNot", ["throws"]],
  ["LogicalOr", "where logicalOr", ["throws"]],
  ["Max", "max of equals", ["wrong"]],
  ["Maximum", "maximum, [2,3] with [3]", ["throws"]],
  ["MaxPool3DGrad", "maxPool3d", ["right", "throws"]],
  ["MaxPoolGrad", "maxPool", ["right", "throws"]],
  ["Min", "min of equals", ["wrong"]],
  ["Minimum", "minimum, [2,3] with [3]", ["throws"]],
  ["MirrorPad", "mirrorPad reflect", ["wrong"]],
  ["NotEqual", "where notEqual", ["throws"]],
  ["Pow", "pow at 0", ["wrong"]],
  ["Prod", "prod over axis −1, kept", ["throws"]],
  ["ResizeBilinearGrad", "resizeBilinear", ["right", "throws"]],
  ["ResizeNearestNeighborGrad", "resizeNearestNeighbor", ["right", "throws"]],
  ["ScatterNd", "scatterND", ["throws"]],
  ["SquaredDifference", "squaredDifference, [2,3] with [3]", ["throws"]],
  ["SplitV", "split into one part", ["throws"]],
  ["StridedSlice", "stridedSlice, backwards", ["throws"]],
  ["Tile", "tile of five axes", ["throws"]],
  ["TopK", "topk", ["throws"]],
  ["Unpack", "unstack of one part", ["throws"]],
];

describe("a repair of a gradient", () => {
  it("is in the table", () => {
    const repaired = [...kernels].filter(name => tf.getGradient(name) !== stock.get(name));
    // That of the absolute value matters at a kink only, which has no difference quotient: see the audit.
    expect(["Abs", ...withoutRepair.map(([name]) => name)].sort()).toEqual(repaired.sort());
  });

  it.each(withoutRepair)("is needed for %s", (kernel, name, expected) => {
    const theCase = named(name);
    expect(verdicts(theCase, expected.length)).toEqual(expected.map(() => "right"));
    const repaired = tf.getGradient(kernel);
    const own = stock.get(kernel);
    tf.unregisterGradient(kernel);
    if (own) tf.registerGradient(own);
    try {
      expect(verdicts(theCase, expected.length)).toEqual(expected);
    } finally {
      if (own) tf.unregisterGradient(kernel);
      tf.registerGradient(repaired);
    }
  });
});

describe("a gradient of tfjs-core", () => {
  /** Of these the course uses none; of the last four the derivative is 0. */
  const untried = ["ComplexAbs", "Dilation2D", "LRN", "ArgMin", "IsFinite", "IsInf", "OneHot"];

  it("takes part in a case", async () => {
    const { kernels: ran } = await tf.profile(() => {
      for (const theCase of cases) error(theCase, 1);
    });
    const tried = new Set(ran.map(kernel => kernel.name));
    const missing = [...stock.keys()].filter(name => stock.get(name) && !tried.has(name));
    expect(missing.sort()).toEqual(untried.sort());
  });
});

describe("the order of the tape", () => {
  const outOfOrder: [theCase: string, Verdict[]][] = [
    ["tanh", ["right", "wrong"]],
    ["sigmoid", ["right", "wrong"]],
    ["exp", ["right", "wrong"]],
    ["elu", ["right", "wrong"]],
    ["softmax", ["right", "wrong"]],
    ["logSoftmax", ["right", "wrong"]],
    ["x tanh(x)", ["right", "wrong"]],
    ["x sigmoid(x)", ["right", "wrong"]],
    ["x exp(x)", ["right", "wrong"]],
    ["tanh(x @ x)", ["right", "wrong"]],
    ["x @ tanh(x)", ["right", "wrong"]],
    ["x softmax(x)", ["right", "wrong"]],
    ["x logSoftmax(x)", ["right", "wrong"]],
    ["a customGrad that saves its output", ["right", "wrong"]],
  ];

  it.each(outOfOrder)("matters to the second derivative of %s", (name, expected) => {
    const ordered = Object.getOwnPropertyDescriptor(engine, "addTapeNode") as PropertyDescriptor;
    expect(verdicts(named(name), 2)).toEqual(["right", "right"]);
    Reflect.deleteProperty(engine, "addTapeNode");
    try {
      expect(verdicts(named(name), 2)).toEqual(expected);
    } finally {
      Object.defineProperty(engine, "addTapeNode", ordered);
    }
  });
});

it("does nothing the second time", () => {
  const state = () => [
    engine.addTapeNode,
    ...[...kernels].map(name => [tf.getGradient(name), tf.getKernel(name, "cpu")?.kernelFunc]),
  ];
  const before = state();
  repairGradients();
  expect(state()).toEqual(before);
});

function named(name: string): Case {
  const found = cases.filter(theCase => theCase.name === name);
  expect(found.length, name).toBe(1);
  return found[0] as Case;
}
