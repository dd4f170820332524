/** What the tests ask of each lecture, beside what they ask of all. */
export interface Lecture {
  notebook: string;
  /** The least number of claims. */
  claims: number;
  /** Claims that the lecture must make, word for word, and how closely they must hold. */
  mustClaim?: Record<string, Record<string, unknown>>;
}

export const lectures: Lecture[] = [
  {
    notebook: "00-maximum-likelihood.ipynb",
    claims: 35,
    mustClaim: {
      "the divergence is the cross-entropy minus the entropy": { within: 1e-12 },
      "decoded, it is the same 1600 pixels; its length is −log₂ p, and at most two bits more": {},
    },
  },
  {
    notebook: "01-autoregressive-models.ipynb",
    claims: 33,
    mustClaim: {
      "six MADEs with large random weights, each in an ordering of its own: all 1,024 probabilities sum to 1": {
        within: 1e-5,
      },
      "their averaged logits have an 'NLL' below the entropy, which no distribution can have: they sum to more than 1.5":
        {
          relation: "<",
        },
      "the masked network needs less than 101 nats for an image that it has not seen, where a coin for each pixel needs 206":
        { relation: "<" },
    },
  },
  {
    notebook: "02-masked-convolutions-and-attention.ipynb",
    claims: 34,
    mustClaim: {
      "ten blocks see 1,024 places, thirty 3,070, ten without dilation 11: by the Jacobian, and by the formula": {
        residual: 0,
      },
      "of the 220 pixels before it, it never sees 45, 20 and 12 with kernels of side 3, 5 and 7: those of the formula":
        {
          residual: 0,
        },
    },
  },
  { notebook: "03-flows-in-1d-and-2d.ipynb", claims: 35 },
  { notebook: "04-flows-in-n-dimensions.ipynb", claims: 33 },
  { notebook: "04b-continuous-flows-and-comparison.ipynb", claims: 23 },
  {
    notebook: "05-latent-variables.ipynb",
    claims: 30,
    mustClaim: {
      "importance sampling agrees with quadrature": { within: 4.5, unit: "standard errors" },
      "the relative variance of prior sampling is 4.06^D − 1, for D = 1 to 4": { within: 4.5 },
      "the second moment of prior sampling is 4.06 a dimension": { within: 0.01 },
      "the posterior as proposal: zero variance (to the rounding of float32)": { within: 1e-9 },
    },
  },
  {
    notebook: "06-amortized-inference.ipynb",
    claims: 30,
    mustClaim: {
      "KL minus what is searched is log p(x), for each of five q": { within: 1e-4 },
      "on new x the encoders lose more than on those they saw, for every n up to 64, on average over six": {
        relation: ">",
      },
      "what one coupling leaves is what a Gaussian leaves of p(z₁|x), on average over all x": { within: 2e-3 },
    },
  },
  {
    notebook: "07-elbo.ipynb",
    claims: 30,
    mustClaim: {
      "the free-form optimum has the same log w wherever it has mass: 1 − λ = log p(x)": { within: 2e-3 },
      "the function written here gives the library's numbers at the same draws, in both forms": { within: 1e-5 },
    },
  },
  {
    notebook: "08-gradients-of-expectations.ipynb",
    claims: 30,
    mustClaim: {
      "at k = 10 the variances are 50 and 0.5": { within: 1e-3 },
      "as printed, through θ alone: the gradient in φ is 0": { within: 1e-12 },
    },
  },
  {
    notebook: "09-variational-autoencoder.ipynb",
    claims: 30,
    mustClaim: {
      "the test ELBO on real MNIST is above −135 nats": { relation: ">" },
      "twenty epochs bring it above −102 nats": { relation: ">" },
    },
  },
  { notebook: "10-iwae.ipynb", claims: 28 },
  { notebook: "11-beyond-the-vae.ipynb", claims: 25 },
  { notebook: "11b-posteriors-coding-anomalies.ipynb", claims: 18 },
];

/**
 * The two indexes: the same is asked of them as of lectures, but for what belongs to a lesson. They have no formulas of
 * their own, no exercises and no figures that move, and are as long as what they list; `test/indexes` holds them.
 */
export const indexes: Lecture[] = [
  { notebook: "12-slips-in-the-notes.ipynb", claims: 40 },
  { notebook: "13-open-questions.ipynb", claims: 24 },
];
