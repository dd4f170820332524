import * as tf from "@tensorflow/tfjs";
import { beforeAll, describe, expect, it } from "vitest";
import { chooseBackend, Random } from "../../../src/engine/index.ts";
import { dependencyMatrix, tabulate } from "../../../src/generative/estimates/index.ts";
import { JointTable, binaryVectors, logMeanExp, logSumExp, permutations } from "../../../src/generative/exact/index.ts";
import {
  type Autoregressive,
  BayesNet,
  ConditionalMADE,
  gridPositions,
  MADE,
  naturalOrdering,
  OrderingMixture,
  RNN,
  Tabular,
} from "../../../src/generative/models/index.ts";
import { MaskedDense, MaskedPerceptron, type MaskType } from "../../../src/generative/networks/index.ts";
import { expectClose } from "../../support/close.ts";
import { loud } from "./everyAutoregressive.ts";

beforeAll(() => chooseBackend());

const d = 6;

/** [d][d] of booleans: whether logit i depends on input j, by the gradient at a random point with positive weights. */
function support(types: MaskType[], hidden = [30, 30]): boolean[][] {
  const network = new MaskedPerceptron(new Random(1), { degrees: [1, 2, 3, 4, 5, 6], hidden, types });
  for (const variable of Object.values(network.parameters)) variable.assign(tf.tidy(() => variable.abs().add(0.1)));
  const x = new Random(2).uniform([1, d]);
  return Array.from({ length: d }, (_, i) => {
    const row = tf
      .grad((x: tf.Tensor) => network.apply(x).slice([0, i], [1, 1]).asScalar())(x)
      .dataSync();
    return Array.from(row, value => value !== 0);
  });
}

/** The same by paths through the masks alone. */
function reachable(types: MaskType[], hidden = [30, 30]): boolean[][] {
  const network = new MaskedPerceptron(new Random(1), { degrees: [1, 2, 3, 4, 5, 6], hidden, types });
  const paths = network.layers.map(({ mask }) => mask).reduce((product, mask) => product.matMul(mask) as tf.Tensor2D);
  return (paths.transpose().arraySync() as number[][]).map(row => row.map(count => count > 0));
}

const strict = (lag: number) => Array.from({ length: d }, (_, i) => Array.from({ length: d }, (_, j) => j + lag <= i));

describe("mask types", () => {
  it.each(["ABB", "BAB", "BBA"])("%s sees all that comes before, and nothing else", types => {
    expect(support([...types] as MaskType[])).toEqual(strict(1));
  });
  it("BBB sees its own bit", () => expect(support(["B", "B", "B"])).toEqual(strict(0)));
  it("AAB no longer sees the bit just before", () => expect(support(["A", "A", "B"])).toEqual(strict(2)));

  it.each(["ABB", "BAB", "BBA", "BBB", "AAB"])("%s: paths through the masks are the support of the Jacobian", types => {
    expect(reachable([...types] as MaskType[])).toEqual(support([...types] as MaskType[]));
  });

  it("are strict or not about equal degrees", () => {
    const masks = (type: MaskType) => new MaskedDense(new Random(1), [1, 2, 3], [1, 2, 3], type).mask.arraySync();
    expect(masks("A")).toEqual([
      [0, 1, 1],
      [0, 0, 1],
      [0, 0, 0],
    ]);
    expect(masks("B")).toEqual([
      [1, 1, 1],
      [0, 1, 1],
      [0, 0, 1],
    ]);
  });

  it("must be one for each layer, and A for one of them", () => {
    const options = { ordering: [0, 1, 2], hidden: [4] };
    expect(() => new MADE(new Random(1), { ...options, types: ["B", "B"] })).toThrow(
      /at least one layer must be of type A, but got \[B,B\]/,
    );
    expect(() => new MADE(new Random(1), { ...options, types: ["A"] })).toThrow(
      /a type for each of 2 layers, but got \[A\]/,
    );
  });

  it("refuse to be cached where an output sees its own input", () => {
    const leaky = new MaskedPerceptron(new Random(1), { degrees: [1, 2], hidden: [4], types: ["B", "B"] });
    expect(() => leaky.stepwise([0, 1], 1)).toThrow(/an output must see lower degrees only/);
  });
});

describe("MADE", () => {
  it("in groups sees all groups before its own, and nothing of its own", () => {
    const groups = [2, 1, 3];
    const group = [0, 0, 1, 2, 2, 2];
    const made = loud(new MADE(new Random(1), { ordering: naturalOrdering(d), hidden: [40], groups }));
    const D = dependencyMatrix(x => made.conditional(x), tf.tensor2d(binaryVectors(d)));
    expect(D.map(row => row.map(value => value > 0))).toEqual(group.map(own => group.map(other => other < own)));
  });

  it("in a single group is a coin for each bit, and refuses groups that do not add up", () => {
    const table = (groups: number[]) =>
      new JointTable(
        tabulate(loud(new MADE(new Random(1), { ordering: [2, 0, 1], hidden: [4], groups })), 3).map(Math.exp),
      );
    expectClose(table([3]).mutualInformation(0, 1), 0, { absolute: 1e-6 });
    for (const groups of [
      [2, 2],
      [3, 0],
      [1.5, 1.5],
    ])
      expect(() => table(groups)).toThrow(/integers with sum 3, but got/);
  });

  it("does with one dimension", () =>
    expectClose(logSumExp(tabulate(new MADE(new Random(1), { ordering: [0], hidden: [3] }), 1)), 0, {
      absolute: 1e-6,
    }));
});

