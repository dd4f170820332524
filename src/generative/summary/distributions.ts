import * as distributions from "../distributions/index.ts";
import { GaussianMixture, LinearGaussian, MultivariateGaussianMixture } from "../exact/index.ts";
import { type Entry, formula } from "./formula.ts";

const tex = String.raw;

/** The formulas of the distributions, and of the models whose posterior is known exactly. */
export const distributionFormulas: readonly Entry[] = [
  [
    distributions.Bernoulli,
    formula("log p(x) = x ℓ − log(1 + e^ℓ)", tex`\log p(x) = \sum_i x_i \ell_i - \log\left(1 + e^{\ell_i}\right)`),
  ],
  [
    distributions.Categorical,
    formula("log p(x) = ℓ_x − log Σ_k exp ℓ_k", tex`\log p(x) = \sum_i \ell_{i, x_i} - \log \sum_k e^{\ell_{i k}}`),
  ],
  [
    distributions.DiscretizedLogisticMixture,
    formula(
      "P(x) = Σ_m π_m [σ((x + ½ − μ_m)/s_m) − σ((x − ½ − μ_m)/s_m)]",
      tex`P(x) = \sum_m \pi_m \left[\sigma\!\left(\tfrac{x + 1/2 - \mu_m}{s_m}\right) - \sigma\!\left(\tfrac{x - 1/2 - \mu_m}{s_m}\right)\right]`,
    ),
  ],
  [
    distributions.GumbelSoftmax,
    formula(
      "log p(y) = log (K − 1)! + (K − 1) log τ + Σ_k (ℓ_k − (τ + 1) log y_k) − K log Σ_k exp(ℓ_k − τ log y_k)",
      tex`\log p(y) = \log (K - 1)! + (K - 1) \log \tau + \sum_k \left(\ell_k - (\tau + 1) \log y_k\right) - K \log \sum_k e^{\ell_k - \tau \log y_k}`,
    ),
  ],
  [
    distributions.Laplace,
    formula(
      "log p(x) = −|x − μ|/b − log 2b",
      tex`\log p(x) = \sum_i -\frac{\lvert x_i - \mu_i \rvert}{b_i} - \log 2 b_i`,
    ),
  ],
  [
    distributions.Logistic,
    formula(
      "log p(x) = −log(1 + e^y) − log(1 + e^−y) − log s",
      tex`\log p(x) = \sum_i -\log\left(1 + e^{y_i}\right) - \log\left(1 + e^{-y_i}\right) - \log s_i, \quad y = \frac{x - \mu}{s}`,
    ),
  ],
  [distributions.Mixture, formula("log p(x) = log Σ_k π_k p_k(x)", tex`\log p(x) = \log \sum_k \pi_k \, p_k(x)`)],
  [
    distributions.MultivariateNormal,
    formula(
      "log N(x; μ, L Lᵀ) = −½ |L⁻¹ (x − μ)|² − Σ_i log L_ii − (d/2) log 2π",
      tex`\log p(x) = \log \mathcal N(x; \mu, L L^\top) = -\tfrac12 \lVert L^{-1} (x - \mu) \rVert^2 - \sum_i \log L_{ii} - \tfrac d2 \log 2\pi`,
    ),
  ],
  [
    distributions.Normal,
    formula(
      "log N(x; μ, σ²) = −½ ((x − μ)/σ)² − log σ − ½ log 2π",
      tex`\log p(x) = \sum_i \log \mathcal N(x_i; \mu_i, \sigma_i^2) = \sum_i -\tfrac12 \left(\tfrac{x_i - \mu_i}{\sigma_i}\right)^2 - \log \sigma_i - \tfrac12 \log 2\pi`,
    ),
  ],
  [
    distributions.TransformedDistribution,
    formula(
      "log q(z) = log q_0(f(z)) + log |det ∂f/∂z|",
      tex`\log q(z) = \log q_0(f(z)) + \log \left\lvert \det \frac{\partial f}{\partial z} \right\rvert`,
    ),
  ],
  [
    distributions.Uniform,
    formula("log p(x) = −log(b − a)", tex`\log p(x) = -\sum_i \log (b_i - a_i), \quad a_i \le x_i \le b_i`),
  ],
  [
    LinearGaussian,
    formula(
      "z ~ N(0, I)`, `x|z ~ N(W z + b, s² I)",
      tex`z \sim \mathcal N(0, I), \quad x \mid z \sim \mathcal N(W z + b, s^2 I)`,
      ["W", "b", "stds"],
    ),
  ],
  [
    GaussianMixture,
    formula("p(x) = Σ_k π_k N(x; μ_k, σ_k²)", tex`p(x) = \sum_k \pi_k \, \mathcal N(x; \mu_k, \sigma_k^2)`, [
      "weights",
      "means",
      "stds",
    ]),
  ],
  [
    MultivariateGaussianMixture,
    formula("p(x) = Σ_k π_k N(x; μ_k, Σ_k)", tex`p(x) = \sum_k \pi_k \, \mathcal N(x; \mu_k, \Sigma_k)`, [
      "weights",
      "means",
      "covariances",
    ]),
  ],
];
