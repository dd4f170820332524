import * as tf from "@tensorflow/tfjs";
import { assertRandom, isTracing, type Random } from "../../engine/index.ts";
import { assertChoice } from "../exact/check.ts";
import { logSoftmax } from "../distributions/logSumExp.ts";
import { standardNormalQuantileOfLogit } from "../distributions/normalQuantile.ts";
import type { Parameters } from "../networks/index.ts";
import { assertBetween, assertSizes } from "../networks/sizes.ts";
import { assertRows, type Bijection, type Transformed } from "./bijection.ts";
import { families, KINDS, type MixtureKind } from "./mixtureFamilies.ts";
import { assertMixtureParameters, type MixtureParameters } from "./mixtureParameters.ts";
import { fromUnit, insideUnit, logit } from "./openInterval.ts";
import { cdfAndDensity, logitAndSlope, logitOf, standardised } from "./mixtureValues.ts";
import { solveIncreasing, stopGradient } from "./solve.ts";

/**
 * `F(x) = Σ_k π_k F_0((x − μ_k)/s_k)` with `log F′(x)`, the log-density of the mixture. x: [batch, d]
 *
 * F is kept as its logit where it is wanted far out, log F − log(1 − F): both tails keep their digits, to |x − μ|/s of
 * 1e15, and so does `logSlope`, the logarithm of the derivative of that logit.
 *
 * @throws RangeError where x is not [batch, d], or the parameters are not [..., d, K] with one d and K
 */
export function mixtureCdf(
  x: tf.Tensor,
  mixture: MixtureParameters,
  kind: MixtureKind,
): { cdf: tf.Tensor; logit: tf.Tensor; logDensity: tf.Tensor; logSlope: tf.Tensor } {
  assertMixtureParameters("mixtureCdf", x, mixture);
  assertChoice("mixtureCdf", "kind", kind, KINDS, "Φ or the sigmoid");
  const standard = standardised(x, mixture);
  return {
    ...cdfAndDensity(standard, kind),
    logit: logitOf(standard.logWeights, families[kind].logTails(standard.y)),
    get logSlope() {
      return logitAndSlope(standard, kind).logSlope;
    },
  };
}

/** `z = logit F(x)` and `log dz/dx`: [batch, d] each. */
export function mixtureLogit(x: tf.Tensor, mixture: MixtureParameters, kind: MixtureKind) {
  return logitAndSlope(standardised(x, mixture), kind);
}

/**
 * `x with logit F(x) = z`, for every finite z: [batch, d].
 *
 * F lies between the smallest and the largest of its components, so x lies between their quantiles, which have closed
 * forms: no x is too far out.
 *
 * @param options.within whether every |z| is known to be below 87, so that F and 1 − F are float32
 */
export function inverseMixtureLogit(
  z: tf.Tensor,
  mixture: MixtureParameters,
  kind: MixtureKind,
  options: { within?: boolean } = {},
): tf.Tensor {
  const y = stopGradient(kind === "normal" ? standardNormalQuantileOfLogit(stopGradient(z)) : z).expandDims(-1);
  const quantiles = y.mul(mixture.logScales.exp()).add(mixture.means); // [batch, d, K]
  return solveIncreasing(
    z,
    x => {
      const { y, logWeights } = standardised(x, mixture);
      return logitOf(logWeights, families[kind].logTails(y));
    },
    x => mixtureLogit(x, mixture, kind).logSlope,
    { from: quantiles.min(-1), to: quantiles.max(-1) },
    isBelow(stopGradient(z), mixture, kind, options.within ?? false),
    isTracing() && quantiles.size <= FEW ? 4 : 2,
  );
}

/**
 * Whether F(x) < σ(z), from the smaller of F and 1 − F only, which is Σ_k π_k F_0(±y_k): F_0 is odd about ½.
 *
 * Where that may be too small for float32, its logarithms are taken, less that of σ(−|z|): the sum is then to be compared
 * with 1, so that nothing is lost where a term is ∞.
 */