describe("ConditionalMADE", () => {
  const model = loudConditional();
  const classes = tf.eye(3);
  const x = tf.tensor2d(binaryVectors(4));

  it("sums to 1 for each class, differently", () => {
    const tables = [0, 1, 2].map(y => tabulate(model.given(classes.slice([y, 0], [1, 3]).flatten()), 4));
    for (const logs of tables) expectClose(logSumExp(logs), 0, { absolute: 2e-6 });
    expect(Math.abs((tables[0]?.[3] as number) - (tables[1]?.[3] as number))).toBeGreaterThan(0.01);
  });

  it("makes a classifier by Bayes' rule whose p(y|x) sums to 1, with p(x) = Σ_y p(y) p(x|y)", () => {
    const logJoint = [0, 1, 2].map(y =>
      Array.from(tabulate(model.given(classes.slice([y, 0], [1, 3]).flatten()), 4), log => log - Math.log(3)),
    );
    const evidence = x.arraySync().map((_, n) => logSumExp(logJoint.map(row => row[n] as number)));
    expectClose(logSumExp(evidence), 0, { absolute: 2e-6 });
    for (const n of [0, 5, 15]) {
      const posterior = logJoint.map(row => Math.exp((row[n] as number) - (evidence[n] as number)));
      expectClose(
        posterior.reduce((a, b) => a + b),
        1,
        { absolute: 1e-9 },
      );
    }
  });

  it("takes a condition for each row, or one for all", () => {
    const rows = tf.oneHot(tf.tensor1d([2, 0], "int32"), 3).toFloat();
    const two = x.slice([3, 0], [2, 4]);
    const each = [2, 0].map(
      (y, n) =>
        model
          .given(classes.slice([y, 0], [1, 3]).flatten())
          .logProb(two.slice([n, 0], [1, 4]))
          .dataSync()[0] as number,
    );
    expectClose(model.given(rows).logProb(two), each, { absolute: 1e-6 });
    const batch = model.given(rows);
    expectClose(batch.sample(new Random(1), 2), batch.sample(new Random(1), 2, { cached: false }), {});
  });

  it("says what is wrong with the shape of a condition", () => {
    expect(() => model.given(tf.zeros([4]))).toThrow(
      "ConditionalMADE.given: y must be [3] or [batch, 3], but got shape [4]; a class is a one-hot vector",
    );
    expect(() => model.given(tf.zeros([2, 2, 3]))).toThrow("but got shape [2,2,3]");
    const five = model.given(tf.zeros([5, 3]));
    for (const wrong of [() => five.logProb(tf.zeros([2, 4])), () => five.sample(new Random(1), 2)]) {
      expect(wrong).toThrow(
        "y must have a row for each of 2 x, but got 5 rows; give one y for all of them, or one for each",
      );
    }
  });

  function loudConditional(): ConditionalMADE {
    const made = new ConditionalMADE(new Random(1), { ordering: [2, 0, 3, 1], hidden: [12], context: 3 });
    loud({ parameters: made.parameters } as unknown as Autoregressive);
    return made;
  }
});

