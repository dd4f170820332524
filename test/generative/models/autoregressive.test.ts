import * as tf from "@tensorflow/tfjs";
import { beforeAll, describe, expect, it } from "vitest";
import { chooseBackend, compile, Random } from "../../../src/engine/index.ts";
import { dependencyMatrix, fisherScore, tabulate } from "../../../src/generative/estimates/index.ts";
import { logSumExp, vectors } from "../../../src/generative/exact/index.ts";
import {
  Autoregressive,
  MADE,
  naturalOrdering,
  PixelCNNPlusPlus,
  probabilitiesOf,
  type Stepwise,
} from "../../../src/generative/models/index.ts";
import { Dense, MaskedPerceptron, Perceptron } from "../../../src/generative/networks/index.ts";
import { expectClose } from "../../support/close.ts";
import { everyAutoregressive, loud } from "./everyAutoregressive.ts";

beforeAll(() => chooseBackend());

// The laws as numbers, so that what is broken on purpose can be shown to break them.

/** log Σ_x p(x), 0 for a distribution. */
const logTotal = (model: Autoregressive) => logSumExp(table(model));

const table = (model: Autoregressive) => tabulate(model, model.dimensions, model.categories);

const everyX = (d: number, K = 2) => tf.tensor2d(vectors(d, K));

const dependencies = (model: Autoregressive) =>
  dependencyMatrix(x => model.conditional(x), everyX(model.dimensions, model.categories), model.categories);

/** p(x_i = v | known) of every v, by adding up the table: [K]. */
function conditionalOf(
  p: ArrayLike<number>,
  K: number,
  d: number,
  i: number,
  known: ReadonlyMap<number, number>,
): number[] {
  const sums = new Array<number>(K).fill(0);
  vectors(d, K).forEach((x, n) => {
    if ([...known].some(([j, value]) => x[j] !== value)) return;
    const v = x[i] as number;
    sums[v] = (sums[v] as number) + (p[n] as number);
  });
  const total = sums.reduce((a, b) => a + b);
  return sums.map(sum => sum / total);
}

/** The logits that belong to row n and dimension i as probabilities, [K]; one logit is that of a 1. */
const asProbabilities = (logits: readonly number[]) =>
  probabilitiesOf(logits.length === 1 ? [0, logits[0] as number] : logits);

/** The largest influence of a bit on the logit of its own bit or of an earlier one. */
function leak(model: Autoregressive): number {
  const D = dependencies(model);
  const { ordering } = model;
  return Math.max(...ordering.flatMap((i, k) => ordering.slice(k).map(j => D[i]?.[j] as number)));
}

function gradients(model: Autoregressive, x: tf.Tensor): tf.Tensor[] {
  const variables = Object.values(model.parameters);
  const { grads } = tf.variableGrads(() => model.logProb(x).mean().asScalar(), variables);
  return variables.map(({ name }) => grads[name] as tf.Tensor);
}

const differ = (a: tf.Tensor, b: tf.Tensor) => a.notEqual(b).sum().dataSync()[0] as number;

function cacheErrors(model: Autoregressive): number {
  return differ(model.sample(new Random(4), 50), model.sample(new Random(4), 50, { cached: false }));
}

/** χ² of n samples against exp(log p), and its degrees of freedom; cells below 5 expected are one cell. */
function chiSquare(model: Autoregressive, random: Random, n = 20_000): { statistic: number; freedom: number } {
  const K = model.categories;
  const counts = new Float64Array(K ** model.dimensions);
  for (const x of model.sample(random, n).arraySync() as number[][]) {
    const index = x.reduce((sum, value) => K * sum + value, 0);
    counts[index] = (counts[index] as number) + 1 / n;
  }
  const expected = Array.from(table(model), log => n * Math.exp(log));
  const cells = new Map<number, { expected: number; seen: number }>();
  expected.forEach((e, i) => {
    const key = e < 5 ? -1 : i;
    const cell = cells.get(key) ?? { expected: 0, seen: 0 };
    cells.set(key, { expected: cell.expected + e, seen: cell.seen + n * (counts[i] as number) });
  });
  const big = [...cells.values()].filter(cell => cell.expected >= 1);
  return {
    statistic: big.reduce((sum, c) => sum + (c.seen - c.expected) ** 2 / c.expected, 0),
    freedom: big.length - 1,
  };
}

