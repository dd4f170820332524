import type * as tf from "@tensorflow/tfjs";
import { assertTensor } from "../../engine/index.ts";
import { assertFields } from "../exact/check.ts";

/** Parameters of one mixture for each coordinate: [..., d, K]. */
export interface MixtureParameters {
  /** log π up to a constant */
  logits: tf.Tensor;
  means: tf.Tensor;
  logScales: tf.Tensor;
}

/** What tfjs would say of shapes that do not fit has no names in it. */
export function assertMixtureParameters(what: string, x: tf.Tensor, mixture: MixtureParameters): void {
  assertTensor(what, "x", x);
  assertFields(what, "mixture", mixture, ["logits", "means", "logScales"]);
  const parts = Object.entries({ logits: mixture.logits, means: mixture.means, logScales: mixture.logScales });
  for (const [name, part] of parts) assertTensor(what, name, part);
  const [d, K] = mixture.logits.shape.slice(-2);
  const odd = parts.find(([, { shape }]) => shape.at(-1) !== K || shape.at(-2) !== d);
  if (x.rank === 2 && mixture.logits.rank >= 2 && x.shape[1] === d && odd === undefined) return;
  const shapes = parts.map(([name, { shape }]) => `${name} [${shape}]`).join(", ");
  throw new RangeError(
    `${what}: x must be [batch, d] and logits, means and logScales [..., d, K], but got x [${x.shape}] and ${shapes}; give each coordinate its K components.`,
  );
}
