import * as tf from "@tensorflow/tfjs";
import { describe, expect, it } from "vitest";
import { chooseBackend, Random } from "../../../src/engine/index.ts";
import {
  copiedShare,
  dependencyMatrix,
  fisherInformation,
  fisherScore,
  nearestNeighbours,
  predictor,
  tabulate,
} from "../../../src/generative/estimates/index.ts";
import { arithmeticDecode, arithmeticEncode, binaryVectors } from "../../../src/generative/exact/index.ts";
import { MADE, Tabular } from "../../../src/generative/models/index.ts";
import { expectClose } from "../../support/close.ts";
import { loud } from "../models/everyAutoregressive.ts";

await chooseBackend();

describe("dependencyMatrix", () => {
  it("is the largest change that a flip makes", () => {
    const W = tf.tensor2d([
      [0, 2],
      [-3, 0],
    ]); // logit 0 = −3 x_1, logit 1 = 2 x_0
    expect(dependencyMatrix(x => x.matMul(W as tf.Tensor2D), tf.tensor2d(binaryVectors(2)))).toEqual([
      [0, 3],
      [2, 0],
    ]);
  });
});

describe("fisherScore", () => {
  const model = loud(new MADE(new Random(1), { ordering: [1, 0, 2], hidden: [4], activation: "tanh" }));
  const x = tf.tensor2d(binaryVectors(3));
  const p = () => tabulate(model, 3).map(Math.exp);

  it("of one free logit is x − p, and its information p (1 − p)", () => {
    const coin = new Tabular(new Random(1), [0], { probability: () => 0.3 });
    const scores = fisherScore(coin, tf.tensor2d([[0], [1]]));
    expectClose(
      scores.map(s => s[0] as number),
      [-0.3, 0.7],
      { absolute: 1e-6 },
    );
    expectClose(fisherInformation(scores, [0.7, 0.3]).flat(), [0.21], { absolute: 1e-6 });
  });

  it("has information −E[Hessian], by differences of the score", () => {
    const F = fisherInformation(fisherScore(model, x), p());
    const q = p();
    const h = 1e-2;
    let a = 0;
    for (const variable of Object.values(model.parameters)) {
      for (let k = 0; k < variable.size; k += 3) {
        const moved = (delta: number) => {
          const kept = variable.clone();
          const values = Float32Array.from(variable.dataSync());
          values[k] = (values[k] as number) + delta;
          variable.assign(tf.tensor(values, variable.shape));
          const scores = fisherScore(model, x);
          variable.assign(kept);
          return scores;
        };
        const [up, down] = [moved(h), moved(-h)];
        const row = (up[0] as Float64Array).map(
          (_, b) =>
            -up.reduce(
              (sum, s, n) => sum + ((q[n] as number) * ((s[b] as number) - (down[n]?.[b] as number))) / (2 * h),
              0,
            ),
        );
        expectClose(row, F[a + k] as number[], { absolute: 2e-3 });
      }
      a += variable.size;
    }
  });

  it("wants a probability for each score", () => {
    expect(() => fisherInformation([[1]], [0.5, 0.5])).toThrow(/a probability for each score, but got 2 for 1/);
    expect(() => fisherInformation([], [])).toThrow("a probability for each score, but got 0 for 0");
  });
});

describe("nearestNeighbours", () => {
  const data = new Random(1).bernoulli(tf.fill([300, 40], 0.5)) as tf.Tensor2D;
  const queries = new Random(2).bernoulli(tf.fill([20, 40], 0.5)) as tf.Tensor2D;

  it("are those of a loop, whatever parts the data come in", () => {
    const rows = data.arraySync();
    const expected = queries.arraySync().map(q => {
      const distances = rows.map(x => x.reduce((sum, value, i) => sum + (value - (q[i] as number)) ** 2, 0));
      const squaredDistance = Math.min(...distances);
      return { index: distances.indexOf(squaredDistance), squaredDistance };
    });
    expect(nearestNeighbours(queries, [data])).toEqual(expected);
    const parts = [data.slice([0, 0], [100, 40]), data.slice([100, 0], [200, 40])];
    expect(nearestNeighbours(queries, parts)).toEqual(expected);
  });

  it("refuses other columns, and no data", () => {
    expect(() => nearestNeighbours(queries, [tf.zeros([5, 3])])).toThrow(
      /must have 40 columns like the queries, but got 3/,
    );
    expect(() => nearestNeighbours(queries, [])).toThrow(/data must have a row, but got none/);
  });
});

describe("copiedShare", () => {
  const heldOut = Array.from({ length: 200 }, (_, i) => 10 + i);
  it("is 1 for copies and near 0.01 for data", () => {
    expect(copiedShare([0, 0, 0], heldOut)).toBe(1);
    expect(copiedShare(heldOut, heldOut)).toBe(0.01);
  });
  it("takes the smallest but one of 100, in whatever order they come", () => {
    const mixed = Array.from({ length: 100 }, (_, i) => ((37 * i + 50) % 100) + 1); // 1 … 100
    expect(copiedShare([1.5, 2, 3, 50], mixed)).toBe(0.25);
    expect(() => copiedShare([1], mixed.slice(1))).toThrow("at least 100 held-out data, but got 99");
  });
  it("wants a control", () => expect(() => copiedShare([1], [1, 2])).toThrow(/at least 100 held-out data, but got 2/));
});

describe("predictor", () => {
  const model = loud(new MADE(new Random(1), { ordering: [4, 2, 0, 1, 3, 5], hidden: [20] }));

  it("lets every vector be encoded and decoded, in at most −log₂ p + 2 bits", () => {
    const logProb = tabulate(model, 6);
    binaryVectors(6).forEach((x, n) => {
      const symbols = model.ordering.map(i => x[i] as number);
      const bits = arithmeticEncode(symbols, predictor(model));
      expect(arithmeticDecode(bits, 6, predictor(model))).toEqual(symbols);
      expect(bits.length).toBeLessThanOrEqual(Math.ceil(-(logProb[n] as number) / Math.LN2) + 2);
    });
  });

  it("refuses to skip a bit", () => {
    const predict = predictor(model);
    predict([]);
    expect(() => predict([1, 0])).toThrow(/bits must come one after another, but got 2 of them where 1 were known/);
  });
});
