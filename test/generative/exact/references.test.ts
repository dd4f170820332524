import { expect } from "vitest";
import {
  arithmeticDecode,
  arithmeticEncode,
  arithmeticPrefix,
  BarsAndStripes,
  bestBaseline,
  binaryVectors,
  bitsBackDecode,
  bitsBackEncode,
  blindSpot,
  categoricalMle,
  crossEntropy,
  dSeparated,
  Empirical,
  entropy,
  gaussHermite,
  gaussianMle,
  Histogram,
  indexOf,
  iwaeBound,
  JointTable,
  jensenShannonDivergence,
  jensenShannonIntegral,
  klDivergence,
  klIntegral,
  LatentGrid,
  logMeanExp,
  logSumExp,
  pathwiseMoments,
  permutations,
  reachedPixels,
  relativeVariance,
  samplesNeeded,
  scoreMoments,
  secondMoment,
  trapezoid,
  vectors,
} from "../../../src/generative/exact/index.ts";
import { expectSame, refersTo, spread } from "../../support/references.ts";

// Made by test/fixtures/exactReferences.py with mpmath 1.3.0, numpy 2.4.6, scipy 1.17.1 and networkx 3.6.1.
const reference = refersTo("exact");

/** The symbols of a long message, as the script makes them: every 500th is the rarest. */
const message = (count: number, K: number) =>
  Array.from({ length: count }, (_, i) => (i % 500 === 499 ? K - 1 : Math.floor((((i * 37) % 101) * (K - 1)) / 101)));
const fair = (count: number) =>
  Uint8Array.from({ length: count }, (_, i) => (spread(i * i + 7 * i, 53, 997) > 0 ? 1 : 0));

reference("arithmeticEncode", ({ p, count, symbols = message(count, p.length), information }) => {
  const { length } = arithmeticEncode(symbols, () => p);
  expect(length).toBeGreaterThan(information - 0.05);
  expect(length).toBeLessThanOrEqual(information + 2.05);
});

reference("arithmeticDecode", ({ p, count, symbols = message(count, p.length), bits }) => {
  const code = bits ?? arithmeticEncode(symbols, () => p);
  expect(arithmeticDecode(code, symbols.length, () => p).join("")).toBe(symbols.join(""));
});

reference("arithmeticPrefix", ({ p, count, symbols = message(count, p.length), information, prefix }) => {
  const ours = Array.from(arithmeticPrefix(symbols, () => p));
  if (prefix) expect(ours).toEqual(prefix);
  expect(ours).toEqual(Array.from(arithmeticEncode(symbols, () => p)).slice(0, ours.length));
  expect(ours.length).toBeLessThanOrEqual(information + 1);
});

reference("bitsBackEncode", ({ data, information, ...model }) => {
  const extra = fair(2000);
  // With the posterior itself as encoder, whatever z is drawn costs −log₂ p(x).
  const net = bitsBackEncode(data, model, extra).bits.length - extra.length;
  expect(net).toBeGreaterThan(information - 3);
  expect(net).toBeLessThan(information + 6);
});

reference("bitsBackDecode", ({ data, information: _, ...model }) => {
  const extra = fair(2000);
  const decoded = bitsBackDecode(bitsBackEncode(data, model, extra).bits, data.length, model, extra.length);
  expect(decoded.data).toEqual(data);
  expect(decoded.extra).toEqual(extra);
});

reference("Empirical", ({ data, of, ...given }) => {
  const own = new Empirical(data);
  expectSame(own.entropy(), given.entropy, { absolute: 1e-15, relative: 1e-13 });
  expectSame(own.probability(of), given.probability);
  expectSame(own.logProb(of), given.logProb, { relative: 1e-15 });
  expectSame(own.unseen(), given.unseen);
});

reference("Histogram", ({ data, of, cells, uniform, probability, logProb }) => {
  const own = new Histogram<number>(data, { cells, uniform });
  expectSame(own.probability(of), probability, { relative: 1e-15 });
  expectSame(own.logProb(of), logProb, { relative: 1e-14 });
});

reference("dSeparated", ({ parents, questions, separated }) => {
  const ours = questions.map(([a, b, given]: [number, number, number[]]) => dSeparated(parents, a, b, given));
  expect(ours).toEqual(separated);
});

reference("entropy", ({ p, value }) => expectSame(entropy(p), value, { relative: 1e-14 }));

reference("crossEntropy", ({ p, q, value }) => expectSame(crossEntropy(p, q), value, { relative: 1e-14 }));

reference("klDivergence", ({ p, q, value, absolute }) =>
  expectSame(klDivergence(p, q), value, { relative: 1e-13, absolute }),
);

reference("jensenShannonDivergence", ({ p, q, value, absolute }) =>
  expectSame(jensenShannonDivergence(p, q), value, { relative: 1e-12, absolute }),
);

const logNormal =
  ([mean, std]: [number, number]) =>
  (x: number) =>
    -0.5 * ((x - mean) / std) ** 2 - Math.log(std) - 0.5 * Math.log(2 * Math.PI);

reference("jensenShannonIntegral", ({ p, q, value }) => {
  const reach = 12 * Math.max(p[1], q[1]);
  const rule = trapezoid(Math.min(p[0], q[0]) - reach, Math.max(p[0], q[0]) + reach, 1201);
  expectSame(jensenShannonIntegral(logNormal(p), logNormal(q), rule), value, { relative: 1e-9 });
});

