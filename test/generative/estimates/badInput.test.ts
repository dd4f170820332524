import * as tf from "@tensorflow/tfjs";
import { beforeAll, describe, expect, it } from "vitest";
import { chooseBackend, Random } from "../../../src/engine/index.ts";
import { Bernoulli, Normal } from "../../../src/generative/distributions/index.ts";
import * as estimates from "../../../src/generative/estimates/index.ts";
import { type BadInput, unrefused } from "../../support/corrupted.ts";

beforeAll(() => chooseBackend());

const rows = [
  [0.5, 1],
  [2, -1],
  [0, 3],
];
const labels = [0, 1, 1];
const logWeights = Array.from({ length: 30 }, (_, i) => Math.sin(i));
const hundred = Array.from({ length: 100 }, (_, i) => i + 1);
const same = (x: tf.Tensor) => x.mul(2);
const model = () => ({
  prior: new Normal<"z">([0], [1]),
  likelihood: { given: (z: tf.Tensor) => new Bernoulli<"x">(z) },
});
const random = () => new Random(1);
const probe = () => estimates.linearProbe(rows, labels, { classes: 2 });
const image = { count: 2, dimension: 1, images: () => tf.zeros([2, 1]) };
const encoder = { given: (x: tf.Tensor) => ({ mean: x }) };
const score = { parameters: {}, logProb: (x: tf.Tensor) => x.sum(1) };

