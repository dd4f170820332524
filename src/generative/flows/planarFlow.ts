import * as tf from "@tensorflow/tfjs";
import { assertRandom, type Random } from "../../engine/index.ts";
import type { Parameters } from "../networks/index.ts";
import { assertSizes } from "../networks/sizes.ts";
import { type Bijection, assertRows, type Transformed } from "./bijection.ts";
import { logSoftplus } from "./logSoftplus.ts";
import { solveIncreasing, stopGradient } from "./solve.ts";

/**
 * `z = x + û tanh(wᵀx + b)`, `log |det J| = log (1 + ûᵀw (1 − tanh²(wᵀx + b)))`, in nats: space moves along û only,
 * by more or less from one plane wᵀx = const to the next.
 *
 * û is u with its part along w replaced, `ûᵀw = log(1 + e^(uᵀw)) − 1 > −1`, without which planes would pass each other
 * and x could not be told from z; with w = 0 there are no planes, and all x are moved by u tanh b. A Composition of K of these bends K planes. It starts as the identity: w is drawn
 * from N(0, I/d), û and b are 0. Rezende & Mohamed, Variational Inference with Normalizing Flows, 2015, eq. 10–13 and
 * appendix A.1, where the layer goes from the base to the posterior: `new Inverse(new PlanarFlow(random, d))` has its
 * sampling quick and its density of strangers solved for.
 *
 * Inverts every x, to 1e-6 (|x| + |û|) over the slope along w, 1 + ûᵀw (1 − tanh²): wᵀx is halved for between wᵀz ∓ |ûᵀw|.
 *
 * @throws RangeError where d is not a positive integer, or x is not [batch, d]
 * @example
 * const flow = new PlanarFlow(new Random(1), 1);
 * ["u", "w"].forEach(name => flow.parameters[name].assign(tf.tensor1d([1])));
 * const { z, logDet } = flow.forward(tf.tensor2d([[0.5]])); // z = x + log((1 + e)/e) tanh x
 * [z, logDet].map(value => value.dataSync()[0].toFixed(4)) // => ["0.6448", "0.2202"]
 */
export class PlanarFlow implements Bijection {
  readonly parameters: Parameters;

  constructor(
    random: Random,
    private readonly d: number,
  ) {
    assertRandom("PlanarFlow", random);
    assertSizes("PlanarFlow", { d });
    this.parameters = tf.tidy(() => {
      const w = random.normal([d]).div(Math.sqrt(d));
      return {
        u: tf.variable(w.mul(SOFTPLUS_OF_THIS_IS_1).div(w.square().sum())),
        w: tf.variable(w),
        b: tf.variable(tf.scalar(0)),
      };
    });
  }

  forward(x: tf.Tensor): Transformed {
    assertRows("PlanarFlow", x, this.d);
    const { along, logStretch, direction } = this.steps();
    const h = this.project(x)
      .add(this.parameters.b as tf.Tensor)
      .tanh(); // [batch, 1]
    return { z: x.add(h.mul(direction)), logDet: logSlope(h, logStretch, along).squeeze([1]) };
  }

  inverse(z: tf.Tensor): tf.Tensor {
    assertRows("PlanarFlow", z, this.d);
    const { along, logStretch, direction } = this.steps();
    const b = this.parameters.b as tf.Tensor;
    const target = this.project(z); // wᵀz = α + ûᵀw tanh(α + b), with α = wᵀx
    const h = (alpha: tf.Tensor) => alpha.add(b).tanh();
    const alpha = solveIncreasing(
      target,
      alpha => alpha.add(along.mul(h(alpha))),
      alpha => logSlope(h(alpha), logStretch, along),
      { from: target.sub(along.abs()), to: target.add(along.abs()) },
    );
    return z.sub(h(alpha).mul(direction));
  }

  /** wᵀx: [batch, d] -> [batch, 1] */
  private project(x: tf.Tensor): tf.Tensor {
    return x.mul(this.parameters.w as tf.Tensor).sum(1, true);
  }

  /** û [d], ûᵀw, and log (1 + ûᵀw). */
  private steps(): { direction: tf.Tensor; along: tf.Tensor; logStretch: tf.Tensor } {
    const { u, w } = this.parameters as Record<string, tf.Tensor>;
    const product = (u as tf.Tensor).mul(w as tf.Tensor).sum();
    // w/|w|² by way of w/max |w|, whose square neither overflows nor vanishes. Of w = 0, where nothing is along w, 0.
    const largest = stopGradient((w as tf.Tensor).abs().max());
    const isNone = largest.equal(0);
    const unless0 = (value: tf.Tensor, other: number) => tf.where(isNone, tf.scalar(other), value);
    const along = unless0(product.softplus().sub(1), 0);
    const size = unless0(largest, 1);
    const scaled = (w as tf.Tensor).div(size);
    const unit = scaled.div(unless0(scaled.square().sum(), 1)).div(size);
    return {
      along,
      logStretch: unless0(logSoftplus(product), 0),
      direction: (u as tf.Tensor).add(along.sub(product).mul(unit)),
    };
  }
}

/**
 * `log (1 + ûᵀw (1 − h²)) = log (h² + (1 + ûᵀw) (1 − h²))`: the second is a sum of positive numbers, also where 1 + ûᵀw
 * is small. Where it is as small as e^−100, for which float32 has no number, both are multiplied by e^2c.
 */
function logSlope(h: tf.Tensor, logStretch: tf.Tensor, along: tf.Tensor): tf.Tensor {
  const twice = logStretch.add(SMALL).neg().clipByValue(0, MOST); // 2c
  const square = h.mul(twice.mul(0.5).exp()).square();
  const rest = h.square().neg().add(1);
  const shrinks = square.add(logStretch.add(twice).exp().mul(rest));
  const grows = rest.mul(along).add(1);
  const slope = tf.where(along.less(0), shrinks, grows);
  // Where that is no number, h is 0.
  return tf.where(slope.less(SMALLEST), logStretch, slope.maximum(SMALLEST).log().sub(twice));
}

/** −log (1 + ûᵀw) from which on it is multiplied, and the largest 2c for which float32 holds e^2c. */
const SMALL = 40;
const MOST = 86;
const SMALLEST = 2 ** -126;
const SOFTPLUS_OF_THIS_IS_1 = Math.log(Math.E - 1);
