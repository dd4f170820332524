/** A bug of one line, and the test that must notice it. */
export interface Mutant {
  /** The file that it changes, from the root. */
  file: string;
  /** What stands there, exactly once. */
  from: string;
  to: string;
  /** The test file, from the root, and the title of the test that fails. */
  test: string;
  title: string;
}

export const mutants: readonly Mutant[] = [
  {
    // 0 · ∞ of a bit that is certain.
    file: "src/generative/distributions/bernoulli.ts",
    from: "(lost === 0 ? 0 : -lost * size)",
    to: "-lost * size",
    test: "test/generative/distributions/numbers.test.ts",
    title: "have the log-probability of Bernoulli that many have",
  },
  {
    // A number that is out of range is missed among four.
    file: "src/generative/distributions/numbers.ts",
    from: "c >= least && c <= most && d",
    to: "d",
    test: "test/generative/distributions/numbers.test.ts",
    title: "sees the one that is out of range, wherever it stands",
  },
  {
    // Every repetition of a row is written over the first.
    file: "src/generative/distributions/numbers.ts",
    from: "whole.set(part, at)",
    to: "whole.set(part, 0)",
    test: "test/generative/distributions/numbers.test.ts",
    title: "are repeated over the shape that all of them have together",
  },
  {
    file: "src/generative/exact/entropy.ts",
    from: "p * logRatio(p, q) - p + q",
    to: "p * logRatio(q, p) - p + q",
    test: "test/generative/exact/entropy.test.ts",
    title: "agree with scipy.special.entr and rel_entr",
  },
  {
    // The weights are forgotten.
    file: "src/generative/exact/gaussianMixture.ts",
    from: "return Math.log(weight) - 0.5",
    to: "return -0.5",
    test: "test/generative/exact/gaussianMixture.test.ts",
    title: "integrates to 1",
  },
  {
    file: "src/generative/exact/gaussianMixture.ts",
    from: "[share * (this.stds[k] as number), share * ((this.means[k] as number) - mean)]",
    to: "[share * (this.stds[k] as number)]",
    test: "test/generative/exact/gaussianMixture.test.ts",
    title: "has no Gaussian closer to it, by KL(p ‖ q), than the one with its moments",
  },
  {
    file: "src/generative/exact/maximumLikelihood.ts",
    from: "/ unit) ** 2) / n",
    to: "/ unit) ** 2) / (n - 1)",
    test: "test/generative/exact/maximumLikelihood.test.ts",
    title: "agrees with scipy.stats.norm.fit",
  },
  {
    file: "src/generative/exact/histogram.ts",
    from: "(1 - this.uniform) * this.empirical.probability(x)",
    to: "this.empirical.probability(x)",
    test: "test/generative/exact/empirical.test.ts",
    title: "sums to 1 over all its cells, λ = 0.1",
  },
  {
    file: "src/generative/exact/codeInterval.ts",
    from: "(width * to) / total - 1n",
    to: "(width * to) / total",
    test: "test/generative/exact/arithmeticCoder.test.ts",
    title: "gives back 300 of 2 symbols, in −log₂ p to −log₂ p + 2 bits",
  },
  {
    // The pending bits of a straddling interval are forgotten.
    file: "src/generative/exact/arithmeticCoder.ts",
    from: "i < pending; i++) bits.push(1 - bit)",
    to: "i < 0; i++) bits.push(1 - bit)",
    test: "test/generative/exact/arithmeticCoder.test.ts",
    title: "gives back 300 of 2 symbols, in −log₂ p to −log₂ p + 2 bits",
  },
  {
    file: "src/generative/exact/jointTable.ts",
    from: "probability: (this.probabilities[index] as number) / total,",
    to: "probability: this.probabilities[index] as number,",
    test: "test/generative/exact/jointTable.test.ts",
    title: "has conditionals p(x_miss | x_obs) = p(x) / p(x_obs), which sum to 1",
  },
  {
    // Units of the rows alone.
    file: "src/generative/exact/scaledElimination.ts",
    from: "const units = [...this.rows, ...this.columns].reduce",
    to: "const units = [...this.rows].reduce",
    test: "test/generative/exact/linearAlgebra.test.ts",
    title: "has its determinant and its solutions to 1e-13",
  },
  {
    // The sign of what is below 0 left out.
    file: "src/generative/distributions/signOf.ts",
    from: ".sub(x.less(0).toFloat())",
    to: "",
    test: "test/generative/distributions/klGradients.test.ts",
    title: "the gradient of Laplace pairs is that of the formula in any unit: 1 − e^−v, with its sign",
  },
  {
    // The second moment about 0 where the variance belongs.
    file: "src/generative/training/em.ts",
    from: "weighted(value => ((value - mean) / unit) ** 2)",
    to: "weighted(value => (value / unit) ** 2)",
    test: "test/generative/training/em.test.ts",
    title: "reaches the maximum that scipy.optimize finds",
  },
  {
    file: "src/generative/training/cavi.ts",
    from: "1 / (row[i] as number)",
    to: "covariance[i]?.[i] ?? 0",
    test: "test/generative/training/cavi.test.ts",
    title: "has variances 1/Λ_ii, which are those of the conditionals: σ² (1 − ρ²) in two dimensions",
  },
  {
    file: "src/generative/estimates/bitsPerDimension.ts",
    from: "-bitsFromNats(logProb) / dimensions + Math.log2(levels)",
    to: "-bitsFromNats(logProb) / dimensions",
    test: "test/generative/estimates/units.test.ts",
    title: "agree with published pairs",
  },
  {
    file: "src/generative/distributions/mixture.ts",
    from: "expandDims(-2)).add(this.logWeights)",
    to: "expandDims(-2)).add(this.logits)",
    test: "test/generative/distributions/distributions.test.ts",
    title: "'Mixture of Normals' integrates to 1",
  },
  {
    // The offset of the logits stays, and takes the digits of everything else.
    file: "src/generative/distributions/logSumExp.ts",
    from: "return logits.sub(largestOf(logits, -1));",
    to: "return logits;",
    test: "test/generative/distributions/offset.test.ts",
    title: "on wasm gives Categorical the same at any offset of its logits",
  },
  {
    // What memory held comes out of a sum of nothing.
    file: "src/engine/emptyReductions.ts",
    from: "if (inputs.some(({ shape }) => shape.includes(0)))",
    to: "if (inputs.length === 0)",
    test: "test/engine/emptyReductions.test.ts",
    title: "gives sum of nothing its neutral number",
  },
  {
    file: "src/generative/distributions/categorical.ts",
    from: ".sum(-1).sub(logNormaliser(logits));",
    to: ".sum(-1);",
    test: "test/generative/distributions/distributions.test.ts",
    title: "is normalised, whatever the logits sum to, and finite at extreme ones",
  },
  {
    // An off-by-one mask: every output sees its own bit.
    file: "src/generative/networks/maskedDense.ts",
    from: 'return type === "A" ? to > from : to >= from;',
    to: 'return type === "A" ? to >= from : to >= from;',
    test: "test/generative/models/autoregressive.test.ts",
    title: "sums to 1 over all 2^d vectors, and is far from uniform",
  },
  {
    // A distribution still, that has lost a bit of context.
    file: "src/generative/networks/maskedPerceptron.ts",
    from: 'types.slice(layer + 1).includes("A") ? last - 1 : last',
    to: 'types.slice(layer + 1).includes("A") ? last - 2 : last',
    test: "test/generative/models/made.test.ts",
    title: "BBA sees all that comes before, and nothing else",
  },
  {
    // Units without inputs are never computed.
    file: "src/generative/networks/unitByUnit.ts",
    from: "if (step === known)",
    to: "if (step <= known && step > 0)",
    test: "test/generative/models/autoregressive.test.ts",
    title: "draws the same samples with and without a cache, and other ones from another seed",
  },
  {
    // One more in each group than was asked for.
    file: "src/generative/models/made.ts",
    from: "return placesOf(ordering).map(place => degrees[place] as number);",
    to: "return placesOf(ordering).map(place => degrees[Math.max(place - 1, 0)] as number);",
    test: "test/generative/models/made.test.ts",
    title: "in groups sees all groups before its own, and nothing of its own",
  },
  {
    // Every bit of a group is drawn with the logits of the first.
    file: "src/generative/networks/unitByUnit.ts",
    from: "subarray(unit * count, (unit + 1) * count)",
    to: "subarray((ordering[known] as number) * count, ((ordering[known] as number) + 1) * count)",
    test: "test/generative/models/autoregressive.test.ts",
    title: "has the same likelihood step by step as in one pass",
  },
  {
    // Samples come out in the order of drawing.
    file: "src/generative/models/autoregressive.ts",
    from: "for (let n = 0; n < count; n++) x[n * this.dimensions + i] = previous[n] as number;",
    to: "for (let n = 0; n < count; n++) x[n * this.dimensions + k] = previous[n] as number;",
    test: "test/generative/models/autoregressive.test.ts",
    title: "draws each vector as often as exp(log p) says",
  },
  {
    // The ordering is applied twice in place of being undone.
    file: "src/generative/models/rnn.ts",
    from: "matMul(inOrder as tf.Tensor2D)",
    to: "matMul(inOrder.transpose() as tf.Tensor2D)",
    test: "test/generative/models/autoregressive.test.ts",
    title: "lets no logit see its own bit or a later one, exactly, and some see an earlier one",
  },
  {
    // Bits are read differently in sampling.
    file: "src/generative/models/rnn.ts",
    from: "previous ? 2 * (previous[n] as number) - 1 : 0",
    to: "previous ? (previous[n] as number) : 0",
    test: "test/generative/models/autoregressive.test.ts",
    title: "has the same likelihood step by step as in one pass",
  },
  {
    // The update gate the other way round.
    file: "src/generative/networks/recurrent.ts",
    from: "n.add(z.mul(h.sub(n)))",
    to: "h.add(z.mul(n.sub(h)))",
    test: "test/generative/models/autoregressiveReference.test.ts",
    title: "has its states",
  },
  {
    // The table is read from the wrong end.
    file: "src/generative/models/bayesNet.ts",
    from: "product.mul(on.mul(-1).add(1)), product.mul(on)",
    to: "product.mul(on), product.mul(on.mul(-1).add(1))",
    test: "test/generative/models/made.test.ts",
    title: "has exactly the conditionals that it is given, for every value of the parents",
  },
  {
    // The missing log K.
    file: "src/generative/models/orderingMixture.ts",
    from: ".sub(Math.log(this.members.length))",
    to: ".sub(0)",
    test: "test/generative/models/made.test.ts",
    title: "sums to 1, and is the mean of the probabilities",
  },
  {
    // A collider is never opened.
    file: "src/generative/exact/dSeparation.ts",
    from: 'known === (from === "parent")',
    to: 'from === "child" && !known',
    test: "test/generative/exact/dSeparation.test.ts",
    title: "is independence, by enumeration, for all 64 graphs and all conditions",
  },
  {
    // The parts before are not counted.
    file: "src/generative/estimates/nearestNeighbours.ts",
    from: "{ index: from + row, squaredDistance }",
    to: "{ index: row, squaredDistance }",
    test: "test/generative/estimates/autoregressive.test.ts",
    title: "are those of a loop, whatever parts the data come in",
  },
  {
    // The sum in place of the expectation.
    file: "src/generative/estimates/fisherScore.ts",
    from: "(probabilities[n] as number) * (s[a] as number) * (s[b] as number)",
    to: "(s[a] as number) * (s[b] as number)",
    test: "test/generative/estimates/autoregressive.test.ts",
    title: "has information −E[Hessian], by differences of the score",
  },
  {
    // The sign of the log-determinant of the flow.
    file: "src/generative/distributions/transformedDistribution.ts",
    from: ".add(logDet.reshape(z.shape.slice(0, -1)))",
    to: ".sub(logDet.reshape(z.shape.slice(0, -1)))",
    test: "test/generative/distributions/triangular.test.ts",
    title: "has the density of its own map: log q(T(ε)) = log N(ε) − log |det ∂T/∂ε|, by autodiff",
  },
  {
    // The sign of the log-determinant.
    file: "src/generative/distributions/multivariateNormal.ts",
    from: "const logProb = logNormalNoise(noise).sub(diagonal",
    to: "const logProb = logNormalNoise(noise).add(diagonal",
    test: "test/generative/distributions/triangular.test.ts",
    title: "has the log-density and the entropy that torch has",
  },
  {
    // The squares of the shift and of the columns, but not the scales the right way round.
    file: "src/generative/distributions/kl.ts",
    from: "scaleDivergence(diagonal(q.scale), diagonal(p.scale))",
    to: "scaleDivergence(diagonal(p.scale), diagonal(q.scale))",
    test: "test/generative/distributions/triangular.test.ts",
    title: "has the divergences that torch has, to and from a diagonal Gaussian too",
  },
  {
    // What the noise before it explains is added, not taken off.
    file: "src/generative/distributions/triangular.ts",
    from: "rest.sub(e.mul(entries[i]?.[j] as tf.Tensor))",
    to: "rest.add(e.mul(entries[i]?.[j] as tf.Tensor))",
    test: "test/generative/distributions/triangular.test.ts",
    title: "has the density of its own map: log q(T(ε)) = log N(ε) − log |det ∂T/∂ε|, by autodiff",
  },
  {
    // The average without q's own logarithm: an energy, no bound.
    file: "src/generative/objectives/exactElbo.ts",
    from: "const terms = joint.sub(posterior.logProb(z));",
    to: "const terms = joint;",
    test: "test/generative/objectives/everyBound.test.ts",
    title: "has the value that scipy integrates, and its maximum where scipy finds it",
  },
  {
    // Gumbel noise upside down: minus a Gumbel is not a Gumbel.
    file: "src/generative/distributions/gumbelSoftmax.ts",
    from: "const noise = random.uniform(shape).maximum(SMALLEST).log().neg().log();",
    to: "const noise = random.uniform(shape).maximum(SMALLEST).log().neg().log().neg();",
    test: "test/generative/objectives/gumbelSoftmax.test.ts",
    title: "rounded to its largest share is an exact draw, at temperature 1",
  },
  {
    // The product rule's second term is lost.
    file: "src/generative/objectives/expectation.ts",
    from: "return values.add(score).mean(0);",
    to: "return stopGradient(values).add(score).mean(0);",
    test: "test/generative/objectives/expectation.test.ts",
    title: "follows parameters inside f too: the second term of the product rule",
  },
  {
    // A baseline that looks at its own draw.
    file: "src/generative/objectives/expectation.ts",
    from: ".sub(values)\n    .div(K - 1);",
    to: ".div(K);",
    test: "test/generative/objectives/expectation.test.ts",
    title: "is unbiased for the gradient in mean and width: E z³ = m³ + 3 m s²",
  },
  {
    // The draws keep their gradient, which is then counted twice.
    file: "src/generative/objectives/expectation.ts",
    from: "const z = stopGradient(q.sample(random, samples));",
    to: "const z = q.sample(random, samples);",
    test: "test/generative/objectives/expectation.test.ts",
    title: "is unbiased for the gradient in mean and width: E z³ = m³ + 3 m s²",
  },
  {
    // The weights of a rule are left out.
    file: "src/generative/exact/latentGrid.ts",
    from: "const weight = Math.exp(logQ(z) + (this.logWeights[i] as number));",
    to: "const weight = Math.exp(logQ(z));",
    test: "test/generative/exact/latentGrid.test.ts",
    title: "has the evidence, the bound and the gap that scipy integrates",
  },
  {
    // The gap the other way round.
    file: "src/generative/exact/latentGrid.ts",
    from: "gap: expect(z => logQ(z) - this.logPosterior(z)),",
    to: "gap: expect(z => this.logPosterior(z) - logQ(z)),",
    test: "test/generative/exact/latentGrid.test.ts",
    title: "is a sum for a discrete z: Bayes' rule by hand",
  },
  {
    // The width is forgotten in the score.
    file: "src/generative/exact/gradientMoments.ts",
    from: "* (noise / std), rule, weights)",
    to: "* noise, rule, weights)",
    test: "test/generative/exact/gradientMoments.test.ts",
    title: "has the mean and the variances that scipy integrates",
  },
  {
    // Variances in place of precisions.
    file: "src/generative/exact/meanField.ts",
    from: "(own / (1 + own * later)) * unit * unit",
    to: "own * unit * unit",
    test: "test/generative/exact/meanField.test.ts",
    title: "is where coordinate ascent ends",
  },
  {
    // An inequality read as an equality passes for any line above.
    file: "src/generative/derivation/derivation.ts",
    from: 'relation === "=" ? { within } : { relation }',
    to: 'relation === "=" ? { within } : { relation: ">=" as const }',
    test: "test/generative/derivation/derivation.test.ts",
    title: "finds an inequality that points the wrong way",
  },
  {
    // Whatever the algebra says, it is called proved.
    file: "src/generative/derivation/identity.ts",
    from: 'simplify(difference).toString() === "0"',
    to: 'simplify(difference).toString() !== ""',
    test: "test/generative/derivation/derivation.test.ts",
    title: "log(a / b) against log(b / a)",
  },
  {
    // Jensen's inequality lowers what counts with a minus.
    file: "src/generative/derivation/algebra/follows.ts",
    from: 'atom?.kind !== "logarithm" || term.coefficient < 0)',
    to: 'atom?.kind !== "logarithm")',
    test: "test/generative/derivation/algebra/follows.test.ts",
    title: "by Jensen's inequality lowers what counts with a plus only, and under a logarithm only",
  },
  {
    // A divergence is dropped on whichever side it stands.
    file: "src/generative/derivation/algebra/follows.ts",
    from: "return coefficient > 0 && factor?.power === 1",
    to: "return coefficient !== 0 && factor?.power === 1",
    test: "test/generative/derivation/algebra/follows.test.ts",
    title: "by KL >= 0",
  },
  {
    // A rule that does nothing passes.
    file: "src/generative/derivation/algebra/follows.ts",
    from: "if (idle !== undefined)",
    to: "if (idle !== undefined && idle.name === undefined)",
    test: "test/generative/derivation/lines/wrong.test.ts",
    title: "two lines that are the same already",
  },
  {
    // p(z|x) = p(x, z) p(x).
    file: "src/generative/derivation/algebra/normalForm.ts",
    from: "power(atomOf({ ...of, of: of.given, given: [] }), -1)",
    to: "power(atomOf({ ...of, of: of.given, given: [] }), 1)",
    test: "test/generative/derivation/algebra/follows.test.ts",
    title: "from p(x,z) to p(z|x) * p(x) (=) follows by product rule",
  },
  {
    // A density is integrated over what it is conditioned on.
    file: "src/generative/derivation/algebra/normalForm.ts",
    from: "if (!over.every(name => density.of.includes(name))) return undefined;",
    to: "if (over.length === 0) return undefined;",
    test: "test/generative/derivation/algebra/follows.test.ts",
    title: "by sum rule",
  },
  {
    // Any use of the product rule is Bayes' rule.
    file: "src/generative/derivation/algebra/turnsRound.ts",
    from: "joint.size === 1 && factors.size >= 2",
    to: "joint.size === 0 && factors.size >= 2",
    test: "test/generative/derivation/lines/wrong.test.ts",
    title: "the product rule is not Bayes' rule",
  },
  {
    // 0 log 0 is no number.
    file: "src/generative/derivation/numbers/evaluate.ts",
    from: "weighted.sign === 0 ? ZERO : product(weighted, body(at))",
    to: "product(weighted, body(at))",
    test: "test/generative/derivation/numbers/numbers.test.ts",
    title: "counts nothing that q rules out",
  },
  {
    // The posterior that is made of the joint density passes for another's.
    file: "src/generative/derivation/numbers/caseModel.ts",
    from: 'further(joint.source, other ? "posterior" : "joint")',
    to: 'further(joint.source, "posterior")',
    test: "test/generative/derivation/numbers/numbers.test.ts",
    title: "says which of its densities are sums over its own joint density",
  },
  {
    // Sums without weights: an integral of 1 is always the same.
    file: "src/generative/derivation/numbers/randomModel.ts",
    from: "logWeights: three.map(() => this.uniform() - 0.5)",
    to: "logWeights: three.map(() => Math.log(1 / 3) + 0 * this.uniform())",
    test: "test/generative/derivation/numbers/numbers.test.ts",
    title: "has weights, so that an integral of 1 is not 1",
  },
  {
    // The cases alone decide.
    file: "src/generative/derivation/lines/checkLines.ts",
    from: "const RANDOM_MODELS = 4;",
    to: "const RANDOM_MODELS = 0;",
    test: "test/generative/derivation/lines/wrong.test.ts",
    title: "of all cases does not make a line right",
  },
  {
    // A name that no case has is any number.
    file: "src/generative/derivation/language/names.ts",
    from: "if (variables.has(name)) return;",
    to: "return;",
    test: "test/generative/derivation/language/names.test.ts",
    title: "p(y): says the nearest",
  },
  {
    // What looks like a minus is one of many things.
    file: "src/generative/derivation/language/characters.ts",
    from: "if (ALLOWED.test(character)) continue;",
    to: "continue;",
    test: "test/generative/derivation/language/characters.test.ts",
    title: "is named, with what to type",
  },
  {
    // A false line by the wrong rule alone looks like one whose numbers differ.
    file: "src/generative/derivation/lines/lineClaim.ts",
    from: 'if (fault?.kind === "rule") return',
    to: "if (fault === null) return",
    test: "test/generative/derivation/lines/derive.test.ts",
    title: "shows of a line by the wrong rule that its numbers agree",
  },
  {
    // Every claim holds.
    file: "src/generative/derivation/lines/lineClaim.ts",
    from: "holds: fault === undefined",
    to: 'holds: fault?.message !== ""',
    test: "test/generative/derivation/lines/derive.test.ts",
    title: "stops at the first false line",
  },
  {
    // A derivation ends in silence where a line cannot be read.
    file: "src/generative/derivation/derive.ts",
    from: "if (unread) throw unread.error;",
    to: "",
    test: "test/generative/derivation/lines/derive.test.ts",
    title: "before it throws",
  },
  {
    // Zero has a sign.
    file: "src/generative/derivation/showTable.ts",
    from: "Number(text) === 0",
    to: "Number(text) === 1",
    test: "test/generative/derivation/lines/derive.test.ts",
    title: "shows no sign of a number that rounds to zero",
  },
  {
    // Whatever a student types is called right.
    file: "src/generative/derivation/lines/checkLine.ts",
    from: "if (fault === undefined) {",
    to: 'if (fault?.kind !== "numbers") {',
    test: "test/generative/derivation/lines/derive.test.ts",
    title: "says that a line holds by another rule, and not by which",
  },
  {
    // Sums of squares for variances.
    file: "src/generative/estimates/gradientStatistics.ts",
    from: "(value - (mean[i % p] as number)) ** 2 / (runs - 1)",
    to: "value ** 2 / (runs - 1)",
    test: "test/generative/objectives/expectation.test.ts",
    title: "is 30 by the score and 4 by reparameterisation for z² at m = 1",
  },
  {
    // The sign of a log-determinant.
    file: "src/generative/flows/autoregressiveFlow.ts",
    from: "logDet: logScale.sum(1).neg() }",
    to: "logDet: logScale.sum(1) }",
    test: "test/generative/flows/everyFlow.test.ts",
    title: "'autoregressive' reports the log-determinant of its own Jacobian, in both directions",
  },
  {
    // Every pixel counts; here one does.
    file: "src/generative/flows/invertibleLinear.ts",
    from: ".sum().mul(this.d / this.channels)",
    to: ".sum()",
    test: "test/generative/flows/layers.test.ts",
    title: "a 1 × 1 convolution counts its pixels: h · w · log |det W|",
  },
  {
    // The shift is undone after the scale.
    file: "src/generative/flows/coupling.ts",
    from: "return z.sub(t).div(s);",
    to: "return z.div(s).sub(t);",
    test: "test/generative/flows/everyFlow.test.ts",
    title: "'affine coupling, exp' inverts, both ways",
  },
  {
    // The network sees what it changes.
    file: "src/generative/flows/halves.ts",
    from: "this.network.apply(x.mul(this.kept))",
    to: "this.network.apply(x)",
    test: "test/generative/flows/everyFlow.test.ts",
    title: "'affine coupling, exp' inverts, both ways",
  },
  {
    // A coupling forgets what stays.
    file: "src/generative/flows/halves.ts",
    from: "return x.mul(this.kept).add(",
    to: "return x.mul(0).add(",
    test: "test/generative/flows/everyFlow.test.ts",
    title: "'mixture coupling' inverts, both ways",
  },
  {
    // Every tensor is clipped by itself, and the step turns.
    file: "src/generative/training/step.ts",
    from: "gradient.mul(factor)",
    to: "gradient.mul(tf.div(c, gradient.norm().maximum(c)))",
    test: "test/generative/training/fit.test.ts",
    title: "takes no step that is longer than the clipped gradient (compiled: true)",
  },
  {
    // The scale of what stays is counted.
    file: "src/generative/flows/coupling.ts",
    from: "const logS = this.halves.onlyChanged(this.logScale(raw));",
    to: "const logS = this.logScale(raw);",
    test: "test/generative/flows/layers.test.ts",
    title: "pass their first half on unchanged, and the middle of five is changed",
  },
  {
    // The middle of an odd number of coordinates is kept.
    file: "src/generative/flows/masks.ts",
    from: "(i < Math.floor(d / 2) ? 1 : 0)",
    to: "(i < Math.ceil(d / 2) ? 1 : 0)",
    test: "test/generative/flows/layers.test.ts",
    title: "pass their first half on unchanged, and the middle of five is changed",
  },
  {
    // Only the last layer counts.
    file: "src/generative/flows/composition.ts",
    from: "logDet = logDet.add(next.logDet);",
    to: "logDet = next.logDet;",
    test: "test/generative/flows/everyFlow.test.ts",
    title: "'composition' reports the log-determinant of its own Jacobian, in both directions",
  },
  {
    // The blocks of a squeeze are put back in another order.
    file: "src/generative/flows/realNvp.ts",
    from: "const blocks = z.reshape([-1, h / 2, w / 2, 2, 2, c]);",
    to: "const blocks = z.reshape([-1, h / 2, 2, w / 2, 2, c]);",
    test: "test/generative/flows/everyFlow.test.ts",
    title: "'squeeze' inverts, both ways",
  },
  {
    // The variance where its root belongs.
    file: "src/generative/flows/glow.ts",
    from: "-0.5 * Math.log(variance)",
    to: "-Math.log(variance)",
    test: "test/generative/flows/layers.test.ts",
    title: "an actnorm set from data leaves mean 0 and standard deviation 1 in every channel",
  },
  {
    // The weights of the mixture are not normalised.
    file: "src/generative/flows/mixtureValues.ts",
    from: "const logWeights = logSoftmax(logits);",
    to: "const logWeights = logits;",
    test: "test/generative/flows/everyFlow.test.ts",
    title: "'mixture of logistics' reports the log-determinant of its own Jacobian, in both directions",
  },
  {
    // The slope of the logit is forgotten.
    file: "src/generative/flows/mixtureValues.ts",
    from: ".mul(tails.logReversedHazard.exp())",
    to: "",
    test: "test/generative/flows/everyFlow.test.ts",
    title: "'mixture of logistics' reports the log-determinant of its own Jacobian, in both directions",
  },
  {
    // The trace of one coordinate.
    file: "src/generative/flows/ffjord.ts",
    from: "return tf.addN(terms);",
    to: "return terms[0] as tf.Tensor;",
    test: "test/generative/flows/continuous.test.ts",
    title: "has the flow of the matrix exponential, and log |det| = tr A",
  },
  {
    // Backwards in time, but forwards.
    file: "src/generative/flows/ffjord.ts",
    from: "{ from: 1, to: 0, steps, method }",
    to: "{ from: 0, to: 1, steps, method }",
    test: "test/generative/flows/everyFlow.test.ts",
    title: "'FFJORD' inverts, both ways",
  },
  {
    // A stage of Runge–Kutta at the wrong time and weight.
    file: "src/generative/exact/ode.ts",
    from: "weights: [1 / 6, 1 / 3, 1 / 3, 1 / 6],",
    to: "weights: [1 / 6, 1 / 6, 1 / 3, 1 / 3],",
    test: "test/generative/flows/continuous.test.ts",
    title: "'Runge–Kutta' converges with order 4",
  },
  {
    // The noise's own density is forgotten.
    file: "src/generative/flows/dequantisation.ts",
    from: "return density.logProb(x.add(u)).sub(logProb);",
    to: "return density.logProb(x.add(u));",
    test: "test/generative/flows/dequantisation.test.ts",
    title: "is reached, draw by draw, with the posterior of the noise",
  },
  {
    // The slope of the sigmoid is forgotten.
    file: "src/generative/flows/dequantisation.ts",
    from: "logProb: logNormal.sub(logSigmoidDerivative(before)).sum(1)",
    to: "logProb: logNormal.sum(1)",
    test: "test/generative/flows/dequantisation.test.ts",
    title: "is a density over [0, 1)",
  },
  {
    // The log-determinant of draws with the wrong sign.
    file: "src/generative/flows/flow.ts",
    from: "logProb: this.base.logProb(z).sub(logDet) }",
    to: "logProb: this.base.logProb(z).add(logDet) }",
    test: "test/generative/flows/everyFlow.test.ts",
    title: "'RealNVP' draws what its density says: the mean of log p over draws, by two ways",
  },
  {
    // No absolute value.
    file: "src/generative/exact/flow1d.ts",
    from: "this.moved(x), logDet: -Math.log(Math.abs(scale))",
    to: "this.moved(x), logDet: -Math.log(scale)",
    test: "test/generative/exact/flow1d.test.ts",
    title: "a decreasing affine flow to the 'normal' base integrates to 1: absolute values",
  },
  {
    // n − 1 in place of n.
    file: "src/generative/exact/centred.ts",
    from: "[columns.columns, 0]",
    to: "[columns.columns - 1, 0]",
    test: "test/generative/exact/flow1d.test.ts",
    title: "has its maximum likelihood at the moments of the data",
  },
  {
    // log 8 is missing.
    file: "src/generative/exact/toyDensities.ts",
    from: "return logSumExp(parts) - Math.log(8);",
    to: "return logSumExp(parts);",
    test: "test/generative/data/toys.test.ts",
    title: "'8 Gaussians' integrates to 1",
  },
  {
    // The tail of the other side.
    file: "src/generative/distributions/tails.ts",
    from: "logCdf: tf.where(negative, outer, inner), logSurvival",
    to: "logCdf: tf.where(negative, inner, outer), logSurvival",
    test: "test/generative/flows/range.test.ts",
    title: "the inverse of Φ at a logit of 17 is 5.36, at 1e5 it is 447",
  },
  {
    // The start without its Newton step.
    file: "src/generative/distributions/normalQuantile.ts",
    from: "const x = start.sub(logCdf.sub(l).mul(logReversedHazard.neg().exp()));",
    to: "const x = start.sub(logCdf.sub(l).mul(0));",
    test: "test/generative/distributions/tails.test.ts",
    title: "'wasm' quantiles of p, of log p and of logit p",
  },
  {
    // The series of a small scale stops too soon.
    file: "src/generative/flows/logSoftplus.ts",
    from: "small.add(series.log())",
    to: "small",
    test: "test/generative/flows/range.test.ts",
    title: "log softplus, of which a scale is made",
  },
  {
    // The ends of (0, 1) stay ends.
    file: "src/generative/flows/openInterval.ts",
    from: "moved([SMALLEST, BELOW_ONE], x",
    to: "moved([SMALLEST, 1], x",
    test: "test/generative/flows/range.test.ts",
    title: "'logit' has finite values, log-determinants and gradients, there and beyond",
  },
  {
    // û is u: planes may pass each other.
    file: "src/generative/flows/planarFlow.ts",
    from: "direction: (u as tf.Tensor).add(along.sub(product).mul(unit)),",
    to: "direction: u as tf.Tensor,",
    test: "test/generative/flows/range.test.ts",
    title: "a planar flow as pyro has it",
  },
  {
    // A bracket that misses.
    file: "src/generative/flows/mixtureCdf.ts",
    from: "to: quantiles.max(-1) },",
    to: "to: quantiles.min(-1) },",
    test: "test/generative/flows/everyFlow.test.ts",
    title: "'mixture of logistics' inverts, both ways",
  },
  {
    // ∂g/∂x₂ in place of both.
    file: "src/generative/flows/triangularFlow.ts",
    from: "logDet: first.logDet.add(second.sum(1)) }",
    to: "logDet: second.sum(1) }",
    test: "test/generative/flows/everyFlow.test.ts",
    title: "'triangular' reports the log-determinant of its own Jacobian, in both directions",
  },
  {
    // Type A sees its own place.
    file: "src/generative/networks/convolutionMask.ts",
    from: "if (dy === 0) return dx < 0 || (own && dx === 0);",
    to: "if (dy === 0) return dx <= 0 || (own && dx === 0);",
    test: "test/generative/models/autoregressive.test.ts",
    title: "sums to 1 over all 2^d vectors, and is far from uniform",
  },
  {
    // The vertical stack sees its own row from the first layer on.
    file: "src/generative/networks/convolutionMask.ts",
    from: "return dy < 0 || (own && dy === 0);",
    to: "return dy <= 0;",
    test: "test/generative/models/convolutional.test.ts",
    title: "sees the rows above, all of them, and nothing of its own row",
  },
  {
    // The horizontal stack no longer hears of the rows above.
    file: "src/generative/networks/gatedStacks.ts",
    from: "const own = horizontal.apply(h).add(link.apply(above));",
    to: "const own = horizontal.apply(h).add(link.apply(above).mul(0));",
    test: "test/generative/models/convolutional.test.ts",
    title: "a GatedPixelCNN has none",
  },
  {
    // The two halves of a gate change places while sampling.
    file: "src/generative/networks/gate.ts",
    from: "Math.tanh(x[at] as number) / (1 + Math.exp(-(x[at + channels] as number)))",
    to: "Math.tanh(x[at + channels] as number) / (1 + Math.exp(-(x[at] as number)))",
    test: "test/generative/models/autoregressive.test.ts",
    title: "has the same likelihood step by step as in one pass",
  },
  {
    // Off by one: a layer of type B skips its own place.
    file: "src/generative/networks/causalConvolution.ts",
    from: 'const first = type === "A" ? 1 : 0;',
    to: "const first = 1;",
    test: "test/generative/models/convolutional.test.ts",
    title: "begins one place earlier with type A",
  },
  {
    // The padding forgets the dilation.
    file: "src/generative/networks/causalConvolution.ts",
    from: "first + (width - 1 - j) * dilation",
    to: "first + (width - 1 - j)",
    test: "test/generative/models/convolutionalReference.test.ts",
    title: "has its outputs with dilation 2",
  },
  {
    // Attention sees its successor.
    file: "src/generative/networks/maskedAttention.ts",
    from: "at % n > Math.floor(at / n) ? -1e9",
    to: "at % n > Math.floor(at / n) + 1 ? -1e9",
    test: "test/generative/models/autoregressive.test.ts",
    title: "sums to 1 over all 2^d vectors, and is far from uniform",
  },
  {
    // The scale of the scores.
    file: "src/generative/networks/maskedAttention.ts",
    from: "div(Math.sqrt(channels / this.heads))",
    to: "div(Math.sqrt(channels))",
    test: "test/generative/models/convolutionalReference.test.ts",
    title: "has its outputs with two heads and a causal mask",
  },
  {
    // The edge case at 0 is missing.
    file: "src/generative/distributions/discretizedLogisticMixture.ts",
    from: "const first = x.equal(0).toFloat();",
    to: "const first = x.equal(-1).toFloat();",
    test: "test/generative/distributions/discretizedLogisticMixture.test.ts",
    title: "sums to 1 over 0 … 255, wherever the logistics lie",
  },
  {
    // The width of a bin without its correction.
    file: "src/generative/distributions/discretizedLogisticMixture.ts",
    from: "narrow.mul(0.5).tanh().log().add(narrow.neg().softplus())",
    to: "narrow.mul(0.5).tanh().log()",
    test: "test/generative/distributions/discretizedLogisticMixture.test.ts",
    title: "agrees with 120 digits of mpmath, tails and ends included",
  },
  {
    // A coarse place takes the features of the last of its four fine ones.
    file: "src/generative/networks/shortCuts.ts",
    from: "const up: Stacks = { v: repeated(coarse.v, height, width), h: repeated(coarse.h, height, width) };",
    to: "const up: Stacks = { v: repeated(coarse.v.reverse(1), height, width), h: repeated(coarse.h.reverse(2), height, width) };",
    test: "test/generative/models/autoregressive.test.ts",
    title: "sums to 1 over all 2^d vectors, and is far from uniform",
  },
  {
    // The ordering is applied in place of being undone.
    file: "src/generative/models/causalModel.ts",
    from: "fromRaster(logits, this.places)",
    to: "fromRaster(logits, this.ordering)",
    test: "test/generative/models/autoregressive.test.ts",
    title: "lets no logit see its own bit or a later one, exactly, and some see an earlier one",
  },
  {
    // The bound in place of the sum over the codes.
    file: "src/generative/models/hierarchical.ts",
    from: "return logSumExp(tf.stack(each), 0);",
    to: "return tf.stack(each).max(0);",
    test: "test/generative/models/convolutional.test.ts",
    title: "sums to 1 over all x with the sum over codes, and to less with the code of x alone",
  },
  {
    // Paths begin at the first layer.
    file: "src/generative/exact/receptiveField.ts",
    from: "if (inside(r, c)) next.add(r * width + c);",
    to: "next.add(r * width + c);",
    test: "test/generative/models/convolutional.test.ts",
    title: "of kernels of side 3 is 45 of 220 pixels in 21 × 21",
  },
  {
    // Nobody looks again.
    file: "src/engine/watch.ts",
    from: "if (this.calls < 2 * this.seen) return;",
    to: "return;",
    test: "test/engine/watch.test.ts",
    title: "that changes from the second call on is told with its place, and used",
  },
  {
    // Whatever was added stays.
    file: "src/engine/listeners.ts",
    from: "process.off(event, listener)",
    to: "process.off(event, start)",
    test: "test/engine/listeners.test.ts",
    title: "takes away what code of that library adds, by any method, and nothing else",
  },
  {
    // Nobody is told.
    file: "src/engine/touch.ts",
    from: "listeners.get(variable)?.();",
    to: "void listeners;",
    test: "test/engine/compile.test.ts",
    title: "takes in what others assign",
  },
  {
    // What was assigned while a step ran is overwritten.
    file: "src/engine/variables.ts",
    from: "if (variable.dataId === seen && !isGone(variable))",
    to: "if (!isGone(variable))",
    test: "test/engine/variables.test.ts",
    title: "keeps what was assigned while its step ran",
  },
  {
    // A promise that nobody waits for passes.
    file: "src/engine/trace/asynchronous.ts",
    from: "place === undefined ? result",
    to: "place === undefined || result ? result",
    test: "test/engine/asynchronous.test.ts",
    title: "a step with tf.whereAsync throws that line where it is to throw",
  },
  {
    // Eager steps go on with the old rate.
    file: "src/engine/optimizers.ts",
    from: "tf.keep(tf.scalar(-rate))",
    to: "this.c ?? tf.keep(tf.scalar(-rate))",
    test: "test/engine/optimizers.test.ts",
    title: "sgd steps by the learning rate that was assigned, compiled and eagerly, and counts updates",
  },
  {
    // Each shape drives out another.
    file: "src/engine/programs.ts",
    from: "before.last < oldest.used",
    to: "before.last < 0",
    test: "test/engine/programs.test.ts",
    title: "makes no graph over and over where more shapes take turns than there are graphs",
  },
  {
    file: "src/generative/training/check.ts",
    from: "Number.isFinite(rate) && rate >= 0",
    to: "!(rate < 0)",
    test: "test/generative/training/check.test.ts",
    title: "a learning rate of NaN before it does harm",
  },
  {
    // The schedule is forgotten.
    file: "src/generative/training/identify.ts",
    from: "rates?.map(String)",
    to: "rates?.length",
    test: "test/generative/training/identify.test.ts",
    title: "is kept aside, with a word on it, where the schedule has changed",
  },
  {
    // Every column of the codes meets the first of z.
    file: "src/generative/networks/quantiser.ts",
    from: "(columns[i] as tf.Tensor).sub(row)",
    to: "(columns[0] as tf.Tensor).sub(row)",
    test: "test/generative/networks/quantiser.test.ts",
    title: "chooses what a loop in float64 chooses, of 8 columns",
  },
  {
    // Detached the wrong way: the gradient goes to the codes.
    file: "src/generative/networks/straightThrough.ts",
    from: "[dy, tf.zerosLike(dy)]",
    to: "[tf.zerosLike(dy), dy]",
    test: "test/generative/networks/quantiser.test.ts",
    title: "has the code as its value, and the gradients that torch gets by detaching",
  },
  {
    // The decoder sees what was never rounded.
    file: "src/generative/networks/straightThrough.ts",
    from: "value: (inputs[1] as tf.Tensor).clone(),",
    to: "value: (inputs[0] as tf.Tensor).clone(),",
    test: "test/generative/models/vqVae.test.ts",
    title: "decodes the code, not the vector: z enters the value through its code alone",
  },
  {
    // Half of the product is forgotten.
    file: "src/generative/networks/quantiser.ts",
    from: "rows.matMul(vectors.mul(2) as",
    to: "rows.matMul(vectors as",
    test: "test/generative/networks/quantiser.test.ts",
    title: "with many codes, too, offset 0: the products are those about the middle",
  },
  {
    // The commitment pulls the codes.
    file: "src/generative/objectives/vectorQuantisation.ts",
    from: 'squaredDistance("commitmentLoss", z, stopGradient(e))',
    to: 'squaredDistance("commitmentLoss", stopGradient(z), e)',
    test: "test/generative/networks/quantiser.test.ts",
    title: "move only the codes, and only the vectors, as torch has it",
  },
  {
    // The decay swapped.
    file: "src/generative/networks/codebook.ts",
    from: "old.mul(decay).add(now.mul(1 - decay))",
    to: "old.mul(1 - decay).add(now.mul(decay))",
    test: "test/generative/networks/quantiser.test.ts",
    title: "mixes counts and sums as torch does",
  },
  {
    // An entropy in bits, taken back in nats.
    file: "src/generative/estimates/perplexity.ts",
    from: "Math.log(n / total)",
    to: "Math.log2(n / total)",
    test: "test/generative/estimates/perplexity.test.ts",
    title: "is exp of scipy's entropy of the frequencies",
  },
  {
    // β on the wrong term.
    file: "src/generative/objectives/betaElbo.ts",
    from: "return reconstruction.mean(0).sub(counted.mul(beta));",
    to: "return reconstruction.mean(0).mul(beta).sub(counted);",
    test: "test/generative/objectives/betaElbo.test.ts",
    title: "is β times the ELBO of a decoder with the variance β σ², and a constant",
  },
  {
    // The threshold without β.
    file: "src/generative/exact/linearBetaVae.ts",
    from: "const s = beta * variance;",
    to: "const s = variance;",
    test: "test/generative/exact/linearBetaVae.test.ts",
    title: "collapses exactly the directions with λ ≤ β σ²",
  },
  {
    // The likelihood of the wrong cause.
    file: "src/generative/exact/bitsBack.ts",
    from: "encoder[data[before.length] as number]",
    to: "encoder[data[Math.max(before.length - 1, 0)] as number]",
    test: "test/generative/exact/bitsBack.test.ts",
    title: "costs −log₂ p(x) with the posterior, whatever z was drawn, to a few bits in all",
  },
  {
    // Couplings that only move begin at the saddle point.
    file: "src/generative/flows/conditioner.ts",
    from: "start === 0 ? tf.zerosLike(output.kernel)",
    to: "start < 1 ? tf.zerosLike(output.kernel)",
    test: "test/generative/flows/layers.test.ts",
    title: "have no gradient there where they only move data that look the same from both sides, and one beside it",
  },
  {
    // Bars, and no stripes.
    file: "src/generative/exact/barsAndStripes.ts",
    from: "lines[i % side] as number",
    to: "lines[Math.floor(i / side)] as number",
    test: "test/generative/exact/barsAndStripes.test.ts",
    title: "is as likely on its side, and with all bits the other way round",
  },
  {
    // No pixel is flipped.
    file: "src/generative/exact/barsAndStripes.ts",
    from: "(uniform() < this.flips ? 1 - bit : bit)",
    to: "bit",
    test: "test/generative/exact/barsAndStripes.test.ts",
    title: "draws what it says: −log p is its entropy on average, and the first pixel is fair",
  },
  {
    // A pass that failed leaves the meter running.
    file: "src/generative/estimates/countCalls.ts",
    from: "else delete methods[method];",
    to: "",
    test: "test/generative/estimates/countCalls.test.ts",
    title: "puts the method back, also after an error",
  },
  {
    // The mirror is forgotten.
    file: "src/generative/figures/linearMap.ts",
    from: "const flip = mirrored ? -1 : 1;",
    to: "const flip = 1;",
    test: "test/generative/figures/content.test.ts",
    title: "a mirrored map turns the square over: the area of its outline is negative",
  },
  {
    // log K is forgotten.
    file: "src/generative/objectives/iwae.ts",
    from: "return logSumExp(logWeights, 0).sub(Math.log(logWeights.shape[0] as number));",
    to: "return logSumExp(logWeights, 0);",
    test: "test/generative/objectives/bounds.test.ts",
    title: "is log p(x) itself for the exact posterior, whatever K is: log K is subtracted",
  },
  {
    // Sticking the landing without the stop.
    file: "src/generative/objectives/iwae.ts",
    from: "detached(proposal).logProb(z)",
    to: "proposal.logProb(z)",
    test: "test/generative/objectives/iwaeEstimators.test.ts",
    title: "has the gradient that torch computes from the same three draws",
  },
  {
    // Weights that are not squared.
    file: "src/generative/objectives/iwae.ts",
    from: "bound(logWeights(scaleGradient(z, weights.expandDims(-1))))",
    to: "bound(logWeights(z))",
    test: "test/generative/objectives/iwaeEstimators.test.ts",
    title: "has the gradient that torch computes from the same three draws",
  },
  {
    // Weights that are not normalised.
    file: "src/generative/objectives/iwae.ts",
    from: "fixed.sub(tf.where(none, tf.zerosLike(total), total)).exp()",
    to: "fixed.exp()",
    test: "test/generative/objectives/iwaeEstimators.test.ts",
    title: "has the gradient that torch computes from the same three draws",
  },
  {
    // The width of q keeps its gradient.
    file: "src/generative/objectives/detached.ts",
    from: "stopGradient(q.mean), stopGradient(q.std)",
    to: "stopGradient(q.mean), q.std",
    test: "test/generative/objectives/iwaeEstimators.test.ts",
    title: "has the gradient that torch computes from the same three draws",
  },
  {
    // A size for a variance.
    file: "src/generative/estimates/activeUnits.ts",
    from: "sum + (value - mean) ** 2",
    to: "sum + value ** 2",
    test: "test/generative/estimates/activeUnits.test.ts",
    title: "counts the units that follow x, not those that are large",
  },
  {
    // One draw for K.
    file: "src/generative/exact/iwaeBound.ts",
    from: "const logPower = K * (",
    to: "const logPower = (",
    test: "test/generative/exact/iwaeBound.test.ts",
    title: "agrees with scipy's integrals over one draw and over two",
  },
  {
    // A second moment for a variance.
    file: "src/generative/exact/iwaeBound.ts",
    from: "logDistance(logWeight - logMean)",
    to: "(logWeight - logMean)",
    test: "test/generative/exact/iwaeBound.test.ts",
    title: "leaves a gap that tends to χ²/2K, with the χ² of the closed form",
  },
  {
    // The noise of all dimensions, not of those that are left.
    file: "src/generative/exact/principalComponents.ts",
    from: "rest / (d - latent)",
    to: "rest / d",
    test: "test/generative/exact/principalComponents.test.ts",
    title: "has the log-likelihood that scipy gives for Tipping and Bishop's covariance",
  },
  {
    // Pairs of a row with itself are counted.
    file: "src/generative/estimates/energyDistance.ts",
    from: "meanDistance(x, x, x.length * (x.length - 1))",
    to: "meanDistance(x, x, x.length * x.length)",
    test: "test/generative/estimates/samples.test.ts",
    title: "is near 0 for two samples of one distribution, of either sign",
  },
  {
    // The upper tail from a difference: the number of digits of 1.
    file: "src/generative/exact/specialFunctions.ts",
    from: "Math.log(0.5 * erfcx(-x / Math.SQRT2)) - 0.5 * x * x",
    to: "Math.log(normalCdf(x))",
    test: "test/generative/exact/specialFunctions.test.ts",
    title: "has its logCdf to 1e-12 relative from −40 to 40, as mpmath",
  },
  {
    // One step of Newton's.
    file: "src/generative/exact/specialFunctions.ts",
    from: "step < 6",
    to: "step < 1",
    test: "test/generative/exact/specialFunctions.test.ts",
    title: "has its quantile to 1e-12 relative from logarithms of −1e5 to −1e-300",
  },
  {
    // A survival that is taken for a distribution function.
    file: "src/generative/exact/probability.ts",
    from: 'return fromMass(what, "upper", p.survival)',
    to: 'return fromMass(what, "lower", p.survival)',
    test: "test/generative/exact/specialFunctions.test.ts",
    title: "has its quantile to 1e-12 relative from 1e-300 to 1 − 2⁻⁵³, from both tails",
  },
  {
    // The logarithm of what is near 1, from itself.
    file: "src/generative/exact/mixtures1d.ts",
    from: "return log < -Math.LN2 ? log",
    to: "return log < 1 ? log",
    test: "test/generative/exact/densities1d.test.ts",
    title: "has mpmath's values in both tails, to 1e-12 relative",
  },
  {
    // The end that is farther.
    file: "src/generative/exact/between.ts",
    from: "logLower < logUpper ? { logCdf: logLower }",
    to: "logLower > logUpper ? { logCdf: logLower }",
    test: "test/generative/exact/densities1d.test.ts",
    title: "a CDF flow and its inverse give x back out to ±400",
  },
  {
    // The n-th square too.
    file: "src/generative/exact/gaussRule.ts",
    from: "squares += now * now;",
    to: "squares += now * now + before * before;",
    test: "test/generative/exact/degree.test.ts",
    title: "integrates every even power to its degree, in logs, to 1e-12",
  },
  {
    // A symbol that hardly occurs gets nothing.
    file: "src/generative/exact/codeTable.ts",
    from: "|| (whole === 0 ? 1 : 0)",
    to: "|| 0",
    test: "test/generative/exact/arithmeticCoder.test.ts",
    title: "costs 97 bits at most for a symbol of 1e-300, and nothing for one that is certain",
  },
  {
    // The quarter in the middle is taken for a half at an end.
    file: "src/generative/exact/shortInterval.ts",
    from: "this.high < 3 * SHORT_QUARTER) return SHORT_QUARTER",
    to: "this.high < 3 * SHORT_QUARTER) return 0",
    test: "test/generative/exact/shortInterval.test.ts",
    title: "settles in the middle half, and is widened from it",
  },
  {
    // A part that is near the end of a share decides.
    file: "src/generative/exact/codeTable.ts",
    from: "if (near < sum.high + 3) break;",
    to: "if (near < sum.high) break;",
    test: "test/generative/exact/codeTable.test.ts",
    title: "is asked for the exact unit only where a part that is off by 2⁻⁵¹ cannot decide",
  },
  {
    // The parts of the difference cancel.
    file: "src/generative/exact/entropy.ts",
    from: "if (Math.abs(x) > 0.05)",
    to: "if (Math.abs(x) > 0)",
    test: "test/generative/exact/entropy.test.ts",
    title: "are never negative, for pairs that differ in the last digits",
  },
  {
    // Draws whose spread is unknown prove anything.
    file: "src/generative/derivation/claim.ts",
    from: "Number.isFinite(s) ? (",
    to: "s !== undefined ? (",
    test: "test/generative/derivation/claim.test.ts",
    title: "lets nothing differ where the standard error is 0, and believes none that is NaN or ∞",
  },
  {
    // The low half of a product is dropped: 16 digits where there were 31.
    file: "src/generative/exact/doubleDouble.ts",
    from: "- (product + back) + ((low[at] as number) - productLow)",
    to: "- (product + back) + (low[at] as number)",
    test: "test/generative/exact/covariance.test.ts",
    title: "of 60 rows in 40 dimensions, noise 2^-28",
  },
  {
    file: "src/generative/exact/elimination.ts",
    from: "parity = -parity;",
    to: "",
    test: "test/generative/exact/flow1d.test.ts",
    title: "det A by cofactors, with its sign",
  },
  {
    // What is nearly singular passes for singular.
    file: "src/generative/exact/elimination.ts",
    from: "<= 2 ** -90 * (sizes[at] as number)",
    to: "<= 2 ** -30 * (sizes[at] as number)",
    test: "test/generative/exact/linearAlgebra.test.ts",
    title: "'dependent', d = 6",
  },
  {
    file: "src/generative/exact/covariance.ts",
    from: "exact ? 2 ** -90 : d * 2 ** -53",
    to: "0",
    test: "test/generative/exact/covariance.test.ts",
    title: "is not one that is singular but for rounding, and says so in a line",
  },
  {
    file: "src/generative/exact/linearAlgebra.ts",
    from: "(row[i] as number) < 0 ? -1 : 1",
    to: "(row[i] as number) < 0 ? 1 : 1",
    test: "test/generative/exact/linearAlgebra.test.ts",
    title: "Q R is A, with orthonormal columns in Q and no negative number on the diagonal of R",
  },
  {
    // Small directions keep what large ones left in them.
    file: "src/generative/exact/singularValues.ts",
    from: "2 ** -20 * Math.max(...values)",
    to: "0",
    test: "test/generative/exact/covariance.test.ts",
    title: "of 8 rows in 12 dimensions, noise 2^-30",
  },
  {
    file: "src/generative/exact/linearGaussian.ts",
    from: "if (step === 2) break;",
    to: "if (step === 0) break;",
    test: "test/generative/exact/linearGaussian.test.ts",
    title: "keeps the evidence where the noise is 1e-12 of what W does",
  },
  {
    file: "src/generative/exact/linearBetaVae.ts",
    from: "rest / (d - beta * active)",
    to: "rest / (d - active)",
    test: "test/generative/exact/linearBetaVae.test.ts",
    title: "is where scipy finds the best linear VAE: β = 1.3, 2 latents of [4,2,1,0.25]",
  },
  {
    file: "src/generative/exact/multivariateGaussianMixture.ts",
    from: "+ from(k, i) * from(k, j)",
    to: "",
    test: "test/generative/exact/multivariateGaussianMixture.test.ts",
    title: "draws what has its moments",
  },
  {
    file: "src/generative/training/emMultivariate.ts",
    from: 'shape === "tied" ? pooled : scatter',
    to: "scatter",
    test: "test/generative/training/emMultivariate.test.ts",
    title: "does what scikit-learn does: 'tied', after 15 steps",
  },
  {
    // tfjs's own log-sum-exp: NaN where every term is −∞.
    file: "src/generative/distributions/logSumExp.ts",
    from: "largest.clipByValue(-LARGEST, LARGEST)",
    to: "largest",
    test: "test/generative/distributions/limits.test.ts",
    title: "is a mixture of itself alone, of itself and anything without weight, and −∞ outside",
  },
  {
    // 0 log 0 is NaN again.
    file: "src/generative/distributions/kl.ts",
    from: "withoutInfinities(logP).sub(withoutInfinities(logQ))",
    to: "withoutInfinities(logP).sub(logQ)",
    test: "test/generative/distributions/limitReference.test.ts",
    title: "of categories counts what q lacks as nothing, and what p lacks as ∞",
  },
  {
    // Whatever a function's own gradient is, that of its value is passed on.
    file: "src/generative/distributions/withGradient.ts",
    from: "[slope(x as tf.Tensor, dy)]",
    to: "[dy.clone()]",
    test: "test/generative/distributions/bits.test.ts",
    title: "have the derivative x − σ(ℓ), at 0 too, and that of it",
  },
  {
    // 0 · ∞ again.
    file: "src/generative/distributions/withoutInfinities.ts",
    from: "x.clipByValue(-LARGEST, LARGEST)",
    to: "x.clone()",
    test: "test/generative/distributions/limits.test.ts",
    title: "has the values that the mathematics gives, to the ends of float32",
  },
  {
    file: "src/generative/distributions/laplace.ts",
    from: ".add(this.scale.log()).add(Math.LN2)",
    to: ".add(this.scale.log())",
    test: "test/generative/distributions/limitReference.test.ts",
    title: "has torch's log-density and scipy's entropy",
  },
  {
    file: "src/generative/distributions/logistic.ts",
    from: "this.scale.log().add(2)",
    to: "this.scale.log().add(1)",
    test: "test/generative/distributions/limitReference.test.ts",
    title: "has scipy's log-density, log-cdf, log-survival and entropy, log s + 2",
  },
  {
    // The density of log y, without its derivative.
    file: "src/generative/distributions/gumbelSoftmax.ts",
    from: "this.logProbOfLog(logShares).sub(logShares.sum(-1))",
    to: "this.logProbOfLog(logShares)",
    test: "test/generative/distributions/limitReference.test.ts",
    title: "has the density of torch and of pyro, on the simplex and in logarithms",
  },
  {
    // Who closed is told all the same.
    file: "src/kernel/protocol/dependencyComm.ts",
    from: 'if (kind === "close") this.#open.delete(comm);',
    to: 'if (kind === "close") this.#open.add(comm);',
    test: "test/kernel/protocol/dependencyComm.test.ts",
    title: "answers while a cell runs, and says no more to who closed",
  },
  {
    // Every row again.
    file: "src/kernel/output/table.ts",
    from: "count > MOST_ROWS ? leading(data, MOST_ROWS) : data",
    to: "data",
    test: "test/kernel/output/table.test.ts",
    title: "of a million rows is its first thousand: a list",
  },
  {
    // Beside one, what is far from it has no small differences.
    file: "src/generative/distributions/remainders.ts",
    from: "t.square().mul(0.5).add(nearLogRemainder(t))",
    to: "squaresLess1(t).mul(0.5).sub(logRatio(a, b))",
    test: "test/generative/distributions/closePairs.test.ts",
    title: "keeps its digits, and is never negative",
  },
  {
    file: "src/generative/distributions/jensenShannon.ts",
    from: "ofOne(p, change).add(ofOne(q, change.neg()))",
    to: "ofOne(p, change).mul(2)",
    test: "test/generative/distributions/limitReference.test.ts",
    title: "is the square of scipy's distance, in closed form",
  },
  {
    file: "src/generative/estimates/generalisedPareto.ts",
    from: "const grid = 30 +",
    to: "const grid = 20 +",
    test: "test/generative/estimates/paretoSmoothing.test.ts",
    title: 'has arviz\'s k̂ of "light"',
  },
  {
    file: "src/generative/estimates/generalisedPareto.ts",
    from: "const PRIOR_COUNT = 10;",
    to: "const PRIOR_COUNT = 9;",
    test: "test/generative/estimates/paretoSmoothing.test.ts",
    title: 'has arviz\'s k̂ of "light"',
  },
  {
    // The largest smoothed weight may exceed the largest raw one.
    file: "src/generative/estimates/paretoSmoothing.ts",
    from: "largest + Math.min(0, Math.log(quantile))",
    to: "largest + Math.log(quantile)",
    test: "test/generative/estimates/paretoSmoothing.test.ts",
    title: 'has arviz\'s smoothed weights of "heavy", in their order',
  },
  {
    // float32 decides among what it cannot tell apart.
    file: "src/generative/estimates/nearestNeighbours.ts",
    from: "const RESOLUTION = 2e-6;",
    to: "const RESOLUTION = 0;",
    test: "test/generative/estimates/edges.test.ts",
    title: "are told apart where float32 products do not",
  },
  {
    // What is far below the largest is lost beside a 1.
    file: "src/generative/exact/logSumExp.ts",
    from: "Math.log1p(others)",
    to: "Math.log(1 + others)",
    test: "test/generative/exact/references.test.ts",
    title: "logSumExp is what another implementation has, at extreme place 3",
  },
  {
    // Densities that are low everywhere, in large units, have an entropy too.
    file: "src/generative/exact/toyDensities.ts",
    from: "if (log > -Infinity) sum",
    to: "if (log > -40) sum",
    test: "test/generative/exact/densityReferences.test.ts",
    title: "entropyByQuadrature is what another implementation has, at extreme place 1",
  },
  {
    // A loop's variable is not the notebook's.
    file: "src/kernel/transform/cellVariables.ts",
    from: "else this.#loopHead(list, index);",
    to: "",
    test: "test/kernel/transform/names.test.ts",
    title: "of a loop, where a let of this name is",
  },
  {
    file: "src/kernel/modules/format.ts",
    from: 'return usesCommonNames(file) ? "commonjs" : "module";',
    to: 'return "module";',
    test: "test/kernel/modules/resolver.test.ts",
    title: "CommonJS by default",
  },
  {
    file: "src/kernel/check/strictOnly.ts",
    from: "!problems.every(isStrictOnly)",
    to: "!problems.some(isStrictOnly)",
    test: "test/kernel/check/dialect.test.ts",
    title: "are strict, and told so where that alone is the matter",
  },
  {
    // A cell before the one that ran is said to be stale.
    file: "src/kernel/dependencies.ts",
    from: "|| entry.place <= from.place",
    to: "",
    test: "test/kernel/dependencies.test.ts",
    title: "is not a cell before the one that ran",
  },
  {
    // A getter is called.
    file: "src/kernel/runtimeValues.ts",
    from: 'return "value" in found ? { value: found.value } : undefined;',
    to: "return { value: (object as Record<string, unknown>)[name] };",
    test: "test/kernel/runtimeValues.test.ts",
    title: "lists members without calling anything",
  },
  {
    // Places are one column to the right.
    file: "src/kernel/transform/objectCell.ts",
    from: "  moveBack(literal);\n",
    to: "",
    test: "test/kernel/transform/objectCell.test.ts",
    title: "leaves nodes at their places",
  },
  {
    // Text counts as numbers.
    file: "src/generative/exact/check.ts",
    from: 'if (typeof value === "number" && (nanToo || !Number.isNaN(value))) continue;',
    to: "if (nanToo || !Number.isNaN(value)) continue;",
    test: "test/generative/exact/badInput.test.ts",
    title: "iwaeBound says in one line what it does not take",
  },
  {
    file: "src/generative/exact/check.ts",
    from: "if (choices.includes(value)) return;",
    to: "return;",
    test: "test/generative/choices.test.ts",
    title: "refuses any other, and tells its choices",
  },
  {
    file: "src/engine/check.ts",
    from: "if (value instanceof tf.Tensor) return;",
    to: "return;",
    test: "test/generative/distributions/notNumbers.test.ts",
    title: "wants a tensor for x, and a Random to draw with",
  },
  {
    file: "src/generative/flows/mixtureParameters.ts",
    from: "shape.at(-1) !== K || ",
    to: "",
    test: "test/generative/flows/badInput.test.ts",
    title: "a mixture with unlike numbers of components is refused in one line",
  },
  {
    file: "src/generative/objectives/assertModel.ts",
    from: 'assertTensor(what, "x", x);',
    to: "",
    test: "test/generative/objectives/badInput.test.ts",
    title: "elbo says in one line what it does not take",
  },
  {
    // Squares of small numbers leave the range of float32.
    file: "src/generative/estimates/nearestNeighbours.ts",
    from: "(origin[at % origin.length] as number)) * unit);",
    to: "(origin[at % origin.length] as number)));",
    test: "test/generative/estimates/edges.test.ts",
    title: "do not depend on units, from 1e-30 to 1e37",
  },
  {
    file: "src/generative/estimates/sensitivity.ts",
    from: 'assertIndex("sensitivity", "i", i, d);',
    to: "",
    test: "test/generative/estimates/badInput.test.ts",
    title: "outside of the dimensions is refused, and no memory beside them read",
  },
  {
    // Only those that the cell itself imports.
    file: "src/kernel/check/unreported.ts",
    from: " || further <= furtherText",
    to: "",
    test: "test/kernel/check/surroundings.test.ts",
    title: "are warned of by the cell that reaches them, and by no other",
  },
  {
    // What two clients do at once is done at once.
    file: "src/kernel/debugger/adapter.ts",
    from: "this.#changing.then(change)",
    to: "change()",
    test: "test/kernel/debugger/adapter.test.ts",
    title: "is attached once where two attach at once",
  },
  {
    file: "src/kernel/debugger/capabilities.ts",
    from: "supportsConditionalBreakpoints: true",
    to: "supportsConditionalBreakpoints: false",
    test: "test/kernel/debugger/adapter.test.ts",
    title: "opens nothing to say what it can, and how it is",
  },
  {
    // Code of a package sets free what waits.
    file: "src/kernel/debugger/breakpoints.ts",
    from: "if (!script) return false;",
    to: "if (!script) return true;",
    test: "test/kernel/debugger/debuggee.test.ts",
    title: "is not set free by code that is not the user's",
  },
  {
    // What a catch throws is taken for caught.
    file: "src/kernel/debugger/catching.ts",
    from: "parent.tryBlock === node && ",
    to: "",
    test: "test/kernel/debugger/catching.test.ts",
    title: "in its catch",
  },
  {
    file: "src/kernel/debugger/codeIds.ts",
    from: "murmurhash.v2(source, seed)",
    to: "murmurhash.v3(source, seed)",
    test: "test/kernel/debugger/codeIds.test.ts",
    title: 'a cell has the path that JupyterLab computes for it: "abc"',
  },
  {
    file: "src/kernel/debugger/conditions.ts",
    from: "hits % wanted === 0",
    to: "hits % wanted === 1",
    test: "test/kernel/debugger/debuggee.test.ts",
    title: 'a breakpoint with the count "% 2" stops at its times',
  },
  {
    // A stop that an interrupt ended is told.
    file: "src/kernel/debugger/debuggee.ts",
    from: "if (turn !== this.#turn) return;",
    to: "",
    test: "test/kernel/debugger/debuggee.test.ts",
    title: "is not told when an interrupt lets it go on while it is looked at",
  },
  {
    // A getter is called.
    file: "src/kernel/debugger/descriptors.ts",
    from: 'if (found) return "value" in found ? { value: found.value } : undefined;',
    to: "if (found) return { value: (holder as Record<PropertyKey, unknown>)[name] };",
    test: "test/kernel/debugger/rows.test.ts",
    title: "an error",
  },
  {
    // A parameter is taken for the notebook's name.
    file: "src/kernel/debugger/expression.ts",
    from: "isTopLevel(identifier) ? homeOf(identifier.text) : undefined",
    to: "homeOf(identifier.text)",
    test: "test/kernel/debugger/expression.test.ts",
    title: 'what a reader typed reads names where they are: "[1].map(mean => mean)[0]"',
  },
  {
    file: "src/kernel/debugger/inside.ts",
    from: "names.known.has(name) || !names.cells.has(name)",
    to: "true",
    test: "test/kernel/debugger/looking.test.ts",
    title: "are shown with type, value, size and the cell that declared them",
  },
  {
    // What code throws is its value.
    file: "src/kernel/debugger/inspector.ts",
    from: "if (!exceptionDetails) return result;",
    to: "if (result) return result;",
    test: "test/kernel/debugger/looking.test.ts",
    title: "are read and changed by expressions",
  },
  {
    // A value that says itself what it is holds everything up.
    file: "src/kernel/debugger/looking.ts",
    from: "return instead();",
    to: "return value;",
    test: "test/kernel/debugger/looking.test.ts",
    title: "as far as goes when what it says itself does not come",
  },
  {
    file: "src/kernel/debugger/rows.ts",
    from: "while (size * most < to - from) size *= most;",
    to: "",
    test: "test/kernel/debugger/rows.test.ts",
    title: "show a long list in pieces, or the part that is asked for",
  },
  {
    // Packages are the user's.
    file: "src/kernel/debugger/scripts.ts",
    from: '"/node_modules/",',
    to: "",
    test: "test/kernel/debugger/debuggee.test.ts",
    title: "is not set free by code that is not the user's",
  },
  {
    // Cells are modules too.
    file: "src/kernel/debugger/sources.ts",
    from: '.filter(each => "file" in each.facts.origin)',
    to: "",
    test: "test/kernel/debugger/adapter.test.ts",
    title: "goes by a stack that its client may ask for in parts, and lists what runs of files",
  },
  {
    file: "src/kernel/debugger/steps.ts",
    from: 'this.way !== "stepInto" && ',
    to: "",
    test: "test/kernel/debugger/debuggee.test.ts",
    title: "into a call stops there",
  },
  {
    // A function's own variable is hidden.
    file: "src/kernel/debugger/stop.ts",
    from: "if (prefix === undefined || !variables.some(({ name }) => name.startsWith(prefix))) return variables;",
    to: "if (prefix === undefined) return variables;",
    test: "test/kernel/debugger/stop.test.ts",
    title: "a function's own variable may have the name of one that is replaced",
  },
  {
    file: "src/kernel/debugger/values.ts",
    from: 'if (!found) return "empty";',
    to: 'if (!found) return "undefined";',
    test: "test/kernel/debugger/rows.test.ts",
    title: "has type, text and size: 'Array(3)' '[1, empty, 3]'",
  },
  {
    // It asks a thread that is not there yet.
    file: "src/kernel/protocol/debugging.ts",
    from: "await this.main.ready;",
    to: "",
    test: "test/kernel/protocol/debuggingParts.test.ts",
    title: "the debugger answers when cells can run, and does nothing before it is asked",
  },
  {
    // The drawing of another figure is taken.
    file: "src/notebook/clean.ts",
    from: "isDeepStrictEqual(dataOf(each)?.[plotly], data[plotly])",
    to: "dataOf(each)?.[plotly] !== undefined",
    test: "test/notebook/clean.test.ts",
    title: "has the drawing from before where a picture took its place, and the figure is the same",
  },
  {
    // What it waited for stays below the cell.
    file: "src/kernel/protocol/waiting.ts",
    from: "if (isSaid) outlet",
    to: "if (!isSaid) outlet",
    test: "test/kernel/protocol/waiting.test.ts",
    title: "a cell that waits long says why, until the wait is over",
  },
  {
    // The corners of the product are stored in place of single moves.
    file: "src/generative/figures/exploreFrames.ts",
    from: "const all = { ...start, ...values } as Values<C>;",
    to: "const all = { ...start, ...frames.values().next().value, ...[...frames.values()].at(-1), ...values } as Values<C>;",
    test: "test/generative/figures/explore.test.ts",
    title: "stores the stops of one control after the other, each frame once, the start first",
  },
  {
    // A figure that depends on when it is made passes for one that follows from its controls.
    file: "src/generative/figures/explore.ts",
    from: "if (again === first) return;",
    to: "if (again !== undefined) return;",
    test: "test/generative/figures/explore.test.ts",
    title: "notices a figure that does not follow from the controls",
  },
  {
    // Frames are stored as differences from each other, and applied to the first.
    file: "src/kernel/display/explore.ts",
    from: "frames.push({ at, ...differenceOf(first as unknown as Json, figure as unknown as Json) });",
    to: "frames.push({ at, ...differenceOf(first as unknown as Json, figure as unknown as Json) }); first = figure;",
    test: "test/kernel/display/explore.test.ts",
    title: "is stored as its first figure, the differences of others, and words for what moves",
  },
  {
    // After a move the first figure is stored as the one that is shown.
    file: "src/kernel/controls/explore.ts",
    from: "...(atStart ? {} : { figure: this.#first })",
    to: "",
    test: "test/kernel/controls/explore.test.ts",
    title: "follows sliders and lists to any combination, and keeps what is stored",
  },
  {
    // A slow figure is followed by all those that were wanted meanwhile.
    file: "src/explore/player.ts",
    from: "this.#working ??= this.#untilFresh();",
    to: "this.#working = this.#untilFresh();",
    test: "test/explore/player.test.ts",
    title: "asks for what is not stored, one at a time, and of many moves only for the last",
  },
  {
    // A screen reader would be told each of the figures that pass.
    file: "src/explore/player.ts",
    from: "if (this.#playing) return;",
    to: "",
    test: "test/explore/player.test.ts",
    title: "says only the last where figures are slow, too",
  },
];
