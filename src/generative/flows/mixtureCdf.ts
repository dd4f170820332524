import * as tf from "@tensorflow/tfjs";
import type { Random } from "../../engine/index.ts";
import type { Parameters } from "../networks/index.ts";
import { type Bijection, assertRows, type Transformed } from "./bijection.ts";
import { logSigmoidDerivative } from "./elementwise.ts";
import { solveIncreasing } from "./solve.ts";

/** Parameters of one mixture for each coordinate: [..., d, K]. */
export interface MixtureParameters {
  /** log π up to a constant */
  logits: tf.Tensor;
  means: tf.Tensor;
  logScales: tf.Tensor;
}

/** Which cumulative distribution function a mixture is made of: Φ or the sigmoid. */
export type MixtureKind = "normal" | "logistic";

/**
 * `F(x) = Σ_k π_k F_0((x − μ_k)/s_k)` with `log F′(x)`, the log-density of the mixture. x: [batch, d]
 *
 * F is kept as its logit where it is wanted far out, log F − log(1 − F): both tails keep their digits.
 */
export function mixtureCdf(
  x: tf.Tensor,
  { logits, means, logScales }: MixtureParameters,
  kind: MixtureKind,
): { cdf: tf.Tensor; logit: tf.Tensor; logDensity: tf.Tensor } {
  const logWeights = logits.sub(logits.logSumExp(-1, true)); //          [..., d, K]
  const y = x.expandDims(-1).sub(means).mul(logScales.neg().exp()); //   [batch, d, K]
  const { cdf, logCdf, logSurvival, logDensity } = standard[kind](y);
  return {
    cdf: logWeights.exp().mul(cdf).sum(-1),
    logit: logWeights.add(logCdf).logSumExp(-1).sub(logWeights.add(logSurvival).logSumExp(-1)),
    logDensity: logWeights.add(logDensity).sub(logScales).logSumExp(-1),
  };
}

/**
 * `z = F(x)`, or `z = logit F(x)`, coordinate by coordinate, for a mixture F: a flow to the uniform density, or to the
 * logistic one.
 *
 * With a uniform base, log p(x) = log F′(x): the flow is the mixture. The inverse has no closed form and is found by
 * halving an interval. Mixtures as flows: Ho et al., Flow++, 2019, eq. 12, without the network.
 */
export class MixtureCDF implements Bijection {
  readonly parameters: Parameters;
  private readonly kind: MixtureKind;
  private readonly range: "unit" | "line";

  /**
   * @param options.range `"unit"`: z in (0, 1), for a uniform base; `"line"`: its logit, for what lives on the line
   * @param options.spread the means start as N(0, spread²)
   */
  constructor(
    random: Random,
    private readonly d: number,
    options: { components: number; kind?: MixtureKind; range?: "unit" | "line"; spread?: number },
  ) {
    const { components, kind, range, spread } = { ...defaults, ...options };
    this.kind = kind;
    this.range = range;
    this.parameters = tf.tidy(() => ({
      logits: tf.variable(tf.zeros([d, components])),
      means: tf.variable(random.normal([d, components]).mul(spread)),
      logScales: tf.variable(tf.zeros([d, components])),
    }));
  }

  forward(x: tf.Tensor): Transformed {
    assertRows("MixtureCDF", x, this.d);
    const { cdf, logit, logDensity } = mixtureCdf(x, this.parameters as unknown as MixtureParameters, this.kind);
    if (this.range === "unit") return { z: cdf, logDet: logDensity.sum(-1) };
    return { z: logit, logDet: logDensity.sub(logSigmoidDerivative(logit)).sum(-1) };
  }

  inverse(z: tf.Tensor): tf.Tensor {
    const own = this.parameters as unknown as MixtureParameters;
    return solveIncreasing(z, x => {
      const { cdf, logit, logDensity } = mixtureCdf(x, own, this.kind);
      if (this.range === "unit") return { value: cdf, logSlope: logDensity };
      return { value: logit, logSlope: logDensity.sub(logSigmoidDerivative(logit)) };
    });
  }
}

const defaults = { kind: "logistic", range: "line", spread: 1 } as const;

/** F_0, its logarithms from both ends, and log F_0′, of one standard variable. */
const standard = {
  logistic: (y: tf.Tensor) => ({
    cdf: y.sigmoid(),
    logCdf: y.neg().softplus().neg(),
    logSurvival: y.softplus().neg(),
    logDensity: logSigmoidDerivative(y),
  }),
  normal: (y: tf.Tensor) => ({
    cdf: normalCdf(y),
    logCdf: logFloor(normalCdf(y)),
    logSurvival: logFloor(normalCdf(y.neg())),
    logDensity: y
      .square()
      .mul(-0.5)
      .sub(0.5 * Math.log(2 * Math.PI)),
  }),
};

const normalCdf = (y: tf.Tensor): tf.Tensor => y.mul(Math.SQRT1_2).erf().add(1).mul(0.5);

/** erf in float32 is 1 from 4 standard deviations on; its logarithm is cut there. */
const logFloor = (p: tf.Tensor): tf.Tensor => p.clipByValue(1e-7, 1).log();
