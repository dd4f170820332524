import * as tf from "@tensorflow/tfjs";
import { assertTensor, inWords, type Random } from "../../engine/index.ts";
import { assertEventShape, sampleShape } from "./check.ts";
import type { Reparameterised, variable } from "./distribution.ts";

/** What a change of variables asks of a map, rows to rows; every `Bijection` of the flows is one. */
export interface Invertible {
  /** y = f(z), log |det ∂f/∂z|. [rows, d] -> [rows, d] and [rows] */
  forward(z: tf.Tensor): { z: tf.Tensor; logDet: tf.Tensor };
  /** z = f⁻¹(y). [rows, d] -> [rows, d] */
  inverse(y: tf.Tensor): tf.Tensor;
}

/**
 * `log q(z) = log q_0(f(z)) + log |det ∂f/∂z|`: z = f⁻¹(y) with y ~ q_0, a flow on top of a batch of distributions.
 *
 * With a `context` c, [...batch, k], it is a conditional flow, q(z | c): f acts on the rows (c, z) and must leave their
 * first k entries as they are, as couplings do whose masks keep them. As a posterior: Rezende & Mohamed, Variational
 * Inference with Normalizing Flows, 2015, eq. 5–7. In nats.
 *
 * @throws RangeError where the context does not have the batch of the base
 * @example
 * const double = { forward: z => ({ z: z.mul(2), logDet: tf.fill([z.shape[0]], Math.log(2)) }), inverse: y => y.div(2) };
 * new TransformedDistribution<"z">(double, new Normal<"z">([0], [2])).logProb(tf.tensor([0])).arraySync() // => -0.9189385175704956
 */
export class TransformedDistribution<Name extends string = string> implements Reparameterised<Name> {
  declare readonly [variable]?: Name;
  /** [...batch, d], that of the base. */
  readonly shape: readonly number[];

  constructor(
    readonly bijection: Invertible,
    readonly base: Reparameterised & { readonly shape: readonly number[] },
    readonly context?: tf.Tensor,
  ) {
    for (const [name, part, method] of [
      ["bijection", bijection, "forward"],
      ["base", base, "transform"],
    ] as const) {
      if (typeof (part as unknown as Record<string, unknown> | undefined)?.[method] === "function") continue;
      throw new TypeError(
        `TransformedDistribution: ${name} must have ${method}, but got ${inWords(part)}; pass a flow's layer and a Normal.`,
      );
    }
    if (context !== undefined) assertTensor("TransformedDistribution", "context", context);
    this.shape = base.shape;
    const batch = context?.shape.slice(0, -1) ?? base.shape.slice(0, -1);
    if (batch.length === base.shape.length - 1 && batch.every((n, axis) => n === base.shape[axis])) return;
    throw new RangeError(
      `TransformedDistribution: context must be [...batch, k] for a base of shape [${base.shape}], but got [${context?.shape}]; give a row for each member of the batch.`,
    );
  }

  /** A draw, differentiable in base, bijection and context. [...batch, d], or [samples, ...batch, d] */
  sample(random: Random, samples?: number): tf.Tensor {
    const shape = sampleShape("TransformedDistribution", this.shape, samples, random);
    return this.transform(random.normal(shape));
  }

  /** f⁻¹(T_0(ε)), where T_0 is the map of the base. [...batch, d] -> [...batch, d] */
  transform(noise: tf.Tensor): tf.Tensor {
    const y = this.base.transform(noise);
    return this.withoutContext(this.bijection.inverse(this.rows(y)), y.shape);
  }

  /** log q(z) in nats. z: [...batch, d] -> [...batch] */
  logProb(z: tf.Tensor): tf.Tensor {
    assertEventShape("TransformedDistribution", z, this.shape);
    const { z: y, logDet } = this.bijection.forward(this.rows(z));
    return this.base.logProb(this.withoutContext(y, z.shape)).add(logDet.reshape(z.shape.slice(0, -1)));
  }

  /** (c, z) for every z: [rows, k + d] */
  private rows(z: tf.Tensor): tf.Tensor {
    const d = z.shape.at(-1) as number;
    if (!this.context) return z.reshape([-1, d]);
    const k = this.context.shape.at(-1) as number;
    const context = this.context.add(tf.zeros([...z.shape.slice(0, -1), k]));
    return tf.concat([context, z], -1).reshape([-1, k + d]);
  }

  private withoutContext(rows: tf.Tensor, shape: number[]): tf.Tensor {
    const k = this.context?.shape.at(-1) ?? 0;
    return rows.slice([0, k], [-1, -1]).reshape(shape);
  }
}
