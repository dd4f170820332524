/** Plausible wrong answers to an exercise: its check must reject each, and say nothing of the right one. */
export interface Exercise {
  notebook: string;
  /** The check, as it names itself. */
  check: string;
  /** The cell that the answer stands in, and which of its solutions it is. */
  answer: readonly [cell: string, solution: number];
  /** By the slip that leads there. */
  wrong: Record<string, string>;
  /** What no message may contain. */
  right: RegExp;
}

const lecture05 = "05-latent-variables.ipynb";

export const exercises: readonly Exercise[] = [
  {
    notebook: lecture05,
    check: "5.1 draws",
    answer: ["277bea7a", 0],
    wrong: {
      "one dimension for twenty": "return samplesNeeded(roughMoment, 1, 0.1);",
      "the precision for its square": "return (roughMoment ** 20 - 1) / 0.1;",
      "the prior for the proposal": "return samplesNeeded(moment, 20, 0.1);",
      "twice the precision": "return samplesNeeded(roughMoment, 20, 0.05);",
      "dimensions that add": "return 20 * samplesNeeded(roughMoment, 1, 0.1);",
      "no number": "return Number.NaN;",
    },
    right: /57\d\d/,
  },
  {
    notebook: lecture05,
    check: "5.1 powers of ten",
    answer: ["277bea7a", 1],
    wrong: {
      "a natural logarithm": "return Math.log(draws[4]! / drawsForTenPercent());",
      "the factor itself": "return draws[4]! / drawsForTenPercent();",
      "that of the prior": "return 14;",
      "the other way round": "return Math.log10(drawsForTenPercent() / draws[4]!);",
    },
    right: /(?<!-)\b10\.[34]/,
  },
  {
    notebook: lecture05,
    check: "5.2",
    answer: ["9892bfb1", 0],
    wrong: {
      "the posterior's own": "return 1;",
      "width and error added": "return 2;",
      "the standard deviation": "return Math.sqrt((5 + Math.sqrt(17)) / 4);",
      "the other root": "return (5 - Math.sqrt(17)) / 4;",
      "wide enough for anything": "return 10;",
      "one that is none": "return -1;",
    },
    right: /2\.2[78]/,
  },
  {
    notebook: lecture05,
    check: "5.3 limit",
    answer: ["c22010ce", 0],
    wrong: {
      "the logarithm outside": "return logEvidence;",
      "over the posterior": "return grid01.expectation(z => grid01.logPosterior(z), logLikelihood);",
      "the likelihood, not its logarithm":
        "return grid01.expectation(z => logNormal(z, 0, 1), z => Math.exp(logLikelihood(z)));",
      "an average of draws": "return friend(weights);",
    },
    right: /3\.62/,
  },
  {
    notebook: lecture05,
    check: "5.3 mended",
    answer: ["c22010ce", 1],
    wrong: {
      "a sum for a mean": "return logSumExp(logWeights);",
      "no care for small numbers": "return Math.log(average(Array.from(logWeights, Math.exp)).mean);",
      "the friend's": "return average(logWeights).mean;",
      "the largest": "return Math.max(...Array.from(logWeights));",
    },
    right: /\blogMeanExp\b/,
  },
];
