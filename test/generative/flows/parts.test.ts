import * as tf from "@tensorflow/tfjs";
import { beforeAll, describe, expect, it } from "vitest";
import { chooseBackend, Random } from "../../../src/engine/index.ts";
import {
  AutoregressiveFlow,
  couplingReach,
  DiagonalScaling,
  flowPlusPlus,
  halfMask,
  integrateAdaptively,
  InvertibleLinear,
  MixtureCoupling,
  tanhLayer,
} from "../../../src/generative/flows/index.ts";
import { solveIncreasing } from "../../../src/generative/flows/solve.ts";
import { logSoftplus } from "../../../src/generative/flows/logSoftplus.ts";
import { expectClose } from "../../support/close.ts";

beforeAll(() => chooseBackend());

describe("couplingReach", () => {
  it("of no coupling is nothing, of one the half that it passes on", () => {
    expect(couplingReach([])).toEqual([]);
    expect(halfMask(3)).toEqual([1, 0, 0]);
    expect(couplingReach([halfMask(3)])).toEqual([
      [true, false, false],
      [true, true, false],
      [true, false, true],
    ]);
  });
});

describe("flowPlusPlus", () => {
  it("transforms one half and the other in turns", () => {
    const { layers } = flowPlusPlus(new Random(1), { d: 3, couplings: 4, components: 2, hidden: [4] });
    const z = tf.tensor2d([[0.3, -0.5, 0.8]]);
    const moved = layers
      .filter(layer => layer instanceof MixtureCoupling)
      .map(layer => Array.from(layer.forward(z).z.notEqual(z).dataSync()));
    const [first, second] = [
      [0, 1, 1],
      [1, 0, 0],
    ];
    expect(moved).toEqual([first, second, first, second]);
  });
});

describe("solveIncreasing", () => {
  it.each([2, 4, 8])("stays where cuts in %i have led, in a flat place, though a Newton step would lead far", parts => {
    for (const at of [1, -1e-30, 3e-5, 4.9]) {
      const jump = (x: tf.Tensor) => x.greaterEqual(at).toFloat();
      const ends = { from: tf.tensor1d([-3]), to: tf.tensor1d([5]) };
      const found = solveIncreasing(tf.tensor1d([0.5]), jump, x => tf.fill(x.shape, -20), ends, undefined, parts);
      expectClose(found, [at], { relative: 1e-6 });
    }
  });
});

describe("DiagonalScaling", () => {
  it("has a scale for each coordinate", () => {
    const layer = new DiagonalScaling(3);
    expect(layer.parameters.logScale?.shape).toEqual([3]);
    layer.parameters.logScale?.assign(tf.tensor1d([0, Math.log(2), Math.log(5)]));
    const { z, logDet } = layer.forward(tf.ones([1, 3]));
    expectClose(z, [1, 2, 5], { relative: 1e-6 });
    expectClose(logDet, [Math.log(10)], { relative: 1e-6 });
  });
});

describe("AutoregressiveFlow", () => {
  it("lets the second of two coordinates see the first, and nothing else", () => {
    const flow = new AutoregressiveFlow(new Random(1), { ordering: [1, 0], hidden: [8] });
    const means = (x: number[]) => Array.from(flow.conditionals(tf.tensor2d([x])).mean.dataSync());
    const [base, first, second] = [means([0, 0]), means([0, 1]), means([1, 0])] as [number[], number[], number[]];
    expect(Math.abs((first[0] as number) - (base[0] as number))).toBeGreaterThan(1e-3);
    expect(first[1]).toBe(base[1]);
    expect(second).toEqual(base);
  });
});

describe("logSoftplus", () => {
  it("has the digits of float64 on both sides of where its series begins", () => {
    const r = [-80, -20, -8, -5, -4.01, -4, -3.99, 0, 5];
    expectClose(
      logSoftplus(tf.tensor1d(r)),
      r.map(v => Math.log(Math.log1p(Math.exp(v)))),
      { absolute: 4e-6 },
    );
  });
});

describe("tanhLayer", () => {
  it("takes the ends for their neighbours, each for its own", () => {
    // atanh(1 − 2⁻²⁴) = ½ log(2²⁵ − 1)
    expectClose(tanhLayer().inverse(tf.tensor2d([[1, -1, 0]])), [8.664, -8.664, 0], { absolute: 0.05 });
  });
});

describe("InvertibleLinear", () => {
  it("takes a diagonal in any units, which the smallest entry of a row does not tell", () => {
    const W = [
      [1e-20, 0],
      [0, 1e20],
    ];
    const flow = new InvertibleLinear(new Random(1), 2, { W });
    expectClose(flow.forward(tf.zeros([1, 2])).logDet, [0], { absolute: 1e-4 });
  });
});

describe("integrateAdaptively", () => {
  // A tenth of the way, then five times as far, then what is left: each step asks the field seven times.
  it.each([
    [0, 1],
    [1, 0],
    [-2, 4],
  ])("goes a straight line from %d to %d in three steps, and stops there", (from, to) => {
    const field = (_: number, [x]: readonly tf.Tensor[]) => [tf.onesLike(x as tf.Tensor)];
    const { state, evaluations } = integrateAdaptively(field, [tf.tensor1d([7])], { from, to, tolerance: 1e-4 });
    expectClose(state[0] as tf.Tensor, [7 + to - from], { absolute: 1e-5 });
    expect(evaluations).toBe(21);
  });
});
