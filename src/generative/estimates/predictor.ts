import { assertList, assertMethods } from "../exact/check.ts";
import type { Predict } from "../exact/index.ts";
import { type Autoregressive, probabilitiesOf } from "../models/index.ts";

/**
 * `p(x_k | x_<k)` value after value in the model's ordering: what an arithmetic coder asks of a model.
 *
 * It follows along with what came before, from the first bit on, so that each value costs one cached step. Encoder
 * and decoder ask for the same steps and so get the same floating-point numbers, without which nothing decodes.
 *
 * @throws RangeError where bits are left out or the order is not kept
 */
export function predictor(model: Autoregressive): Predict {
  assertMethods("predictor", "model", model, ["stepwise"]);
  let steps = model.stepwise(1);
  let asked = 0;
  return before => {
    assertList("predictor", "bits", before);
    if (before.length === 0) {
      steps = model.stepwise(1);
      asked = 0;
    }
    if (before.length !== asked++) {
      throw new RangeError(
        `predictor: bits must come one after another, but got ${before.length} of them where ${asked - 1} were known; start again with none.`,
      );
    }
    const logits = Array.from(steps.next(before.length === 0 ? undefined : before.slice(-1)));
    return probabilitiesOf(logits.length === 1 ? [0, logits[0] as number] : logits);
  };
}
