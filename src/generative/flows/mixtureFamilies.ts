import type * as tf from "@tensorflow/tfjs";
import {
  type LogTails,
  logisticLogTails,
  logisticTails,
  normalCdf,
  normalLogDensity,
  normalLogTails,
  normalTails,
  type Tails,
} from "../distributions/tails.ts";
import { withGradient } from "../distributions/withGradient.ts";
import { logSigmoidDerivative } from "./elementwise.ts";

/** Which cumulative distribution function a mixture is made of: Φ or the sigmoid. */
export type MixtureKind = "normal" | "logistic";

export const KINDS: readonly MixtureKind[] = ["logistic", "normal"];

/** The standard member of a family: F_0, f_0 and what remains of them far out, all entry by entry. */
interface Family {
  cdf(y: tf.Tensor): tf.Tensor;
  logDensity(y: tf.Tensor): tf.Tensor;
  logTails(y: tf.Tensor): LogTails;
  tails(y: tf.Tensor): Tails;
}

/** 1/(1 + e^−y), whose small values keep their digits, as those of a sigmoid do not everywhere. */
const logisticCdf = withGradient(
  y => y.neg().exp().add(1).reciprocal(),
  (y, dy) => dy.mul(logSigmoidDerivative(y).exp()),
);

export const families: Record<MixtureKind, Family> = {
  logistic: {
    cdf: logisticCdf,
    logDensity: logSigmoidDerivative,
    logTails: logisticLogTails,
    tails: logisticTails,
  },
  normal: { cdf: normalCdf, logDensity: normalLogDensity, logTails: normalLogTails, tails: normalTails },
};
