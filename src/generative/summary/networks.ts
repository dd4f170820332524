import * as networks from "../networks/index.ts";
import { type Entry, formula } from "./formula.ts";

const tex = String.raw;

/** The formulas of the layers that networks are made of. */
export const networkFormulas: readonly Entry[] = [
  [networks.Dense, formula("y = x W + b", tex`y = x W + b`)],
  [networks.MaskedDense, formula("y = x (W ⊙ M) + b", tex`y = x (W \odot M) + b`)],
  [
    networks.Perceptron,
    formula("dense layers with an activation after each", tex`y = \phi(\dots \phi(x W_1 + b_1) \dots)`),
  ],
  [
    networks.MaskedPerceptron,
    formula(
      "output i sees only inputs of lower degree",
      tex`y_i = \mathrm{NN}(x; W \odot M)_i, \quad m_i > m_j \text{ for all } x_j \text{ seen}`,
    ),
  ],
  [
    networks.GRU,
    formula(
      "h' = (1 − z) ⊙ n + z ⊙ h",
      tex`h' = (1 - z) \odot n + z \odot h, \quad n = \tanh\left(x W_n + b_n + r \odot (h U_n + c_n)\right)`,
    ),
  ],
  [networks.Convolution, formula("y_rc = Σ_(dy, dx) x_(r + dy)(c + dx) W_(dy, dx) + b", tex`y = x * W + b`)],
  [
    networks.MaskedConvolution,
    formula("y_rc = Σ_(dy, dx) x_(r + dy)(c + dx) (W ⊙ M)_(dy, dx) + b", tex`y = x * (W \odot M) + b`),
  ],
  [
    networks.CausalConvolution,
    formula("y_t = Σ_j x_(t − j·dilation) W_j + b", tex`y_t = \sum_j x_{t - j \cdot \text{dilation}} W_j + b`),
  ],
  [
    networks.ResidualConvolution,
    formula(
      "h ← h + conv(relu(conv(relu(h))))",
      tex`h \leftarrow h + \mathrm{conv}(\mathrm{relu}(\mathrm{conv}(\mathrm{relu}(h))))`,
    ),
  ],
  [networks.Chain, formula("f_n(… f_2(f_1(x)))", tex`f_n(\dots f_2(f_1(x)))`)],
  [networks.Residual, formula("x + f(x)", tex`x + f(x)`)],
  [
    networks.LayerNorm,
    formula(
      "y = γ (x − mean x) / √(var x + ε) + β",
      tex`y = \gamma \frac{x - \operatorname{mean} x}{\sqrt{\operatorname{var} x + \varepsilon}} + \beta`,
    ),
  ],
  [
    networks.MaskedAttention,
    formula(
      "y_t = Σ_(s ≤ t) softmax_s(q_t · k_s / √c) v_s",
      tex`y_t = \sum_{s \le t} \operatorname{softmax}_s\left(q_t \cdot k_s / \sqrt c\right) v_s`,
    ),
  ],
  [networks.PlaceBias, formula("y_rc = x_rc + P_rc", tex`y_{rc} = x_{rc} + P_{rc}`)],
  [
    networks.GatedSkips,
    formula(
      "z_l = tanh(W_f ∗ h_l) ⊙ σ(W_g ∗ h_l)",
      tex`z_l = \tanh(W_f * h_l) \odot \sigma(W_g * h_l), \quad h_{l+1} = h_l + U_l z_l, \quad y = \sum_l V_l z_l`,
    ),
  ],
  [
    networks.GatedStacks,
    formula(
      "v' = gate(K ∗ v + V y)`, `h' = h + U gate(N ∗ h + L (K ∗ v) + V' y)",
      tex`v' = \mathrm{gate}(K * v + V y), \quad h' = h + U \, \mathrm{gate}(N * h + L (K * v) + V' y)`,
    ),
  ],
  [
    networks.GatedResidual,
    formula(
      "v' = v + gate(N_v ∗ relu v + short cut)",
      tex`v' = v + \mathrm{gate}(N_v * \mathrm{relu}\, v + \text{short cut}), \quad h' = h + \mathrm{gate}(N_h * \mathrm{relu}\, h + L v' + \text{short cut})`,
    ),
  ],
  [
    networks.ShortCuts,
    formula("Down to half the resolution and up again", tex`y = \text{up}(\text{down}(x)) + \text{short cuts}`),
  ],
  [networks.Codebook, formula("e_k = M_k / N_k", tex`e_k = M_k / N_k`)],
];
