import type { Question } from "./row.ts";

const lecture00 = "00-maximum-likelihood.ipynb";
const lecture05 = "05-latent-variables.ipynb";
const lecture06 = "06-amortized-inference.ipynb";
const lecture07 = "07-elbo.ipynb";
const lecture08 = "08-gradients-of-expectations.ipynb";

/** Every question of the notes, and what they left to be done, in the order of the lectures that answer. */
export const questions: readonly Question[] = [
  {
    item: "1.1",
    at: [["draft", 37]],
    asks: "What is p(x), and why do we care to approximate it?",
    answer:
      "It is the process that made the data, as a law of chance. Who has it can make new data, code them in few bits, and notice what does not belong: the throws of the coin cost **0.469 bits** each and not one.",
    evidence: ["the throws of the coin cost 0.469 bits each", "entropy(nine) / Math.LN2, 0.469, { within: 5e-4 }"],
  },
  {
    item: "1.14",
    at: [["draft", 37, 38]],
    asks: "What does it mean to approximate a distribution? What is the concrete object that we want?",
    answer:
      "One that evaluates $p(x)$, samples, and fills in what is missing. A table does all three: from the joint probabilities 0.4, 0.1, 0.2, 0.3 of two bits, the second is lit with **0.6** where the first is.",
    evidence: [
      "joint probabilities 0.4, 0.1, 0.2, 0.3: given the first bit, the second is lit with 0.6",
      "0.3 / sum([0.2, 0.3]), 0.6, { within: 1e-12 }",
    ],
  },
  {
    item: "1.13",
    at: [["draft", 33]],
    asks: "Is learning the only way to approximate, and is it more than to memorise the examples?",
    answer:
      "Storing them is a way, and a bad one: a thousand remembered digits cost **log 1000** nats each, and every other digit ∞. A model is judged on data that it has not seen.",
  },
  {
    item: "1.15",
    at: [["draft", 23, 212]],
    asks: "What is inference, and what is learning?",
    answer:
      "Inference asks what was hidden, with the model as it is: given the datum, the first of the two causes was it with **0.9**. Learning asks for the model. EM takes them in turns.",
    evidence: [
      "two causes, equally likely: given the datum, the first was it with 0.9",
      "joint[0]! / sum(joint), 0.9, { within: 1e-12 }",
    ],
  },
  {
    item: "1.15",
    cell: [lecture00, "A *model* is a family of them"],
    at: [["draft", 24]],
    asks: "What is a model: a distribution with parameters, or a network?",
    answer: String.raw`A family of distributions, one for each $\theta$. A network is one way to compute the parameters: with the output 1 before its sigmoid it is the same coin as a table that holds **0.7311**.`,
    evidence: ["the logit 1 is the coin of 0.7311", "sigmoid(1), 0.7311, { within: 5e-5 }"],
  },
  {
    item: "1.2",
    at: [["draft", 25]],
    asks: "What is a distribution? What are its inputs and outputs?",
    answer: String.raw`Two functions that agree. One takes an $x$ and gives $\log p(x)$; the other takes randomness and gives an $x$. For the density $e^{-x}$ the second is $-\log(1 - u)$: of even steps of $u$, **0.3935** come out below ½, as the first says.`,
    evidence: [
      "−log(1 − u) is below ½ for 0.3935 of all u, which is the integral of e^−x",
      "[sum(middles.map(u => Number(-Math.log(1 - u) < 0.5))) / 1000, 1 - Math.exp(-0.5)], 0.3935, { within: 1e-3 }",
    ],
  },
  {
    item: "E40",
    at: [["draft", 27]],
    asks: "A distribution and its density are not the same thing?",
    answer: String.raw`No. The density depends on the unit: that of $\mathcal{N}(0, 0.1^2)$ metres is 3.989 at 0, and in centimetres **0.03989**, for the same distribution. Probabilities of intervals do not depend on it.`,
    evidence: [
      "the density of N(0, 0.1²) at 0 is 3.989 per metre and 0.03989 per centimetre",
      "[logNormal(0, 0, 0.1), logNormal(0, 0, 10)].map(Math.exp), [3.989, 0.03989], { within: 5e-4 }",
    ],
  },
  {
    item: "1.16",
    at: [["draft", 45]],
    asks: "Do we assume the model's form before maximum likelihood?",
    answer:
      "Yes, and the truth need not have it: the maximum is the member of the family that is nearest in KL. Among Gaussians that is the one with the mean and the variance of the data, for humps of width ½ at ±2 the variance **4.25**.",
    evidence: [
      "two humps of width ½ at ±2: the best of the variances is 4.25",
      "grid.map(i => i / 20).reduce((best, v) => (4.25 / v + Math.log(v) < 4.25 / best + Math.log(best) ? v : best)), 4.25, { within: 1e-9 }",
    ],
  },
  {
    item: "1.9",
    at: [["draft", 50]],
    asks: "Why do we optimise the log?",
    answer:
      "It keeps the order, so the maximum stays where it is; products become sums, which do not underflow: 1,100 throws of a fair coin have the likelihood 0 in float64, and the log-likelihood **−762.5**.",
    evidence: [
      "1,100 throws: the product is 0, and the sum of the logarithms −762.5",
      "[0.5 ** 1100, 1100 * Math.log(0.5)], [0, -762.5], { within: 0.05 }",
    ],
  },
  {
    item: "1.10",
    at: [["draft", 61, 62]],
    asks: "When can we compute the exact solution?",
    answer:
      'Where the equation "slope = 0" can be solved: counts over $n$ for a table (for nine heads in ten throws **0.9**), mean and variance for a Gaussian, eigenvectors for PCA. For a mixture or a network, not.',
    evidence: [
      "of the coins 0.01 to 0.99 the best for nine heads in ten is 0.9",
      "lowest(p => crossEntropy(nine, [p, 1 - p])), 0.9, { within: 1e-9 }",
    ],
  },
  {
    item: "1.6",
    at: [["draft", 66]],
    asks: "An example of maximum likelihood? (left to be done)",
    answer:
      "How many pixels of a small digit are lit: counts over $n$ is the maximum, its gradient **vanishes**, and gradient descent comes within a thousandth of a nat.",
  },
  {
    item: "1.5",
    at: [["draft", 79]],
    asks: "Minimising the KL is minimising the NLL: how? (left to be done)",
    answer: String.raw`$\mathrm{KL}(\hat p \,\Vert\, p_\theta)$ is the NLL less $H(\hat p)$, in which there is no $\theta$. So two models differ by the same in both: for nine heads in ten throws, the coins 0.5 and 0.8 by **0.331**.`,
    evidence: [
      "the coins 0.5 and 0.8 differ by 0.331, in KL and in NLL",
      "[klDivergence, crossEntropy].map(f => f(nine, fair) - f(nine, [0.8, 0.2])), 0.331, { within: 5e-4 }",
    ],
  },
  {
    item: "1.11",
    cell: [lecture00, "const factorised = cavi("],
    at: [["draft", 59]],
    asks: "CAVI?",
    answer: String.raw`*Coordinate-ascent variational inference*: one factor of $q$ is set to its best while the others stay. On a Gaussian with $\rho = 0.9$ the means come out right, the variances are those with the other known, $1 - \rho^2$, and independence costs **0.83 nats**. EM is the case of $q(z)$ and a point for $\theta$.`,
  },
  {
    item: "1.12",
    at: [["draft", 73]],
    asks: "The objective has a degenerate solution. How do we make sure that it gets us what we want?",
    answer:
      "By data that were not fitted: **on new data** too narrow is as bad as too wide. Then a floor under the widths, or noise for whole numbers.",
  },
  {
    item: "1.12",
    cell: [lecture00, "the exact rate: log σ + log n + ½ log 2π"],
    at: [["draft", 75]],
    asks: "If the data are Dirac deltas, why don't we end up there?",
    answer: String.raw`A table does: counts over $n$ *is* $\hat p$. A single Gaussian cannot. A mixture can, and does: as one component narrows on one datum, its log-density grows by **2.303** for each factor of ten, without end.`,
    evidence: [
      "a Gaussian ten times as narrow has 2.303 nats more at its centre",
      "logNormal(0, 0, 1e-3) - logNormal(0, 0, 1e-2), 2.303, { within: 5e-4 }",
    ],
  },
  {
    item: "1.17",
    at: [["summary", 49]],
    asks: "Why is the loss the expected value over the data?",
    answer: String.raw`Because the sum of $-\log p(x_i)$, divided by $n$, is an average, and averages of samples estimate expectations. So a minibatch is **right on average** as well.`,
  },
  {
    item: "1.18",
    at: [["draft", 179]],
    asks: "How big do minibatches need to be?",
    answer: String.raw`No size is enough by itself: what stays is a noise of $\frac{a}{2 - a} \mathrm{Var}[x]/B$, with $a$ the step times the curvature. Four data and a step of 0.2 leave **0.028**, one and a step of 0.05 leave 0.026.`,
    evidence: [
      "four data and a step of 0.2 leave 0.028 of the variance, one and 0.05 leave 0.026",
      "[[0.2, 4], [0.05, 1]].map(([a, B]) => settled(a!, B!)), [0.028, 0.026], { within: 5e-4 }",
    ],
  },
  {
    item: "3.9",
    at: [["Berkeley", 216, 217, 218]],
    asks: "As a layer of a flow: a ReLU? a sigmoid? tanh?",
    answer:
      "A ReLU, no: it sends −1 and −2 to one place. The others, yes, if what follows lives on their range: before a standard normal base a sigmoid has the mass **0.3413**.",
    evidence: [
      "a sigmoid before a normal base integrates to 0.3413",
      "integral(x => logNormal(sigmoid(x), 0, 1) + Math.log(sigmoid(x) * (1 - sigmoid(x)))), 0.3413, { within: 1e-4 }",
    ],
  },
  {
    item: "4.13",
    at: [["Berkeley", 331]],
    asks: "How to partition the variables?",
    answer:
      "So that after a few couplings each output depends on each input: checkerboards while the image is large, channels once it has many. Of halves two couplings are not enough, **three are**.",
  },
  {
    item: "4.17",
    at: [["Stanford", 36]],
    asks: "Is it the marginal probability of x that is intractable, and how do flows go about it?",
    answer:
      "Yes, of $x$: the sum over all $z$ that could have made it. In a flow one $z$ alone makes it, **the posterior shrinks to the point** $f(x)$, and the sum has one term.",
  },
  {
    item: "5.1",
    at: [["Berkeley", 355]],
    asks: "Why latent variable models?",
    answer:
      "Speed: given z the pixels are independent, and an image of 64 takes **one** evaluation of the network instead of 64. And structure: there is a place for the cause.",
  },
  {
    item: "5.3",
    at: [["draft", 88]],
    asks: "What is the harm of a single extremely flexible family?",
    answer:
      "It needs data for what it could be and is not: a table of eight bits has **255** numbers, two causes with eight coins each 17. And it has no place for the cause.",
    evidence: [
      "a table of eight bits has 255 numbers, two causes with eight coins 17",
      "[words(8).length - 1, 2 * 8 + 1], [255, 17], { within: 1e-9 }",
    ],
  },
  {
    item: "5.15",
    at: [["draft", 14]],
    asks: "Bayes' rule, integrals, Bayesian inference, variational inference? (terms to be defined)",
    answer: String.raw`$p(z \mid x) = p(x, z)/p(x)$; $p(x) = \int p(x, z)\, dz$; to say what $z$ was, by that rule; to look for the $q(z)$ that is nearest to it. The rule the other way round, $p(x) = p(x, z)/p(z \mid x)$, holds **at every z**.`,
  },
  {
    item: "5.25",
    at: [["draft", 120, 210]],
    asks: "How do we calculate the joint, p(x, z)?",
    answer: String.raw`$\log p(x, z) = \log p(z) + \log p(x \mid z)$, two terms that the model gives: for a cause of ½ that makes the datum with 0.9, **−0.799**.`,
    evidence: ["log ½ + log 0.9 is −0.799", "Math.log(0.5) + Math.log(0.9), -0.799, { within: 5e-4 }"],
  },
  {
    item: "5.26",
    at: [["draft", 129]],
    asks: "Does p(x) = ∫ p(x, z) dz require us to integrate over all z?",
    answer: "It does. From $z > 0$ alone the evidence of a parabola **is half of it**.",
  },
  {
    item: "5.5",
    cell: [lecture05, "**Would there be no problem without latents?**"],
    at: [["draft", 102]],
    asks: "Would this be no problem without latents?",
    answer: String.raw`None: with $z$ in the data, the likelihood is $\log p(z) + \log p(x \mid z)$. What is hidden puts a sum *inside* the logarithm, **−0.693** for the two causes, where the logarithms of its terms are −0.799 and −2.996.`,
    evidence: [
      "the logarithm of the sum is −0.693, those of its terms −0.799 and −2.996",
      "[logSumExp(joint.map(Math.log)), ...joint.map(Math.log)], [-0.693, -0.799, -2.996], { within: 5e-4 }",
    ],
  },
  {
    item: "5.5",
    cell: [lecture05, "**Why no closed form?**"],
    at: [["draft", 105]],
    asks: "Why is the integral intractable? Why is there no analytical solution?",
    answer: String.raw`A linear decoder leaves a Gaussian integral: $x = 1.5 z + 0.2$ with noise 0.7 has $\log p(2) =$ **−2.014**, by formula and by grid. With a network in the exponent there is no square to complete; nobody has a formula.`,
    evidence: [
      "the line: log p(2) is −2.014, by its formula and over a grid",
      "[line.logEvidence([2]), Math.log(integral(z => logNormal(2, decode(z), 0.7) + logNormal(z, 0, 1)))], -2.014, { within: 5e-4 }",
    ],
  },
  {
    item: "5.6",
    at: [["draft", 105, 106]],
    asks: "What does intractable mean: impossible to compute, or practically impossible? Why not efficiently?",
    answer:
      "Practically. Drawing $z$ from the prior takes $(4.06^D - 1)/0.1^2$ draws for 10 %, in the lecture's model: **306** in one dimension, more than $10^{14}$ in twenty. A grid needs as many points as an axis has, to the power of $D$.",
    evidence: [
      "10 % takes 306 draws in one dimension, 1.48 · 10¹⁴ in twenty",
      "[1, 20].map(D => Math.log10((4.06 ** D - 1) / 0.1 ** 2)), [Math.log10(306), Math.log10(1.48e14)], { within: 1e-3 }",
    ],
  },
  {
    item: "5.6",
    at: [["draft", 98]],
    asks: "Are high-dimensional inputs hard to work with?",
    answer:
      "Not by themselves: what is integrated is $z$. Pixels that all look at one $z$ narrow the posterior, so that 784 of them take **30 to 45 times the draws** of one; 784 dimensions of $z$ would take $10^{470}$ times as many.",
  },
  {
    item: "5.15",
    cell: [lecture05, "it is the normaliser of $p(z \\mid x)$"],
    at: [["draft", 121, 215]],
    asks: "Why can we not compute p(z|x)? And do we perform inference on p(x)?",
    answer:
      "Its denominator is $p(x)$, the sum that is too long: who has the one has the other, 0.45/**0.5** = 0.9 for the two causes. Inference is about what is hidden; $p(x)$ is not hidden, it is a number to be computed.",
    evidence: [
      "the two causes: 0.45 over the posterior 0.9 is p(x) = 0.5",
      "joint.map((p, z) => p / posterior[z]!), 0.5, { within: 1e-12 }",
    ],
  },
  {
    item: "5.27",
    cell: [lecture05, "a sixteenth of e^KL draws: half of all estimates are below half of p(x)"],
    at: [["draft", 178]],
    asks: "When is Monte Carlo estimation fine, and when not?",
    answer: String.raw`Below about $e^{\mathrm{KL}(p(z \mid x) \Vert q)}$ draws the region that matters is not met: half of all estimates are **below half of p(x)**. With $\chi^2/\varepsilon^2$ draws the relative error is $\varepsilon$; where the weights have no finite variance, no number is enough.`,
  },
  {
    item: "5.10",
    at: [["Berkeley", 387]],
    asks: "What is a good proposal distribution q(z)?",
    answer:
      "One like the posterior, and rather too wide than too narrow. With the posterior itself each weight is $p(x)$, **0.5** for both causes, and one draw is enough.",
    evidence: [
      "the weights of the posterior are 0.5 = p(x), both of them",
      "joint.map((p, z) => p / posterior[z]!), 0.5, { within: 1e-12 }",
    ],
  },
  {
    item: "5.12",
    at: [["draft", 71]],
    asks: "Why variational inference, and why amortised?",
    answer:
      "Variational: an integral that nobody can do becomes a search for a $q$. Amortised: one network answers for every $x$, in place of a search for each; what that costs, **the amortisation gap**, can be measured.",
  },
  {
    item: "5.12",
    cell: [lecture06, "on new x the encoders lose more than on those they saw"],
    at: [["Berkeley", 400]],
    asks: "If the same inference problem has to be solved many times, can a network learn to solve it?",
    answer:
      "Yes. It is less precise than a search, and **on new x** less than on those it was trained on, the more so the fewer those were.",
  },
  {
    item: "5.28",
    at: [["draft", 183]],
    asks: "Flexible distributions, expressive models for the parameters: what to choose?",
    answer: String.raw`What the posterior asks for. A diagonal $q$ loses $-\frac12 \log(1 - \rho^2)$ on a correlated Gaussian, **0.511** nats at $\rho = 0.8$; a full one nothing; on a bent posterior couplings lose less than either.`,
    evidence: [
      "two variables correlated by 0.8: the best diagonal q loses 0.511 nats",
      "klGaussian(gaussian([[0.36, 0], [0, 0.36]]), gaussian([[1, 0.8], [0.8, 1]])), 0.511, { within: 5e-4 }",
    ],
  },
  {
    item: "5.20",
    at: [["summary", 24]],
    asks: "In some cases the bound helps and in others it does not: in which?",
    answer: String.raw`Where the gap is the same for all $\theta$ it does no harm, as with orthogonal causes. Where it shrinks on one side it pulls: for causes that are alike the bound is highest at $s^2 =$ **0.648**, more than twice the truth.`,
  },
  {
    item: "5.18",
    at: [["draft", 108]],
    asks: "If it is intractable, can we compute something that is at least somewhat close?",
    answer: String.raw`A bound, whose gap is $\mathrm{KL}(q \,\Vert\, p(z \mid x))$: for the two causes and a $q$ of one half each it is **0.511** below.`,
    evidence: [
      "a q of one half each: the ELBO is 0.511 below log p(x), which is the divergence",
      "[Math.log(0.5) - elbo(fair), klDivergence(fair, posterior)], 0.511, { within: 5e-4 }",
    ],
  },
  {
    item: "5.16",
    cell: [lecture07, "So is variational inference about"],
    at: [["draft", 112]],
    asks: "Is variational inference about optimising distributions with the KL, or about approximating the posterior?",
    answer: String.raw`These are the same: $\log p(x) - \mathrm{ELBO}(q)$ *is* $\mathrm{KL}(q \,\Vert\, p(z \mid x))$, for every $q$. So of several $q$ the one with the higher bound is the nearer, and the posterior itself is **0** away.`,
    evidence: [
      "for three q the ELBO and the divergence add up to log p(x); at the posterior the divergence is 0",
      "[...threeQ.map(q => elbo(q) + klDivergence(q, posterior) - Math.log(0.5)), klDivergence(posterior, posterior)], 0, { within: 1e-12 }",
    ],
  },
  {
    item: "5.24",
    at: [["draft", 132]],
    asks: "Why is it called variational? Because of the calculus of variations?",
    answer: String.raw`Yes. The unknown is a function, $q$, and the ELBO a number that depends on all of it. With a multiplier for $\int q = 1$ the best of all $q$ has **the same log w wherever it has mass**: it is the posterior.`,
  },
  {
    item: "5.21",
    at: [["Stanford", 31]],
    asks: "In training, how do we compute the divergence? Does it not need p(z)?",
    answer: String.raw`It does, and $p(z)$ is ours to choose. What we do not have is $p(z \mid x)$, and that is gone. For two Gaussians there is a formula: from $\mathcal{N}(1, ½^2)$ to the standard normal **0.818**.`,
    evidence: [
      "KL(N(1, ½²) ‖ N(0, 1)) is 0.818, by its formula and by quadrature",
      "[klGaussian(gaussian([[0.25]], [1]), gaussian([[1]])), klIntegral(z => logNormal(z, 1, 0.5), z => logNormal(z, 0, 1), trapezoid(-8, 8, 801))], 0.818, { within: 5e-4 }",
    ],
  },
  {
    item: "5.22",
    cell: [lecture08, "without the second only half of it is left"],
    at: [["draft", 153]],
    asks: "We cannot differentiate as q depends on φ too. What does the product rule give?",
    answer: String.raw`Two terms: the function's own slope, and that of the density, weighed. $\mathbb{E}[m z]$ under $\mathcal{N}(m, 1)$ is $m^2$ with the slope $2m$, **1** at $m = ½$; without the second term half of it is left.`,
    evidence: [
      "at m = ½ the slope of m² is 1, of which the first term has ½",
      "[((0.5 + 1e-4) ** 2 - (0.5 - 1e-4) ** 2) / 2e-4, integralOf(z => z, 0.5)], [1, 0.5], { within: 1e-6 }",
    ],
  },
  {
    item: "5.23",
    cell: [lecture08, "reparameterised, it is right on average"],
    at: [["summary", 38]],
    asks: "How do we learn φ, if the right-hand side depends on it?",
    answer: String.raw`Throw the dice outside: $z = \mu + \sigma \varepsilon$, and $\phi$ is in the function alone. The gradient is **right on average**, and so is the one that weighs draws.`,
  },
  {
    item: "5.23",
    at: [["draft", 164]],
    asks: "Do we lose anything by the reparameterisation trick?",
    answer: String.raw`Discrete variables, steps, and with waves that are fast against the width precision too: for $\sin 10z$ **the variances are 50 and 0.5**, moved and weighed. On what is smooth at that width it gains.`,
  },
  {
    item: "6.4",
    at: [["Michigan", 67]],
    asks: "How to train this model?",
    answer: String.raw`By a bound of the likelihood that can be computed: encode to a $q(z \mid x)$, draw $z$ from outside, evaluate $\log p(x \mid z)$, subtract the divergence, and climb in $\theta$ and $\phi$ at once. **A linear VAE** ends at the likelihood of probabilistic PCA.`,
  },
  {
    item: "6.4",
    at: [["Berkeley", 435]],
    asks: "Why is the VAE an autoencoder?",
    answer:
      "Its first term encodes and decodes. With a Gaussian of variance ½ it *is* minus the squared error, less a constant: −0.25 − 0.572 = **−0.822** half a unit off. The second keeps the codes near the prior, so that one can sample.",
    evidence: [
      "half a unit off, log N(x; x̂, ½) is −0.822 = −0.25 − ½ log π",
      "[logNormal(2, 1.5, Math.SQRT1_2), -0.25 - Math.log(Math.PI) / 2], -0.822, { within: 5e-4 }",
    ],
  },
  {
    item: "6.5",
    at: [["summary", 47]],
    asks: "z is sampled from p(z), so we know this distribution beforehand?",
    answer: String.raw`Yes, $\mathcal{N}(0, I)$, as the notes say. What is not known is whether the codes of real data fill it; where they do not, samples come from places that the decoder never saw. The lecture's judge tells **the VAE** from real digits less well than an autoencoder with codes from there.`,
  },
];
