import * as tf from "@tensorflow/tfjs";
import { isTracing } from "../../engine/index.ts";
import { logSoftmax } from "../distributions/logSumExp.ts";
import { isKnownWithin } from "../distributions/numbers.ts";
import type { LogTails } from "../distributions/tails.ts";
import { families, type MixtureKind } from "./mixtureFamilies.ts";
import type { MixtureParameters } from "./mixtureParameters.ts";
import { stopGradient } from "./solve.ts";

/** What every component sees: y_k = (x − μ_k)/s_k [batch, d, K], and log π_k and log s_k [..., d, K]. */
interface Standardised {
  y: tf.Tensor;
  logWeights: tf.Tensor;
  logScales: tf.Tensor;
}

export function standardised(x: tf.Tensor, { logits, means, logScales }: MixtureParameters): Standardised {
  const logWeights = logSoftmax(logits);
  const y = x.expandDims(-1).sub(means).mul(logScales.neg().exp());
  return { y, logWeights, logScales };
}

export function cdfAndDensity({ y, logWeights, logScales }: Standardised, kind: MixtureKind) {
  const { cdf, logDensity } = families[kind];
  return {
    cdf: logWeights.exp().mul(cdf(y)).sum(-1),
    logDensity: mixed(logWeights, logDensity(y).sub(logScales)),
  };
}

/**
 * `logit F`, and `log d logit F/dx = log (f/F + f/(1 − F))`, where `f/F = Σ_k r_k f_k/F_k` with r_k = π_k F_k / F.
 *
 * A sum of positive numbers: log f − log F − log(1 − F) would be the difference of large ones. By logarithms only where
 * it may be small, in a gap between components.
 */
export function logitAndSlope({ y, logWeights, logScales }: Standardised, kind: MixtureKind) {
  const tails = families[kind].tails(y);
  const [below, above] = [logWeights.add(tails.logCdf), logWeights.add(tails.logSurvival)];
  const z = below.logSumExp(-1).sub(above.logSumExp(-1));
  // The softmax of tfjs cannot be differentiated twice.
  if (!isTracing() && tf.engine().state.gradientDepth < 2) {
    const slope = below
      .softmax()
      .mul(tails.logReversedHazard.exp())
      .add(above.softmax().mul(tails.logHazard.exp()))
      .mul(logScales.neg().exp())
      .sum(-1);
    if (isKnownWithin(slope, SMALL, 1 / SMALL)) return { z, logSlope: slope.log() };
  }
  const logs = [
    logShares(below).add(tails.logReversedHazard).sub(logScales),
    logShares(above).add(tails.logHazard).sub(logScales),
  ];
  return { z, logSlope: tf.concat(logs, -1).logSumExp(-1) };
}

/** A sum of float32 above which no term that counts has underflowed. */
const SMALL = 1e-25;

export function logitOf(logWeights: tf.Tensor, { logCdf, logSurvival }: LogTails): tf.Tensor {
  return mixed(logWeights, logCdf).sub(mixed(logWeights, logSurvival));
}

/** log Σ_k π_k e^(a_k) */
const mixed = (logWeights: tf.Tensor, a: tf.Tensor): tf.Tensor => logWeights.add(a).logSumExp(-1);

/** a_k − log Σ_j e^(a_j), where what is common to all a goes first: 0 for a single one, however large. */
function logShares(a: tf.Tensor): tf.Tensor {
  const beside = a.sub(stopGradient(a.max(-1, true)));
  return beside.sub(beside.exp().sum(-1, true).log());
}
