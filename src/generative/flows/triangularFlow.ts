import * as tf from "@tensorflow/tfjs";
import type { Random } from "../../engine/index.ts";
import { Dense, namedParts, type Parameters, Perceptron, tanh } from "../networks/index.ts";
import { type Bijection, assertRows, type Transformed } from "./bijection.ts";
import { inverseMixtureLogit, MixtureCDF, mixtureLogit } from "./mixtureCdf.ts";
import type { MixtureParameters } from "./mixtureParameters.ts";

/**
 * `z₁ = f(x₁)`, `z₂ = g(x₂; x₁)`, `log |det J| = log ∂f/∂x₁ + log ∂g/∂x₂`: a flow of the plane, triangular.
 *
 * f and g are logits of mixture distribution functions; the mixture of g depends on x₁ through a network. Its
 * objective is that of both coordinates, `log p(x₁, x₂)`, and the second derivative is in x₂: in x₁ it would be the
 * entry below the diagonal, which no determinant of a triangular matrix contains.
 *
 * Inverts like `MixtureCDF` on the line, while the network gives log-scales within ±80.
 */
export class TriangularFlow implements Bijection {
  readonly parameters: Parameters;
  private readonly first: MixtureCDF;
  private readonly body: Perceptron;
  private readonly output: Dense;

  constructor(random: Random, options: { components?: number; hidden?: readonly number[]; spread?: number } = {}) {
    const { components, hidden, spread } = { components: 8, hidden: [64, 64], spread: 2, ...options };
    this.first = new MixtureCDF(random, 1, { components, spread });
    this.body = new Perceptron(random, [1, ...hidden], tanh);
    this.output = new Dense(random, hidden.at(-1) as number, 3 * components);
    this.output.bias.assign(
      tf.tidy(() =>
        tf.concat([tf.zeros([components]), random.normal([components]).mul(spread), tf.zeros([components])]),
      ),
    );
    this.parameters = namedParts({ first: this.first, body: this.body, output: this.output });
  }

  forward(x: tf.Tensor): Transformed {
    assertRows("TriangularFlow", x, 2);
    const [x1, x2] = tf.split(x, 2, 1) as [tf.Tensor, tf.Tensor];
    const first = this.first.forward(x1);
    const { z: z2, logSlope: second } = mixtureLogit(x2, this.mixture(x1), "logistic"); // log ∂g/∂x₂
    return { z: tf.concat([first.z, z2], 1), logDet: first.logDet.add(second.sum(1)) };
  }

  inverse(z: tf.Tensor): tf.Tensor {
    assertRows("TriangularFlow", z, 2);
    const [z1, z2] = tf.split(z, 2, 1) as [tf.Tensor, tf.Tensor];
    const x1 = this.first.inverse(z1);
    return tf.concat([x1, inverseMixtureLogit(z2, this.mixture(x1), "logistic")], 1);
  }

  /** The mixture of x₂ given x₁: [batch, 1, components] each. */
  private mixture(x1: tf.Tensor): MixtureParameters {
    const parts = tf.split(this.output.apply(this.body.apply(x1)), 3, 1).map(part => part.expandDims(1));
    const [logits, means, logScales] = parts as [tf.Tensor, tf.Tensor, tf.Tensor];
    return { logits, means, logScales };
  }
}
