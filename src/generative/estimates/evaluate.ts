import * as tf from "@tensorflow/tfjs";
import { assertRandom, compile, inLoop, inWords, type Random } from "../../engine/index.ts";
import { assertFields, assertFunction } from "../exact/check.ts";
import { assertCounts, type DataSet, ranges, rowsOf, sizeOf } from "./dataSet.ts";

export interface EvaluateOptions {
  /** Data evaluated at once: bounds the memory. */
  batchSize?: number;
  /** Whether batches run as a compiled graph, by default yes: the same numbers, several times sooner. */
  compiled?: boolean;
}

/**
 * `f(x_1) … f(x_n)`: a bound, a distance or any other number for each datum of a data set, in batches.
 *
 * f: [batch, d] -> [batch]. It may draw from `random`. The last batch may be smaller.
 *
 * @throws RangeError for an empty data set, or where f gives anything else than one number a datum
 * @example
 * const norms = await evaluate(x => x.square().sum(-1), tf.tensor2d([[3, 4], [1, 0]]), new Random(1));
 * Array.from(norms) // => [25, 1]
 */
export async function evaluate(
  f: (x: tf.Tensor, random: Random) => tf.Tensor,
  data: DataSet,
  random: Random,
  options: EvaluateOptions = {},
): Promise<Float64Array> {
  assertFunction("evaluate", "f", f);
  assertFields("evaluate", "options", options, []);
  const { batchSize, compiled } = { ...defaults, ...options };
  const [count] = sizeOf("evaluate", data);
  assertCounts("evaluate", { batchSize });
  assertRandom("evaluate", random);
  const values = new Float64Array(count);
  const step = compile(f, { ...inLoop(compiled), name: "evaluate" });
  try {
    for (const range of ranges(count, batchSize)) {
      const result = tf.tidy(() => step(rowsOf(data, range), random));
      assertOneEach(result, range.to - range.from);
      values.set(await result.data(), range.from);
      result.dispose();
    }
  } finally {
    step.dispose();
  }
  return values;
}

function assertOneEach(result: tf.Tensor, batch: number): void {
  if (!(result instanceof tf.Tensor)) {
    throw new TypeError(
      `evaluate: f must return a tensor, one number a datum, but got ${inWords(result)}; leave reading the numbers to evaluate.`,
    );
  }
  if (result.rank === 1 && result.shape[0] === batch) return;
  throw new RangeError(
    `evaluate: f must give one number a datum, [${batch}], but got shape [${result.shape}]; sum or average over the other axes.`,
  );
}

const defaults = { batchSize: 500, compiled: true } satisfies EvaluateOptions;