describe("OrderingMixture", () => {
  const members = [
    [0, 1, 2, 3],
    [3, 2, 1, 0],
    [1, 3, 0, 2],
  ].map((ordering, i) => loud(new MADE(new Random(i), { ordering, hidden: [12] })));
  const mixture = new OrderingMixture(members);

  it("sums to 1, and is the mean of the probabilities", () => {
    const logs = tabulate(mixture, 4);
    expectClose(logSumExp(logs), 0, { absolute: 2e-6 });
    const each = members.map(member => tabulate(member, 4));
    expectClose(
      logs,
      logs.map((_, n) => logMeanExp(each.map(row => row[n] as number))),
      { absolute: 1e-5 },
    );
  });

  it("has an NLL of at most the mean of its members'", () => {
    const p = new JointTable(tabulate(members[0] as MADE, 4).map(Math.exp));
    const nll = members.map(member => p.crossEntropy(tabulate(member, 4)));
    expect(p.crossEntropy(tabulate(mixture, 4))).toBeLessThan(nll.reduce((a, b) => a + b) / 3);
  });

  it("samples from its members", () => {
    const draws = JointTable.empirical(mixture.sample(new Random(1), 2000).arraySync() as number[][]);
    const logs = tabulate(mixture, 4);
    const chi = draws.probabilities.reduce(
      (sum, f, n) => sum + (2000 * (f - Math.exp(logs[n] as number)) ** 2) / Math.exp(logs[n] as number),
      0,
    );
    expect((chi - 15) / Math.sqrt(30)).toBeLessThan(4.5);
    expect(mixture.sample(new Random(1)).shape).toEqual([4]);
  });

  it("is not what averaged logits make, even of perfect members", () => {
    // One bit, copied twice with a flip of 5 % each: all orderings know p exactly.
    const flip = (a: number, b: number) => (a === b ? 0.95 : 0.05);
    const p = new JointTable(
      binaryVectors(3).map(([a, b, c]) => 0.5 * flip(a as number, b as number) * flip(b as number, c as number)),
    );
    const perfect = permutations(3).map(
      ordering => new Tabular(new Random(1), ordering, { probability: (i, given) => p.conditional(i, given) }),
    );
    for (const member of perfect) expectClose(tabulate(member, 3), p.probabilities.map(Math.log), { absolute: 1e-5 });
    const logits = (x: tf.Tensor) => tf.stack(perfect.map(member => member.conditional(x))).mean(0);
    const trap = { logProb: (x: tf.Tensor) => x.mul(logits(x)).sub(logits(x).softplus()).sum(-1) };
    expect(logSumExp(tabulate(trap, 3))).toBeGreaterThan(Math.log(1.5));
    expect(p.crossEntropy(tabulate(trap, 3))).toBeLessThan(p.entropy() - 0.3);
    expectClose(p.crossEntropy(tabulate(new OrderingMixture(perfect), 3)), p.entropy(), { absolute: 1e-5 });
  });

  it("refuses no members, and members of different dimensions", () => {
    expect(() => new OrderingMixture([])).toThrow(/one or more models of the same dimension, but got dimensions \[\]/);
    expect(() => new OrderingMixture([...members, new Tabular(new Random(1), [0, 1])])).toThrow(/dimensions \[4,2\]/);
  });
});

describe("BayesNet", () => {
  it("counts its parameters", () => {
    expect(new BayesNet(new Random(1), [[], [0], [0], [1, 2], [2]]).parameterCount).toBe(1 + 2 + 2 + 4 + 2);
    expect(new Tabular(new Random(1), [2, 1, 0, 3]).parameterCount).toBe(2 ** 4 - 1);
  });

  it("has exactly the conditionals that it is given, for every value of the parents", () => {
    const table = new JointTable(tabulate(new Tabular(new Random(3), [0, 1, 2, 3]), 4).map(Math.exp));
    const net = new BayesNet(new Random(1), [[], [0], [3, 0], [1]], {
      probability: (i, given) => table.conditional(i, given),
    });
    const joint = new JointTable(tabulate(net, 4).map(Math.exp));
    for (const [a, b] of [
      [0, 0],
      [0, 1],
      [1, 0],
      [1, 1],
    ] as const) {
      const given = new Map([
        [3, a],
        [0, b],
      ]);
      expectClose(joint.conditional(2, given), table.conditional(2, given), { absolute: 1e-5 });
    }
  });

  it("of the data's table is the maximum-likelihood one of its graph", () => {
    const data = new JointTable(tabulate(new Tabular(new Random(3), [0, 1, 2]), 3).map(Math.exp));
    const net = new BayesNet(new Random(1), [[], [0], [1]], { probability: (i, given) => data.conditional(i, given) });
    const best = data.crossEntropy(tabulate(net, 3));
    for (const table of Object.values(net.parameters)) {
      for (const step of [0.1, -0.1]) {
        const kept = table.clone();
        table.assign(tf.tidy(() => table.add(step)));
        expect(data.crossEntropy(tabulate(net, 3))).toBeGreaterThan(best);
        table.assign(kept);
      }
    }
  });

  it("stays finite for certain and for undefined conditionals", () => {
    const net = new BayesNet(new Random(1), [[], [0]], { probability: i => (i === 0 ? 1 : Number.NaN) });
    expectClose(tabulate(net, 2).map(Math.exp), [0, 0, 0.5, 0.5], { absolute: 1e-6 });
  });

  it("refuses cycles, and parents that come later", () => {
    expect(() => new BayesNet(new Random(1), [[1], [0]])).toThrow(
      /must have no cycle .* but got parents \[\[1\],\[0\]\]/,
    );
    expect(() => new BayesNet(new Random(1), [[], [0]], { ordering: [1, 0] })).toThrow(
      /the parents of 1 must come before it in the ordering \[1,0\], but got 0/,
    );
    expect(() => new Tabular(new Random(1), naturalOrdering(13))).toThrow(/at most 12 dimensions, but got 13/);
  });
});

describe("RNN", () => {
  it("has a number of parameters that does not depend on d", () => {
    const count = (d: number) =>
      Object.values(new RNN(new Random(1), { ordering: naturalOrdering(d), hidden: 7 }).parameters).reduce(
        (sum, { size }) => sum + size,
        0,
      );
    expect(count(5)).toBe(3 * 7 * (1 + 7 + 2) + 7 + 1);
    expect(count(50)).toBe(count(5));
  });

  it("refuses positions that are not one row a dimension", () => {
    expect(() => new RNN(new Random(1), { ordering: [0, 1, 2], hidden: 2, positions: gridPositions(1, 2) })).toThrow(
      /positions must be 3 rows of one length, but got 2 with lengths \[3\]/,
    );
  });
});