reference("klIntegral", ({ p, q, value }) => {
  expectSame(klIntegral(logNormal(p), logNormal(q), trapezoid(p[0] - 12 * p[1], p[0] + 12 * p[1], 401)), value, {
    relative: 1e-9,
  });
});

reference("binaryVectors", ({ d, ...given }) => expectRows(binaryVectors(d), given));
reference("vectors", ({ d, K, ...given }) => expectRows(vectors(d, K), given));
reference("permutations", ({ n, ...given }) => expectRows(permutations(n), given));
reference("indexOf", ({ x, value }) => expect(indexOf(x)).toBe(value));

function expectRows(ours: number[][], { count, at, rows }: { count: number; at: number[]; rows: number[][] }): void {
  expect(ours.length).toBe(count);
  expect(at.map(i => ours[i])).toEqual(rows);
}

reference("secondMoment", ({ posterior, proposal, value }) =>
  expectSame(secondMoment({ posterior, proposal }), value, { relative: 1e-9 }),
);

reference("samplesNeeded", ({ moment, dimensions, relative, value }) =>
  expectSame(samplesNeeded(moment, dimensions, relative), value, { relative: 1e-10 }),
);

reference("iwaeBound", ({ logWeights, probabilities, K, value }) =>
  expectSame(iwaeBound({ logWeights, logProbabilities: probabilities.map(Math.log) }, K), value, {
    absolute: 1e-10,
    relative: 1e-12,
  }),
);

reference("relativeVariance", ({ logWeights, probabilities, value }) =>
  expectSame(relativeVariance({ logWeights, logProbabilities: probabilities.map(Math.log) }), value, {
    relative: 1e-9,
  }),
);

reference("JointTable", ({ d, probabilities, absolute, ...given }) => {
  const own = new JointTable(probabilities);
  const both = new Map([
    [0, 1],
    [d - 1, 1],
  ]);
  expect(own.dimensions).toBe(d);
  expectSame(own.entropy(), given.entropy, { relative: 1e-13 });
  expectSame(own.marginal(both), given.marginal, { relative: 1e-14 });
  expectSame(own.conditional(0, new Map([[d - 1, 1]])), given.conditional, { relative: 1e-14 });
  // A difference of logarithms near 0, of numbers near 1.
  expectSame(own.mutualInformation(0, 1), given.information, { relative: 1e-10, absolute: absolute ?? 1e-15 });
});

reference("LatentGrid", ({ logPrior, logLikelihood, logQ, absolute, ...given }) => {
  const at = (values: number[]) => (z: number) => values[z] as number;
  const own = new LatentGrid({
    logPrior: at(logPrior),
    logLikelihood: at(logLikelihood),
    rule: { points: [0, 1] },
  });
  const { elbo, kl, gap } = own.parts(at(logQ));
  for (const [ours, theirs] of [
    [own.logEvidence, given.logEvidence],
    [elbo, given.elbo],
    [kl, given.kl],
    [gap, given.gap],
  ]) {
    expectSame(ours, theirs, { relative: 1e-12, absolute: absolute ?? 1e-14 });
  }
});

reference("logSumExp", ({ values, value }) => expectSame(logSumExp(values), value, { relative: 1e-15 }));
reference("logMeanExp", ({ values, value }) => expectSame(logMeanExp(values), value, { relative: 1e-14 }));

reference("gaussianMle", ({ data, mean, std }) => {
  const own = gaussianMle(data);
  expectSame(own.mean, mean, { relative: 1e-14, absolute: std * 1e-15 });
  expectSame(own.std, std, { relative: 1e-14 });
});

reference("categoricalMle", ({ counts, value }) => expectSame(categoricalMle(counts), value, { relative: 1e-15 }));

const rule = gaussHermite(20);
const squared = (z: number) => z * z;

reference("scoreMoments", ({ mean, std, baseline, gradient, score }) => {
  const own = scoreMoments(squared, { mean, std }, rule, { baseline });
  expectSame(own.mean, gradient, { relative: 1e-9, absolute: Math.sqrt(score) * 1e-9 });
  expectSame(own.variance, score, { relative: 1e-9 });
});

reference("pathwiseMoments", ({ mean, std, gradient, pathwise }) => {
  const own = pathwiseMoments(z => 2 * z, { mean, std }, rule);
  expectSame(own.mean, gradient, { relative: 1e-12, absolute: std * 1e-12 });
  expectSame(own.variance, pathwise, { relative: 1e-8 });
});

reference("bestBaseline", ({ mean, std, best }) =>
  expectSame(bestBaseline(squared, { mean, std }, rule), best, { relative: 1e-12 }),
);

reference("BarsAndStripes", ({ side, flips, x, logProb, entropy }) => {
  const own = new BarsAndStripes(side, flips);
  expectSame(own.logProb(x), logProb, { relative: 1e-13 });
  if (entropy !== null) expectSame(own.entropy, entropy, { relative: 1e-12 });
});

interface Field {
  height: number;
  width: number;
  place: [number, number];
  offsets: [number, number][];
  layers: number;
  seen: string;
  blind: number[];
}

const seenIn = ({ height, width, place, offsets, layers }: Field) =>
  reachedPixels({ height, width, place, layers: Array.from({ length: layers }, () => offsets) });

reference("reachedPixels", (given: Field) => expect(seenIn(given).map(Number).join("")).toBe(given.seen));

reference("blindSpot", (given: Field) =>
  expect(blindSpot(seenIn(given), given.place[0] * given.width + given.place[1])).toEqual(given.blind),
);
