/**
 * Who says so: one row for every function, class and constant that the exact and the statistical rooms of the library
 * export, with another implementation that has its value at ordinary and at extreme places. `references.test.ts` fails
 * where a public name has no row, or a row dangles.
 */
export interface Reference {
  /** A value that `src/generative/<room>/index.ts` exports. */
  name: string;
  room: Room;
  /** The library that the values are from, as Python imports it or its index calls it. */
  source: string;
  /** The script in test/fixtures, without its ending; its values are in the JSON beside it. */
  script: string;
  /** A test file below test/, with the title of a test in it. */
  ordinary: Place;
  /** Tails, probabilities of 0 and 1, large dimensions, units far from 1, long messages. */
  extreme: Place;
}

export type Place = readonly [file: string, title: string];

export const ROOMS = ["exact", "distributions", "flows", "estimates", "objectives"] as const;
export type Room = (typeof ROOMS)[number];

/** Names that `<script>References.py` has at both places, by their source; the test file compares all of them. */
function compared(room: Room, script: string, file: string, names: Record<string, readonly string[]>): Reference[] {
  const test = `generative/${room}/${file}.test.ts`;
  return Object.entries(names).flatMap(([source, of]) =>
    of.map(name => ({
      name,
      room,
      source,
      script: `${script}References`,
      ordinary: [test, `is what another implementation has, at \${place} place %i`] as const,
      extreme: [test, `is what another implementation has, at \${place} place %i`] as const,
    })),
  );
}

export const references: readonly Reference[] = [
  ...compared("exact", "exact", "references", {
    mpmath: [
      "BarsAndStripes",
      "bestBaseline",
      "crossEntropy",
      "Histogram",
      "iwaeBound",
      "jensenShannonIntegral",
      "klIntegral",
      "LatentGrid",
      "logMeanExp",
      "logSumExp",
      "pathwiseMoments",
      "relativeVariance",
      "samplesNeeded",
      "scoreMoments",
      "secondMoment",
    ],
    scipy: [
      "blindSpot",
      "Empirical",
      "entropy",
      "gaussianMle",
      "jensenShannonDivergence",
      "klDivergence",
      "reachedPixels",
    ],
    fractions: ["arithmeticDecode", "arithmeticEncode", "arithmeticPrefix", "categoricalMle"],
    numpy: ["bitsBackDecode", "bitsBackEncode", "indexOf", "JointTable"],
    itertools: ["binaryVectors", "permutations", "vectors"],
    networkx: ["dSeparated"],
  }),
  ...compared("exact", "gaussian", "gaussianReferences", {
    mpmath: [
      "cholesky",
      "Covariance",
      "klGaussian",
      "linearBetaVae",
      "linearBetaVariance",
      "LinearGaussian",
      "logAbsDet",
      "logDeterminant",
      "meanField",
    ],
    scipy: ["AffineFlow", "eigenSymmetric", "inverse", "luFactors", "solve"],
    torch: ["MultivariateGaussianMixture"],
    "scikit-learn": ["ppcaMle", "principalComponents", "project"],
    numpy: ["qrFactors", "singularValues"],
  }),
  ...compared("exact", "density", "densityReferences", {
    scipy: [
      "bisection",
      "cdfFlow",
      "dormandPrince",
      "entropyByQuadrature",
      "integrate",
      "logIntegral2d",
      "logisticCdf",
      "logisticLogCdf",
      "logisticLogSurvival",
      "logisticMixture",
      "logisticQuantile",
      "logisticSurvival",
      "logProbBetween",
      "normalCdf",
      "normalLogCdf",
      "normalLogSurvival",
      "normalQuantile",
      "normalSurvival",
      "simpson",
      "standardLaplace",
      "standardLogistic",
      "standardNormal",
      "standardUniform",
      "toyDensities",
      "trapezoid",
    ],
    mpmath: [
      "banana",
      "checkerboard",
      "composeFlows1d",
      "eightGaussians",
      "euler",
      "inverseFlow1d",
      "logIntegral",
      "midpoint",
      "rings",
      "rungeKutta4",
      "twoMoons",
    ],
    torch: ["affineFlow1d", "flowLogProb", "GaussianMixture", "normalMixture", "sigmoidFlow", "tanhFlow"],
    numpy: ["gaussHermite", "gaussLegendre", "productRule"],
  }),
  ...compared("distributions", "distributions", "references", {
    torch: [
      "Bernoulli",
      "Categorical",
      "GumbelSoftmax",
      "kl",
      "Laplace",
      "Logistic",
      "logSigmoid",
      "lowerTriangular",
      "Mixture",
      "MultivariateNormal",
      "Normal",
      "standardNormalLogCdf",
      "standardNormalLogSurvival",
      "standardNormalQuantile",
      "standardNormalQuantileOfLog",
      "standardNormalQuantileOfLogit",
      "TransformedDistribution",
      "Uniform",
    ],
    mpmath: ["DiscretizedLogisticMixture"],
    scipy: ["jensenShannon"],
  }),
  ...compared("flows", "flows", "references", {
    torch: [
      "ActNorm",
      "AutoregressiveFlow",
      "Composition",
      "convolutionConditioner",
      "DiagonalScaling",
      "Elementwise",
      "exactTrace",
      "expLayer",
      "FactorOut",
      "Flow",
      "flowPlusPlus",
      "glow",
      "hutchinsonTrace",
      "Inverse",
      "inverseAutoregressiveFlow",
      "inverseWithLogDet",
      "logitLayer",
      "mixtureCdf",
      "MixtureCDF",
      "MixtureCoupling",
      "multiScaleRealNVP",
      "nice",
      "perceptronConditioner",
      "PerceptronField",
      "realNVP",
      "RecurrentFlow",
      "scaleLayer",
      "sigmoidLayer",
      "softplusLayer",
      "Squeeze",
      "standardBase",
      "tanhLayer",
      "TriangularFlow",
    ],
    numpy: [
      "AdditiveCoupling",
      "channelMask",
      "checkerboardMask",
      "couplingReach",
      "halfMask",
      "initialiseFromData",
      "InvertibleLinear",
      "opposite",
    ],
    scipy: ["ContinuousFlow", "dequantisedBound", "integrateAdaptively", "integrateTensors", "uniformNoise"],
    mpmath: ["AffineCoupling", "VariationalNoise"],
    pyro: ["PlanarFlow"],
  }),
  ...compared("estimates", "estimates", "references", {
    scipy: [
      "average",
      "energyDistance",
      "gradientStatistics",
      "importanceSampling",
      "perplexity",
      "predictor",
      "priorSampling",
    ],
    numpy: ["activeUnits", "copiedShare", "dependencyMatrix", "evaluate", "linearProbe", "unitActivity"],
    mpmath: [
      "bitsFromNats",
      "bitsPerDimension",
      "logProbFromBitsPerDimension",
      "natsFromBits",
      "nearestNeighbours",
      "summariseWeights",
    ],
    torch: ["fisherInformation", "fisherScore", "sensitivity", "tabulate"],
    arviz: ["paretoK", "paretoSmoothedImportanceSampling"],
    "scikit-learn": ["rocArea"],
    "unittest.mock": ["countCalls"],
  }),
  ...compared("objectives", "objectives", "references", {
    torch: [
      "betaElbo",
      "codebookLoss",
      "commitmentLoss",
      "detached",
      "elbo",
      "expectation",
      "iwae",
      "logImportanceWeights",
      "scaleGradient",
      "stopGradient",
      "vqParts",
    ],
    mpmath: ["exactElbo", "gumbelSoftmax"],
  }),
];
