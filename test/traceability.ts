/**
 * What the course owes to its lecture notes: one row for every item of theirs, with the code that computes it, the
 * tests that hold it and the notebook cell that shows it. `traceability.test.ts` fails on a name that dangles.
 */
export interface Row {
  /** The number of the item: lecture part, then place in it. E and a number is a slip of the notes. */
  item: string;
  /** What the notes say or ask. */
  says: string;
  /** Public names of `src/index.ts`. */
  names: readonly string[];
  /** Test files below test/, each with the title of a test in it. */
  tests: readonly (readonly [file: string, title: string])[];
  /** The notebook, and words from one of its code cells. */
  cell: readonly [notebook: string, words: string];
}

const lecture00 = "00-maximum-likelihood.ipynb";
const lecture01 = "01-autoregressive-models.ipynb";
const lecture02 = "02-masked-convolutions-and-attention.ipynb";
const lecture03 = "03-flows-in-1d-and-2d.ipynb";
const lecture04 = "04-flows-in-n-dimensions.ipynb";
const lecture04b = "04b-continuous-flows-and-comparison.ipynb";
const lecture05 = "05-latent-variables.ipynb";
const lecture06 = "06-amortized-inference.ipynb";
const lecture07 = "07-elbo.ipynb";
const lecture08 = "08-gradients-of-expectations.ipynb";
const lecture11 = "11-beyond-the-vae.ipynb";
const lecture11b = "11b-posteriors-coding-anomalies.ipynb";
const lecture09 = "09-variational-autoencoder.ipynb";
const lecture10 = "10-iwae.ipynb";
const exact = "generative/exact";
const flow1d = `${exact}/flow1d.test.ts`;
const everyFlow = "generative/flows/everyFlow.test.ts";
const layers = "generative/flows/layers.test.ts";
const continuous = "generative/flows/continuous.test.ts";
const dequantisation = "generative/flows/dequantisation.test.ts";
const convolutional = "generative/models/convolutional.test.ts";
const laws = "generative/models/autoregressive.test.ts";
const references = "generative/models/convolutionalReference.test.ts";
const logistics = "generative/distributions/discretizedLogisticMixture.test.ts";

