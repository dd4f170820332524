import * as tf from "@tensorflow/tfjs";
import type { Random } from "../../engine/index.ts";
import type { Parameters } from "../networks/index.ts";
import { Autoregressive, type Stepwise } from "./autoregressive.ts";

/** p(x_i = 1 | the values of its parents). */
export type ConditionalProbability = (i: number, parents: ReadonlyMap<number, number>) => number;

/**
 * `log p(x) = Σ_i log p(x_i | x_parents(i))`: a Bayesian network over bits, a table of logits for each of them.
 *
 * `parents[i]` are the parents of i, in an acyclic graph; bit i has 2^|parents(i)| parameters, one for each of
 * their values. Pearl, Probabilistic Reasoning in Intelligent Systems, 1988, section 3.3.
 *
 * Tables start as standard normal logits; with `probability` they are what it says. Where that comes from a
 * `JointTable`, the network is the one with the smallest KL(table ‖ network) of its graph, so the table of the
 * data gives the maximum-likelihood network.
 *
 * @throws RangeError where the graph has a cycle, or a parent is not a dimension
 * @example
 * const chain = new BayesNet(new Random(1), [[], [0], [1]]);
 * chain.parameterCount // => 5
 */
export class BayesNet extends Autoregressive {
  readonly parents: readonly (readonly number[])[];
  readonly parameters: Parameters;
  private readonly tables: readonly tf.Variable[];

  constructor(
    random: Random,
    parents: readonly (readonly number[])[],
    { probability, ordering }: { probability?: ConditionalProbability; ordering?: readonly number[] } = {},
  ) {
    super(ordering ?? topologicalOrdering(parents));
    this.parents = parents;
    for (const [i, before] of parents.entries()) this.assertBefore(i, before);
    this.tables = parents.map((before, i) => {
      const logits = probability
        ? tf.tensor2d(configurations(before).map(given => [logitOf(probability(i, given))]))
        : random.normal([2 ** before.length, 1]);
      return tf.variable(logits);
    });
    this.parameters = Object.fromEntries(this.tables.map((table, i) => [`table${i}`, table]));
  }

  /** Σ_i 2^|parents(i)| */
  get parameterCount(): number {
    return this.tables.reduce((sum, { size }) => sum + size, 0);
  }

  conditional(x: tf.Tensor): tf.Tensor {
    this.assertRows(x);
    return tf.concat(
      this.tables.map((table, i) => indicators(x, this.parents[i] as number[]).matMul(table as tf.Tensor)),
      1,
    );
  }

  /** Looks up one entry of one table at each step. */
  override stepwise(count: number): Stepwise {
    const tables = this.tables.map(table => table.dataSync());
    const values = this.ordering.map(() => new Float32Array(count));
    let k = 0;
    return {
      next: previous => {
        const before = this.ordering[k - 1];
        if (before !== undefined && previous) values[before]?.set(Array.from(previous));
        const i = this.ordering[k++] as number;
        const parents = this.parents[i] as number[];
        return Float32Array.from({ length: count }, (_, n) => {
          const entry = parents.reduce((sum, parent, bit) => sum + (values[parent]?.[n] as number) * 2 ** bit, 0);
          return tables[i]?.[entry] as number;
        });
      },
    };
  }

  private assertBefore(i: number, parents: readonly number[]): void {
    const late = parents.find(parent => !((this.places[parent] ?? Infinity) < (this.places[i] as number)));
    if (late === undefined) return;
    throw new RangeError(
      `BayesNet: the parents of ${i} must come before it in the ordering [${this.ordering}], but got ${late}; ` +
        "reverse that edge or change the ordering.",
    );
  }
}

/** `Π_p x_p^b_p (1 − x_p)^(1 − b_p)`, which is 1 for the values b that the parents have: [batch, 2^parents] */
function indicators(x: tf.Tensor, parents: readonly number[]): tf.Tensor {
  return parents.reduce<tf.Tensor>(
    (product, parent) => {
      const on = x.slice([0, parent], [-1, 1]); // [batch, 1]
      return tf.concat([product.mul(on.mul(-1).add(1)), product.mul(on)], 1);
    },
    tf.onesLike(x.slice([0, 0], [-1, 1])),
  );
}

/** The values of the parents for each entry of a table: the first parent counts 1, the second 2, the third 4 … */
function configurations(parents: readonly number[]): Map<number, number>[] {
  return Array.from(
    { length: 2 ** parents.length },
    (_, entry) => new Map(parents.map((parent, bit) => [parent, Math.floor(entry / 2 ** bit) % 2])),
  );
}

/** An ordering in which parents come before their children, the smallest index first. */
function topologicalOrdering(parents: readonly (readonly number[])[]): number[] {
  const ordering: number[] = [];
  while (ordering.length < parents.length) {
    const next = parents.findIndex(
      (before, i) => !ordering.includes(i) && before.every(parent => ordering.includes(parent)),
    );
    if (next < 0) {
      throw new RangeError(
        `BayesNet: the graph must have no cycle and no parent outside 0..${parents.length - 1}, but got parents ` +
          `${JSON.stringify(parents)}; remove an edge.`,
      );
    }
    ordering.push(next);
  }
  return ordering;
}

/** log p/(1 − p), kept finite; 0 where the parents never have these values and p is not defined. */
function logitOf(p: number): number {
  if (Number.isNaN(p)) return 0;
  if (p < 0 || p > 1) {
    throw new RangeError(`BayesNet: a probability must be from 0 to 1, but got ${p}; take frequencies, not counts.`);
  }
  return Math.min(Math.max(Math.log(p) - Math.log1p(-p), -LARGEST_LOGIT), LARGEST_LOGIT);
}

/** Certain enough for float32: the improbable value keeps 1e-13. */
const LARGEST_LOGIT = 30;
