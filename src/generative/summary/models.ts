import * as models from "../models/index.ts";
import { type Entry, formula } from "./formula.ts";

const tex = String.raw;

// The dense networks and the convolutional ones compute the same distributions.
const bernoulliVae = formula(
  "p(z) = N(0, I)`, `p(x|z) = Bernoulli(decoder(z))`, `q(z|x) = N(μ(x), diag σ²(x))",
  tex`p(z) = \mathcal N(0, I), \quad p(x \mid z) = \mathrm{Bernoulli}(\text{decoder}(z)), \quad q(z \mid x) = \mathcal N(\mu(x), \operatorname{diag} \sigma^2(x))`,
);
const gaussianEncoder = formula(
  "q(z|x) = N(μ(x), diag σ²(x))",
  tex`q(z \mid x) = \mathcal N(\mu(x), \operatorname{diag} \sigma^2(x))`,
);
const bernoulliDecoder = formula(
  "p(x|z) = ∏ Bernoulli(x_i; sigmoid(ℓ_i(z)))",
  tex`p(x \mid z) = \prod_i \mathrm{Bernoulli}\left(x_i; \sigma(\ell_i(z))\right)`,
);

/** The formulas of the models. A member of a family without its own has the family's. */
export const modelFormulas: readonly Entry[] = [
  [
    models.Autoregressive,
    formula(
      "log p(x) = Σ_k log p(x_o(k) | x_o(1), …, x_o(k−1))",
      tex`\log p(x) = \sum_k \log p\left(x_{o(k)} \mid x_{o(1)}, \dots, x_{o(k-1)}\right)`,
    ),
  ],
  [
    models.CausalModel,
    formula("ℓ_o(k) = f(x_o(1), …, x_o(k−1))", tex`\ell_{o(k)} = f\left(x_{o(1)}, \dots, x_{o(k-1)}\right)`),
  ],
  [
    models.BayesNet,
    formula(
      "log p(x) = Σ_i log p(x_i | x_parents(i))",
      tex`\log p(x) = \sum_i \log p\left(x_i \mid x_{\text{parents}(i)}\right)`,
    ),
  ],
  [
    models.Tabular,
    formula(
      "log p(x) = Σ_k log p(x_o(k) | x_o(1), …, x_o(k−1))",
      tex`\log p(x) = \sum_k \log p\left(x_{o(k)} \mid x_{o(1)}, \dots, x_{o(k-1)}\right), \quad 2^d - 1 \text{ free logits}`,
    ),
  ],
  [
    models.MADE,
    formula(
      "logit p(x_i = 1 | x_<i) = NN(x ; W ⊙ M)_i",
      tex`\operatorname{logit} p(x_i = 1 \mid x_{<i}) = \mathrm{NN}(x; W \odot M)_i`,
    ),
  ],
  [
    models.ConditionalMADE,
    formula("p(x | y) = Π_i p(x_i | x_<i, y)", tex`p(x \mid y) = \prod_i p(x_i \mid x_{<i}, y)`),
  ],
  [
    models.RNN,
    formula(
      "logit p(x_k = 1 | x_<k) = w · h_k + b",
      tex`h_k = \mathrm{GRU}\left(h_{k-1}, (x_{k-1}, \text{position of } k)\right), \quad \operatorname{logit} p(x_k = 1 \mid x_{<k}) = w \cdot h_k + b`,
    ),
  ],
  [
    models.PixelCNN,
    formula("logit p(x_i = 1 | x_<i) = CNN(x)_i", tex`\operatorname{logit} p(x_i = 1 \mid x_{<i}) = \mathrm{CNN}(x)_i`),
  ],
  [
    models.GatedPixelCNN,
    formula(
      "logit p(x_i = 1 | x_<i)",
      tex`\operatorname{logit} p(x_i = 1 \mid x_{<i}) = h_i(x_\text{left}, v(x_\text{above}))`,
    ),
  ],
  [
    models.ConditionalPixelCNN,
    formula(
      "p(x | y) = Π_i p(x_i | x_<i, y)",
      tex`p(x \mid y) = \prod_i p(x_i \mid x_{<i}, y), \quad \tanh(W_f * x + V_f y) \odot \sigma(W_g * x + V_g y)`,
    ),
  ],
  [
    models.PixelCNNPlusPlus,
    formula(
      "p(x_i | x_<i) = Σ_m π_m [σ((x_i + ½ − μ_m)/s_m) − σ((x_i − ½ − μ_m)/s_m)]",
      tex`p(x_i \mid x_{<i}) = \sum_m \pi_m \left[\sigma\!\left(\tfrac{x_i + 1/2 - \mu_m}{s_m}\right) - \sigma\!\left(\tfrac{x_i - 1/2 - \mu_m}{s_m}\right)\right]`,
    ),
  ],
  [
    models.MaskedTransformer,
    formula(
      "logit p(x_o(k) = 1 | x_o(1), …, x_o(k−1))",
      tex`\operatorname{logit} p\left(x_{o(k)} = 1 \mid x_{o(1)}, \dots, x_{o(k-1)}\right) = \mathrm{Transformer}(x)_k`,
    ),
  ],
  [
    models.WaveNet,
    formula(
      "logit p(x_k = 1 | x_<k) = WaveNet(x_1, …, x_(k−1))",
      tex`\operatorname{logit} p(x_k = 1 \mid x_{<k}) = \mathrm{WaveNet}(x_1, \dots, x_{k-1})`,
    ),
  ],
  [
    models.SuperResolution,
    formula(
      "p(x | y) = Π_i p(x_i | x_<i, y)",
      tex`p(x \mid y) = \prod_i p(x_i \mid x_{<i}, y), \quad y \text{ a smaller image}`,
    ),
  ],
  [models.OrderingMixture, formula("p(x) = (1/K) Σ_k p_k(x)", tex`p(x) = \frac1K \sum_k p_k(x)`)],
  [
    models.Hierarchical,
    formula(
      "p(x) = Σ_z p(z) p(x|z) ≥ p(z(x)) p(x|z(x))",
      tex`p(x) = \sum_z p(z) \, p(x \mid z) \ge p(z(x)) \, p(x \mid z(x))`,
    ),
  ],
  [models.Autoencoder, formula("z = f(x)`, `x̂ = g(z)", tex`z = f(x), \quad \hat x = g(z)`)],
  [models.ConvolutionalAutoencoder, formula("The same with convolutions", tex`z = f(x), \quad \hat x = g(z)`)],
  [
    models.LinearVAE,
    formula(
      "p(z) = N(0, I)`, `p(x|z) = N(W z + b, s² I)`, `q(z|x) = N(V x + c, diag d²)",
      tex`p(z) = \mathcal N(0, I), \quad p(x \mid z) = \mathcal N(W z + b, s^2 I), \quad q(z \mid x) = \mathcal N(V x + c, \operatorname{diag} d^2)`,
    ),
  ],
  [
    models.ProbabilisticPCA,
    formula(
      "z ~ N(0, I)`, `x|z ~ N(W z + b, s² I)",
      tex`z \sim \mathcal N(0, I), \quad x \mid z \sim \mathcal N(W z + b, s^2 I)`,
    ),
  ],
  [models.VAE, bernoulliVae],
  [models.NormalEncoder, gaussianEncoder],
  [models.BernoulliDecoder, bernoulliDecoder],
  [models.ConvolutionalVAE, bernoulliVae],
  [models.ConvolutionalEncoder, gaussianEncoder],
  [models.ConvolutionalDecoder, bernoulliDecoder],
  [
    models.VQVAE,
    formula(
      "z = encoder(x)`, `k_i = argmin_k |z_i − e_k|`, `p(x|k) = Bernoulli(decoder(e_k1, e_k2, …))",
      tex`z = \text{encoder}(x), \quad k_i = \operatorname*{argmin}_k \lvert z_i - e_k \rvert, \quad p(x \mid k) = \mathrm{Bernoulli}\left(\text{decoder}(e_{k_1}, e_{k_2}, \dots)\right)`,
    ),
  ],
];
