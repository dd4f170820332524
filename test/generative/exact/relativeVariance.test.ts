import { describe, expect, it } from "vitest";
import { iwaeBound, relativeVariance, type WeightDistribution } from "../../../src/generative/exact/index.ts";
import { expectClose } from "../../support/close.ts";

const half = -Math.LN2;

/** Of the weights e^a and e^b, each half of the time: both lie (e^a − e^b)/2 from their mean (e^a + e^b)/2. */
const ofTwo = (a: number, b: number) => Math.tanh((a - b) / 2) ** 2;

describe("relativeVariance", () => {
  it.each([0, 2 ** 20, -(2 ** 40)])("is the same in any unit of the weights, to the last digits: near e^%d", offset => {
    const logWeights = [offset, offset + 1];
    const pair = { logWeights, logProbabilities: [half, half] };
    expectClose(relativeVariance(pair), ofTwo(0, 1), { relative: 1e-14 });
    const never = { logWeights: [...logWeights, offset], logProbabilities: [half, half, -Infinity] };
    expectClose(relativeVariance(never), ofTwo(0, 1), { relative: 1e-14 });
    // Of a weight of almost 0, once in e^70 = 2.5e30 draws, χ² has as much more.
    const rarely = { logWeights: [offset - 900, ...logWeights], logProbabilities: [-70, half, half] };
    expectClose(relativeVariance(rarely), ofTwo(0, 1), { relative: 1e-14 });
  });

  it.each([500, 735, 745, 1e5, 1e308])("takes no notice of a weight of e^%d that never occurs", log => {
    const never = { logWeights: [0, log, Math.LN2], logProbabilities: [half, -Infinity, half] };
    expectClose(relativeVariance(never), 1 / 9, { relative: 1e-14 });
  });

  it.each([0, 5e-7, -5e-7])("is that of shares that sum to 1, where they sum to e^%d", total => {
    const coin = { logWeights: [0, Math.LN2], logProbabilities: [total + half, total + half] };
    expectClose(relativeVariance(coin), 1 / 9, { relative: 1e-14 });
    const hardly = { logWeights: [0, 1, 0], logProbabilities: [total + half, total + half, -800] };
    expectClose(relativeVariance(hardly), ofTwo(0, 1), { relative: 1e-13 });
  });

  it("counts what occurs too rarely for float64 by how heavy it is", () => {
    // Once in e^800 draws a weight of e^400.5 beside a mean of (1 + e)/2: E w² has e^801 / e^800 more.
    const lottery = { logWeights: [0, 1, 400.5], logProbabilities: [half, half, -800] };
    expectClose(relativeVariance(lottery), ofTwo(0, 1) + Math.E / ((1 + Math.E) / 2) ** 2, { relative: 1e-13 });
    // e^−744.2 is 8.1e-324, and 9.9e-324 in float64, which has nothing between that and 4.9e-324.
    const [apart, log] = [2 ** -24, -744.2];
    const rough = { logWeights: [0, apart, 354], logProbabilities: [half, half, log] };
    expectClose(relativeVariance(rough), ofTwo(0, apart) + Math.exp(log + 2 * 354), { relative: 1e-6 });
  });

  it("tells weights apart that are the same number: δ² p (1 − p) of 1 and 1 + δ", () => {
    const [p, apart] = [2 ** -40, 2 ** -60];
    const hardly = { logWeights: [0, apart], logProbabilities: [Math.log1p(-p), Math.log(p)] };
    expectClose(relativeVariance(hardly), apart ** 2 * p * (1 - p), { relative: 1e-9 });
  });
});

it.each([
  ["iwaeBound", (weights: WeightDistribution) => iwaeBound(weights, 2)],
  ["relativeVariance", relativeVariance],
])("%s says which part of the weights is missing", (name, f) => {
  const parts = `${name}: weights must be an object with logWeights, logProbabilities, but got`;
  expect(() => f({ logWeights: [0] } as never)).toThrow(`${parts} undefined for logProbabilities;`);
  expect(() => f({ logProbabilities: [0] } as never)).toThrow(`${parts} undefined for logWeights;`);
});
