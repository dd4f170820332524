import * as flows from "../flows/index.ts";
import { type Entry, formula } from "./formula.ts";

const tex = String.raw;

/** The formulas of the flows and of their layers. */
export const flowFormulas: readonly Entry[] = [
  [
    flows.Flow,
    formula(
      "log p(x) = log p_z(f(x)) + log |det ∂f/∂x|",
      tex`\log p(x) = \log p_z(f(x)) + \log \left\lvert \det \frac{\partial f}{\partial x} \right\rvert`,
    ),
  ],
  [flows.Composition, formula("f = f_k ∘ … ∘ f_1", tex`f = f_k \circ \dots \circ f_1`)],
  [flows.Inverse, formula("z = f⁻¹(x)", tex`z = f^{-1}(x)`)],
  [
    flows.AffineCoupling,
    formula(
      "z_changed = s(x_kept) ⊙ x_changed + t(x_kept)",
      tex`z_\text{changed} = s(x_\text{kept}) \odot x_\text{changed} + t(x_\text{kept}), \quad \log \lvert \det J \rvert = \sum_\text{changed} \log \lvert s_i \rvert`,
    ),
  ],
  [
    flows.AdditiveCoupling,
    formula(
      "z_changed = x_changed + t(x_kept)",
      tex`z_\text{changed} = x_\text{changed} + t(x_\text{kept}), \quad \det J = 1`,
    ),
  ],
  [
    flows.DiagonalScaling,
    formula("z_i = e^(a_i) x_i", tex`z_i = e^{a_i} x_i, \quad \log \lvert \det J \rvert = \sum_i a_i`),
  ],
  [
    flows.AutoregressiveFlow,
    formula(
      "z_i = (x_i − μ_i(x_<i)) e^−α_i(x_<i)",
      tex`z_i = \left(x_i - \mu_i(x_{<i})\right) e^{-\alpha_i(x_{<i})}, \quad \log \lvert \det J \rvert = -\sum_i \alpha_i`,
      ["ordering"],
    ),
  ],
  [
    flows.RecurrentFlow,
    formula(
      "z_i = (x_i − μ(h_i)) e^−α(h_i)",
      tex`z_i = \left(x_i - \mu(h_i)\right) e^{-\alpha(h_i)}, \quad h_i = \mathrm{GRU}\left(h_{i-1}, (x_{i-1}, i/d)\right)`,
    ),
  ],
  [
    flows.Elementwise,
    formula("z_i = f(x_i)", tex`z_i = f(x_i), \quad \log \lvert \det J \rvert = \sum_i \log \lvert f'(x_i) \rvert`),
  ],
  [
    flows.PlanarFlow,
    formula(
      "z = x + û tanh(wᵀx + b)",
      tex`z = x + \hat u \tanh(w^\top x + b), \quad \log \lvert \det J \rvert = \log\left(1 + \hat u^\top w \left(1 - \tanh^2(w^\top x + b)\right)\right)`,
    ),
  ],
  [
    flows.MixtureCDF,
    formula(
      "z = F(x)",
      tex`z = F(x) \quad\text{or}\quad z = \operatorname{logit} F(x), \quad F \text{ the CDF of a mixture}`,
    ),
  ],
  [
    flows.MixtureCoupling,
    formula(
      "z_changed = e^a · logit F(x_changed; π, μ, s) + b",
      tex`z_\text{changed} = e^a \cdot \operatorname{logit} F(x_\text{changed}; \pi, \mu, s) + b`,
    ),
  ],
  [
    flows.ActNorm,
    formula(
      "z_c = e^(a_c) (x_c + b_c)",
      tex`z_c = e^{a_c} (x_c + b_c), \quad \log \lvert \det J \rvert = h w \sum_c a_c`,
    ),
  ],
  [
    flows.InvertibleLinear,
    formula(
      "z = W (x − b)",
      tex`z = W (x - b), \quad W = P L \left(U + \operatorname{diag} s\right), \quad \log \lvert \det W \rvert = \sum_i \log \lvert s_i \rvert`,
    ),
  ],
  [flows.Squeeze, formula("[h, w, c] -> [h/2, w/2, 4c]", tex`[h, w, c] \to [h/2, w/2, 4c]`)],
  [flows.FactorOut, formula("z = (x_first, f(x_second))", tex`z = \left(x_\text{first}, f(x_\text{second})\right)`)],
  [
    flows.TriangularFlow,
    formula(
      "z₁ = f(x₁)`, `z₂ = g(x₂; x₁)",
      tex`z_1 = f(x_1), \quad z_2 = g(x_2; x_1), \quad \log \lvert \det J \rvert = \log \frac{\partial f}{\partial x_1} + \log \frac{\partial g}{\partial x_2}`,
    ),
  ],
  [
    flows.ContinuousFlow,
    formula(
      "dx/dt = f(t, x)",
      tex`\frac{dx}{dt} = f(t, x), \quad \frac{d}{dt} \log \lvert \det \rvert = \operatorname{tr} \frac{\partial f}{\partial x}`,
    ),
  ],
  [flows.PerceptronField, formula("f(t, x) = a perceptron of (x, t)", tex`f(t, x) = \mathrm{NN}(x, t)`)],
  [
    flows.VariationalNoise,
    formula(
      "u = σ(m(x) + e^s(x) ε)",
      tex`u = \sigma\left(m(x) + e^{s(x)} \varepsilon\right), \quad \varepsilon \sim \mathcal N(0, I)`,
    ),
  ],
];
