import type { Tensor } from "@tensorflow/tfjs";
import type { Random } from "../../engine/index.ts";

declare const variable: unique symbol;
declare const condition: unique symbol;

/**
 * A distribution over a random variable called `Name`: `Distribution<"z">` is p(z).
 *
 * The name is for the type checker alone: a `Distribution<"x">` where p(z) is wanted does not compile.
 * The last axis is the vector axis; the axes before it are independent members of a batch.
 */
export interface Distribution<Name extends string = string> {
  readonly [variable]?: Name;
  /** One draw a batch entry, [...batch, d]; with `samples`, that many of them, [samples, ...batch, d]. */
  sample(random: Random, samples?: number): Tensor;
  /** log p(x) in nats, summed over the last axis: [...batch, d] -> [...batch]. */
  logProb(x: Tensor): Tensor;
}

/**
 * `z = T(ε)` with `ε ~ N(0, I)`: a distribution whose randomness comes from outside, so that draws have gradients.
 *
 * The same noise gives comparable draws from two such distributions, and fixed nodes for ε make an expectation a
 * quadrature. Kingma & Welling, Auto-Encoding Variational Bayes, 2014, section 2.4.
 */
export interface Reparameterised<Name extends string = string> extends Distribution<Name> {
  /** T(ε), differentiable in the parameters and in ε: [...batch, d] -> [...batch, d]. */
  transform(noise: Tensor): Tensor;
}

/**
 * A conditional distribution: `Conditional<"x", "z">` is p(x|z), and `given(z)` is the distribution over x.
 *
 * Its two names keep p(x|z) and q(z|x) apart: one where the other is wanted does not compile.
 */
export interface Conditional<Name extends string, Given extends string> {
  readonly [condition]?: Given;
  given(value: Tensor): Distribution<Name>;
}

export type { variable };
