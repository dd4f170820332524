import type { Line } from "../../../../src/generative/derivation/index.ts";

/** log p(x) = ELBO + gap ≥ ELBO, by Bayes' rule and a division. */
export const bayes: readonly Line[] = [
  "log(p(x))",
  ["= E_q[log(p(x))]", "constant"],
  ["= E_q[log(p(x|z) * p(z) / p(z|x))]", "Bayes"],
  ["= E_q[log(p(x|z) * p(z) * q(z) / (p(z|x) * q(z)))]", "multiply by one"],
  ["= E_q[log(p(x|z)) - log(q(z)/p(z)) + log(q(z)/p(z|x))]", "logarithm of a quotient"],
  ["= E_q[log(p(x|z))] - E_q[log(q(z)/p(z))] + E_q[log(q(z)/p(z|x))]", "linearity"],
  { line: "= E_q[log(p(x|z))] - KL(q(z), p(z)) + KL(q(z), p(z|x))", because: "definition", label: "7.1" },
  [">= E_q[log(p(x|z))] - KL(q(z), p(z))", "KL >= 0"],
];

/** log p(x) ≥ ELBO, by Jensen's inequality. */
export const jensen: readonly Line[] = [
  "log(p(x))",
  ["= log(integral(p(x,z), z))", "sum rule"],
  ["= log(integral(q(z) * (p(x,z) / q(z)), z))", "multiply by one"],
  ["= log(E_q[p(x,z) / q(z)])", "definition"],
  [">= E_q[log(p(x,z) / q(z))]", "Jensen"],
  ["= E_q[log(p(x,z)) - log(q(z))]", "logarithm"],
  ["= E_q[log(p(x,z))] - E_q[log(q(z))]", "split of an expectation"],
  ["= E_q[log(p(x,z))] + H(q(z))", "definition"],
];

/** The divergence from the posterior is what the ELBO lacks. */
export const search: readonly Line[] = [
  "KL(q(z), p(z|x))",
  ["= E_q[log(q(z)) - log(p(z|x))]", "definition"],
  ["= E_q[log(q(z)) - log(p(x,z) / p(x))]", "Bayes"],
  ["= E_q[log(q(z)) - log(p(x,z)) + log(p(x))]", "logarithm"],
  ["= E_q[log(q(z)) - log(p(x,z))] + log(p(x))", "constant out of an expectation"],
  ["= log(p(x)) - ELBO", "definition"],
];

/** From one form of the ELBO to the other: reconstruction less divergence. */
export const forms: readonly Line[] = [
  "E_q[log(p(x,z) / q(z))]",
  ["= E_q[log(p(x|z) * p(z) / q(z))]", "product rule"],
  ["= E_q[log(p(x|z)) - log(q(z) / p(z))]", "logarithm"],
  ["= E_q[log(p(x|z))] - E_q[log(q(z) / p(z))]", "linearity"],
  ["= E_q[log(p(x|z))] - KL(q(z), p(z))", "definition"],
];

export const define = ["ELBO = E_q[log(p(x,z)) - log(q(z))]"];

export const chains = { bayes, jensen, search, forms };
