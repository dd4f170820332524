import * as tf from "@tensorflow/tfjs";
import type { Random } from "../../engine/index.ts";
import type { Distribution } from "../distributions/index.ts";
import { Dense, namedParts, type Parameters, Perceptron } from "../networks/index.ts";
import { assertSizes } from "../networks/sizes.ts";
import { logSigmoidDerivative } from "./elementwise.ts";
import { BELOW_ONE } from "./openInterval.ts";

/** Noise u in [0, 1)^d for whole numbers x, with its log-density q(u|x). */
export interface Dequantiser {
  readonly parameters: Parameters;
  /** x: [batch, d] -> u: [batch, d], logProb: [batch] in nats */
  noise(x: tf.Tensor, random: Random): { u: tf.Tensor; logProb: tf.Tensor };
}

/** u ~ U[0, 1)^d, whatever x is: log q = 0. */
export const uniformNoise: Dequantiser = {
  parameters: {},
  noise: (x, random) => ({ u: random.uniform(x.shape), logProb: tf.zeros([x.shape[0] as number]) }),
};

/**
 * `u = σ(m(x) + e^s(x) ε)`, ε ~ N(0, I): noise that learns where in its cell the density is high.
 *
 * u is in [0, 1), where rounding would make it 1, too; log q is that of the logarithms, finite for every ε. With
 * q(u|x) = p(x + u)/P(x) the bound is tight. Ho et al., Flow++, 2019, section 3.1, with an elementwise flow.
 */
export class VariationalNoise implements Dequantiser {
  readonly parameters: Parameters;
  private readonly body: Perceptron;
  private readonly output: Dense;

  constructor(
    random: Random,
    private readonly d: number,
    { hidden = [64], levels = 256 }: { hidden?: readonly number[]; levels?: number } = {},
  ) {
    assertSizes("VariationalNoise", { d, levels, layers: hidden.length });
    this.unit = 2 / levels;
    this.body = new Perceptron(random, [d, ...hidden]);
    this.output = new Dense(random, hidden.at(-1) as number, 2 * d);
    this.output.kernel.assign(tf.tidy(() => tf.zerosLike(this.output.kernel)));
    // σ(1.6 ε) is close to uniform, so it starts near uniform dequantisation.
    this.output.bias.assign(tf.tidy(() => tf.concat([tf.zeros([d]), tf.fill([d], Math.log(1.6))])));
    this.parameters = namedParts({ body: this.body, output: this.output });
  }

  noise(x: tf.Tensor, random: Random): { u: tf.Tensor; logProb: tf.Tensor } {
    const h = this.body.apply(x.mul(this.unit).sub(1));
    const [m, raw] = tf.split(this.output.apply(h), 2, 1) as [tf.Tensor, tf.Tensor];
    const s = raw.clipByValue(-LARGEST_LOG, LARGEST_LOG);
    const epsilon = random.normal([x.shape[0] as number, this.d]);
    const before = m.add(s.exp().mul(epsilon));
    const logNormal = epsilon
      .square()
      .add(Math.log(2 * Math.PI))
      .mul(-0.5)
      .sub(s);
    return { u: before.sigmoid().minimum(BELOW_ONE), logProb: logNormal.sub(logSigmoidDerivative(before)).sum(1) };
  }

  private readonly unit: number;
}

/** e^±60 times a draw has a square in float32. */
const LARGEST_LOG = 60;

/**
 * `log P(x) = log ∫_[0,1)^d p(x + u) du ≥ E_q [log p(x + u) − log q(u|x)]`, one draw, in nats: [batch].
 *
 * P is the distribution over whole numbers that a density over the line stands for. Without noise the density can put
 * all of its mass on the whole numbers, and log p has no bound. Theis, van den Oord & Bethge, A note on the evaluation
 * of generative models, 2016, eq. 3–6 for uniform noise.
 */
export function dequantisedBound(
  density: Distribution<"x">,
  dequantiser: Dequantiser,
  x: tf.Tensor,
  random: Random,
): tf.Tensor {
  const { u, logProb } = dequantiser.noise(x, random);
  return density.logProb(x.add(u)).sub(logProb);
}
