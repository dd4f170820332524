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
const lecture01 = "01-autoregressive-models.ipynb";
const lecture02 = "02-masked-convolutions-and-attention.ipynb";
const lecture03 = "03-flows-in-1d-and-2d.ipynb";
const lecture04 = "04-flows-in-n-dimensions.ipynb";
const lecture04b = "04b-continuous-flows-and-comparison.ipynb";
const lecture05 = "05-latent-variables.ipynb";
const lecture07 = "07-elbo.ipynb";
const lecture10 = "10-iwae.ipynb";
const lecture06 = "06-amortized-inference.ipynb";
const lecture08 = "08-gradients-of-expectations.ipynb";
const lecture09 = "09-variational-autoencoder.ipynb";
const lecture11 = "11-beyond-the-vae.ipynb";
const lecture11b = "11b-posteriors-coding-anomalies.ipynb";

/** The codebook's memory of 11.3 with one of its parts wrong. */
const memory = ({
  start = "",
  mix = "gamma * old + (1 - gamma) * now",
  now = "m[k]![j]!",
  dead = "counts.map(count => count < least)",
  anew = "[...z[0]!]",
  fresh = "1",
}) =>
  `${start}
  const [n, m] = [N.map(() => 0), M.map(row => row.map(() => 0))];
  z.forEach((point, i) => {
    n[codes[i]!]! += 1;
    point.forEach((value, j) => (m[codes[i]!]![j]! += value));
  });
  const mix = (old: number, now: number) => ${mix};
  const counts = N.map((old, k) => mix(old, n[k]!));
  const sums = M.map((row, k) => row.map((old, j) => mix(old, ${now})));
  const isDead = ${dead};
  return {
    N: counts.map((count, k) => (isDead[k] ? ${fresh} : count)),
    M: sums.map((row, k) => (isDead[k] ? ${anew} : row)),
  };`;

/** The receiver of 11b.3 with one of its parts wrong. */
const receiver = ({
  first = "prior",
  second = "likelihood[z]!",
  back = "message.push(...intervalOf(posteriors[x]!, z), 12);",
}) =>
  `const z = symbolAt(${first}, message.top(12));
  message.pop(...intervalOf(${first}, z), 12);
  const x = symbolAt(${second}, message.top(12));
  message.pop(...intervalOf(${second}, x), 12);
  ${back}
  return x;`;

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

/** The sampling of 1.3 with one of its parts wrong. */
const drawing = ({
  places = "ordering.entries()",
  known = "prefix[k]",
  drawn = "Number(u[k]! < 1 / (1 + Math.exp(-logit)))",
  seen = "x",
  returned = "x",
}) =>
  `const x = ordering.map(() => 0);
  for (const [k, i] of ${places}) {
    const logit = logitsOf(${seen})[i]!;
    x[i] = ${known} ?? ${drawn};
  }
  return ${returned};`;

/** The coupling in parts of 4.3 with one of its parts wrong. */
const partwise = ({
  read = "x",
  z = "Math.exp(r[j]!) * x[i]! + t[j]!",
  sum = "logDet += r.reduce((a, b) => a + b, 0)",
  readBack = "x",
  x = "(z[i]! - t[j]!) * Math.exp(-r[j]!)",
}) =>
  `return {
    forward(x) {
      let z = x;
      let logDet = 0;
      for (const [k, part] of parts.entries()) {
        const { r, t } = say(k, ${read});
        for (const [j, i] of part.entries()) z = z.with(i, ${z});
        ${sum};
      }
      return { z, logDet };
    },
    inverse(z) {
      let x = z;
      for (const [k, part] of parts.entries()) {
        const { r, t } = say(k, ${readBack});
        for (const [j, i] of part.entries()) x = x.with(i, ${x});
      }
      return x;
    },
  };`;

/** Heun's method of 4b.3 with one of its parts wrong. */
const heuns = ({
  width = "(to - from) / steps",
  start = "from",
  time = "t + width",
  ahead = "at.map((v, i) => v + width * here.f[i]!)",
  average = "(here.f[i]! + there.f[i]!) / 2",
  trace = "(here.trace + there.trace) / 2",
}) =>
  `const width = ${width};
  let at = x;
  let logDet = 0;
  for (let k = 0; k < steps; k++) {
    const t = ${start} + k * width;
    const here = arrows(t, at);
    const there = arrows(${time}, ${ahead});
    at = at.map((v, i) => v + width * (${average}));
    logDet += width * (${trace});
  }
  return { x: at, logDet };`;

/** The estimate of 7.5 with one of its parts wrong. */
const gaussianElbo = ({
  z = "m + std[i]! * noise[i]!",
  divergence = "0.5 * (m ** 2 + std[i]! ** 2 - 1) - Math.log(std[i]!)",
  over = "",
  likelihood = "logLikelihood(z)",
}) =>
  `const noise = random.normalArray(mean.length);
  const z = mean.map((m, i) => ${z});
  const divergences = mean.map((m, i) => ${divergence});
  return ${likelihood} - divergences.reduce((a, b) => a + b, 0)${over};`;
