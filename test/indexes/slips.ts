import type { Slip } from "./row.ts";

/** Every slip of the notes. Titles, lectures and cells come from `traceability.ts`; the order is that of the lectures. */
export const slips: readonly Slip[] = [
  {
    item: "E1",
    at: [["Berkeley", 31]],
    kind: "sign",
    printed: String.raw`$\mathrm{KL}(\hat p \,\Vert\, p_\theta) = \mathbb{E}_{\hat p}[-\log p_\theta]\; H(\hat p)$, side by side as in a product.`,
    fails: "For the throws and the fair coin the divergence is **0.368**, the product 0.225.",
    right: String.raw`A minus sign stands between the two: $\mathbb{E}_{\hat p}[-\log p_\theta] - H(\hat p)$.`,
    evidence: [
      "nine heads in ten throws against a fair coin: the divergence is 0.368, and the product 0.225",
      "[klDivergence(nine, fair), crossEntropy(nine, fair) - entropy(nine), crossEntropy(nine, fair) * entropy(nine)], [0.368, 0.368, 0.225], { within: 5e-4 }",
    ],
  },
  {
    item: "E2",
    at: [["Berkeley", 31]],
    kind: "symbol",
    printed: String.raw`The objective is $\arg\min_\theta \log(\theta, x_1, \dots, x_n)$.`,
    fails:
      "Taken at its word on the ten throws, the best of the coins 0.01 to 0.99 is **0.01**, the one that fits worst.",
    right: String.raw`What is made small is a *loss* of $\theta$ and the data, the average of $-\log p_\theta(x_i)$; it is least at 0.9.`,
    evidence: [
      "among the coins 0.01 to 0.99 the log-likelihood of nine heads in ten is least at 0.01, and the loss at 0.9",
      "[lowest(p => 0.9 * Math.log(p) + 0.1 * Math.log(1 - p)), lowest(p => crossEntropy(nine, [p, 1 - p]))], [0.01, 0.9], { within: 1e-9 }",
    ],
  },
  {
    item: "E4",
    at: [["Berkeley", 77, 78]],
    kind: "sign",
    printed: String.raw`Bits a dimension are $\log p(x)/d$, and nats a dimension $\ln p(x)/d$.`,
    fails:
      "An image of 784 pixels and 86.76 nats would cost less than nothing, −0.1597 bits a pixel; it costs **0.1597**.",
    right: String.raw`$-\log_2 p(x)/d$, which is the NLL over $d \ln 2$; and for bytes scaled to $[0, 1]$ another 8, so that the 1980.50 of NICE are **4.356** bits.`,
    evidence: [
      "86.76 nats for 784 pixels are 0.1597 bits each, and NICE's 1980.50 on scaled bytes 4.356",
      "[bitsPerDimension(-86.76, 784), 8 - 1980.5 / (784 * Math.LN2)], [0.1597, 4.356], { within: 5e-4 }",
    ],
  },
  {
    item: "E7",
    at: [["Berkeley", 165]],
    kind: "symbol",
    printed: "The *Fischer score* is a latent description of $x$.",
    fails:
      "R. A. Fisher. And a score by itself says little: for a coin of 0.3 it has the mean 0 and the variance **4.76**, which is the Fisher information, and other coins have another.",
    right: String.raw`The *Fisher* score $\nabla_\theta \log p_\theta(x)$, compared in the metric of the information.`,
    evidence: [
      "the score of a coin of 0.3 has mean 0 and variance 4.76 = 1 / (p (1 − p))",
      "[0.3 * (1 / 0.3) + 0.7 * (-1 / 0.7), 0.3 / 0.3 ** 2 + 0.7 / 0.7 ** 2], [0, 1 / (0.3 * 0.7)], { within: 1e-9 }",
    ],
  },
  {
    item: "E37",
    at: [["summary", 6]],
    kind: "symbol",
    printed: String.raw`$\mathrm{KL}[p_{\text{data}} \,\Vert\, p_\theta] = \mathbb{E}_p[\log p/q]$, with a $p$ and a $q$ that are not on the left.`,
    fails:
      "One has to guess which is which, and the order matters: 0.368 from the throws to the fair coin, **0.511** from the coin to the throws.",
    right: String.raw`$\mathbb{E}_{p_{\text{data}}}[\log p_{\text{data}}/p_\theta]$, in this order.`,
    evidence: ["from the fair coin to the throws it is 0.511", "klDivergence(fair, nine), 0.511, { within: 5e-4 }"],
  },
  {
    item: "E40",
    at: [["draft", 27]],
    kind: "statement",
    printed: "A density takes an $x$ and gives a probability, a number between 0 and 1.",
    fails: String.raw`The density of $\mathcal{N}(0, 0.1^2)$ at 0 is **3.99**.`,
    right: "A probability *per unit of x*, with an integral of 1; it may be as large as it likes, and an NLL below 0.",
    evidence: ["the density of N(0, 0.1²) at 0 is 3.99", "Math.exp(logNormal(0, 0, 0.1)), 3.99, { within: 2e-3 }"],
  },
  {
    item: "E44",
    at: [["draft", 54]],
    kind: "condition",
    printed: "With the logarithm we need not evaluate the exponential.",
    fails:
      "True of one Gaussian. In a mixture the exponentials are inside: of two terms 1,800 nats down the logarithm of their sum is **−∞**.",
    right: "Take the largest exponent out first (*log-sum-exp*): −1799.31.",
    evidence: [
      "two terms of −1800: the logarithm of the sum is −∞, and by log-sum-exp −1799.31",
      "[Math.log(Math.exp(-1800) + Math.exp(-1800)), logSumExp([-1800, -1800])], [-Infinity, -1799.31], { within: 5e-3 }",
    ],
  },
  {
    item: "E3",
    at: [["Berkeley", 74]],
    kind: "condition",
    printed: "The probabilities sum to 1, as each output is normalised.",
    fails:
      "Ten outputs that each copy their own bit are normalised, and give every one of the 1,024 words the probability 1: the sum is **1024**.",
    right: "Each output is normalised *and* sees only what comes before it, which is what the masks are for.",
    evidence: [
      "ten outputs that copy their bits: the probabilities of all words sum to 1024",
      "sum(words(10).map(word => word.reduce((p, bit) => p * (bit === 1 ? bit : 1 - bit), 1))), 1024, { within: 1e-9 }",
    ],
  },
  {
    item: "E5",
    at: [["Berkeley", 133]],
    kind: "condition",
    printed: String.raw`$P(x) = \sum_i \pi_i \big[\sigma\big(\tfrac{x + 0.5 - \mu_i}{s_i}\big) - \sigma\big(\tfrac{x - 0.5 - \mu_i}{s_i}\big)\big]$ for every byte $x$.`,
    fails: String.raw`What lies beyond 0 and 255 is lost: for $(\mu, s) = (10, 20)$, $(5, 5)$, $(0, 8)$ the bytes have **0.628**, 0.750 and 0.516 of the mass.`,
    right: "The bytes at the ends take the tails: from −∞ for 0, up to ∞ for 255.",
    evidence: [
      "as printed, the bytes 0 to 255 sum to 0.628, 0.750 and 0.516",
      "[[10, 20], [5, 5], [0, 8]].map(([mu, s]) => sum(bytes.map(x => sigmoid((x + 0.5 - mu!) / s!) - sigmoid((x - 0.5 - mu!) / s!)))), [0.628, 0.75, 0.516], { within: 6e-4 }",
    ],
  },
  {
    item: "E6",
    at: [["Berkeley", 141, 142]],
    kind: "condition",
    printed: "Self-attention has an unlimited receptive field for O(1) parameters.",
    fails:
      "If positions are learned, each further place takes **8 parameters** in the lecture's network. And the weights to compute grow from 55 at 10 places to 12,880 at 160.",
    right: "O(1) parameters if positions are computed, O(n) if they are learned; O(n²) time in either case.",
    evidence: [
      "10 places look at 55 pairs, 160 at 12,880",
      "[10, 160].map(n => sum(Array.from({ length: n }, (_, i) => i + 1))), [55, 12_880], { within: 1e-9 }",
    ],
  },
  {
    item: "E8",
    at: [["Berkeley", 198, 202]],
    kind: "sign",
    printed: String.raw`$\log p(x) = \log p_z(f(x)) + \log \partial f/\partial x$, from $p(x)\,dx = p(z)\,dz$.`,
    fails: "For $f(x) = -2x$ the logarithm of the slope is **not a number**.",
    right: String.raw`$\log |\partial f/\partial x|$, and $p(x)\,|dx| = p(z)\,|dz|$: with the bars, that density integrates to 1.`,
    evidence: [
      "f(x) = −2x: the logarithm of the slope is not a number; with the bars the density integrates to 1",
      "[Number(Number.isNaN(Math.log(-2))), integral(x => logNormal(-2 * x, 0, 1) + Math.log(Math.abs(-2)))], [1, 1], { within: 1e-9 }",
    ],
  },
  {
    item: "E9",
    at: [["Berkeley", 217, 218]],
    kind: "condition",
    printed: "A layer of a flow: ReLU, no; sigmoid, yes; tanh, yes.",
    fails: "A sigmoid before a standard normal base is a density of mass **0.3413**.",
    right: "Yes, where the next layer or the base lives on the range that is left, here $(0, 1)$.",
    evidence: [
      "a sigmoid before a normal base integrates to 0.3413",
      "integral(x => logNormal(sigmoid(x), 0, 1) + Math.log(sigmoid(x) * (1 - sigmoid(x)))), 0.3413, { within: 1e-4 }",
    ],
  },
  {
    item: "E10",
    at: [["Berkeley", 231]],
    kind: "symbol",
    printed: String.raw`The objective of the plane has $\log p(x_1)$ on its left, and ends with $\log \partial f_\phi(x_1, x_2)/\partial x_1$.`,
    fails: String.raw`For $z_1 = 2x_1$, $z_2 = 5x_1 + 3x_2$ the printed terms add up to $\log 10$; the log-determinant is $\log 6$, **1.792**.`,
    right: String.raw`$\log p(x_1, x_2)$, and $\partial f_\phi/\partial x_2$: the diagonal of the Jacobian matrix.`,
    evidence: [
      "z₁ = 2 x₁, z₂ = 5 x₁ + 3 x₂: the log-determinant is 1.792, and the printed terms are 0.511 more",
      "[Math.log(det([[2, 0], [5, 3]])), Math.log(2) + Math.log(5) - Math.log(6)], [1.792, 0.511], { within: 5e-4 }",
    ],
  },
  {
    item: "E45",
    at: [["Berkeley", 187]],
    kind: "condition",
    printed: "A mixture of Gaussians draws a realistic image only where it stored one, as a centre.",
    fails:
      "So it is where the noise is small and the same in all directions. One Gaussian with a full covariance stores none and needs **−77.4** nats for new digits, where stored images with noise need −43.1.",
    right: "It depends on the covariance: for two pixels correlated by 0.99 a full one is worth 1.958 nats.",
    evidence: [
      "two pixels correlated by 0.99: the full covariance is worth 1.958 nats",
      "klGaussian(gaussian([[1, 0.99], [0.99, 1]]), gaussian([[1, 0], [0, 1]])), 1.958, { within: 1e-3 }",
    ],
  },
  {
    item: "E11",
    at: [["Berkeley", 269]],
    kind: "statement",
    printed: String.raw`Of inverse autoregressive flows: $x_k$ does not depend on $x_1, \dots, x_{k-1}$, so sampling is *slow*.`,
    fails: "They sample in **1 pass**; the density of an $x$ from elsewhere takes one for each dimension.",
    right: "Fast, as the same notes say seven lines below.",
  },
  {
    item: "E12",
    at: [["Berkeley", 282]],
    kind: "sign",
    printed: String.raw`$p(x) = p(z)\, \det\left|\frac{dz}{dx}\right|$, with the bars inside.`,
    fails: String.raw`For $J = \begin{pmatrix} 1 & -1 \\ 1 & 1 \end{pmatrix}$, a turn by 45° and a stretch, the determinant of the absolute values is **0**. The map doubles areas.`,
    right: String.raw`$\left|\det \frac{dz}{dx}\right|$, here 2.`,
    evidence: [
      "J = [[1, −1], [1, 1]]: with the bars inside the determinant is 0, with the bars outside 2",
      "[det([[1, 1], [1, 1]]), Math.abs(det([[1, -1], [1, 1]]))], [0, 2], { within: 1e-12 }",
    ],
  },
  {
    item: "E13",
    at: [["Berkeley", 286]],
    kind: "sign",
    printed: String.raw`$\det J$ is the product of the singular values.`,
    fails: "A mirror has the singular values 1 and 1 and the determinant −1: they **differ by 2**.",
    right: String.raw`$|\det J|$ is.`,
    evidence: [
      "a mirror: the singular values have the product 1, the determinant is −1, and they differ by 2",
      "[Math.sqrt(det(gram(mirror))), det(mirror), Math.sqrt(det(gram(mirror))) - det(mirror)], [1, -1, 2], { within: 1e-12 }",
    ],
  },
  {
    item: "E14",
    at: [["Berkeley", 292]],
    kind: "sign",
    printed: String.raw`The loss is $\mathbb{E}[-\log p(f(x)) * \log \det|\partial f/\partial x|]$, a product.`,
    fails: String.raw`For data at $\pm 2$ and $f(x) = x/s$ it falls for ever: it is **−19.0** at $s = 10^9$.`,
    right: String.raw`$-\log p(f(x)) - \log|\det \partial f/\partial x|$, which is least at $s = 2$, the width of the data.`,
    evidence: [
      "at s = 10⁹ the product is −19.0; the sum is less at 2 than a tenth to either side",
      "[-logNormal(2 / 1e9, 0, 1) * -Math.log(1e9), Math.sign(objective(1.9) - objective(2)), Math.sign(objective(2.1) - objective(2))], [-19.0434, 1, 1], { within: 1e-3 }",
    ],
  },
  {
    item: "E15",
    at: [["Berkeley", 299]],
    kind: "symbol",
    printed: String.raw`$\log p_\theta(x) = \log p_\theta(z) + \sum_i \log|\det \partial f_i/\partial f_{i-1}|$.`,
    fails:
      "Which $z$? With the one before a last layer, $y$ before $z = y/1.5$, the density has the mass **0.667**, and the loss never tells. And the base is fixed during training, as the notes say themselves.",
    right: String.raw`$\log p_z(z)$, without $\theta$, at the $z$ that the last layer gives.`,
    evidence: [
      "the z before a last layer z = y / 1.5: the density integrates to 0.667; the last z: to 1",
      "[integral(y => logNormal(y, 0, 1) - Math.log(1.5)), integral(y => logNormal(y / 1.5, 0, 1) - Math.log(1.5))], [0.667, 1], { within: 5e-4 }",
    ],
  },
  {
    item: "E16",
    at: [["Berkeley", 322, 323]],
    kind: "symbol",
    printed: "The coupling keeps $x_{1:d/2}$ and changes $x_{d/2:d}$.",
    fails: "For $d = 6$ the two **share an index**, 3.",
    right: "The second half is $d/2 + 1 : d$; for an odd $d$ one of the two is larger.",
    evidence: [
      "1:3 and 3:6 share an index",
      "[1, 2, 3].filter(i => [3, 4, 5, 6].includes(i)).length, 1, { within: 1e-12 }",
    ],
  },
  {
    item: "E17",
    at: [["Berkeley", 326]],
    kind: "condition",
    printed: "The networks $s$ and $t$ are arbitrary, with no restrictions.",
    fails: "Where $s$ crosses 0, 5 and −2 go to one $z$, the log-determinant is **−∞**, and nobody finds back.",
    right: String.raw`$t$ is arbitrary; $s$ must not be 0, so it is an exponential, a softplus or $\sigma(\cdot + 2)$.`,
    evidence: [
      "s = 0: 5 and −2 have the same z, and the log-determinant is −∞",
      "[5 * 0 - -2 * 0, Math.log(Math.abs(0))], [0, -Infinity], { within: 1e-12 }",
    ],
  },
  {
    item: "E18",
    at: [["Berkeley", 319, 321]],
    kind: "statement",
    printed: "NICE and RealNVP: affine coupling layers.",
    fails:
      "NICE only moves: its determinant is **1**, whatever its network says, so that it cannot give more room to what is more probable.",
    right: "NICE is additive, with one scaling at its end; RealNVP is affine.",
    evidence: [
      "a coupling that only moves has the determinant 1, however steep its network",
      "[-3, 0, 7].map(slope => det([[1, 0], [slope, 1]])), 1, { within: 1e-12 }",
    ],
  },
  {
    item: "E19",
    at: [["Berkeley", 340]],
    kind: "condition",
    printed: "Whole numbers are fed in with noise drawn from $[0, 1]^D$, so that the density fits their probability.",
    fails: String.raw`A noise of 1 is the next number. And the fit is a bound: with the density $2u$ on a cell of mass 1, $\mathbb{E}[\log p(x + u)]$ is **−0.307**, where $\log P(x) = 0$.`,
    right: String.raw`$[0, 1)^D$, and $\mathbb{E}_u[\log p(x + u)] \le \log P(x)$.`,
    evidence: [
      "the density 2u on a cell of mass 1: the average of its logarithm is −0.307",
      "[sum(middles.map(u => 2 * u)) / 1000, sum(middles.map(u => Math.log(2 * u))) / 1000], [1, -0.307], { within: 1e-3 }",
    ],
  },
  {
    item: "E20",
    at: [["Berkeley", 376]],
    kind: "condition",
    printed: "Of draws from the prior one in $N$ is useful, where $N$ is the number of different data.",
    fails:
      "So it is for clusters far apart. Where they touch, as with a posterior of 0.4, 0.4, 0.1, 0.1 over four causes, **0.735** of the draws count, and not a quarter.",
    right: String.raw`$1/(1 + \chi^2)$, with the $\chi^2$ of the posterior from the prior.`,
    evidence: [
      "a posterior of 0.4, 0.4, 0.1, 0.1 over four causes: 0.735 of the draws count; of 1, 0, 0, 0 a quarter",
      "[[0.4, 0.4, 0.1, 0.1], [1, 0, 0, 0]].map(posterior => 1 / sum(posterior.map(p => p ** 2 / 0.25))), [0.735, 0.25], { within: 5e-4 }",
    ],
  },
  {
    item: "E21",
    at: [["Berkeley", 385, 417]],
    kind: "symbol",
    printed: String.raw`$\log p(x) \approx \log \frac1K \sum_k w_k$ with $z_k \sim q(z_k)$, the same $q$ for all $x$.`,
    fails: String.raw`One $q$ that is wide enough for every $x$ has **more than fifteen times the bias**. And "≈" hides the side: for weights of ½ and 1½, equally often, $\hat p$ is right on average and $\log \hat p$ is 0.144 low.`,
    right: String.raw`$q(z \mid x)$; $\mathbb{E}[\hat p] = p(x)$ and $\mathbb{E}[\log \hat p] \le \log p(x)$.`,
    evidence: [
      "weights of ½ and 1½: their average is 1, and that of their logarithms −0.144",
      "[(0.5 + 1.5) / 2, (Math.log(0.5) + Math.log(1.5)) / 2], [1, -0.144], { within: 5e-4 }",
    ],
  },
  {
    item: "E41",
    at: [["draft", 101]],
    kind: "symbol",
    printed: String.raw`$p(x) = p(x \mid z)\, p(z)$.`,
    fails: "With the two causes the product is **0.45** or 0.05, by the $z$ that one puts in, and $p(x)$ is 0.5.",
    right: "That is $p(x, z)$; $p(x)$ is its sum over $z$.",
    evidence: [
      "two causes: the products are 0.45 and 0.05, and p(x) is 0.5",
      "[...joint, sum(joint)], [0.45, 0.05, 0.5], { within: 1e-12 }",
    ],
  },
  {
    item: "E22",
    at: [["Berkeley", 396]],
    kind: "statement",
    printed: String.raw`$\mathrm{KL}(q \,\Vert\, p(z \mid x)) = \mathbb{E}_q[\log q - \log p(z) - \log p(x \mid z)]$ and a constant independent of $z$.`,
    fails:
      "All of it is independent of $z$, which is averaged away. What counts is that the constant is the same for every $q$: with the two causes it is **−0.693** for three of them.",
    right: String.raw`Independent of $q$; it is $\log p(x)$.`,
    evidence: [
      "three q: the divergence less what is searched is −0.693 = log p(x)",
      "threeQ.map(q => klDivergence(q, posterior) + elbo(q)), -0.693, { within: 5e-4 }",
    ],
  },
  {
    item: "E25",
    at: [["Berkeley", 441]],
    kind: "symbol",
    printed: String.raw`$x \to \mu, \sigma \to z \to p(z \mid x) \to \hat x$.`,
    fails: String.raw`What comes out of $p(z \mid x)$ is a code: for $x = 2$ on the line it is around **0.985**. The types refuse it as well.`,
    right: String.raw`$p(x \mid z)$ stands at the end, and gives 1.678.`,
    evidence: [
      "x = 2 on the line: the posterior mean is 0.985, and the decoder makes 1.678 of it",
      "[code, decode(code)], [0.985, 1.678], { within: 5e-4 }",
    ],
  },
  {
    item: "E27",
    at: [["Stanford", 12]],
    kind: "symbol",
    printed: String.raw`The objective depends on a decoder with $\theta$ and a *decoder* with $\phi$.`,
    fails:
      "A decoder maps $z$ to $x$. Put at the entry, that of the line would make **3.2** of the datum 2, which is no code of it.",
    right: String.raw`One decoder, $p_\theta(x \mid z)$, and one encoder, $q_\phi(z \mid x)$, which answers 0.985.`,
    evidence: ["the line's decoder makes 3.2 of 2", "decode(2), 3.2, { within: 1e-12 }"],
  },
  {
    item: "E36",
    at: [["Michigan", 132]],
    kind: "condition",
    printed: "A diagonal prior makes the dimensions of $z$ independent.",
    fails: String.raw`In the prior. Given $x = z_1 + z_2 + \text{noise}$ of variance ¼ their correlation is **−0.8**: if one explains the datum, the other need not.`,
    right: "Independent before $x$ is seen; the posterior may be as correlated as it likes.",
    evidence: [
      "x = z₁ + z₂ + noise of variance ¼: the posterior correlation is −0.8",
      "both.covariance[0]![1]! / both.covariance[0]![0]!, -0.8, { within: 1e-9 }",
    ],
  },
  {
    item: "E43",
    at: [["draft", 214]],
    kind: "symbol",
    printed: String.raw`We look for the parameters of $q(x \mid z)$.`,
    fails:
      "A density of $x$ is none of $z$: that of the line, integrated over $z$ at $x = 2$, has the mass **0.667**. And the types refuse it.",
    right: String.raw`$q(z \mid x)$.`,
    evidence: [
      "p(x|z) of the line at x = 2, integrated over z, is 0.667",
      "integral(z => logNormal(2, 1.5 * z + 0.2, 0.7)), 0.667, { within: 5e-4 }",
    ],
  },
  {
    item: "E24",
    at: [["Berkeley", 437]],
    kind: "sign",
    printed: String.raw`$\mathbb{E}_q[\log p(x \mid z)]$ is the "reconstruction loss".`,
    fails:
      "A reconstruction that hits has $-0.919$, one that is two widths off **−2.919**: the better one has the more.",
    right: "It is a log-likelihood, to be made large; its negative is the loss.",
    evidence: [
      "log N(x; x̂, 1) is −0.919 where x̂ hits, and −2.919 two off",
      "[logNormal(0, 0, 1), logNormal(0, 2, 1)], [-0.919, -2.919], { within: 5e-4 }",
    ],
  },
  {
    item: "E28",
    at: [["Stanford", 12]],
    kind: "statement",
    printed: "The ELBO is a lower bound of $p(x)$.",
    fails: String.raw`True and of no use, as $\log t \le t - 1$: even where it is tight it stays **1** or more below, for every $p$.`,
    right: String.raw`A lower bound of $\log p(x)$, which it can reach.`,
    evidence: [
      "for every p, p − log p is at least 1, which it has at p = 1",
      "Math.min(...Array.from({ length: 200 }, (_, i) => (i + 1) / 100).map(p => p - Math.log(p))), 1, { within: 1e-12 }",
    ],
  },
  {
    item: "E29",
    at: [["Stanford", 19]],
    kind: "symbol",
    printed: String.raw`Add and subtract $\log p(z)$, then *divide by $\log p(z)$*, as the joint over the marginal is the conditional.`,
    fails:
      "With the joint 0.45 and the prior 0.5 that quotient is **1.152**, which is the logarithm of no probability; the difference is −0.105, which is log 0.9.",
    right: "Divide by $p(z)$, which subtracts its logarithm.",
    evidence: [
      "the quotient of the logarithms is 1.152, and their difference −0.105 = log 0.9",
      "[Math.log(0.45) / Math.log(0.5), Math.log(0.45) - Math.log(0.5)], [1.152, Math.log(0.9)], { within: 5e-4 }",
    ],
  },
  {
    item: "E30",
    at: [["Stanford", 20, 21]],
    kind: "statement",
    printed: String.raw`In training we draw $x$ from $p(x \mid z)$, to reconstruct.`,
    fails: "The ELBO of a likelihood whose `sample` throws is **the same**: nothing asks for a draw.",
    right: String.raw`Training *evaluates* $\log p(x \mid z)$ at the datum; $x$ is drawn where new images are wanted.`,
  },
  {
    item: "E32",
    at: [["Michigan", 88]],
    kind: "statement",
    printed: String.raw`$p(x) \approx p(x \mid z)\, p(z) / q(z \mid x)$.`,
    fails: "With the two causes and a $q$ of one half each it is **0.9** or 0.1, by the $z$; $p(x)$ is 0.5.",
    right: "Its average over $q$ is $p(x)$, exactly; the average of its logarithm is the ELBO.",
    evidence: [
      "the quotient is 0.9 or 0.1, and on average over q 0.5 = p(x)",
      "[...joint.map(p => p / 0.5), sum(joint.map(p => 0.5 * (p / 0.5)))], [0.9, 0.1, 0.5], { within: 1e-12 }",
    ],
  },
  {
    item: "E33",
    at: [["Michigan", 101]],
    kind: "statement",
    printed: String.raw`$\log p(x) = \mathbb{E}_q[\log p(x)]$, as it does not depend on $z$; here the encoder comes in.`,
    fails: "It is true of every $q$ whatever, and so says nothing of any: **−0.693** for a good one and two bad ones.",
    right: String.raw`Fine as a step, for any $q$ with $\int q = 1$; the bound appears where the last term, a divergence, is dropped.`,
    evidence: [
      "three q: the average of log p(x) is −0.693 under each",
      "threeQ.map(q => sum(q.map(each => each * Math.log(sum(joint))))), -0.693, { within: 5e-4 }",
    ],
  },
  {
    item: "E34",
    at: [["Michigan", 105, 113]],
    kind: "symbol",
    printed: "$D_{KL}(q, p)$, with a comma as between the arguments of a distance.",
    fails: "The order matters: on the lecture's parabola the one is 0.9320365, and the other **7.079282**.",
    right: String.raw`$D_{KL}(q \,\Vert\, p)$, the average under its first.`,
    evidence: [
      "for those two causes and a q of one half each it is 0.511 the one way and 0.368 the other",
      "[klDivergence(fair, posterior), klDivergence(posterior, fair)], [0.511, 0.368], { within: 5e-4 }",
    ],
  },
  {
    item: "E35",
    at: [["Michigan", 109]],
    kind: "statement",
    printed: "The divergence between the prior and samples from the encoder.",
    fails: String.raw`A sample has no divergence. For $q = \mathcal{N}(1, ½^2)$ it is 0.818, and the sample $z = 0$ gives **−1.307**, which no divergence can be.`,
    right: "Between two distributions; samples can only estimate it, by their average.",
    evidence: [
      "KL(N(1, ½²) ‖ N(0, 1)) is 0.818, and log q − log p at the sample z = 0 is −1.307",
      "[klGaussian(gaussian([[0.25]], [1]), gaussian([[1]])), logNormal(0, 1, 0.5) - logNormal(0, 0, 1)], [0.818, -1.307], { within: 5e-4 }",
    ],
  },
  {
    item: "E38",
    at: [["summary", 21]],
    kind: "condition",
    printed: "In the second step we multiply by an arbitrary distribution.",
    fails:
      "One that misses half of the causes gets half of the sum: of two joints of 0.25 the one that it sees averages to **0.25**, and $p(x)$ is 0.5.",
    right: "Multiply *and divide*, by a $q$ that is positive wherever $p(x, z)$ is.",
    evidence: [
      "a q that sees one of two causes averages the ratio to 0.25, half of p(x) = 0.5",
      "[sum([1 * (0.25 / 1)]), sum([0.5, 0.5].map(q => q * (0.25 / q)))], [0.25, 0.5], { within: 1e-12 }",
    ],
  },
  {
    item: "E42",
    at: [["draft", 139]],
    kind: "symbol",
    printed: String.raw`$\log p(x) = \int_{z \sim q(z \mid x)} \log p(x)$.`,
    fails:
      "An integral without a weight adds up the length of the axis: from −6 to 6 it is **−8.318**, twelve times what it should be.",
    right: String.raw`$\mathbb{E}_{z \sim q}[\log p(x)] = \int q(z \mid x) \log p(x)\, dz$.`,
    evidence: [
      "the integral of log 0.5 from −6 to 6 is −8.318",
      "sum(trapezoid(-6, 6, 101).logWeights.map(log => Math.exp(log) * Math.log(0.5))), -8.318, { within: 5e-4 }",
    ],
  },
  {
    item: "E39",
    at: [["summary", 51]],
    kind: "statement",
    printed: String.raw`The reconstruction depends on $\theta$, so that is what is differentiated.`,
    fails: String.raw`Through $\theta$ alone the encoder gets the gradient 0. For $z = \phi + \varepsilon$ and $\log \mathcal{N}(x; z, 1)$ at $x = 2$, $\phi = ½$ it is **1.5**, by differences.`,
    right: String.raw`The loss depends on $\theta$ through the decoder, and on $\phi$ through $z$ and the divergence.`,
    evidence: [
      "the slope of the average log-likelihood in φ is 1.5",
      "(reached(0.5 + 1e-4) - reached(0.5 - 1e-4)) / 2e-4, 1.5, { within: 1e-6 }",
    ],
  },
  {
    item: "E26",
    at: [["Berkeley", 443]],
    kind: "statement",
    printed: "As $z$ is perturbed, similar $x$ get mapped to the same $x$.",
    fails:
      "The line's decoder takes codes that are 0.1 apart to data **0.15** apart, and half the step makes half the change.",
    right: "Nearby codes have *similar* images.",
    evidence: [
      "steps of 0.1 and 0.05 in the code move x by 0.15 and 0.075",
      "[0.1, 0.05].map(step => decode(1 + step) - decode(1)), [0.15, 0.075], { within: 1e-12 }",
    ],
  },
  {
    item: "E31",
    at: [["Michigan", 37]],
    kind: "condition",
    printed: "Features need to be of lower dimension than the data.",
    fails:
      "Without a restraint more features copy, with an error of 0. With one they need not: whoever has to remove noise of variance ¼ from data of variance 1 learns to keep **0.8** of $x$, and not to copy, however many features there are.",
    right: "Fewer, or sparse, or held against noise: something must stop the copy.",
    evidence: [
      "to remove noise of variance ¼ the best factor is 0.8; of variance 0.01, nearly a copy, 0.99",
      "[0.25, 0.01].map(noise => lowest(a => (a - 1) ** 2 + a ** 2 * noise)), [0.8, 0.99], { within: 1e-9 }",
    ],
  },
  {
    item: "E46",
    at: [["Michigan", 5, 45]],
    kind: "statement",
    printed:
      "An autoencoder is not probabilistic, so there is no way to sample from it (as there is from PixelRNN, which has its density).",
    fails: String.raw`There is, once a density is fitted to its codes. Codes from $\mathcal{N}(3, ½^2)$ are missed by $\mathcal{N}(0, 1)$ by **4.818** nats, and by the fitted Gaussian by none.`,
    right: "No way *in the model*; one afterwards, as good as the density on the codes.",
    evidence: [
      "codes from N(3, ½²): N(0, 1) misses them by 4.818 nats, the fitted Gaussian by 0",
      "[gaussian([[1]]), gaussian([[0.25]], [3])].map(p => klGaussian(gaussian([[0.25]], [3]), p)), [4.818, 0], { within: 5e-4 }",
    ],
  },
  {
    item: "E23",
    at: [["Berkeley", 415, 420]],
    kind: "statement",
    printed: String.raw`The objective of the IWAE is $\log \frac1K \sum_k w_k$, *minus* $\min_\phi \mathrm{KL}(q_\phi \,\Vert\, p(z \mid x))$.`,
    fails: String.raw`The divergence is in the first term already. With the two causes and a $q$ of one half each, one draw has the ELBO −1.204, and the printed objective **−1.715**, twice the divergence below $\log p(x)$.`,
    right: String.raw`One objective for $\theta$ and $\phi$: $\mathbb{E}\big[\log \frac1K \sum_k w_k\big]$.`,
    evidence: [
      "one draw: the ELBO is −1.204, and less the divergence −1.715 = log p(x) − 2 KL",
      "[elbo(fair), elbo(fair) - klDivergence(fair, posterior), Math.log(0.5) - 2 * klDivergence(fair, posterior)], [-1.204, -1.715, -1.715], { within: 5e-4 }",
    ],
  },
];