export const rows: readonly Row[] = [
  {
    item: "1.1",
    says: "Generate, compress, detect: the three uses",
    names: ["arithmeticEncode", "arithmeticDecode", "rocArea", "JointTable"],
    tests: [
      [`${exact}/arithmeticCoder.test.ts`, "gives back $length of $K symbols, in −log₂ p to −log₂ p + 2 bits"],
      ["generative/estimates/rocArea.test.ts", "is unbiased for the probability that an anomaly scores higher"],
    ],
    cell: [lecture00, "its length is −log₂ p, and at most two bits more"],
  },
  {
    item: "1.2",
    says: "A likelihood-based model evaluates p(x) and samples x",
    names: ["Distribution", "Categorical", "Mixture", "Normal"],
    tests: [
      ["generative/distributions/distributions.test.ts", "samples what its density says: mean and mean square"],
      [
        "generative/distributions/distributions.test.ts",
        "draws as often as it says: chi-square of 20,000 draws from 6 values",
      ],
    ],
    cell: [lecture00, "the sixth pixel is lit as often in the samples as the table says"],
  },
  {
    item: "1.3",
    says: "The curse of dimension: a histogram is hopeless",
    names: ["Histogram", "lossAgainst"],
    tests: [[`${exact}/empirical.test.ts`, "sums to 1 over all its cells, λ = %d"]],
    cell: [lecture00, "196 pixels: more than nine test images in ten were never seen"],
  },
  {
    item: "1.4",
    says: "The empirical distribution",
    names: ["Empirical"],
    tests: [[`${exact}/empirical.test.ts`, "has the entropy of its table, at most log n"]],
    cell: [lecture00, "the empirical distribution sums to 1 over all 65,536 words"],
  },
  {
    item: "1.5",
    says: "KL(p̂ ‖ p_θ) = E[−log p_θ] − H(p̂)",
    names: ["klDivergence", "crossEntropy", "entropy"],
    tests: [
      [`${exact}/entropy.test.ts`, "satisfy KL(p ‖ q) = H(p, q) − H(p) to 1e-12, for random pairs"],
      [`${exact}/entropy.test.ts`, "have the same gradient in q: the entropy of the data is a constant"],
    ],
    cell: [lecture00, "the divergence is the cross-entropy minus the entropy"],
  },
  {
    item: "1.6",
    says: "Minimising the NLL; for a table the answer is counts / n",
    names: ["categoricalMle", "fit"],
    tests: [[`${exact}/maximumLikelihood.test.ts`, "is the lowest cross-entropy of all distributions tried"]],
    cell: [lecture00, "gradient descent comes within a thousandth of a nat"],
  },
  {
    item: "1.7",
    says: "Every θ is a valid model: probabilities sum to 1",
    names: ["Categorical", "Bernoulli", "Histogram"],
    tests: [["generative/distributions/distributions.test.ts", "integrates to 1"]],
    cell: [lecture00, "the friend's probabilities sum to more than 60"],
  },
  {
    item: "1.8",
    says: "A valid divergence; forward and reverse",
    names: ["klDivergence", "klIntegral", "kl", "GaussianMixture"],
    tests: [
      [`${exact}/entropy.test.ts`, "are not symmetric"],
      [`${exact}/gaussianMixture.test.ts`, "has no Gaussian closer to it, by KL(p ‖ q), than the one with its moments"],
    ],
    cell: [lecture00, "reverse: each start ends on the hump it is nearer to"],
  },
  {
    item: "1.9",
    says: "Why the logarithm?",
    names: ["logSumExp"],
    tests: [[`${exact}/quadrature.test.ts`, "neither over- nor underflows"]],
    cell: [lecture00, "one image: the product of its 784 probabilities is 0 in float32"],
  },
  {
    item: "1.10",
    says: "When is there an exact maximum?",
    names: ["gaussianMle", "categoricalMle"],
    tests: [
      [`${exact}/maximumLikelihood.test.ts`, "agrees with scipy.stats.norm.fit"],
      [`${exact}/maximumLikelihood.test.ts`, "is a stationary point of the likelihood"],
    ],
    cell: [lecture00, "at counts / n the gradient vanishes"],
  },
  {
    item: "1.11",
    says: "EM and CAVI, the other routes",
    names: ["em", "mixtureElbo", "cavi", "gaussianEllipses"],
    tests: [
      [
        "generative/training/em.test.ts",
        "climbs the bound in both steps: tight after the E-step, higher after the M-step",
      ],
      ["generative/training/cavi.test.ts", "reaches the minimum of KL(q ‖ p) that scipy.optimize finds"],
    ],
    cell: [lecture00, "after the E-step the bound is the log-likelihood"],
  },
  {
    item: "1.12",
    says: "The degenerate maximum: why do we not end there?",
    names: ["GaussianMixture", "em"],
    tests: [
      [
        "generative/training/em.test.ts",
        "says when a component collapses on one datum, and stops at a floor where there is one",
      ],
    ],
    cell: [lecture00, "the exact rate: log σ + log n + ½ log 2π"],
  },
  {
    item: "1.13",
    says: "To approximate p(x) is not to memorise",
    names: ["Empirical"],
    tests: [[`${exact}/empirical.test.ts`, "rules out what it has not seen"]],
    cell: [lecture00, "a thousand remembered digits: NLL log 1000 on them"],
  },
  {
    item: "1.14",
    says: "What do we want: sample, evaluate, inpaint",
    names: ["JointTable"],
    tests: [[`${exact}/jointTable.test.ts`, "has conditionals p(x_miss | x_obs) = p(x) / p(x_obs), which sum to 1"]],
    cell: [lecture00, "to know the upper half makes the lower half cheaper, beyond doubt"],
  },
  {
    item: "1.15",
    says: "What is inference, what is learning, what is a distribution?",
    names: ["Distribution", "Conditional", "em"],
    tests: [["generative/distributions/roles.test.ts", "keeps p(x) and p(z) apart at compile time"]],
    cell: [lecture00, "EM finds the means that made the data"],
  },
  {
    item: "1.16",
    says: "Is the form of the model assumed beforehand?",
    names: ["GaussianMixture", "gaussianMle"],
    tests: [[`${exact}/gaussianMixture.test.ts`, "has the moments of its own density, by quadrature"]],
    cell: [lecture00, "the fitted Gaussian has the mean and the variance of p"],
  },
  {
    item: "1.17",
    says: "Why is the loss an expectation over the data?",
    names: ["average"],
    tests: [["generative/training/minibatch.test.ts", "of %d are right on average, with 1/B of the variance"]],
    cell: [lecture00, "for every B the gradient is right on average"],
  },
  {
    item: "1.18",
    says: "How big must a minibatch be?",
    names: ["average"],
    tests: [["generative/training/minibatch.test.ts", "of %d are right on average, with 1/B of the variance"]],
    cell: [lecture00, "the noise floor of gradient descent is a/(2 − a) · Var[x]/B"],
  },
  {
    item: "E1",
    says: "The minus sign before the entropy is lost",
    names: ["klDivergence"],
    tests: [[`${exact}/entropy.test.ts`, "satisfy KL(p ‖ q) = H(p, q) − H(p) to 1e-12, for random pairs"]],
    cell: [lecture00, "as printed: the product is off by more than ten"],
  },
  {
    item: "E4",
    says: "Bits per dimension: sign, base and offset",
    names: ["bitsPerDimension", "logProbFromBitsPerDimension", "bitsFromNats", "natsFromBits"],
    tests: [["generative/estimates/units.test.ts", "agree with published pairs"]],
    cell: [lecture00, "NICE (2014), 1980.50 on scaled bytes, 4.356"],
  },
  {
    item: "E7",
    says: "R. A. Fisher's name, and what his score is",
    names: ["Normal", "average"],
    tests: [
      [
        "generative/training/minibatch.test.ts",
        "the score has mean 0 under the model, and the Fisher information as its variance",
      ],
    ],
    cell: [lecture00, "under the model the score has mean 0 and variance 1/σ², the Fisher information"],
  },
  {
    item: "E2",
    says: "arg min of a log-likelihood, where a loss is meant",
    names: ["categoricalMle", "fit"],
    tests: [[`${exact}/maximumLikelihood.test.ts`, "is the lowest cross-entropy of all distributions tried"]],
    cell: [lecture00, "it prefers each coin turned the wrong way"],
  },
  {
    item: "E37",
    says: "KL[p_data ‖ p_θ] with the symbols of its two arguments, in their order",
    names: ["klDivergence"],
    tests: [[`${exact}/entropy.test.ts`, "are not symmetric"]],
    cell: [lecture00, "the other order is another number, here ∞"],
  },
  {
    item: "E40",
    says: "A density is not a probability and may exceed 1",
    names: ["Normal"],
    tests: [["generative/distributions/distributions.test.ts", "may have a density above 1"]],
    cell: [lecture00, "the density of N(0, 0.1²) at 0 is 3.99"],
  },
  {
    item: "E44",
    says: "The exponentials come back in a mixture: log-sum-exp",
    names: ["logSumExp", "GaussianMixture"],
    tests: [[`${exact}/gaussianMixture.test.ts`, "stays finite where every component underflows"]],
    cell: [lecture00, "at x = 60 the log of the sum of exponentials is −∞"],
  },
  {
    item: "2.1",
    says: "A Bayesian network: few parents, small tables, d-separation",
    names: ["BayesNet", "dSeparated", "JointTable", "parameterCounts"],
    tests: [
      ["generative/models/made.test.ts", "of the data's table is the maximum-likelihood one of its graph"],
      ["generative/exact/dSeparation.test.ts", "is independence, by enumeration, for all 64 graphs and all conditions"],
    ],
    cell: [lecture01, "where the graph separates two variables, they are independent"],
  },
  {
    item: "2.2",
    says: "The chain rule, in every ordering",
    names: ["Tabular", "JointTable", "permutations", "binaryVectors"],
    tests: [
      ["generative/exact/jointTable.test.ts", "has the joint as a chain-rule product in all 24 orderings of four"],
      ["generative/models/autoregressive.test.ts", "has the conditionals of its own joint distribution"],
    ],
    cell: [lecture01, "the product of conditionals is the joint probability, for all 16 vectors in all 24 orderings"],
  },
  {
    item: "2.3",
    says: "Parameters are shared: recurrence or masks",
    names: ["RNN", "MADE", "parameterCounts"],
    tests: [["generative/models/made.test.ts", "has a number of parameters that does not depend on d"]],
    cell: [lecture01, "a masked network grows linearly, a recurrent one not at all"],
  },
  {
    item: "2.4",
    says: "A recurrent network on the raster scan, with and without positions",
    names: ["RNN", "GRU", "gridPositions"],
    tests: [
      ["generative/models/autoregressiveReference.test.ts", "has its states"],
      ["generative/models/autoregressiveReference.test.ts", "has the log-probabilities of all 32 vectors"],
    ],
    cell: [lecture01, "knowing the position is worth more than 0.05 nats a picture here"],
  },
  {
    item: "2.5",
    says: "Masks of type A and B: at least one A, anywhere",
    names: ["MaskedDense", "MaskedPerceptron", "dependencyMatrix", "dependencyGrid"],
    tests: [
      ["generative/models/made.test.ts", "%s sees all that comes before, and nothing else"],
      ["generative/models/made.test.ts", "BBB sees its own bit"],
    ],
    cell: [lecture01, "one layer of type A, anywhere, gives each output all earlier inputs and no other"],
  },
  {
    item: "2.6",
    says: "Several orderings: mixtures, not averaged logits",
    names: ["OrderingMixture"],
    tests: [
      ["generative/models/made.test.ts", "sums to 1, and is the mean of the probabilities"],
      ["generative/models/made.test.ts", "is not what averaged logits make, even of perfect members"],
    ],
    cell: [lecture01, "their averaged logits have an 'NLL' below the entropy, which no distribution can have"],
  },
  {
    item: "2.7",
    says: "p sums to 1 by design",
    names: ["tabulate", "logSumExp"],
    tests: [["generative/models/autoregressive.test.ts", "sums to 1 over all 2^d vectors, and is far from uniform"]],
    cell: [lecture01, "all 1,024 probabilities sum to 1"],
  },
  {
    item: "2.8",
    says: "Sampling takes d passes",
    names: ["Autoregressive"],
    tests: [
      [
        "generative/models/autoregressive.test.ts",
        "takes one pass for a likelihood, and d passes for samples without a cache, or one a group",
      ],
    ],
    cell: [lecture01, "a hundred likelihoods take one pass, two samples take 784"],
  },
  {
    item: "2.9",
    says: "Nearest neighbours in the training data, with a control",
    names: ["nearestNeighbours", "copiedShare"],
    tests: [
      ["generative/estimates/autoregressive.test.ts", "are those of a loop, whatever parts the data come in"],
      ["generative/estimates/autoregressive.test.ts", "is 1 for copies and near 0.01 for data"],
    ],
    cell: [lecture01, "but a thief who shifts each image by one pixel is hardly noticed"],
  },
  {
    item: "2.10",
    says: "Bits and nats per dimension",
    names: ["bitsPerDimension"],
    tests: [["generative/estimates/units.test.ts", "turn back and forth"]],
    cell: [lecture00, "86.76 nats an image are 0.1597 bits a pixel"],
  },
  {
    item: "2.18",
    says: "Class-conditional models by a one-hot input",
    names: ["ConditionalMADE", "ConditionalPixelCNN"],
    tests: [
      [convolutional, "sums to 1 for each class, differently, and makes a classifier whose p(y|x) sums to 1"],
      ["generative/models/made.test.ts", "sums to 1 for each class, differently"],
      [
        "generative/models/made.test.ts",
        "makes a classifier by Bayes' rule whose p(y|x) sums to 1, with p(x) = Σ_y p(y) p(x|y)",
      ],
    ],
    cell: [lecture02, "p(x|y) sums to 1 for each class"],
  },
  {
    item: "2.20",
    says: "Caching loses nothing",
    names: ["Stepwise"],
    tests: [
      [
        "generative/models/autoregressive.test.ts",
        "draws the same samples with and without a cache, and other ones from another seed",
      ],
    ],
    cell: [lecture01, "samples with and without the cache do not differ in a single pixel"],
  },
  {
    item: "2.21",
    says: "Breaking the autoregressive pattern: fewer passes, fewer nats of likelihood",
    names: ["MADE", "BayesNet"],
    tests: [
      ["generative/models/made.test.ts", "in groups sees all groups before its own, and nothing of its own"],
      ["generative/models/made.test.ts", "of the data's table is the maximum-likelihood one of its graph"],
      [
        "generative/models/autoregressive.test.ts",
        "takes one pass for a likelihood, and d passes for samples without a cache, or one a group",
      ],
    ],
    cell: [lecture01, "far apart together: four passes cost nothing"],
  },
  {
    item: "2.11",
    says: "A masked 1-D convolution: constant parameters, a reach linear in depth",
    names: ["CausalConvolution", "sensitivity"],
    tests: [
      [convolutional, "is 1 + L (k − 1) for L plain layers of width k"],
      [convolutional, "takes parameters that do not depend on the length"],
      [references, "has its outputs with dilation 2"],
    ],
    cell: [lecture02, "L layers of width k see 1 + L (k − 1) places, by the Jacobian"],
  },
  {
    item: "2.12",
    says: "WaveNet: dilation, gates, residual and skip paths, positions",
    names: ["WaveNet", "GatedSkips", "PlaceBias", "receptiveField", "gate"],
    tests: [
      [convolutional, "is %i places, by the Jacobian"],
      [laws, "sums to 1 over all 2^d vectors, and is far from uniform"],
    ],
    cell: [lecture02, "ten blocks see 1,024 places, thirty 3,070, ten without dilation 11: by the Jacobian"],
  },
  {
    item: "2.13",
    says: "Images are 2-D: in the scan, neighbours are far apart",
    names: ["receptiveField"],
    tests: [[convolutional, "begins one place earlier with type A"]],
    cell: [lecture02, "WaveNet and PixelCNN are ahead of the masked network"],
  },
  {
    item: "2.14",
    says: "PixelCNN: masked convolutions, and the blind spot",
    names: ["PixelCNN", "MaskedConvolution", "reachedPixels", "blindSpot", "visibleOffsets"],
    tests: [
      [convolutional, "of kernels of side %i is %i of 220 pixels in 21 × 21"],
      [convolutional, "is where the Jacobian of a PixelCNN vanishes, and nowhere else"],
      [references, "has the log-probabilities of all 64 images of 2 × 3 pixels"],
    ],
    cell: [lecture02, "of the 220 pixels before it, it never sees 45, 20 and 12 with kernels of side 3, 5 and 7"],
  },
  {
    item: "2.15",
    says: "Gated PixelCNN: a vertical and a horizontal stack",
    names: ["GatedPixelCNN", "GatedStacks"],
    tests: [
      [convolutional, "a GatedPixelCNN has none"],
      [convolutional, "sees the rows above, all of them, and nothing of its own row"],
      [convolutional, "that sees its own row too is not causal: the model no longer sums to 1"],
    ],
    cell: [lecture02, "every pixel sees all that comes before it, and nothing else: no blind spot"],
  },
  {
    item: "2.16",
    says: "PixelCNN++: a discretised mixture of logistics, half the resolution, short cuts",
    names: ["PixelCNNPlusPlus", "DiscretizedLogisticMixture", "ShortCuts", "GatedResidual"],
    tests: [
      [logistics, "sums to 1 over 0 … 255, wherever the logistics lie"],
      [logistics, "agrees with 120 digits of mpmath, tails and ends included"],
      [laws, "lets no logit see its own bit or a later one, exactly, and some see an earlier one"],
    ],
    cell: [lecture02, "all 729 probabilities sum to 1, short cuts and half resolution included"],
  },
  {
    item: "2.17",
    says: "Masked self-attention: any reach, any ordering, alone and with convolutions",
    names: ["MaskedAttention", "MaskedTransformer", "LayerNorm"],
    tests: [
      [convolutional, "sees everything before, at any distance, in one layer"],
      [references, "has its outputs with two heads and a causal mask"],
    ],
    cell: [lecture02, "each logit depends on all that come before it in the ordering, and on nothing else"],
  },
  {
    item: "2.19",
    says: "Hierarchies with an auxiliary decoder; super-resolution",
    names: ["Hierarchical", "SuperResolution", "ConditionalPixelCNN"],
    tests: [
      [convolutional, "sums to 1 over all x with the sum over codes, and to less with the code of x alone"],
      [
        convolutional,
        "with a model of small images sums to 1 over all pairs, and its bound sums to less over the images",
      ],
    ],
    cell: [lecture02, "with the sum over all codes the hierarchy is a distribution"],
  },
  {
    item: "E5",
    says: "The discretised logistics without their edge cases",
    names: ["DiscretizedLogisticMixture"],
    tests: [[logistics, "without the end cases would sum to less: 0.628 and 0.516"]],
    cell: [lecture02, "as printed: the probabilities of 0 … 255 sum to 0.628, 0.750 and 0.516"],
  },
  {
    item: "E6",
    says: "Attention has O(1) parameters, and O(n) for learned positions, and O(n²) weights to compute",
    names: ["MaskedTransformer", "PlaceBias"],
    tests: [[convolutional, "costs parameters for places only: as many a place as there are channels"]],
    cell: [lecture02, "learned positions: 8 parameters for each further place"],
  },
  {
    item: "2.22",
    says: "The Fisher score as a description of x, and as features of a classifier",
    names: ["fisherScore", "fisherInformation"],
    tests: [
      ["generative/models/autoregressive.test.ts", "has a score with mean 0"],
      ["generative/estimates/autoregressive.test.ts", "has information −E[Hessian], by differences of the score"],
    ],
    cell: [lecture01, "scores of the untrained network: at least 85 in a hundred are right"],
  },
  {
    item: "2.23",
    says: "An explicit density, as PixelRNN has",
    names: ["Autoregressive"],
    tests: [["generative/models/autoregressive.test.ts", "has the same likelihood step by step as in one pass"]],
    cell: [lecture01, "24 tables, one an ordering, all have log p(x) (float32)"],
  },
  {
    item: "2.24",
    says: "The likelihood directly, without variational inference: exact against an ELBO on the same data",
    names: ["MADE", "VAE", "elbo"],
    tests: [
      [
        "generative/models/autoregressiveReference.test.ts",
        "has the conditionals and the log-probabilities of all 32 vectors",
      ],
    ],
    cell: [lecture01, "autoencoder: the loss is above the exact NLL of the same pictures, beyond doubt"],
  },
  {
    item: "E3",
    says: "Normalised outputs are not enough: masks are needed",
    names: ["MaskedPerceptron"],
    tests: [
      [
        "generative/models/autoregressive.test.ts",
        "an autoencoder without masks has normalised outputs and is no distribution",
      ],
    ],
    cell: [lecture01, "one that reconstructs perfectly, as training would have it, sums to 2¹⁰"],
  },
  {
    item: "3.1",
    says: "Fit, evaluate, sample, a latent description: what a density model is for",
    names: ["Flow", "Bijection"],
    tests: [[everyFlow, "draws what its density says: the mean of log p over draws, by two ways"]],
    cell: [lecture03, "halfway between two draws, by way of z, one is on the moons more often"],
  },
  {
    item: "3.2",
    says: "A mixture of Gaussians on the line and on images",
    names: ["normalMixture", "AffineFlow"],
    tests: [[flow1d, "the $name density integrates to 1, and to its cdf"]],
    cell: [lecture03, "a draw is a stored image and noise"],
  },
  {
    item: "3.3",
    says: "Normalisation is needed, and harder for densities",
    names: ["flowLogProb"],
    tests: [[everyFlow, "integrates to 1 with a Normal base, in one and two dimensions"]],
    cell: [lecture03, "a constant of 100 gains 100 nats on every datum, and is no density"],
  },
  {
    item: "3.4",
    says: "The change of variables",
    names: ["flowLogProb", "Flow"],
    tests: [[everyFlow, "reports the log-determinant of its own Jacobian, in both directions"]],
    cell: [lecture03, "with its absolute value, a decreasing flow is a density"],
  },
  {
    item: "3.5",
    says: "Differentiable and invertible; invertible for sampling",
    names: ["bisection"],
    tests: [
      [flow1d, "inverts to 1e-10, both ways"],
      [everyFlow, "a relu, which has no inverse"],
    ],
    cell: [lecture03, "bisection undoes f to twelve digits"],
  },
  {
    item: "3.6",
    says: "The base is fixed: Gaussian, uniform, something easy",
    names: ["Normal", "Uniform", "Logistic"],
    tests: [[layers, "$name integrates to 1, and draws what it says"]],
    cell: [lecture03, "all three come within 0.05 nats of the floor"],
  },
  {
    item: "3.7",
    says: "Sampling: z from the base, x from the inverse",
    names: ["Flow"],
    tests: [[everyFlow, "draws what its density says: the mean of log p over draws, by two ways"]],
    cell: [lecture03, "samples fall into an interval as often as the density says"],
  },
  {
    item: "3.8",
    says: "Distribution functions as flows",
    names: ["cdfFlow", "MixtureCDF", "logisticMixture"],
    tests: [[flow1d, "a CDF flow with a uniform base has the slope of F as its density, by differences"]],
    cell: [lecture03, "with a uniform base the density of the flow is the slope of F, by differences"],
  },
  {
    item: "3.9",
    says: "Layers as flows, and their composition",
    names: ["composeFlows1d", "Composition", "sigmoidLayer", "tanhLayer"],
    tests: [
      [everyFlow, "a relu, which has no inverse"],
      [everyFlow, "reports the log-determinant of its own Jacobian, in both directions"],
    ],
    cell: [lecture03, "log-slopes of layers add up to that of the whole, by differences"],
  },
  {
    item: "3.10",
    says: "Universality by way of the uniform density",
    names: ["cdfFlow", "inverseFlow1d"],
    tests: [
      [flow1d, "any density becomes any other: samples through F, then through G⁻¹, have the distribution function G"],
    ],
    cell: [lecture03, "what arrives has the Laplace distribution"],
  },
  {
    item: "3.11",
    says: "Flows of the plane, triangular",
    names: ["TriangularFlow"],
    tests: [
      [layers, "has the derivative of g in x₂ on its diagonal: the printed objective, with ∂g/∂x₁, is another number"],
    ],
    cell: [lecture03, "the log-determinant is that of the diagonal, by automatic differentiation"],
  },
  {
    item: "E8",
    says: "The absolute value of the slope",
    names: ["affineFlow1d"],
    tests: [[flow1d, "a decreasing affine flow to the $name base integrates to 1: absolute values"]],
    cell: [lecture03, "as printed: the logarithm of a negative slope is not a number"],
  },
  {
    item: "E9",
    says: "A sigmoid needs a base that lives on (0, 1)",
    names: ["sigmoidFlow"],
    tests: [[everyFlow, "a sigmoid before a Normal base, which integrates to Φ(1) − Φ(0) = 0.3413"]],
    cell: [lecture03, "as printed: a sigmoid before a normal base integrates to 0.3413"],
  },
  {
    item: "E10",
    says: "The objective of the plane: both coordinates, and the derivative in x₂",
    names: ["TriangularFlow"],
    tests: [
      [layers, "has the derivative of g in x₂ on its diagonal: the printed objective, with ∂g/∂x₁, is another number"],
    ],
    cell: [lecture03, "as printed, with ∂/∂x₁, it is off by more than a nat somewhere"],
  },
  {
    item: "E45",
    says: "A mixture stores its images only where its noise is small and the same in all directions",
    names: ["AffineFlow"],
    tests: [[flow1d, "has its maximum likelihood at the moments of the data"]],
    cell: [lecture03, "needs fewer nats than the images it was fitted to, stored, with noise"],
  },
  {
    item: "4.1",
    says: "Sampling a Bayes net is a flow: x → z at once, z → x one after another",
    names: ["AutoregressiveFlow"],
    tests: [
      [layers, "have a triangular Jacobian in their ordering"],
      [layers, "take 1 pass one way, d the other, and 1 where units are cached"],
    ],
    cell: [lecture04, "in its ordering the Jacobian matrix is triangular, exactly"],
  },
  {
    item: "4.2",
    says: "The inverse autoregressive flow",
    names: ["inverseAutoregressiveFlow", "Inverse"],
    tests: [[layers, "are each other's inverse, with the same networks"]],
    cell: [lecture04, "the log-density of its own draws is the number that is found the slow way"],
  },
  {
    item: "4.3",
    says: "What a density, a sample and the density of an own sample cost",
    names: ["AutoregressiveFlow", "Flow"],
    tests: [[layers, "take 1 pass one way, d the other, and 1 where units are cached"]],
    cell: [lecture04, "its density of an x from elsewhere takes d passes: they find z"],
  },
  {
    item: "4.4",
    says: "As deep as there are variables: shared networks",
    names: ["RecurrentFlow", "AutoregressiveFlow"],
    tests: [
      [layers, "share one cell in a recurrent flow, whatever d is"],
      [layers, "give the same x with and without a cache"],
    ],
    cell: [lecture04, "a recurrent flow is as large for 4 variables as for 64"],
  },
  {
    item: "4.5",
    says: "p(x) vol(dx) = p(z) vol(dz)",
    names: ["logAbsDet", "AffineFlow"],
    tests: [[flow1d, "the image of a cube has volume |det J|, by Monte Carlo"]],
    cell: [lecture04, "the volume of the mapped unit cube is |det J|"],
  },
  {
    item: "4.6",
    says: "Rotate, scale, rotate: |det J| is the product of the singular values",
    names: ["singularValues", "linearMap"],
    tests: [
      [flow1d, "|det J| = Π σ_i, whatever the sign: the printed det |J| is another number"],
      ["generative/figures/content.test.ts", "gives the unit square the area Π σ"],
    ],
    cell: [lecture04, "|det J| = Π σ for every matrix"],
  },
  {
    item: "4.7",
    says: "The objective in d dimensions",
    names: ["Flow"],
    tests: [
      [everyFlow, "reports the log-determinant of its own Jacobian, in both directions"],
      [everyFlow, "integrates to 1 with a Normal base, in one and two dimensions"],
    ],
    cell: [lecture04, "the right objective is stationary where s is the standard deviation"],
  },
  {
    item: "4.8",
    says: "Data against model is latents against prior",
    names: ["klIntegral", "klGaussian"],
    tests: [
      [layers, "in closed form, for Gaussian data and an affine flow"],
      [flow1d, "KL(data ‖ f⁻¹(z)) = KL(f(data) ‖ z), by quadrature"],
    ],
    cell: [lecture04, "data against model = latents against prior, by quadrature"],
  },
  {
    item: "4.9",
    says: "Composition: log-determinants add up",
    names: ["Composition"],
    tests: [[everyFlow, "reports the log-determinant of its own Jacobian, in both directions"]],
    cell: [lecture04, "log-determinants add up to that of the whole"],
  },
  {
    item: "4.10",
    says: "The affine flow is the multivariate normal",
    names: ["AffineFlow", "InvertibleLinear"],
    tests: [
      [
        "generative/flows/flowReference.test.ts",
        "the affine flow is the multivariate normal, in float64 and over tensors",
      ],
      [flow1d, "has its maximum likelihood at the moments of the data"],
    ],
    cell: [lecture04, "A and A Q cannot be told apart"],
  },
  {
    item: "4.11",
    says: "Elementwise flows",
    names: ["Elementwise", "logitLayer"],
    tests: [[everyFlow, "reports the log-determinant of its own Jacobian, in both directions"]],
    cell: [lecture04, "the logarithms of the slopes add up"],
  },
  {
    item: "4.12",
    says: "Affine couplings",
    names: ["AffineCoupling", "AdditiveCoupling"],
    tests: [[layers, "have determinant 1 where they are additive, and the product of scales where they are affine"]],
    cell: [lecture04, "and the inverse needs no inverse of a network"],
  },
  {
    item: "4.13",
    says: "Checkerboards, then channels",
    names: ["checkerboardMask", "channelMask", "couplingReach", "multiScaleRealNVP"],
    tests: [
      [
        layers,
        "reach every input from every output after three with masks in turns, not after two: Jacobian and Boolean matrix",
      ],
      [layers, "squeeze and split lose no number: every z of a multi-scale flow moves with some x, and none twice"],
    ],
    cell: [lecture04, "the Boolean matrix is where the Jacobian matrix is not 0"],
  },
  {
    item: "4.14",
    says: "Glow, Flow++, FFJORD",
    names: ["ActNorm", "glow", "MixtureCoupling", "flowPlusPlus", "ContinuousFlow", "hutchinsonTrace"],
    tests: [
      [layers, "an actnorm set from data leaves mean 0 and standard deviation 1 in every channel"],
      [continuous, "has the flow of the matrix exponential, and log |det| = tr A"],
      [continuous, "$name converges with order $order"],
    ],
    cell: [lecture04b, "the measured orders are 1, 2 and 4"],
  },
  {
    item: "4.15",
    says: "Dequantisation",
    names: ["dequantisedBound", "uniformNoise", "VariationalNoise"],
    tests: [
      [dequantisation, "is bounded from below by uniform noise, on average, with a gap"],
      [dequantisation, "learns to close more than half of the gap that uniform noise leaves"],
    ],
    cell: [lecture04b, "without noise the likelihood of whole numbers has no bound"],
  },
  {
    item: "4.16",
    says: "Fast sampling, inference and training, good samples, good compression: who has what",
    names: ["BarsAndStripes", "countCalls", "showTable"],
    tests: [
      [
        `${exact}/barsAndStripes.test.ts`,
        "draws what it says: −log p is its entropy on average, and the first pixel is fair",
      ],
      [laws, "takes one pass for a likelihood, and d passes for samples without a cache, or one a group"],
    ],
    cell: [lecture04b, "the best of them compresses better than every model with one pass in both directions"],
  },
  {
    item: "4.17",
    says: "Flows as latent-variable models without variational inference",
    names: ["Flow", "LinearGaussian"],
    tests: [[everyFlow, "draws what its density says: the mean of log p over draws, by two ways"]],
    cell: [lecture04b, "the evidence of the model becomes the density of the flow"],
  },
  {
    item: "E11",
    says: "An inverse autoregressive flow samples fast",
    names: ["inverseAutoregressiveFlow"],
    tests: [[layers, "take 1 pass one way, d the other, and 1 where units are cached"]],
    cell: [lecture04, "the inverse flow samples in 1 pass: it is not slow"],
  },
  {
    item: "E12",
    says: "The absolute value is taken of the determinant, not of the entries",
    names: ["logAbsDet"],
    tests: [[flow1d, "the image of a cube has volume |det J|, by Monte Carlo"]],
    cell: [lecture04, "as printed, det |J|: a turn by 45° loses all volume"],
  },
  {
    item: "E13",
    says: "Singular values give |det J|: a reflection has −1",
    names: ["singularValues"],
    tests: [[flow1d, "|det J| = Π σ_i, whatever the sign: the printed det |J| is another number"]],
    cell: [lecture04, "as printed, det J = Π σ: for a reflection they differ by 2"],
  },
  {
    item: "E14",
    says: "The two terms of the objective are added",
    names: ["Flow"],
    tests: [[everyFlow, "a log-determinant without its absolute value, or with the wrong sign"]],
    cell: [lecture04, "as printed it still falls there, and without end"],
  },
  {
    item: "E15",
    says: "The base has no θ, and z is what the last layer gives",
    names: ["Composition", "standardBase"],
    tests: [[everyFlow, "reports the log-determinant of its own Jacobian, in both directions"]],
    cell: [lecture04, "with the z before it, to 1/1.5²: what the last layer does to volumes is not undone"],
  },
  {
    item: "E16",
    says: "The second half begins after the first one ends",
    names: ["halfMask"],
    tests: [[layers, "pass their first half on unchanged, and the middle of five is changed"]],
    cell: [lecture04, "as printed, 1:d/2 and d/2:d of six share an index"],
  },
  {
    item: "E17",
    says: "A scale must not be 0",
    names: ["AffineCoupling"],
    tests: [[everyFlow, "a scale that crosses 0: x is forgotten, and the log-determinant is −∞"]],
    cell: [lecture04, "as printed, s = 0: two x have one z"],
  },
  {
    item: "E18",
    says: "NICE only moves, and ends with a scaling",
    names: ["AdditiveCoupling", "DiagonalScaling", "nice"],
    tests: [[layers, "have determinant 1 where they are additive, and the product of scales where they are affine"]],
    cell: [lecture04, "NICE only moves: its determinant is 1"],
  },
  {
    item: "E19",
    says: "Noise from [0, 1), and a lower bound",
    names: ["dequantisedBound"],
    tests: [[dequantisation, "is bounded from below by uniform noise, on average, with a gap"]],
    cell: [lecture04b, "noise below 1 stays in its cell; 1, as printed, does not"],
  },
  {
    item: "5.1",
    says: "Why latent variables: faster sampling, independence given z",
    names: ["VAE", "MADE"],
    tests: [
      [
        "generative/models/autoregressive.test.ts",
        "takes one pass for a likelihood, and d passes for samples without a cache, or one a group",
      ],
    ],
    cell: [
      lecture05,
      "an image of 64 pixels: 64 evaluations of the network autoregressively, one with a latent variable",
    ],
  },
  {
    item: "5.2",
    says: "Mixtures, and a continuous z as an infinite one",
    names: ["GaussianMixture", "gaussHermite", "LinearGaussian"],
    tests: [
      [
        "generative/exact/latentMixtures.test.ts",
        "is the same by the covariance of x, by two quadratures and by enumerating a discrete z",
      ],
      ["generative/exact/quadrature.test.ts", "agrees with Gauss–Hermite on a smooth likelihood"],
    ],
    cell: [lecture05, "a mixture of 32 Gaussians is the continuous model, to 1e-5"],
  },
  {
    item: "5.3",
    says: "What is the harm of one extremely flexible family?",
    names: ["Histogram", "Mixture", "Bernoulli"],
    tests: [["generative/exact/empirical.test.ts", "sums to 1 over all its cells, λ = %d"]],
    cell: [lecture05, "on 100 words the flexible table is more than twice as far from the source as the mixture"],
  },
  {
    item: "5.4",
    says: "Few values of z: enumerate; the gradient by Fisher's identity",
    names: ["Mixture"],
    tests: [
      [
        "generative/exact/latentMixtures.test.ts",
        "has the gradient of autodiff, of difference quotients, and of the posterior-weighted sum by hand",
      ],

      [
        "generative/objectives/expectation.test.ts",
        "has the gradient of Fisher's identity: autodiff of the sum over z, weighted by the posterior",
      ],
    ],
    cell: [lecture05, "autodiff of the sum is the posterior-weighted gradient, for the weights of the mixture"],
  },
  {
    item: "5.5",
    says: "Prior, likelihood with a decoder, and the marginal by quadrature",
    names: ["LatentVariableModel", "logIntegral", "LatentGrid"],
    tests: [
      ["generative/exact/linearGaussian.test.ts", "has the evidence of quadrature over both latent dimensions"],
      ["generative/exact/latentGrid.test.ts", "has the evidence, the bound and the gap that scipy integrates"],
    ],
    cell: [lecture05, "the grid is fine enough: half the points give the same log p(x)"],
  },
  {
    item: "5.6",
    says: "What does intractable mean?",
    names: ["samplesNeeded", "secondMoment"],
    tests: [
      [
        "generative/exact/importanceSampling.test.ts",
        "is 4.06 for the prior where a = 1, s = 0.3 and x is one standard deviation out",
      ],
    ],
    cell: [lecture05, "10 % in twenty dimensions takes more than 10¹⁴"],
  },
  {
    item: "5.7",
    says: "Prior sampling: unbiased, with a logarithm that is low",
    names: ["priorSampling"],
    tests: [
      ["generative/estimates/priorBias.test.ts", "is unbiased for p(x), and its logarithm low by χ²/2K, to 10 %"],
    ],
    cell: [lecture05, "at K = 300 and 1000 the bias is −χ²/2K, to 10 %"],
  },
  {
    item: "5.8",
    says: "Only 1/N of the terms is useful",
    names: ["LatentGrid", "summariseWeights"],
    tests: [["generative/exact/latentGrid.test.ts", "has the closed form of the second moment of the weights"]],
    cell: [lecture05, "clusters far apart: one draw in N is useful, as the notes have it"],
  },
  {
    item: "5.9",
    says: "Importance sampling",
    names: ["importanceSampling", "secondMoment", "paretoK"],
    tests: [
      [
        "generative/estimates/importanceWeights.test.ts",
        "is wrong by what it misses: z > 0 alone has its share of p(x), beyond 40 standard errors",
      ],

      [
        "generative/objectives/bounds.test.ts",
        "has weights whose mean is p(x): unbiased under a proposal that is wrong",
      ],
      ["generative/exact/importanceSampling.test.ts", "is infinite exactly from v = τ²/2 down"],
    ],
    cell: [lecture05, "importance sampling agrees with quadrature"],
  },
  {
    item: "5.10",
    says: "The best proposal is the posterior",
    names: ["importanceSampling"],
    tests: [
      [
        "generative/objectives/everyBound.test.ts",
        "at the posterior $name is log p(x) (its mean, for the form with the KL)",
      ],
    ],
    cell: [lecture05, "the posterior as proposal: zero variance (to the rounding of float32)"],
  },
  {
    item: "5.11",
    says: "min KL(q ‖ p(z|x)) without the posterior, up to a constant",
    names: ["exactElbo", "klGaussian"],
    tests: [["generative/objectives/everyBound.test.ts", "the exact ELBO is log p(x) − KL(q ‖ p(z|x)), without noise"]],
    cell: [lecture06, "KL minus what is searched is log p(x), for each of five q"],
  },
  {
    item: "5.12",
    says: "Amortised inference: faster, regularises, less precise",
    names: ["exactElbo", "inferenceGaps", "NormalEncoder", "Dense"],
    tests: [
      [
        "generative/objectives/affineEncoder.test.ts",
        "is 0 for the affine encoder and positive for one that may not look at x, by Var[μ(x)] in the precision",
      ],
    ],
    cell: [lecture06, "the network is less precise than a search for each x: the amortisation gap is positive"],
  },
  {
    item: "5.14",
    says: "VLB ≤ log p(x)",
    names: ["LatentGrid"],
    tests: [["generative/exact/latentGrid.test.ts", "has no gap at the posterior, and no q above it: 200 of them"]],
    cell: [lecture07, "q on the lawn is below log p(x)"],
  },
  {
    item: "5.15",
    says: "p(x) = p(x, z) / p(z|x) at any z",
    names: ["LinearGaussian"],
    tests: [["generative/exact/linearGaussian.test.ts", "has a posterior with p(x) = p(x, z) / p(z|x) at every z"]],
    cell: [lecture05, "mended: log p(x, z) − log p(z|x) is log p(x) at every z"],
  },
  {
    item: "5.16",
    says: "Three derivations of the ELBO",
    names: ["derive", "checkDerivation", "compareExpressions"],
    tests: [
      [
        "generative/derivation/derivation.test.ts",
        "compares each line with the one before, on every case, and its algebra",
      ],
      ["generative/derivation/lines/wrong.test.ts", "%s follows line by line"],
    ],
    cell: [lecture07, 'title: "Looking for the posterior"'],
  },
  {
    item: "5.17",
    says: "Two forms of the ELBO",
    names: ["elbo", "LatentGrid"],
    tests: [
      ["generative/exact/latentGrid.test.ts", "for %s, both forms of the bound agree, and the gap is log p(x) − ELBO"],
      ["generative/objectives/everyBound.test.ts", "$name is log p(x) − KL(q ‖ p(z|x)), on average"],
    ],
    cell: [lecture07, "one draw of either form is right on average"],
  },
  {
    item: "5.18",
    says: "The gap is KL(q ‖ p(z|x))",
    names: ["LatentGrid", "elboParts"],
    tests: [
      ["generative/exact/latentGrid.test.ts", "for %s, both forms of the bound agree, and the gap is log p(x) − ELBO"],
    ],
    cell: [lecture07, "one Gaussian loses more than log 2 on the parabola"],
  },
  {
    item: "5.19",
    says: "The entropy spreads q; without it, the most likely completion",
    names: ["LatentGrid", "fit"],
    tests: [
      [
        "generative/distributions/triangular.test.ts",
        "integrates to 1 over the plane, and has the entropy of its density",
      ],
    ],
    cell: [lecture07, "without the entropy q collapses"],
  },
  {
    item: "5.20",
    says: "The bound helps in some cases and not in others",
    names: ["meanField", "curvesAgainst"],
    tests: [
      [
        "generative/exact/meanField.test.ts",
        "moves the noise level of a model to where scipy.optimize finds the maximum of the bound",
      ],
    ],
    cell: [lecture06, "with causes alike the bound is highest at s² = 0.648: more than twice the truth"],
  },
  {
    item: "5.21",
    says: "How can the divergence be computed?",
    names: ["kl", "elbo"],
    tests: [
      [
        "generative/distributions/triangular.test.ts",
        "has the divergences that torch has, to and from a diagonal Gaussian too",
      ],
    ],
    cell: [lecture07, "the closed form of KL(q ‖ p(z)) is the sum over the grid"],
  },
  {
    item: "5.22",
    says: "The score function, with baselines",
    names: ["expectation", "scoreMoments", "bestBaseline", "gradientStatistics"],
    tests: [
      [
        "generative/objectives/expectation.test.ts",
        "is unbiased for the gradient in mean and width: E z³ = m³ + 3 m s²",
      ],
      ["generative/objectives/expectation.test.ts", "is 30 by the score and 4 by reparameterisation for z² at m = 1"],
    ],
    cell: [lecture08, "the score function is right on average: for z², sin 3z and a step, in m and in log s"],
  },
  {
    item: "5.23",
    says: "Reparameterisation: do we lose anything?",
    names: ["Reparameterised", "pathwiseMoments"],
    tests: [
      ["generative/objectives/expectation.test.ts", "is larger by reparameterisation for a wave: 50 against 0.5"],
      ["generative/exact/gradientMoments.test.ts", "has the mean and the variances that scipy integrates"],
    ],
    cell: [lecture08, "at k = 10 the variances are 50 and 0.5"],
  },
  {
    item: "5.24",
    says: "Why variational? The best q of all",
    names: ["LatentGrid", "fit"],
    tests: [["generative/exact/latentGrid.test.ts", "has no gap at the posterior, and no q above it: 200 of them"]],
    cell: [lecture07, "the free-form optimum has the same log w wherever it has mass"],
  },
  {
    item: "5.25",
    says: "How do we calculate p(x, z)?",
    names: ["LatentGrid", "LatentVariableModel"],
    tests: [["generative/exact/latentGrid.test.ts", "is a sum for a discrete z: Bayes' rule by hand"]],
    cell: [lecture05, "const logJoint = (z: number) =>"],
  },
  {
    item: "5.26",
    says: "Do we integrate over all z?",
    names: ["logIntegral"],
    tests: [["generative/exact/linearGaussian.test.ts", "has the evidence of quadrature over both latent dimensions"]],
    cell: [lecture05, "the parabola's evidence from z > 0 alone is half of it"],
  },
  {
    item: "5.27",
    says: "When is Monte Carlo fine?",
    names: ["paretoK", "klGaussian", "priorSampling"],
    tests: [
      [
        "generative/estimates/importanceWeights.test.ts",
        "of v = %d, less than half the variance: k̂ is above ½, where the variance is infinite",
      ],
      ["generative/exact/importanceSampling.test.ts", "is infinite exactly from v = τ²/2 down"],
    ],
    cell: [lecture05, "a sixteenth of e^KL draws: half of all estimates are below half of p(x)"],
  },
  {
    item: "5.27",
    says: "When is Monte Carlo fine? From the weights of a bound of K draws",
    names: ["relativeVariance", "summariseWeights"],
    tests: [
      [
        "generative/estimates/importanceWeights.test.ts",
        "the effective sample size is K / (1 + the relative variance of the weights, over K)",
      ],
    ],
    cell: [lecture10, "a q that is too narrow, though its centre is right: K times the gap keeps growing"],
  },
  {
    item: "5.28",
    says: "Choosing a family: diagonal, full, flows",
    names: ["MultivariateNormal", "lowerTriangular", "TransformedDistribution", "AdditiveCoupling", "AffineCoupling"],
    tests: [
      [
        "generative/distributions/triangular.test.ts",
        "has the density of its own map: log q(T(ε)) = log N(ε) − log |det ∂T/∂ε|, by autodiff",
      ],
      ["generative/distributions/triangular.test.ts", "has the log-density and the entropy that torch has"],
    ],
    cell: [lecture06, "a richer family is closer to the posterior: diagonal, full, one coupling, two"],
  },
  {
    item: "6.6",
    says: "A diagonal prior: independent dimensions, in the prior",
    names: ["meanField", "LinearGaussian"],
    tests: [["generative/exact/meanField.test.ts", "is −½ log(1 − ρ²) in two dimensions: 0.8304 at ρ = 0.9"]],
    cell: [lecture06, "the best diagonal q loses −½ log(1 − ρ²)"],
  },
  {
    item: "6.9",
    says: "VQ-VAE: argmin, straight-through, commitment; k-means that forgets; perplexity; a prior over codes",
    names: [
      "VQVAE",
      "nearestCode",
      "straightThrough",
      "codebookLoss",
      "commitmentLoss",
      "vqParts",
      "Codebook",
      "movingTally",
      "restartDead",
      "perplexity",
      "PixelCNN",
      "vqVae",
    ],
    tests: [
      ["generative/networks/quantiser.test.ts", "chooses the codes that scikit-learn chooses, in any leading shape"],
      [
        "generative/networks/quantiser.test.ts",
        "has the code as its value, and the gradients that torch gets by detaching",
      ],
      ["generative/networks/quantiser.test.ts", "move only the codes, and only the vectors, as torch has it"],
      [
        "generative/networks/quantiser.test.ts",
        "with decay 0 takes the step of Lloyd's algorithm that scikit-learn takes",
      ],
      ["generative/estimates/perplexity.test.ts", "is exp of scipy's entropy of the frequencies"],
      ["generative/models/vqVae.test.ts", "has a bound below log p(x) by −log p(k*|x), by trying all nine grids"],
    ],
    cell: [lecture11, "the two-part bound is below log p(x) = log Σ p(x|k) p(k), for 20 images"],
  },
  {
    item: "6.10",
    says: "β-VAE: directions with λ ≤ βσ² collapse",
    names: ["betaElbo", "linearBetaVae"],
    tests: [
      [
        `${exact}/linearBetaVae.test.ts`,
        "is the optimum that scipy.optimize finds for $eigenvalue, σ² = $variance, β = $beta",
      ],
      [`${exact}/linearBetaVae.test.ts`, "collapses exactly the directions with λ ≤ β σ²"],
      [
        "generative/objectives/betaElbo.test.ts",
        "is β times the ELBO of a decoder with the variance β σ², and a constant",
      ],
    ],
    cell: [lecture11, "each trained w² is max(λ − βσ², 0)"],
  },
  {
    item: "6.12",
    says: "Compression by bits back: −ELBO; anomaly scores and where they fail",
    names: ["bitsBackEncode", "bitsBackDecode", "rocArea"],
    tests: [
      [`${exact}/bitsBack.test.ts`, "costs −log₂ p(x) with the posterior, whatever z was drawn, to a few bits in all"],
      [`${exact}/bitsBack.test.ts`, "costs −ELBO on average with another q, and not less than −log₂ p(x)"],
      [
        "generative/estimates/anomaly.test.ts",
        "has the area that the F distribution has for d = $d, s = $s: better than ½ only for s > 1",
      ],
    ],
    cell: [lecture11b, "1000 symbols cost −ELBO, in bits"],
  },
  {
    item: "E20",
    says: "One draw in N is a rule of thumb for the effective sample size",
    names: ["LatentGrid"],
    tests: [["generative/exact/latentGrid.test.ts", "has the closed form of the second moment of the weights"]],
    cell: [lecture05, "clusters that touch: more than three times as many"],
  },
  {
    item: "E21",
    says: "q depends on x; log p̂ is biased low",
    names: ["secondMoment"],
    tests: [["generative/exact/importanceSampling.test.ts", "equals ∫ p(z|x)² / q(z) dz for %o and %o"]],
    cell: [lecture05, "one proposal for all x, wide enough for each"],
  },
  {
    item: "E21",
    says: "One proposal for all x under the bound of K draws",
    names: ["iwaeBound"],
    tests: [["generative/exact/iwaeBound.test.ts", "is E log w for one draw, never falls, and stays below log p(x)"]],
    cell: [lecture10, "one proposal for all x loses more than twelve times what the network loses"],
  },
  {
    item: "E22",
    says: "A constant independent of q, not only of z",
    names: ["exactElbo"],
    tests: [["generative/objectives/everyBound.test.ts", "the exact ELBO is log p(x) − KL(q ‖ p(z|x)), without noise"]],
    cell: [lecture06, "KL minus what is searched is log p(x), for each of five q"],
  },
  {
    item: "E24",
    says: "The reconstruction term is a log-likelihood, to be made large",
    names: ["elboParts", "LatentGrid"],
    tests: [
      [
        "generative/objectives/bounds.test.ts",
        "in the form %s equals log p(x) − KL(q ‖ p(z|x)): the sign of the KL term",
      ],
    ],
    cell: [lecture07, "reconstruction − KL + gap is log p(x), at all 12 places of the figure"],
  },
  {
    item: "E25",
    says: "The chain ends with p(x|z), not p(z|x)",
    names: ["Conditional"],
    tests: [["generative/distributions/roles.test.ts", "keeps p(x|z) and q(z|x) apart at compile time"]],
    cell: [lecture06, "// @ts-expect-error q(z|x) where p(x|z) is wanted: the end of the chain"],
  },
  {
    item: "E27",
    says: "One decoder, with θ, and one encoder, with φ",
    names: ["Conditional"],
    tests: [["generative/distributions/roles.test.ts", "keeps p(x|z) and q(z|x) apart at compile time"]],
    cell: [lecture06, "x → q(z|x) → z → p(x|z) → x̂: reconstructions of 2"],
  },
  {
    item: "E28",
    says: "The ELBO bounds log p(x)",
    names: ["LatentGrid"],
    tests: [["generative/exact/latentGrid.test.ts", "has no gap at the posterior, and no q above it: 200 of them"]],
    cell: [lecture07, "even with q = p(z|x) the ELBO stays 1 or more below p(x)"],
  },
  {
    item: "E29",
    says: "Divide by p(z), not by its logarithm",
    names: ["checkLine", "derive"],
    tests: [
      ["generative/derivation/lines/wrong.test.ts", "the logarithm of a quotient is not a quotient of logarithms"],
    ],
    cell: [lecture07, '"= E_q[log(p(x,z)) / log(p(z)) + log(p(z)) - log(q(z))]"'],
  },
  {
    item: "E30",
    says: "Training evaluates log p(x|z) and samples no x",
    names: ["elbo"],
    tests: [["generative/objectives/everyBound.test.ts", "$name lies below log p(x), on average"]],
    cell: [lecture07, "the ELBO of a likelihood that cannot sample is the same"],
  },
  {
    item: "E32",
    says: "p(x|z) p(z) / q(z|x) depends on z; its average is p(x)",
    names: ["LatentGrid"],
    tests: [
      [
        "generative/objectives/bounds.test.ts",
        "has weights whose mean is p(x): unbiased under a proposal that is wrong",
      ],
    ],
    cell: [lecture07, 'checkLine({ cases }, "p(x)", "= p(x|z) * p(z) / q(z)", "Bayes")'],
  },
  {
    item: "E33",
    says: "E_q[log p(x)] = log p(x) for any q",
    names: ["LatentGrid"],
    tests: [
      [
        "generative/exact/latentGrid.test.ts",
        "refuses a q that does not sum to 1, and weights that are not as many as points",
      ],
    ],
    cell: [lecture07, "E_q[log p(x)] is log p(x) for five q, all of them bad"],
  },
  {
    item: "E34",
    says: "A divergence is ordered",
    names: ["kl"],
    tests: [["generative/distributions/kl.test.ts", "is not symmetric"]],
    cell: [lecture07, '"= KL(p(z|x), q(z))"'],
  },
  {
    item: "E35",
    says: "A divergence is between distributions, not samples",
    names: ["kl"],
    tests: [["generative/distributions/kl.test.ts", "equals the sampled mean of log q − log p"]],
    cell: [lecture07, "the closed form of KL(q ‖ p(z)) is the sum over the grid"],
  },
  {
    item: "E36",
    says: "The dimensions of z are independent in the prior only",
    names: ["meanField", "gaussianEllipses"],
    tests: [["generative/exact/meanField.test.ts", "has the KL of its own q, which every other diagonal q exceeds"]],
    cell: [lecture06, "as printed, 'independent': the posterior correlation is −0.76"],
  },
  {
    item: "E38",
    says: "Multiply and divide, by a q that is positive wherever p(x, z) is",
    names: ["LatentGrid", "importanceSampling"],
    tests: [
      [
        "generative/estimates/importanceWeights.test.ts",
        "is wrong by what it misses: z > 0 alone has its share of p(x), beyond 40 standard errors",
      ],
    ],
    cell: [lecture07, "a q that misses a hump averages the ratio to p(x)/2"],
  },
  {
    item: "E39",
    says: "The loss is differentiated, in θ and in φ",
    names: ["stopGradient", "expectation"],
    tests: [["generative/objectives/expectation.test.ts", "stopGradient keeps values and stops derivatives"]],
    cell: [lecture08, "as printed, through θ alone: the gradient in φ is 0"],
  },
  {
    item: "E41",
    says: "p(x|z) p(z) is p(x, z); integrate",
    names: ["logIntegral"],
    tests: [["generative/exact/linearGaussian.test.ts", "has a posterior with p(x) = p(x, z) / p(z|x) at every z"]],
    cell: [lecture05, 'checkLine({ cases }, "p(x)", "= p(x|z) * p(z)", "product rule")'],
  },
  {
    item: "E42",
    says: "An expectation, or an integral with the weight q",
    names: ["LatentGrid"],
    tests: [["generative/exact/latentGrid.test.ts", "is a sum for a discrete z: Bayes' rule by hand"]],
    cell: [lecture07, '"= integral(log(p(x)), z)"'],
  },
  {
    item: "E43",
    says: "q(z|x), not q(x|z)",
    names: ["Conditional"],
    tests: [["generative/distributions/roles.test.ts", "keeps p(x|z) and q(z|x) apart at compile time"]],
    cell: [lecture06, "// @ts-expect-error p(x|z) where q(z|x) is wanted"],
  },
  {
    item: "5.13",
    says: "IWAE: the bound, its order, its gap, its gradients",
    names: ["iwae", "iwaeBound", "relativeVariance", "secondMoment", "gradientStatistics"],
    tests: [
      ["generative/objectives/iwaeEstimators.test.ts", "%s: in the %s it goes as K to the power %d"],

      ["generative/exact/iwaeBound.test.ts", "is E log w for one draw, never falls, and stays below log p(x)"],
      ["generative/exact/iwaeBound.test.ts", "leaves a gap that tends to χ²/2K, with the χ² of the closed form"],
      [
        "generative/objectives/iwaeEstimators.test.ts",
        "sticking the landing is biased in the encoder for K = 6, beyond doubt, and not in the model",
      ],
    ],
    cell: [lecture10, "and stay below log p(x)"],
  },
  {
    item: "6.1",
    says: "Autoencoders: linear, dense, convolutional; squared error",
    names: ["Autoencoder", "ConvolutionalAutoencoder", "principalComponents"],
    tests: [
      [
        "generative/models/linearModels.test.ts",
        "loses the trailing eigenvalues, and its gradient is 0, in any basis of the codes",
      ],

      [
        "generative/models/autoencoder.test.ts",
        "a linear autoencoder is at its best at PCA: the trailing eigenvalues, and the same subspace",
      ],
      ["generative/models/autoencoder.test.ts", "learns to copy, compiled as eager"],
    ],
    cell: [lecture09, "a linear autoencoder, trained, ends within 3 % of the trailing eigenvalues, and not below them"],
  },
  {
    item: "6.2",
    says: "Features for a classifier; the decoder is thrown away",
    names: ["linearProbe", "Autoencoder"],
    tests: [
      [
        "generative/models/linearModels.test.ts",
        "has features that a linear probe reads as it reads PCA's, and as ridge regression does in closed form",
      ],

      [
        "generative/estimates/samples.test.ts",
        "separates classes that a plane separates, and knows nothing of shuffled labels",
      ],
    ],
    cell: [lecture09, "with 25 labels, eight features beat 49 pixels; with 1,600, the pixels beat PCA"],
  },
  {
    item: "6.3",
    says: "An autoencoder does not sample",
    names: ["energyDistance", "Autoencoder"],
    tests: [["generative/estimates/samples.test.ts", "tells apart means and widths, and grows with the distance"]],
    cell: [lecture09, '"autoencoder, N(0, I)": bitsOf(coderImages("N(0, I)", 4000, chance))'],
  },
  {
    item: "6.4",
    says: "Encode, sample, decode; what squared error assumes",
    names: ["LinearVAE", "elbo", "Normal"],
    tests: [
      [
        "generative/objectives/rateAndDistortion.test.ts",
        "of a Gaussian with s = %d is −|x − x̂|² / 2s² − D/2 log 2πs², by tfjs's own squared error",
      ],

      [
        "generative/models/autoencoder.test.ts",
        "a linear VAE is at its best at probabilistic PCA, whose likelihood it reaches",
      ],
    ],
    cell: [lecture09, "with s² = ½ a Gaussian log-likelihood is minus the sum of the squares, and a constant"],
  },
  {
    item: "6.5",
    says: "Generation from the prior",
    names: ["ancestralSampling", "VAE"],
    tests: [
      [
        "generative/models/ancestralSampling.test.ts",
        "draws images of a VAE as often as quadrature over z says: chi-square over all 16 of 4 pixels",
      ],
      ["generative/models/ancestralSampling.test.ts", "draws from the marginal: x ~ N(b, W Wᵀ + s² I)"],
    ],
    cell: [
      lecture09,
      "the VAE is harder to tell from real digits than an untrained VAE, and than the autoencoder with codes from N(0, I) or a fitted Gaussian",
    ],
  },
  {
    item: "6.7",
    says: "Editing images by the dimensions of z",
    names: ["latentTraversal", "unitActivity"],
    tests: [
      [
        "generative/models/linearModels.test.ts",
        "edits x by w_i δ along its own axis, and no other, as z_i moves by δ",
      ],
      [
        "generative/estimates/activeUnits.test.ts",
        "is the variance of the posterior mean over the data, over batches that do not divide them",
      ],
    ],
    cell: [lecture09, "the most used dimension moves the image more than three times as far as the least used one"],
  },
  {
    item: "6.8",
    says: "Just enough information: rate and distortion",
    names: ["kl", "Mixture"],
    tests: [
      [
        "generative/objectives/rateAndDistortion.test.ts",
        "the rate is the information and the mismatch to the prior, for a z of three values, by enumeration",
      ],
      [
        "generative/objectives/rateAndDistortion.test.ts",
        "so it is for a Gaussian z, by quadrature, and the information is at most log N",
      ],
      [
        "generative/objectives/rateAndDistortion.test.ts",
        "the ELBO is −(distortion + rate), the distortion by quadrature",
      ],
    ],
    cell: [
      lecture09,
      "rate = information + mismatch, for 300 images and for 2,000, each summed by itself, to 0.02 nats",
    ],
  },
  {
    item: "6.11",
    says: "Importance-weighted autoencoders, trained",
    names: ["iwae", "importanceSampling", "activeUnits"],
    tests: [
      ["generative/estimates/activeUnits.test.ts", "counts the units that follow x, not those that are large"],
      ["generative/studies/studies.test.ts", "is reached where every seed of more draws is below every seed of fewer"],
    ],
    cell: [lecture10, "on images not seen, K = 50 is better than the VAE by more than 4.5 standard errors"],
  },
  {
    item: "6.12",
    says: "Denoising and inpainting",
    names: ["VAE", "sampleGrid", "kl"],
    tests: [
      [
        "generative/models/linearModels.test.ts",
        "completes what is missing, by encoding and decoding in turns, to the conditional mean of the joint Gaussian",
      ],
      [
        "generative/models/linearModels.test.ts",
        "removes noise by the posterior mean: W M⁻¹ Wᵀ shrinks each axis by 1 − s²/λ_i, and drops the others",
      ],
      ["generative/models/autoregressive.test.ts", "keeps a prefix, and draws the rest given it"],
    ],
    cell: [
      lecture09,
      "a hidden lower half: the mean of the posterior has fewer wrong bits than one pass through the encoder, and than the mean image, beyond doubt",
    ],
  },
  {
    item: "E23",
    says: "One objective for model and encoder, without another KL",
    names: ["iwae", "iwaeBound", "klGaussian"],
    tests: [
      [
        "generative/exact/iwaeBound.test.ts",
        "as printed, with another −KL(q ‖ p(z|x)), would be log p(x) − 2 KL for one draw and never come near log p(x)",
      ],
    ],
    cell: [lecture10, "as printed, K = 1 is log p(x) − 2 KL"],
  },
  {
    item: "E26",
    says: "Nearby codes have similar images, not the same",
    names: ["VAE", "latentTraversal"],
    tests: [
      [
        "generative/models/linearModels.test.ts",
        "decodes codes that are near to means that are near, not the same: by at most σ_max(W) |Δz|, and exactly so along it",
      ],
    ],
    cell: [lecture09, "half the step makes half the change, to 15 %"],
  },
  {
    item: "E31",
    says: "Features need not be fewer; but something must stop the copy",
    names: ["Autoencoder"],
    tests: [
      [
        "generative/models/linearModels.test.ts",
        "with more dimensions than pixels learns to lose nothing; with one less it cannot",
      ],
    ],
    cell: [lecture09, "with 60 numbers for 49 pixels it copies: less than 1 % of the variance is lost"],
  },
  {
    item: "E46",
    says: "An autoencoder can be sampled, by a density fitted to its codes",
    names: ["AffineFlow", "energyDistance"],
    tests: [["generative/estimates/samples.test.ts", "is near 0 for two samples of one distribution, of either sign"]],
    cell: [lecture09, '"autoencoder, ten Gaussians": bitsOf(coderImages("ten Gaussians, by label", 4000, chance))'],
  },
];