/** The estimate of 8.3 with one of its parts wrong. */
const bitwise = ({
  drawn = "Number(u[i]! < pi)",
  slope = "pi * (1 - pi)",
  gain = "f(bits.with(i, 1)) - f(bits.with(i, 0))",
}) =>
  `const p = logits.map(l => 1 / (1 + Math.exp(-l)));
  const u = random.uniformArray(p.length);
  const bits = p.map((pi, i) => ${drawn});
  return p.map((pi, i) => ${slope} * (${gain}));`;

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
    notebook: lecture01,
    check: "1.1",
    answer: ["2ecb9dad", 0],
    wrong: {
      "the order of the names": "return [[], [0], [0, 1], [0, 1, 2], [0, 1, 2, 3]];",
      "a list for each place": "return [[], [3], [3, 0], [3, 0, 4], [3, 0, 4, 1]];",
      "its own input as well": "return [[3, 0], [3, 0, 4, 1], [3, 0, 4, 1, 2], [3], [3, 0, 4]];",
      "what comes after": "return [[4, 1, 2], [2], [], [0, 4, 1, 2], [1, 2]];",
      "only the one just before": "return [[3], [4], [1], [], [0]];",
      "places for names": "return [[0], [0, 1, 2], [0, 1, 2, 3], [], [0, 1]];",
    },
    right: /3, ?0, ?4, ?1/,
  },
  {
    notebook: lecture01,
    check: "1.2",
    answer: ["5c1fb9b3", 0],
    wrong: {
      "the flip of neighbours": "return 3 * (Math.LN2 - binaryEntropy(f));",
      "the second pass pays too": "return 6 * (Math.LN2 - binaryEntropy(2 * f * (1 - f)));",
      "a pair too many": "return 4 * (Math.LN2 - binaryEntropy(2 * f * (1 - f)));",
      "in bits": "return (3 * (Math.LN2 - binaryEntropy(2 * f * (1 - f)))) / Math.LN2;",
      "one flip, or both": "return 3 * (Math.LN2 - binaryEntropy(1 - (1 - f) ** 2));",
      "the price of a single pass": "return 7 * (Math.LN2 - binaryEntropy(f));",
      nothing: "return 0;",
    },
    right: /1\.13[78]/,
  },
  {
    notebook: lecture01,
    check: "1.3",
    answer: ["cf2c35c3", 0],
    wrong: {
      "one pass for all bits": drawing({ seen: "ordering.map(() => 0)" }),
      "the order of the names": drawing({ places: "[...ordering.keys()].map(i => [ordering.indexOf(i), i] as const)" }),
      "the likelier value for a draw": drawing({ drawn: "Number(logit > 0)" }),
      "zeros for ones": drawing({ drawn: "Number(u[k]! > 1 / (1 + Math.exp(-logit)))" }),
      "the prefix by name": drawing({ known: "prefix[i]" }),
      "one uniform number for all": drawing({ drawn: "Number(u[0]! < 1 / (1 + Math.exp(-logit)))" }),
      "bits in the order of drawing": drawing({ returned: "ordering.map(i => x[i]!)" }),
    },
    right: /Math\.exp|logitsOf/,
  },
  {
    notebook: lecture01,
    check: "1.4 test",
    answer: ["01answ04", 0],
    wrong: {
      "too loose": "return Math.abs(logSumExp(tabulate(model, d))) < 0.5;",
      "from one side": "return logSumExp(tabulate(model, d)) < 1e-4;",
      "to the last digit": "return logSumExp(tabulate(model, d)) === 0;",
      "a logarithm of 1": "return Math.abs(logSumExp(tabulate(model, d)) - 1) < 1e-4;",
      "normalised by design": "return true;",
    },
    right: /logSumExp\(tabulate/,
  },
  {
    notebook: lecture01,
    check: "1.4 mended",
    answer: ["01answ04", 1],
    wrong: {
      "as the friend has it": "return [1, 2, 3, 4, 5, 6];",
      "the ordering for its inverse": "return [4, 2, 6, 1, 3, 5];",
      "one too many": "return shuffled.map(m => m + 1);",
      "one too few": "return shuffled.map(m => m - 1);",
      "nothing seen at all": "return shuffled.map(() => 1);",
    },
    right: /4, ?2, ?5, ?1, ?6, ?3/,
  },
  {
    notebook: lecture02,
    check: "2.1",
    answer: ["e327f53a", 0],
    wrong: {
      "right for width 2 only": "return Math.ceil(Math.log2(n));",
      "rounded down": "return Math.floor(Math.log2((n - 1) / (k - 1) + 1));",
      "one more than rounded down": "return Math.floor(Math.log2((n - 1) / (k - 1) + 1)) + 1;",
      "not rounded": "return Math.log2((n - 1) / (k - 1) + 1);",
      "k for k − 1": "return Math.ceil(Math.log2((n - 1) / k + 1));",
      undilated: "return Math.ceil((n - 1) / (k - 1));",
    },
    right: /Math\.ceil\(Math\.log2\(\(n - 1\)/,
  },
  {
    notebook: lecture02,
    check: "2.2",
    answer: ["2colour1", 0],
    wrong: {
      "the middle open to all colours in both": colours("at === middle"),
      "the middle closed to all": colours("false"),
      "A as B": colours("at === middle && from <= to"),
      "B as A": colours("at === middle && from < to"),
      "the colours the other way round": colours('at === middle && (type === "A" ? from > to : from >= to)'),
      "out before in": `const middle = (k * k - 1) / 2;
  return naturalOrdering(k * k).flatMap(at => [0, 1, 2].flatMap(to => [0, 1, 2].map(from =>
    Number(at < middle || (at === middle && (type === "A" ? from < to : from <= to))))));`,
    },
    right: /type === "A" \? from < to : from <= to/,
  },
  {
    notebook: lecture02,
    check: "2.3",
    answer: ["e6a2c4e3", 0],
    wrong: {
      "against the sum, not the mean": "return logOwn - logSumExp([logOwn, logOther]);",
      "against the mean of logarithms": "return logOwn - (logOwn + logOther) / 2;",
      "the odds": "return logOwn - logOther;",
      "through probabilities that are no float":
        "return logOwn - Math.log((Math.exp(logOwn) + Math.exp(logOther)) / 2);",
      "the other way round": "return logSumExp([logOwn, logOther]) - Math.log(2) - logOwn;",
      "all of a bit": "return Math.LN2;",
    },
    right: /logOwn - \(logSumExp/,
  },
  {
    notebook: lecture02,
    check: "2.4 sum",
    answer: ["75aca9c4", 0],
    wrong: {
      "a distribution after all": "return 1;",
      "its logarithm": "return logSumExp(tabulate(scoreOf(friend), 6));",
      "the sum over 32": "return Math.exp(logSumExp(tabulate(scoreOf(friend), 6).slice(0, 32)));",
      "the number of vectors": "return 64;",
    },
    right: /tabulate\(scoreOf\(friend\), 6\)/,
  },
  {
    notebook: lecture02,
    check: "2.4 mended",
    answer: ["75aca9c4", 1],
    wrong: {
      "the friend's": "return friend(x);",
      "the mask on the scores, as a factor": mended("scores.mul(lowerTriangle).softmax()"),
      "the mask the other way round": mended("scores.add(lowerTriangle.mul(-1e9)).softmax()"),
      "its own place hidden too": mended(
        "scores.add(tf.linalg.bandPart(tf.ones([6, 6]), -1, 0).sub(tf.eye(6)).sub(1).mul(1e9)).softmax()",
      ),
      "a mean of what came before": mended(
        "lowerTriangle.div(lowerTriangle.sum(1, true)).tile([x.shape[0]!, 1, 1]).reshape([-1, 6, 6])",
      ),
      "too weak a mask": mended("scores.add(lowerTriangle.sub(1)).softmax()"),
    },
    right: /lowerTriangle\.sub\(1\)\.mul\(1e9\)/,
  },
  {
    notebook: lecture03,
    check: "3.1 uniform",
    answer: ["6d8f3b86", 0],
    wrong: {
      "half of what tanh reaches": "return 0.5;",
      "the end of a tanh": "return Math.tanh(1);",
      "the length that tanh reaches": "return 2;",
      "a normal base": "return normalCdf(1) - normalCdf(-1);",
      "nothing at all": "return 0;",
      "no number": "return Number.NaN;",
    },
    right: /standardUniform/,
  },
  {
    notebook: lecture03,
    check: "3.1 normal",
    answer: ["6d8f3b86", 1],
    wrong: {
      "that of a sigmoid": "return normalCdf(1) - normalCdf(0);",
      "a density because tanh has an inverse": "return 1;",
      "one end only": "return normalCdf(1);",
      "both ends, from outside": "return 2 * (1 - normalCdf(1));",
      "the end of a tanh": "return Math.tanh(1);",
    },
    right: /0\.68/,
  },
  {
    notebook: lecture03,
    check: "3.2",
    answer: ["9b20f8d4", 0],
    wrong: {
      "the scale for the deviation":
        "const most = 0.5 * Math.log(2 * Math.PI * Math.E); return { logistic: most - 2, laplace: most - 1 - Math.LN2 };",
      "no e in the Gaussian's": `const most = 0.5 * Math.log(2 * Math.PI);
  return { logistic: most - 2 - Math.log(Math.sqrt(3) / Math.PI), laplace: most - 1 - Math.log(Math.SQRT2) };`,
      "bits for nats": `const most = 0.5 * Math.log(2 * Math.PI * Math.E);
  const [a, b] = [most - 2 - Math.log(Math.sqrt(3) / Math.PI), most - 1 - Math.log(Math.SQRT2)];
  return { logistic: a / Math.LN2, laplace: b / Math.LN2 };`,
      "one for the other": `const most = 0.5 * Math.log(2 * Math.PI * Math.E);
  return { laplace: most - 2 - Math.log(Math.sqrt(3) / Math.PI), logistic: most - 1 - Math.log(Math.SQRT2) };`,
      "log b for log 2b": `const most = 0.5 * Math.log(2 * Math.PI * Math.E);
  return { logistic: most - 2 - Math.log(Math.sqrt(3) / Math.PI), laplace: most - 1 - Math.log(Math.SQRT1_2) };`,
    },
    right: /0\.014\d*, 0\.072/,
  },
  {
    notebook: lecture03,
    check: "3.3",
    answer: ["3a3df8a2", 0],
    wrong: {
      "one straight line": `const rise = (zs.at(-1)! - zs[0]!) / (xs.at(-1)! - xs[0]!);
  return { forward: x => ({ z: zs[0]! + rise * (x - xs[0]!), logDet: Math.log(rise) }), inverse: z => xs[0]! + (z - zs[0]!) / rise };`,
      "the slope for its logarithm": piecewise("rise(k)", "zs", "1"),
      "dx/dz for dz/dx": piecewise("-Math.log(rise(k))", "zs", "1"),
      "flat ends": piecewise("Math.log(rise(k))", "zs", "0"),
      "no way back": piecewise("Math.log(rise(k))", "none", "1"),
      "pieces found among the xs": piecewise("Math.log(rise(k))", "xs", "1"),
    },
    right: /findLastIndex\(/,
  },
  {
    notebook: lecture03,
    check: "3.4 mass",
    answer: ["2fbfc0df", 0],
    wrong: {
      "one coordinate": "return Math.sqrt(2 * Math.PI);",
      "a density after all": "return 1;",
      "two constants for one": "return (2 * Math.PI) ** 2;",
      "its logarithm": "return Math.log(2 * Math.PI);",
      "the inverse": "return 1 / (2 * Math.PI);",
    },
    right: /6\.28/,
  },
  {
    notebook: lecture03,
    check: "3.4 mended",
    answer: ["2fbfc0df", 1],
    wrong: {
      "the friend's": "return friend(x);",
      "one coordinate": "return friend(x).sub(0.5 * Math.log(2 * Math.PI));",
      "the constant added": "return friend(x).add(Math.log(2 * Math.PI));",
      "divided by the constant": "return friend(x).div(2 * Math.PI);",
      "the stretching with the other sign":
        "return friend(x).sub(plane.bijection.forward(x).logDet.mul(2)).sub(Math.log(2 * Math.PI));",
    },
    right: /1\.83/,
  },
  {
    notebook: lecture04,
    check: "4.1",
    answer: ["4exerc1a", 0],
    wrong: {
      "a pass for each image": "return { density: 100, draw: 100 * d, inverseDensity: 100 * d, inverseDraw: 100 };",
      "everything in one pass": "return { density: 1, draw: 1, inverseDensity: d, inverseDraw: 1 };",
      "one more for the scales": "return { density: 1, draw: d, inverseDensity: d + 1, inverseDraw: 1 };",
      "no noise known": "return { density: 1, draw: d, inverseDensity: d, inverseDraw: d + 1 };",
      "one flow for the other": "return { density: d, draw: 1, inverseDensity: 1, inverseDraw: d };",
    },
    right: /inverseDensity: d,/,
  },
  {
    notebook: lecture04,
    check: "4.2",
    answer: ["4exerc2a", 0],
    wrong: {
      "a deviation for its logarithm":
        "return { a: Math.sqrt(v), b: -m, loss: 0.5 * Math.log(2 * Math.PI * Math.E * v) };",
      "the other sign": "return { a: 0.5 * Math.log(v), b: -m, loss: 0.5 * Math.log(2 * Math.PI * Math.E * v) };",
      "v for a deviation": "return { a: -Math.log(v), b: -m, loss: 0.5 * Math.log(2 * Math.PI * Math.E * v) };",
      "the mean scaled first":
        "return { a: -0.5 * Math.log(v), b: -m / Math.sqrt(v), loss: 0.5 * Math.log(2 * Math.PI * Math.E * v) };",
      "no log-determinant in the loss":
        "return { a: -0.5 * Math.log(v), b: -m, loss: 0.5 * Math.log(2 * Math.PI * Math.E) };",
      "no expectation of z²": "return { a: -0.5 * Math.log(v), b: -m, loss: 0.5 * Math.log(2 * Math.PI * v) };",
    },
    right: /-0\.5 \* Math\.log/,
  },
  {
    notebook: lecture04,
    check: "4.3",
    answer: ["4exerc3a", 0],
    wrong: {
      "say of the z so far": partwise({ read: "z" }),
      "the place in x for the place in its part": partwise({ z: "Math.exp(r[i]!) * x[i]! + t[i]!" }),
      "the last part alone in the books": partwise({ sum: "logDet = r.reduce((a, b) => a + b, 0)" }),
      "the other sign in the books": partwise({ sum: "logDet -= r.reduce((a, b) => a + b, 0)" }),
      "scaled before it is moved back": partwise({ x: "z[i]! * Math.exp(-r[j]!) - t[j]!" }),
      "say of z on the way back": partwise({ readBack: "z" }),
    },
    right: /x\.with\(/,
  },
  {
    notebook: lecture04,
    check: "4.4",
    answer: ["4exerc4b", 0],
    wrong: {
      "the friend's": "return friendly(x, b, say).logDet;",
      "what stays for what is changed": "return say(x.mul(b))[0].mul(b).sum(1);",
      "network of all": "return say(x)[0].mul(tf.sub(1, b)).sum(1);",
      "the other sign": "return say(x.mul(b))[0].mul(tf.sub(b, 1)).sum(1);",
      "the scale for its logarithm": "return say(x.mul(b))[0].exp().mul(tf.sub(1, b)).sum(1);",
      "one number for all": "return say(x.mul(b))[0].mul(tf.sub(1, b)).sum();",
    },
    right: /tf\.sub\(1, b\)/,
  },
  {
    notebook: lecture04b,
    check: "4b.1",
    answer: ["4bexer1a", 0],
    wrong: {
      "one slope a step": "return { draw: steps, exact: steps * (1 + d), hutchinson: 2 * steps };",
      "no f beside the trace": "return { draw: 4 * steps, exact: 4 * steps * d, hutchinson: 4 * steps };",
      "a whole matrix": "return { draw: 4 * steps, exact: 4 * steps * (1 + d * d), hutchinson: 8 * steps };",
      "signs for each coordinate":
        "return { draw: 4 * steps, exact: 4 * steps * (1 + d), hutchinson: 4 * steps * (1 + d) };",
      "a draw with a trace": "return { draw: 8 * steps, exact: 4 * steps * (1 + d), hutchinson: 8 * steps };",
    },
    right: /4 \* steps \* \(1 \+ d\)/,
  },
  {
    notebook: lecture04b,
    check: "4b.2",
    answer: ["4bexer2a", 0],
    wrong: {
      "that of signs":
        "return 0.5 * A.flatMap((row, i) => row.map((a, j) => (i === j ? 0 : (a + A[j]![i]!) ** 2))).reduce((s, v) => s + v, 0);",
      "as if A were symmetric": "return 2 * A.flat().reduce((s, a) => s + a * a, 0);",
      "without the half":
        "return A.flatMap((row, i) => row.map((a, j) => (a + A[j]![i]!) ** 2)).reduce((s, v) => s + v, 0);",
      "the diagonal alone": "return 2 * A.reduce((s, row, i) => s + row[i]! ** 2, 0);",
      "one of each pair":
        "return 0.5 * A.flatMap((row, i) => row.map((a, j) => (j < i ? 0 : (a + A[j]![i]!) ** 2))).reduce((s, v) => s + v, 0);",
    },
    right: /0\.5 \* A\.flatMap/,
  },
  {
    notebook: lecture04b,
    check: "4b.3",
    answer: ["4bexer3a", 0],
    wrong: {
      "Euler's": heuns({ average: "here.f[i]!" }),
      "the end alone": heuns({ average: "there.f[i]!" }),
      "the second slope at the first time": heuns({ time: "t" }),
      "the second slope at the first place": heuns({ ahead: "at" }),
      "half a step ahead": heuns({ ahead: "at.map((v, i) => v + (width / 2) * here.f[i]!)" }),
      "forwards always": heuns({ width: "1 / steps" }),
      "times from 0 on": heuns({ start: "0" }),
      "no books": heuns({ trace: "0" }),
    },
    right: /here\.f\[i\]! \+ there/,
  },
  {
    notebook: lecture04b,
    check: "4b.4",
    answer: ["4bexer4a", 0],
    wrong: {
      "the width": "return w;",
      "what is never visited": "return 1 - w;",
      "for one half alone": "return w === 1 ? 0 : Math.log(2);",
      "in bits": "return -Math.log2(w);",
      "the other sign": "return Math.log(w);",
    },
    right: /-Math\.log\(w\)/,
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
  {
    notebook: lecture05,
    check: "5.4",
    answer: ["5build01", 0],
    wrong: {
      "no weights": "return Array.from(random.uniformArray(count), u => z[Math.floor(u * z.length)]!);",
      "weights that underflow": resamples("Math.exp(log)"),
      "logarithms for weights": resamples("-log"),
      "squares for weights": resamples("Math.exp(2 * (log - Math.max(...logWeights)))"),
      "a sum that is not 1": resamples("Math.exp(log - Math.max(...logWeights))", "u"),
      "the heaviest alone": "return new Array<number>(count).fill(z[logWeights.indexOf(Math.max(...logWeights))]!);",
      "every draw once": "return z.slice(0, count);",
    },
    right: /\b0\.75\b|\blogSumExp\b/,
  },
  {
    notebook: lecture07,
    check: "7.1",
    answer: ["cfb99297", 0],
    wrong: {
      "divided by the logarithm": 'return "E_q[log(p(x|z)) / log(p(z)) - log(q(z))]";',
      "the prior forgotten": 'return "E_q[log(p(x|z)) - log(q(z))]";',
      "the prior with a minus": 'return "E_q[log(p(x|z)) - log(p(z)) - log(q(z))]";',
      "the line above": 'return "E_q[log(p(x,z)) - log(q(z))]";',
      "the line below": 'return "E_q[log(p(x|z))] - KL(q(z), p(z))";',
      "no average": 'return "log(p(x|z)) + log(p(z)) - log(q(z))";',
      "a bracket that does not close": 'return "E_q[log(p(x|z)) + log(p(z)";',
    },
    right: /\blog\(p\(x\|z\)\) \+ log\(p\(z\)\) - log\(q\(z\)\)\]/,
  },
  {
    notebook: lecture07,
    check: "7.2",
    answer: ["85b1472d", 0],
    wrong: {
      "one width": "return tau;",
      "two widths": "return 2 * tau;",
      "the root of the width": "return Math.sqrt(2 * tau);",
      "variance for width": "return tau ** 2 * Math.SQRT2;",
      "half of it": "return tau / Math.SQRT2;",
      "to the other side": "return -tau * Math.SQRT2;",
    },
    right: /SQRT2|1\.41/,
  },
  {
    notebook: lecture07,
    check: "7.3",
    answer: ["bc7b6c64", 0],
    wrong: {
      "reaching over": "return Math.sqrt(tau2 + mu ** 2);",
      "the prior's": "return 1;",
      "the distance": "return mu;",
      "the variance": "return tau2;",
      "narrower, to be safe": "return tau / 2;",
      none: "return 0;",
    },
    right: /\b0\.42/,
  },
  {
    notebook: lecture07,
    check: "7.4 above",
    answer: ["9c4cc4b0", 0],
    wrong: {
      "all of the divergence": "return D * klOne;",
      "a share of it": "return (1 - 1 / D) * klOne;",
      "one dimension's": "return klOne;",
      nothing: "return 0;",
      below: "return (1 - D) * klOne;",
    },
    right: /D - 1|D − 1/,
  },
  {
    notebook: lecture07,
    check: "7.4 mended",
    answer: ["9c4cc4b0", 1],
    wrong: {
      "the friend's": "return friendsBound(reconstruction, divergences);",
      "a plus": "return reconstruction.add(divergences.sum(-1));",
      "a sum over the data": "return reconstruction.sub(divergences.sum(0).mean());",
      "one number for all": "return reconstruction.sub(divergences.sum(-1)).mean();",
      "the sum of everything": "return reconstruction.sub(divergences.sum());",
    },
    right: /\.sum\(-1\)/,
  },
  {
    notebook: lecture07,
    check: "7.5",
    answer: ["7build01", 0],
    wrong: {
      "a plus": gaussianElbo({ divergence: "0.5 * (1 - m ** 2 - std[i]! ** 2) + Math.log(std[i]!)" }),
      "a standard deviation for a variance": gaussianElbo({
        divergence: "0.5 * (m ** 2 + std[i]! - 1) - Math.log(std[i]!)",
      }),
      "the logarithm of the variance": gaussianElbo({
        divergence: "0.5 * (m ** 2 + std[i]! ** 2 - 1) - 2 * Math.log(std[i]!)",
      }),
      "a mean over dimensions": gaussianElbo({ over: " / mean.length" }),
      "a variance for a standard deviation": gaussianElbo({ z: "m + std[i]! ** 2 * noise[i]!" }),
      "no noise": gaussianElbo({ z: "m + 0 * noise[i]!" }),
      "one number of noise for all": gaussianElbo({ z: "m + std[i]! * noise[0]!" }),
      "minus the likelihood": gaussianElbo({ likelihood: "-logLikelihood(z)" }),
      "the prior's z": gaussianElbo({ z: "noise[i]! + 0 * m" }),
    },
    right: /0\.5 \* \(m \*\* 2/,
  },
  {
    notebook: lecture10,
    check: "10.1 encoder",
    answer: ["e72bb109", 0],
    wrong: {
      "the averaging alone": "return Math.sqrt(8);",
      "the law of the model": "return 1;",
      "the better one below": "return 1 / 8;",
      "a variance for a deviation": "return 64;",
    },
    right: /\b8\b/,
  },
  {
    notebook: lecture10,
    check: "10.1 model",
    answer: ["e72bb109", 1],
    wrong: {
      "the averaging alone": "return Math.sqrt(8);",
      "the law of the encoder": "return 8;",
      "fewer draws alone": "return 1 / Math.sqrt(8);",
    },
    right: /\bis 1\b|\bbe 1\b/,
  },
  {
    notebook: lecture10,
    check: "10.2",
    answer: ["10e2answ", 0],
    wrong: {
      "what STL has there": "return 0;",
      "the variance of a draw": "return sigma ** 2 / K;",
      "a deviation for a variance": "return 1 / (K * sigma);",
      "no averaging": "return 1 / sigma ** 2;",
      "shares squared and not summed": "return 1 / (K ** 2 * sigma ** 2);",
    },
    right: /K \* sigma/,
  },
  {
    notebook: lecture10,
    check: "10.3",
    answer: ["17cffb20", 0],
    wrong: {
      "the average of the logarithms": handMade({ bound: "average(logs).mean" }),
      "no division by K": handMade({ bound: "total" }),
      "weights that underflow": handMade({
        shares: "logs.map(log => Math.exp(log) / logs.reduce((s, l) => s + Math.exp(l), 0))",
      }),
      "equal shares": handMade({ shares: "logs.map(() => 1 / logs.length)" }),
      "a score on top of the path": handMade({ mean: "slope(z[k]!) + noise[k]! / q.std" }),
      "the width and not its logarithm": handMade({ width: "slope(z[k]!) * noise[k]! + 1 / q.std" }),
      "no −log σ": handMade({ width: "slope(z[k]!) * q.std * noise[k]!" }),
      "squared shares": handMade({ mean: "shares[k]! * slope(z[k]!)" }),
    },
    right: /logSumExp|q\.std \* noise/,
  },
  {
    notebook: lecture10,
    check: "10.4",
    answer: ["c01631ae", 0],
    wrong: {
      "as found": "return found(losses);",
      "the best draws, and their mean loss": `const share = losses.neg().sub(losses.neg().logSumExp(0)).exp();
  return losses.mul(share).sum(0);`,
      "the sign forgotten": "return losses.neg().logSumExp(0).sub(Math.log(losses.shape[0]!));",
      "no division by K": "return losses.neg().logSumExp(0).neg();",
      "the ELBO": "return losses.mean(0);",
      "weights that underflow": "return losses.neg().exp().mean(0).log().neg();",
    },
    right: /neg\(\)\.logSumExp/,
  },
  {
    notebook: lecture06,
    check: "6.1",
    answer: ["f4b15396", 0],
    wrong: {
      "the decoder turned round": "return { slope: 1 / 2, width: Math.sqrt(0.25 / 4.25) };",
      "no prior at all": "return { slope: 1 / 2, width: 0.25 };",
      "the variance for the width": "return { slope: 2 / 4.25, width: 0.25 / 4.25 };",
      "the noise for the width": "return { slope: 2 / 4.25, width: 0.5 };",
      "the noise for its square": "return { slope: 2 / 4.5, width: Math.sqrt(0.5 / 4.5) };",
    },
    right: /0\.470|0\.242/,
  },
  {
    notebook: lecture06,
    check: "6.2",
    answer: ["89445aa2", 0],
    wrong: {
      "that of the text": "return 0.8;",
      "causes alike": "return 1;",
      "e⁻¹ for ρ²": "const square = Math.exp(-1); return Math.sqrt((5 * square) / (16 - 20 * square));",
      "ρ for ρ²": "const square = (1 - Math.exp(-1)) ** 2; return Math.sqrt((5 * square) / (16 - 20 * square));",
      "the other sign": "return -0.97;",
    },
    right: /0\.9[67]\d/,
  },
  {
    notebook: lecture06,
    check: "6.3",
    answer: ["cb628c4f", 0],
    wrong: {
      "no turn": "return 0;",
      "a quarter of a circle": "return Math.PI / 2;",
      "half of it": "return Math.PI / 8;",
      degrees: "return 45;",
    },
    right: /PI|π|0\.785/,
  },
  {
    notebook: lecture06,
    check: "6.4",
    answer: ["6twin002", 0],
    wrong: {
      "the density of the hump itself":
        "return parabolaJoint(x, z).sub(logHump(z, m, logWidth)).mul(weights).sum(1, true);",
      "no half": twinned("tf.logSumExp(humps, 0)"),
      "an average of logarithms": twinned("humps.mean(0)"),
      "the larger of the two": twinned("humps.max(0)"),
      "a mean for a sum": `${twinned("tf.logSumExp(humps, 0).sub(Math.LN2)").replace(".mul(weights).sum(1, true)", ".mean(1, true)")}`,
      "one number for all": `${twinned("tf.logSumExp(humps, 0).sub(Math.LN2)").replace(".sum(1, true)", ".sum()")}`,
    },
    right: /logSumExp|LN2/,
  },
  {
    notebook: lecture06,
    check: "6.5",
    answer: ["c6073dfb", 0],
    wrong: {
      "the friend's": "const logQ = logN(e);",
      "the other sign": "const logQ = logN(e).add(logWidth);",
      "the width for its logarithm": "const logQ = logN(e).sub(logWidth.exp());",
      "the prior": "const logQ = logN(z);",
      twice: "const logQ = logN(e).sub(logWidth.mul(2));",
    },
    right: /sub\(logWidth|−?log w\b/,
  },
  {
    notebook: lecture08,
    check: "8.1",
    answer: ["8predict", 0],
    wrong: {
      "moving is always the quieter one": 'return ["moved", "moved", "moved", "moved", "moved"];',
      "smooth functions by moving, and all of them are smooth but the last":
        'return ["moved", "moved", "moved", "moved", "weighed"];',
      "fast waves by weighing, whatever the width": 'return ["moved", "weighed", "weighed", "moved", "weighed"];',
      "a constant that does not count": 'return ["moved", "weighed", "moved", "weighed", "weighed"];',
      "the other way round": 'return ["weighed", "moved", "weighed", "weighed", "moved"];',
      "too few": 'return ["moved", "weighed"];',
    },
    right: /moved.*weighed.*moved.*moved.*weighed/,
  },
  {
    notebook: lecture08,
    check: "8.2 variance",
    answer: ["1034fab8", 0],
    wrong: {
      "the square of the mean left in": "return ((m - b) / s) ** 2 + 3;",
      "no width": "return (m - b) ** 2 + 2 + 0 * s;",
      "no baseline": "return (m / s) ** 2 + 2 + 0 * b;",
      "the width under all of it": "return ((m - b) ** 2 + 2) / s ** 2;",
      "a fourth moment of 1": "return ((m - b) / s) ** 2;",
      "a standard deviation": "return Math.sqrt(((m - b) / s) ** 2 + 2);",
    },
    right: /\*\* 2 \+ 2\b|\b2$/,
  },
  {
    notebook: lecture08,
    check: "8.2 best",
    answer: ["1034fab8", 1],
    wrong: {
      none: "return 0 * m * s;",
      "one deviation up": "return m + s;",
      "the average of f²": "return m ** 2 + s ** 2;",
      "half of it": "return m / 2 + 0 * s;",
    },
    right: /E\[f ε²\]|\breturn m\b/,
  },
  {
    notebook: lecture08,
    check: "8.3",
    answer: ["08build1", 0],
    wrong: {
      "no slope of the probability": bitwise({ slope: "1" }),
      "p for p (1 − p)": bitwise({ slope: "pi" }),
      "one minus the other, the wrong way round": bitwise({ gain: "f(bits.with(i, 0)) - f(bits.with(i, 1))" }),
      "the others all dark": bitwise({ gain: "f(bits.map(() => 0).with(i, 1)) - f(bits.map(() => 0))" }),
      "the others by a fair coin": bitwise({ drawn: "Number(u[i]! < 0.5)" }),
      "the likelier value for a draw": bitwise({ drawn: "Number(pi > 0.5) + 0 * u[i]!" }),
      "zeros for ones": bitwise({ drawn: "Number(u[i]! > pi)" }),
      "what was drawn against its opposite": bitwise({ gain: "f(bits) - f(bits.with(i, 1 - bits[i]!))" }),
      "weighed, as before": bitwise({ slope: "(bits[i]! - pi)", gain: "f(bits)" }),
    },
    right: /pi \* \(1 - pi\)/,
  },
  {
    notebook: lecture08,
    check: "8.4",
    answer: ["e56d9dc3", 0],
    wrong: {
      "nothing wrong": "return 1 + 0 * K;",
      "half, as for two": "return 0.5 + 0 * K;",
      "its inverse": "return K / (K - 1);",
      "the own share itself": "return 1 / K;",
      "a root of it": "return Math.sqrt(1 - 1 / K);",
      "as a variance is mended": "return (K - 1) / (K + 1);",
    },
    right: /1 - 1 \/ K/,
  },
  {
    notebook: lecture09,
    check: "9.1",
    answer: ["9ex1pred", 0],
    wrong: {
      "a sure thing": "return { least: 0, most: 1 };",
      "as good as all": "return { least: 0.88, most: 1 };",
      "as good as chance": "return { least: 0.05, most: 0.15 };",
      "the ends in the wrong order": "return { least: 0.7, most: 0.6 };",
    },
    right: /0\.45|0\.51/,
  },
  {
    notebook: lecture09,
    check: "9.2 noise",
    answer: ["9ex2answ", 0],
    wrong: {
      "a variance for a standard deviation": "return D / 2;",
      "the sum's": "return Math.SQRT1_2 + 0 * D;",
      "the half forgotten": "return Math.sqrt(D);",
      "upside down": "return Math.sqrt(2 / D);",
    },
    right: /D \/ 2|√/,
  },
  {
    notebook: lecture09,
    check: "9.2 nats",
    answer: ["9ex2answ", 1],
    wrong: {
      "the sum of squares": "return D * off ** 2;",
      "not squared": "return off + 0 * D;",
      "half a nat": "return off ** 2 / 2 + 0 * D;",
    },
    right: /off ?\*\* ?2|off²/,
  },
  {
    notebook: lecture09,
    check: "9.3",
    answer: ["9ex3answ", 0],
    wrong: {
      "an encoder that sees all": boundWithHoles({ seen: "x" }),
      "all pixels in the sum": boundWithHoles({ fits: "onlyKnown(x, tf.ones([1, 784]))(logits).mean(0)" }),
      "the KL added": boundWithHoles({ sign: "add" }),
      "no KL": boundWithHoles({ rate: "tf.zeros([x.shape[0]!])" }),
      "a mean over pixels": boundWithHoles({ fits: "onlyKnown(x, known)(logits).mean(0).div(784)" }),
      "one number for all": boundWithHoles({
        fits: "onlyKnown(x, known)(logits).mean()",
        rate: "kl(q, plane.prior).mean()",
      }),
    },
    right: /pixelMeans\)\.mul/,
  },
  {
    notebook: lecture09,
    check: "9.4",
    answer: ["bc743f79", 0],
    wrong: {
      "the friend's": "return friendsDraw(mean, h, noise);",
      "h itself": "return mean.add(h.mul(noise));",
      "twice for half": "return mean.add(h.mul(2).exp().mul(noise));",
      "no mean": "return h.div(2).exp().mul(noise).add(mean.mul(0));",
    },
    right: /h\.div\(2\)|h\.mul\(0\.5\)/,
  },
  {
    notebook: lecture09,
    check: "9.4",
    answer: ["bc743f79", 1],
    wrong: {
      "h for log σ": "return friendsKl(mean, h.mul(2));",
      "a mean for a sum": "return friendsKl(mean, h).div(mean.shape.at(-1)!);",
      "the other sign": "return friendsKl(mean, h).neg();",
    },
    right: /it was right/,
  },
  {
    notebook: lecture11,
    check: "11.1",
    answer: ["172a9679", 0],
    wrong: {
      "the level for the price": "return { beta: Math.SQRT2, directions: 2 };",
      "one direction, unchecked": "return { beta: 2, directions: 1 };",
      "a bit for a nat": "return { beta: Math.sqrt(8 / Math.E ** 2) / 0.5, directions: 2 };",
      "three directions": "return { beta: 2 * 2 ** (1 / 3), directions: 3 };",
      "a direction too many": "return { beta: 2 * Math.SQRT2, directions: 3 };",
    },
    right: /2\.82/,
  },
  {
    notebook: lecture11,
    check: "11.2",
    answer: ["112freec", 0],
    wrong: {
      "one dimension's least": "return { least: 0.5, at03: 0, at12: 0.12 };",
      "nothing at least": "return { least: 0, at03: 0, at12: 0.12 };",
      "a slope below what is free": "return { least: 4, at03: 0.03, at12: 0.12 };",
      "the average forgotten": "return { least: 4, at03: 0, at12: 1.2 };",
      "the free part taken off": "return { least: 4, at03: 0, at12: 0.7 / 10 };",
    },
    right: /0\.12\b/,
  },
  {
    notebook: lecture11,
    check: "11.3",
    answer: ["f9bdc946", 0],
    wrong: {
      "rates exchanged": memory({ mix: "(1 - gamma) * old + gamma * now" }),
      "means for sums": memory({ now: "m[k]![j]! / Math.max(1, n[k]!)" }),
      "the dead sought before the mixing": memory({ dead: "N.map(count => count < least)" }),
      "nobody dead": memory({ dead: "N.map(() => false)" }),
      "the dead at the origin": memory({ anew: "row.map(() => 0)" }),
      "in place": memory({ start: "N[0]! += 0.5;" }),
    },
    right: /counts\.map/,
  },
  {
    notebook: lecture11,
    check: "11.4",
    answer: ["5370df21", 0],
    wrong: {
      "the code is seen": 'return { sees: e, gradient: 0.5 * (z - e), spread: "narrower" };',
      "g gets through": 'return { sees: z, gradient: g + 0.5 * (z - e), spread: "narrower" };',
      "the square's factor": 'return { sees: z, gradient: 0.25 * (z - e), spread: "narrower" };',
      "the other way": 'return { sees: z, gradient: 0.5 * (z - e), spread: "wider" };',
    },
    right: /2 \* 0\.25/,
  },
  {
    notebook: lecture11b,
    check: "11b.1",
    answer: ["11bexer1", 0],
    wrong: {
      "what was not seen is dear": 'return ["black", "eights", "ones", "coins", "white"];',
      "white is empty": 'return ["black", "white", "ones", "eights", "coins"];',
      "noise is the dearest": 'return ["black", "ones", "eights", "white", "coins"];',
      "the dearest first": 'return ["white", "coins", "eights", "ones", "black"];',
      "one left out": 'return ["black", "ones", "eights", "coins"];',
    },
    right: /black.*ones.*eights.*coins.*white/,
  },
  {
    notebook: lecture11b,
    check: "11b.2",
    answer: ["3c8bb562", 0],
    wrong: {
      nats: "return posteriors.reduce((sum, p, x) => sum - marginals[x]! * Math.log(Math.max(...p)), 0);",
      "the other sign": "return posteriors.reduce((sum, p, x) => sum + marginals[x]! * log2(Math.max(...p)), 0);",
      "a plain average": "return posteriors.reduce((sum, p) => sum - log2(Math.max(...p)), 0) / 8;",
      "the entropy of the posterior":
        "return posteriors.reduce((sum, p, x) => sum - marginals[x]! * p.reduce((s, v) => s + v * log2(v), 0), 0);",
    },
    right: /marginals\[x\]! \* log2\(Math\.max/,
  },
  {
    notebook: lecture11b,
    check: "11b.3",
    answer: ["11bexer6", 0],
    wrong: {
      "nothing put back": receiver({ back: "" }),
      "put back under the prior": receiver({ back: "message.push(...intervalOf(prior, z), 12);" }),
      "z under q first": receiver({ first: "posteriors[5]!" }),
      "taken where it is to be put": receiver({ back: "message.pop(...intervalOf(posteriors[x]!, z), 12);" }),
    },
    right: /push\(\.\.\.intervalOf\(posteriors/,
  },
  {
    notebook: lecture11b,
    check: "11b.4 cost",
    answer: ["11bexerb", 0],
    wrong: {
      "−log₂ p(x)": "return -log2(marginals[x]!);",
      "over the posterior": "return -posteriors[x]!.reduce((sum, p, z) => sum + p * log2(likelihood[z]![x]!), 0);",
      nats: "return -prior.reduce((sum, p, z) => sum + p * Math.log(likelihood[z]![x]!), 0);",
      "z paid for": "return -prior.reduce((sum, p, z) => sum + p * log2(p * likelihood[z]![x]!), 0);",
    },
    right: /prior\.reduce/,
  },
  {
    notebook: lecture11b,
    check: "11b.4 loss",
    answer: ["11bexerb", 1],
    wrong: {
      "turned round": "return posteriors[x]!.reduce((sum, p, z) => sum + p * log2(p / prior[z]!), 0);",
      nothing: "return 0;",
    },
    right: /prior\.reduce/,
  },
];

/** The ELBO of 6.4 with this for log q(z). */
function twinned(logQ: string): string {
  return `const humps = tf.stack([logHump(z, m, logWidth), logHump(z, m.neg(), logWidth)]);
  return parabolaJoint(x, z).sub(${logQ}).mul(weights).sum(1, true);`;
}

/** The bound of 9.3 with one of its parts wrong. */
function boundWithHoles({
  seen = "x.mul(known).add(tf.tensor1d(pixelMeans).mul(tf.sub(1, known)))",
  fits = "onlyKnown(x, known)(logits).mean(0)",
  sign = "sub",
  rate = "kl(q, plane.prior)",
}): string {
  return `const q = plane.encoder.given(${seen});
  const logits = plane.likelihood.given(q.sample(random, samples)).logits;
  return ${fits}.${sign}(${rate});`;
}

/** Draws by their weights, with these for weights and this compared with the steps. */
function resamples(weight: string, compared = "u * sum"): string {
  return `let sum = 0;
  const steps = logWeights.map(log => {
    sum += ${weight};
    return sum;
  });
  return Array.from(random.uniformArray(count), u => z[steps.findIndex(step => ${compared} < step)]!);`;
}

/** A flow of straight pieces with a slip in its log-slope, its way back or its ends. */
function piecewise(logSlope: string, back: "zs" | "xs" | "none", ends: string): string {
  return `const piece = (value: number, from: number[]) => from.findLastIndex(end => end <= value);
  const rise = (k: number) => (k < 0 || k >= xs.length - 1 ? ${ends} : (zs[k + 1]! - zs[k]!) / (xs[k + 1]! - xs[k]!));
  const start = (k: number) => Math.max(k, 0);
  return {
    forward: x => {
      const k = piece(x, xs);
      return { z: zs[start(k)]! + rise(k) * (x - xs[start(k)]!), logDet: ${logSlope} };
    },
    inverse: z => {
      const k = ${back === "none" ? "-1" : `piece(z, ${back})`};
      return ${back === "none" ? "z" : "xs[start(k)]! + (z - zs[start(k)]!) / rise(k)"};
    },
  };`;
}

/** A mask for colours with another rule for the middle. */
function colours(middle: string): string {
  return `const middle = (k * k - 1) / 2;
  return naturalOrdering(k * k).flatMap(at =>
    [0, 1, 2].flatMap(from => [0, 1, 2].map(to => Number(at < middle || (${middle})))),
  );`;
}

/** Attention with other weights. */
function mended(weights: string): string {
  return `const { scores, values } = scoresAndValues(x);
  return ${weights}.matMul(values).sum(2).mul(2);`;
}

/** The bound of 10.3 and its gradient, with one part wrong. */
function handMade({
  shares = "logs.map(log => Math.exp(log - total))",
  bound = "total - Math.log(noise.length)",
  mean = "slope(z[k]!)",
  width = "slope(z[k]!) * q.std * noise[k]! + 1",
}): string {
  return `const z = noise.map(e => q.mean + q.std * e);
  const logs = z.map(v => logJoint(v) - logNormal(v, q.mean, q.std));
  const total = logSumExp(logs);
  const shares = ${shares};
  const weighted = (f: (k: number) => number) => shares.reduce((sum, share, k) => sum + share * f(k), 0);
  return { bound: ${bound}, gradient: [weighted(k => ${mean}), weighted(k => ${width})] };`;
}
