export { Bernoulli } from "./bernoulli.ts";
export type { TensorLike } from "./check.ts";
export type { Conditional, Distribution } from "./distribution.ts";
export { kl } from "./kl.ts";
export { Normal } from "./normal.ts";
