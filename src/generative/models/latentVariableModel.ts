import type { Conditional, Distribution } from "../distributions/index.ts";

/**
 * `p(x, z) = p(x|z) p(z)`: a prior over the latent variable z and a likelihood of the data x given z.
 *
 * The evidence `p(x) = ∫ p(x|z) p(z) dz` is what the estimates, bounds and closed forms of the course are about.
 */
export interface LatentVariableModel {
  readonly prior: Distribution<"z">;
  readonly likelihood: Conditional<"x", "z">;
}
