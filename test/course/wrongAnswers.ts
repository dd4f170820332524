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

const lecture00 = "00-maximum-likelihood.ipynb";
const lecture05 = "05-latent-variables.ipynb";

/** The EM step of 0.3 with one of its parts wrong. */
const setsStep = ({
  log = "Math.log(weight) + logCoins(coins[k]!, word)",
  r = "Math.exp(log - evidence)",
  by = "mass[k]!",
  weights = "mass.map(m => m / data.length)",
}) =>
  `const r = data.map(word => {
    const logs = weights.map((weight, k) => ${log});
    const evidence = logSumExp(logs);
    return logs.map(log => ${r});
  });
  const mass = weights.map((_, k) => total(r.map(row => row[k]!)));
  return {
    weights: ${weights},
    coins: coins.map((set, k) =>
      set.map((_, i) => data.reduce((sum, word, n) => sum + Number(word[i]) * r[n]![k]!, 0) / ${by}),
    ),
  };`;

export const exercises: readonly Exercise[] = [
  {
    notebook: lecture00,
    check: "0.2",
    answer: ["10e02n01", 0],
    wrong: {
      "the mean for the place":
        "const m = average(data).mean; return { m, b: average(data.map(x => Math.abs(x - m))).mean };",
      "the standard deviation for the width":
        "const m = [...data].sort((x, y) => x - y)[(data.length - 1) / 2]!; return { m, b: gaussianMle(data).std };",
      "the median for the width":
        "const middle = (all: number[]) => all.sort((x, y) => x - y)[(data.length - 1) / 2]!; const m = middle([...data]); return { m, b: middle(data.map(x => Math.abs(x - m))) };",
      "a sum for a mean":
        "const m = [...data].sort((x, y) => x - y)[(data.length - 1) / 2]!; return { m, b: total(data.map(x => Math.abs(x - m))) };",
      "half of it, for the 2 in 2b":
        "const m = [...data].sort((x, y) => x - y)[(data.length - 1) / 2]!; return { m, b: average(data.map(x => Math.abs(x - m))).mean / 2 };",
      "the middle of the list, not sorted":
        "const m = data[(data.length - 1) / 2]!; return { m, b: average(data.map(x => Math.abs(x - m))).mean };",
    },
    right: /median/,
  },
  {
    notebook: lecture00,
    check: "0.3",
    answer: ["10e03n02", 0],
    wrong: {
      "weights left out of Bayes' rule": setsStep({ log: "logCoins(coins[k]!, word)" }),
      "the nearest set alone": setsStep({ r: "(log === Math.max(...logs) ? 1 : 0)" }),
      "the number of all data for the mass of a set": setsStep({ by: "data.length" }),
      "weights that stay": setsStep({ weights: "weights" }),
      "everybody equally responsible": setsStep({ r: "1 / logs.length + 0 * (log - evidence)" }),
      "a joint for a posterior": setsStep({ r: "Math.exp(log) + 0 * evidence" }),
    },
    right: /logSumExp|Math\.exp/,
  },
  {
    notebook: lecture00,
    check: "0.4",
    answer: ["66341677", 0],
    wrong: {
      "as the friend has it": "return friend;",
      "the friend's, divided by its sum": "return friend.map(value => value / total(friend));",
      "no floor at all": "return pHat;",
      "a floor so low that nobody sees it": "return pHat.map(value => Math.max(value, 1e-12));",
      "every word alike": "return pHat.map(() => 1 / pHat.length);",
    },
    right: /0\.999|\bλ\b/,
  },
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