/** A valid call each. Those that need a tensor get it in `call`; what else they are given is spoilt. */
const calls: BadInput[] = [
  ["activeUnits", estimates.activeUnits, [[0.1, 0], 0.01], { except: /1: .*undefined$/ }],
  ["average", estimates.average, [[1, 2]]],
  ["bitsPerDimension", estimates.bitsPerDimension, [-3, 4, { levels: 2 }], { except: /2: .*undefined$/ }],
  [
    "logProbFromBitsPerDimension",
    estimates.logProbFromBitsPerDimension,
    [3, 4, { levels: 2 }],
    { except: /2: .*undefined$/ },
  ],
  ["bitsFromNats", estimates.bitsFromNats, [1], { nan: "of NaN" }],
  ["natsFromBits", estimates.natsFromBits, [1], { nan: "of NaN" }],
  ["copiedShare", estimates.copiedShare, [[1, 2], hundred]],
  ["countCalls", estimates.countCalls, [{ abs: Math.abs }, "abs", () => 1]],
  [
    "dependencyMatrix",
    (f: never, values: number) => estimates.dependencyMatrix(f, tf.zeros([1, 2]), values),
    [same, 2],
    { except: /undefined$/ },
  ],
  ["dependencyMatrix", (x: never) => estimates.dependencyMatrix(same, x), [[[0, 1]]], { only: "bad" }],
  ["energyDistance", estimates.energyDistance, [rows, rows]],
  ["fisherInformation", estimates.fisherInformation, [rows, [0.5, 0.25, 0.25]]],
  ["fisherScore", (x: never) => estimates.fisherScore(score, x), [[[0, 1]]], { only: "bad" }],
  [
    "fisherScore",
    (m: never) => estimates.fisherScore(m, tf.zeros([0, 1])),
    [score],
    { except: /parameters: \{\} → 7/ },
  ],
  ["gradientStatistics", estimates.gradientStatistics, [(t: tf.Tensor) => t.sum(1), [1, 2], 3]],
  ["linearProbe", estimates.linearProbe, [rows, labels, { classes: 2, penalty: 0.1 }]],
  ["linearProbe.predict", (f: never) => probe().predict(f), [rows]],
  ["linearProbe.accuracy", (f: never, l: never) => probe().accuracy(f, l), [rows, labels], { except: /1\[/ }],
  ["nearestNeighbours", (q: never) => estimates.nearestNeighbours(q, [tf.zeros([2, 2])]), [[[0, 1]]], { only: "bad" }],
  ["nearestNeighbours", (p: never) => estimates.nearestNeighbours(tf.zeros([1, 2]), p), [rows], { only: "bad" }],
  ["paretoK", estimates.paretoK, [logWeights]],
  ["paretoSmoothedImportanceSampling", estimates.paretoSmoothedImportanceSampling, [logWeights]],
  ["summariseWeights", estimates.summariseWeights, [logWeights]],
  ["perplexity", estimates.perplexity, [[1, 2]]],
  ["predictor", (m: never) => estimates.predictor(m), [{ stepwise: () => 1 }]],
  ["rocArea", estimates.rocArea, [[1, 2], [0, 3]]], // biome-ignore format: both sets
  ["sensitivity", (f: never, i: number) => estimates.sensitivity(f, tf.zeros([1, 3]), i), [same, 1]],
  ["sensitivity", (x: never) => estimates.sensitivity(same, x, 0), [[0, 1]], { only: "bad" }],
  [
    "tabulate",
    (d: number, values: number) => estimates.tabulate({ logProb: x => x.sum(1) }, d, values),
    [2, 2],
    { except: /1: .*undefined$/ },
  ],
  ["tabulate", (m: never) => estimates.tabulate(m, 2), [{ logProb: (x: tf.Tensor) => x.sum(1) }]],
  [
    "unitActivity",
    (e: never, data: never) => estimates.unitActivity(e, data),
    [encoder, image],
    { except: /dimension|count/ },
  ],
];

describe("bad input", () => {
  it.each(calls)("%s says in one line what it does not take", (...call) => expect(unrefused(call)).toEqual([]));

  it("is refused by what works in the background, too", async () => {
    const x = tf.zeros([2, 1]);
    const bad: [string, () => Promise<unknown>][] = [
      ["evaluate", () => estimates.evaluate(undefined as never, x, random())],
      ["evaluate", () => estimates.evaluate(same, [[1]] as never, random())],
      ["evaluate", () => estimates.evaluate(same, x, undefined as never)],
      ["evaluate", () => estimates.evaluate(same, x, random(), null as never)],
      ["evaluate", () => estimates.evaluate(same, x, random(), { batchSize: "2" as never })],
      [
        "importanceSampling",
        () => estimates.importanceSampling(model(), undefined as never, x, random(), { samples: 2 }),
      ],
      [
        "importanceSampling",
        () => estimates.importanceSampling({} as never, encoder as never, x, random(), { samples: 2 }),
      ],
      ["priorSampling", () => estimates.priorSampling(model(), [[1]] as never, random(), { samples: 2 })],
      ["priorSampling", () => estimates.priorSampling(model(), x, undefined as never, { samples: 2 })],
      ["priorSampling", () => estimates.priorSampling(model(), x, random(), { samples: "2" as never })],
      ["priorSampling", () => estimates.priorSampling(undefined as never, x, random(), { samples: 2 })],
    ];
    for (const [name, call] of bad)
      await expect(call()).rejects.toThrow(new RegExp(`^${name}: \\w.* but got \\S.*; \\w.*\\.$`));
  });

  it("is tried on every public function", () => {
    const background = ["evaluate", "importanceSampling", "priorSampling"];
    const tried = new Set([...background, ...calls.map(([name]) => name.split(".")[0])]);
    const left = Object.keys(estimates).filter(name => !tried.has(name));
    expect(left).toEqual([]);
  });
});

describe("an index", () => {
  it("outside of the dimensions is refused, and no memory beside them read", () => {
    const x = tf.ones([3]);
    for (const i of [-1, 3, 1e6, 0.5, Number.NaN]) {
      expect(() => estimates.sensitivity(same, x, i)).toThrow(
        `sensitivity: i must be an integer from 0 to 2, but got ${i};`,
      );
    }
    expect(Array.from(estimates.sensitivity(same, x, 2))).toEqual([0, 0, 2]);
    expect(() => estimates.sensitivity(same, tf.ones([2, 3]), 1)).toThrow(
      "x must be [d] or [1, d], but got shape [2,3]",
    );
    expect(() => estimates.sensitivity(y => y.sum(1), x, 1)).toThrow("[1,3], but got shape [1]");
  });
});

describe("nearestNeighbours", () => {
  it("takes tables with a column only, on both sides", () => {
    const [two, three] = [tf.zeros([2, 2]) as tf.Tensor2D, tf.zeros([2, 2, 1]) as never];
    for (const wrong of [tf.zeros([2]), three, tf.zeros([2, 0])] as never[]) {
      expect(() => estimates.nearestNeighbours(wrong, [two])).toThrow(
        /: queries must be \[rows, d\], but got shape \[2/,
      );
    }
    expect(() => estimates.nearestNeighbours(two, [three])).toThrow("data must be [rows, d], but got shape [2,2,1];");
    expect(() => estimates.nearestNeighbours(two, [[1, 2]] as never)).toThrow(
      "a part of the data must be a tensor, but got",
    );
    expect(() => estimates.nearestNeighbours(two, "text" as never)).toThrow('data must be parts, but got "text";');
  });
});

it("fisherScore refuses one datum without its row", () => {
  expect(() => estimates.fisherScore(score, tf.zeros([3]) as never)).toThrow(
    "fisherScore: x must be [n, d], but got shape [3]; reshape one datum to [1, d].",
  );
});

it("a function that gives no tensor is named", () => {
  const one = (() => 1) as never;
  expect(() => estimates.gradientStatistics(one, [1], 2)).toThrow(
    "gradientStatistics: what objective returns must be a tensor, but got 1;",
  );
  expect(() => estimates.sensitivity(one, tf.ones([1, 3]), 1)).toThrow(
    "sensitivity: what conditional returns must be a tensor, but got 1;",
  );
  expect(() => estimates.tabulate({ logProb: one }, 2)).toThrow(
    "tabulate: what logProb returns must be a tensor, but got 1;",
  );
});

it("sensitivity refuses what is no row", () => {
  for (const shape of [[0], [1, 0], [1, 1, 3], [3, 1]]) {
    expect(() => estimates.sensitivity(same, tf.ones(shape), 0)).toThrow(
      `sensitivity: x must be [d] or [1, d], but got shape [${shape}]; take one row of it.`,
    );
  }
});

describe("linearProbe", () => {
  it("says which options it needs, and refuses a negative penalty", () => {
    expect(() => estimates.linearProbe(rows, labels, undefined as never)).toThrow("an object with classes, but got");
    expect(() => estimates.linearProbe(rows, labels, { classes: 2, penalty: -1 })).toThrow("0 or more, but got -1;");
  });

  it("predicts nothing for no rows, and has no accuracy there, nor for labels of other rows", () => {
    expect(probe().predict([])).toEqual([]);
    expect(() => probe().predict([[1, 2, 3]])).toThrow("linearProbe.predict: features must have 2 columns, but got 3;");
    for (const [given, truth] of [
      [rows, [0]],
      [[], [0]],
      [[], []],
    ]) {
      expect(() => probe().accuracy(given as number[][], truth as number[])).toThrow(
        `linearProbe.accuracy: there must be a label for each row of features, but got ${given?.length} rows and ${truth?.length} labels;`,
      );
    }
  });
});

describe("log p(x)", () => {
  it("says what a model and a proposal need", async () => {
    const x = tf.zeros([2, 1]);
    const options = { samples: 2 };
    await expect(estimates.importanceSampling(model(), {} as never, x, random(), options)).rejects.toThrow(
      "importanceSampling: proposal must be an object with the functions given, but got undefined for given;",
    );
    for (const estimate of [
      (m: never) => estimates.importanceSampling(m, encoder as never, x, random(), options),
      (m: never) => estimates.priorSampling(m, x, random(), options),
    ]) {
      await expect(estimate({ prior: model().prior } as never)).rejects.toThrow(
        "Sampling: model must be an object with prior, likelihood, but got undefined for likelihood;",
      );
    }
  });
});

describe("dependencyMatrix", () => {
  it("looks at values, shapes and what conditional returns", () => {
    const bits = tf.zeros([2, 3]);
    expect(() => estimates.dependencyMatrix(same, tf.zeros([3]))).toThrow("x must be [rows, d], with a row at least");
    expect(() => estimates.dependencyMatrix(same, tf.zeros([0, 3]))).toThrow("but got shape [0,3]");
    expect(() => estimates.dependencyMatrix(same, bits.add(0.5))).toThrow("integers from 0 to 1, but got 0.5;");
    expect(() => estimates.dependencyMatrix(same, bits.add(2))).toThrow("integers from 0 to 1, but got 2;");
    expect(() => estimates.dependencyMatrix(same, bits.sub(1))).toThrow("integers from 0 to 1, but got -1;");
    const shapes: [wrong: (x: tf.Tensor) => tf.Tensor, got: string][] = [
      [x => x.sum(1), "2"],
      [x => x.slice([0, 0], [2, 2]), "2,2"],
      [x => x.slice([0, 0], [1, 3]), "1,3"],
      [x => x.reshape([2, 3, 1, 1]), "2,3,1,1"],
    ];
    for (const [wrong, got] of shapes) {
      expect(() => estimates.dependencyMatrix(wrong, bits)).toThrow(
        `must return [2, 3] or [2, 3, K], but got shape [${got}]`,
      );
    }
    expect(() => estimates.dependencyMatrix((() => 1) as never, bits)).toThrow(
      "dependencyMatrix: what conditional returns must be a tensor, but got 1;",
    );
    for (const values of [1, 2.5, Number.NaN]) {
      expect(() => estimates.dependencyMatrix(same, bits, values)).toThrow(`of at least 2, but got ${values};`);
    }
  });
});

it("tabulate refuses more than it can hold, and a model that mixes rows", () => {
  const rows = { logProb: (x: tf.Tensor) => x.sum(1) };
  expect(() => estimates.tabulate(rows, 21)).toThrow("tabulate: there must be at most 2^20 vectors, but got 2^21;");
  expect(() => estimates.tabulate({ logProb: x => x.sum() }, 2)).toThrow("one number a vector, [4], but got shape []");
});