/** χ² is about N(f, 2f) for f degrees of freedom. */
const standardised = ({ statistic, freedom }: { statistic: number; freedom: number }) =>
  (statistic - freedom) / Math.sqrt(2 * freedom);

const members = everyAutoregressive.flatMap(({ name, orderings, ...rest }) =>
  orderings.map(ordering => ({ name: `${name} in the ordering ${ordering}`, ordering, ...rest })),
);

describe.each(members)("$name", ({ make, ordering, passes: whole = ordering.length }) => {
  const d = ordering.length;
  let model: Autoregressive;
  beforeAll(() => {
    model = make(new Random(1), ordering);
  });

  it("sums to 1 over all 2^d vectors, and is far from uniform", () => {
    expectClose(logTotal(model), 0, { absolute: 5e-6 });
    const logs = table(model);
    expect(Math.max(...logs) - Math.min(...logs)).toBeGreaterThan(1);
  });

  it("lets no logit see its own bit or a later one, exactly, and some see an earlier one", () => {
    expect(leak(model)).toBe(0);
    const D = dependencies(model);
    expect(Math.max(...D.flat())).toBeGreaterThan(0.01);
  });

  it("has a strictly triangular Jacobian", () => {
    const x = new Random(2).uniform([1, d]);
    for (const [k, i] of ordering.entries()) {
      const row = tf
        .grad((x: tf.Tensor) => model.conditional(x).reshape([d, -1]).slice([i, 0], [1, -1]).square().sum().asScalar())(
          x,
        )
        .dataSync();
      for (const j of ordering.slice(k)) expect(row[j]).toBe(0);
    }
  });

  it("has the conditionals of its own joint distribution", () => {
    const [p, K] = [table(model).map(Math.exp), model.categories];
    const every = vectors(d, K);
    const logits = model.conditional(everyX(d, K)).reshape([every.length, d, -1]).arraySync() as number[][][];
    const some = every.map((x, n) => ({ x, n })).filter(({ n }) => n % 7 === 3);
    for (const { x, n } of some.slice(0, d > 6 ? 3 : 10)) {
      for (const [k, i] of ordering.entries()) {
        const before = new Map(ordering.slice(0, k).map(j => [j, x[j] as number]));
        const expected = conditionalOf(p, K, d, i, before);
        expectClose(asProbabilities(logits[n]?.[i] as number[]), expected, { absolute: 2e-5 });
      }
    }
  });

  it("draws the same samples with and without a cache, and other ones from another seed", () => {
    expect(cacheErrors(model)).toBe(0);
    expect(differ(model.sample(new Random(4), 50), model.sample(new Random(5), 50))).toBeGreaterThan(0);
  });

  it("has the same likelihood step by step as in one pass", () => {
    const K = model.categories;
    const x = vectors(d, K);
    const steps = model.stepwise(x.length);
    const logProb = new Float64Array(x.length);
    let previous: number[] | undefined;
    for (const i of ordering) {
      const logits = Array.from(steps.next(previous));
      previous = x.map(row => row[i] as number);
      const width = logits.length / x.length;
      previous.forEach((value, n) => {
        const p = asProbabilities(logits.slice(n * width, (n + 1) * width));
        logProb[n] = (logProb[n] as number) + Math.log(p[value] as number);
      });
    }
    expectClose(table(model), logProb, { absolute: 5e-5 });
  });

  it("has the same likelihood and gradient compiled as eagerly", () => {
    const x = everyX(d, model.categories).slice([0, 0], [50, d]);
    const variables = Object.values(model.parameters);
    const step = (x: tf.Tensor) => {
      const { value, grads } = tf.variableGrads(() => model.logProb(x).mean().asScalar(), variables);
      return [value, ...variables.map(({ name }) => (grads[name] as tf.Tensor).flatten())];
    };
    const compiled = compile(step, { otherwise: "throw" });
    const [quick, slow] = [compiled(x), step(x)];
    quick.forEach((tensor, i) => {
      const scale = Math.max(2, ...(slow[i] as tf.Tensor).abs().dataSync());
      expectClose(tensor, slow[i] as tf.Tensor, { absolute: 2e-5 * scale });
    });
    compiled.dispose();
  });

  it("draws each vector as often as exp(log p) says", () => {
    expect(Math.abs(standardised(chiSquare(model, new Random(3), 6000)))).toBeLessThan(4.5);
  });

  it("takes one pass for a likelihood, and d passes for samples without a cache, or one a group", () => {
    let passes = 0;
    // All of a model's distributions come from this one method.
    const pass = model instanceof PixelCNNPlusPlus ? "conditionals" : "conditional";
    const counted: Autoregressive = Object.create(model, {
      [pass]: {
        value: (x: tf.Tensor) => {
          passes++;
          return model[pass as "conditional"](x);
        },
      },
    });
    counted.logProb(everyX(d, model.categories));
    expect(passes).toBe(1);
    counted.sample(new Random(1), 3, { cached: false });
    expect(passes).toBe(1 + whole);
  });

  it("keeps a prefix, and draws the rest given it", () => {
    const prefix = [1, 0];
    const rows = model.sample(new Random(6), 1500, { prefix }).arraySync() as number[][];
    for (const row of rows.slice(0, 50)) expect(prefix.map((_, k) => row[ordering[k] as number])).toEqual(prefix);
    const next = ordering[2] as number;
    const given = new Map(prefix.map((value, k) => [ordering[k] as number, value]));
    const p = conditionalOf(table(model).map(Math.exp), model.categories, d, next, given)[1] as number;
    const frequency = rows.filter(row => row[next] === 1).length / rows.length;
    expect(Math.abs(frequency - p) / Math.sqrt((p * (1 - p)) / rows.length)).toBeLessThan(4.5);
  });

  it("has a score with mean 0", () => {
    if (d > 6 || model.categories > 2 || ordering[0] === 5) return; // two orderings suffice: it takes 64 gradients
    const p = table(model).map(Math.exp);
    const scores = fisherScore(model, everyX(d));
    const mean = (scores[0] as Float64Array).map((_, a) =>
      scores.reduce((sum, s, n) => sum + (p[n] as number) * (s[a] as number), 0),
    );
    expectClose(
      mean,
      mean.map(() => 0),
      { absolute: 1e-5 },
    );
    expect(Math.max(...(scores[0] as Float64Array).map(Math.abs))).toBeGreaterThan(0.01);
  });

  it("computes and learns the same in a compiled graph", () => {
    const x = new Random(2).bernoulli(tf.fill([8, d], 0.5));
    const likelihood = compile((x: tf.Tensor) => model.logProb(x), { otherwise: "throw" });
    const score = compile((x: tf.Tensor) => gradients(model, x), { otherwise: "throw" });
    expectClose(likelihood(x), model.logProb(x), { absolute: 1e-5, relative: 1e-6 });
    const [compiled, eager] = [score(x), gradients(model, x)];
    compiled.forEach((gradient, i) => {
      expectClose(gradient, eager[i] as tf.Tensor, { absolute: 2e-5 });
    });
    for (const graph of [likelihood, score]) graph.dispose();
  });

  it("keeps the batch shape, and is one draw without a count", () => {
    const x = model.sample(new Random(1), 6);
    expect(x.shape).toEqual([6, d]);
    expect(model.sample(new Random(1)).shape).toEqual([d]);
    expect(model.logProb(x).shape).toEqual([6]);
    expectClose(model.logProb(x.reshape([2, 3, d])).flatten(), model.logProb(x), { absolute: 1e-6 });
    expect(model.logProb(x.slice([0, 0], [1, d]).reshape([d])).shape).toEqual([]);
  });

  it("says what is wrong with an x, an ordering and a count", () => {
    expect(() => model.logProb(tf.zeros([2, d + 1]))).toThrow(
      `the last axis of x must have ${d} entries, but got shape [2,${d + 1}]`,
    );
    expect(() => model.logProb(tf.fill([2, d], 0.5))).toThrow(
      model.categories === 2
        ? "x must be 0 or 1, but got 0.5; binarise grey pixels first"
        : "x must hold integers from 0 to 2, but got 0.5; round or rescale first",
    );
    expect(() => model.sample(new Random(1), 0)).toThrow("samples must be a positive integer, but got 0");
    for (const wrong of [[d], [2, d + 1]]) {
      expect(() => model.conditional(tf.zeros(wrong))).toThrow(
        `.conditional: x must be [batch, ${d}], but got shape [${wrong}]; reshape it to rows of ${d}`,
      );
    }
    for (const wrong of [
      [...ordering.slice(1), ordering[1] as number],
      ordering.map(i => i + 1),
      ordering.map(i => i / 2),
    ]) {
      expect(() => make(new Random(1), wrong)).toThrow(/ordering must contain each of 0\.\.\d+ once, but got \[/);
    }
  });

  it("refuses a prefix that is too long or holds what is no value, and parameters of NaN, where it would draw zeros", () => {
    const sample = (prefix: number[]) => () => model.sample(new Random(1), 2, { prefix });
    const K = model.categories;
    expect(sample(new Array(d + 1).fill(0))).toThrow(`prefix must have at most ${d} values, but got ${d + 1}`);
    for (const wrong of [Number.NaN, K, -1, 0.5]) {
      expect(sample([0, wrong])).toThrow(`prefix must hold integers from 0 to ${K - 1}, but got ${wrong} at 1`);
    }
    expect(sample(new Array(d).fill(1))().arraySync()).toEqual([new Array(d).fill(1), new Array(d).fill(1)]);
    const lost = make(new Random(1), ordering);
    for (const variable of Object.values(lost.parameters)) variable.assign(tf.fill(variable.shape, Number.NaN));
    for (const cached of [true, false]) {
      expect(() => lost.sample(new Random(1), 2, { cached })).toThrow(
        /\.sample: logits must be numbers, but got NaN for/,
      );
    }
  });
});

/** An autoregressive model in name only: whatever its logits are made of. */
class Pretender extends Autoregressive {
  readonly parameters = {};
  constructor(
    ordering: readonly number[],
    private readonly logits: (x: tf.Tensor) => tf.Tensor,
    private readonly steps?: (count: number) => Stepwise,
  ) {
    super(ordering);
  }
  conditional(x: tf.Tensor): tf.Tensor {
    return this.logits(x);
  }
  override stepwise(count: number): Stepwise {
    return this.steps?.(count) ?? super.stepwise(count);
  }
}

describe("what breaks the laws", () => {
  const ordering = naturalOrdering(6);
  const honest = () => loud(new MADE(new Random(1), { ordering, hidden: [20] }));
  const network = (types: ("A" | "B")[], degrees: number[]) => {
    const perceptron = new MaskedPerceptron(new Random(1), { degrees, hidden: [18, 18], types, activation: "tanh" });
    for (const variable of Object.values(perceptron.parameters)) variable.assign(tf.tidy(() => variable.mul(3)));
    return new Pretender(ordering, x => perceptron.apply(x));
  };

  it("an autoencoder without masks has normalised outputs and is no distribution", () => {
    const [encoder, decoder] = [new Perceptron(new Random(1), [6, 18]), new Dense(new Random(2), 18, 6)];
    for (const variable of [...Object.values(encoder.parameters), ...Object.values(decoder.parameters)]) {
      variable.assign(tf.tidy(() => variable.mul(4)));
    }
    const everyone = new Pretender(ordering, x => decoder.apply(encoder.apply(x)));
    expect(Math.abs(logTotal(everyone))).toBeGreaterThan(0.1);
    expect(leak(everyone)).toBeGreaterThan(0.1);
  });

  it("three layers of type B leak a bit to its own logit", () => {
    const leaky = network(["B", "B", "B"], [1, 2, 3, 4, 5, 6]);
    expect(leak(leaky)).toBeGreaterThan(0.01);
    expect(Math.abs(logTotal(leaky))).toBeGreaterThan(0.01);
  });

  it("a MADE read in another ordering than that of its masks", () => {
    const made = honest();
    const misread = new Pretender([5, 4, 3, 2, 1, 0], x => made.conditional(x));
    expect(leak(misread)).toBeGreaterThan(0.1);
    expect(cacheErrors(misread)).toBe(0); // consistent, and wrong all the same
    expect(standardised(chiSquare(misread, new Random(3)))).toBeGreaterThan(10);
  });

  it("a cache that forgets the last bit", () => {
    const made = honest();
    const stale = new Pretender(
      ordering,
      x => made.conditional(x),
      count => {
        const steps = made.stepwise(count);
        return { next: previous => steps.next(previous && new Float32Array(count)) };
      },
    );
    expect(cacheErrors(stale)).toBeGreaterThan(0);
    expect(standardised(chiSquare(stale, new Random(3)))).toBeGreaterThan(10);
  });
});