function isBelow(z: tf.Tensor, mixture: MixtureParameters, kind: MixtureKind, within: boolean) {
  const { cdf, logTails } = families[kind];
  // At the inputs, for 0 times the derivative of a term that is ∞ would be NaN.
  const [logits, means, logScales] = [mixture.logits, mixture.means, mixture.logScales].map(stopGradient) as Three;
  const sign = z.step().mul(-2).add(1); // 1 for F, −1 for 1 − F
  const scales = sign.expandDims(-1).mul(logScales.neg().exp()); // [batch, d, K]
  const ofWeights = logSoftmax(logits);
  const y = (x: tf.Tensor) => stopGradient(x).expandDims(-1).sub(means).mul(scales);
  if (within) {
    const [weights, target] = [ofWeights.exp(), z.abs().exp().add(1).reciprocal().mul(sign)];
    return (x: tf.Tensor) =>
      weights
        .mul(cdf(y(x)))
        .sum(-1)
        .mul(sign)
        .less(target);
  }
  const beside = ofWeights.add(z.abs().softplus().expandDims(-1));
  return (x: tf.Tensor) =>
    beside
      .add(logTails(y(x)).logCdf)
      .exp()
      .sum(-1)
      .mul(sign)
      .less(sign);
}

/**
 * `z = F(x)`, or `z = logit F(x)`, coordinate by coordinate, for a mixture F: a flow to the uniform density, or to the
 * logistic one.
 *
 * With a uniform base, log p(x) = log F′(x): the flow is the mixture. The inverse has no closed form and is found by
 * halving an interval. Mixtures as flows: Ho et al., Flow++, 2019, eq. 12, without the network.
 *
 * Inverts every x whose z is finite on `"line"`, to the rounding of z over the slope: that is all |x − μ| ≤ 1e15 s.
 * On `"unit"`, z in (0, 1) has less room: down to 2⁻¹²⁶, and up to 1 − 2⁻²⁴, which is x = μ + 16.6 s for logistic and
 * μ + 5.3 s for normal components; beyond, z stays there. Log-determinants are right for all x on both.
 */
export class MixtureCDF implements Bijection {
  readonly parameters: Parameters;
  private readonly kind: MixtureKind;
  private readonly range: "unit" | "line";

  /**
   * @param options.range `"unit"`: z in (0, 1), for a uniform base; `"line"`: its logit, for what lives on the line
   * @param options.spread the means start as N(0, spread²)
   * @throws RangeError where d or the number of components is not a positive integer, or a choice is none
   */
  constructor(
    random: Random,
    private readonly d: number,
    options: { components: number; kind?: MixtureKind; range?: "unit" | "line"; spread?: number },
  ) {
    const { components, kind, range, spread } = { ...defaults, ...options };
    assertRandom("MixtureCDF", random);
    assertSizes("MixtureCDF", { d, components });
    assertBetween("MixtureCDF", "spread", [spread], { least: 0, remedy: "it is a standard deviation" });
    assertChoice("MixtureCDF", "kind", kind, KINDS);
    assertChoice("MixtureCDF", "range", range, ["line", "unit"]);
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
    if (this.range === "line") {
      const { z, logSlope } = mixtureLogit(x, this.mixture, this.kind);
      return { z, logDet: logSlope.sum(-1) };
    }
    const { cdf, logDensity } = cdfAndDensity(standardised(x, this.mixture), this.kind);
    return { z: insideUnit(cdf), logDet: logDensity.sum(-1) };
  }

  /** @throws RangeError where z is to be in (0, 1) and is outside [0, 1]; 0 and 1 stand for their neighbours inside */
  inverse(z: tf.Tensor): tf.Tensor {
    assertRows("MixtureCDF", z, this.d);
    if (this.range === "line") return inverseMixtureLogit(z, this.mixture, this.kind);
    const ofZ = logit(fromUnit("MixtureCDF.inverse", z));
    return inverseMixtureLogit(ofZ, this.mixture, this.kind, { within: true });
  }

  private get mixture(): MixtureParameters {
    return this.parameters as unknown as MixtureParameters;
  }
}

/** Up to so many numbers, operators of a compiled step take as long for three times as many. */
const FEW = 512;

const defaults = { kind: "logistic", range: "line", spread: 1 } as const;

type Three = [tf.Tensor, tf.Tensor, tf.Tensor];
