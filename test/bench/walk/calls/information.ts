import type { Calls, Checkout } from "../calls.ts";
import { logNormal, numbersBy } from "../inputs.ts";

/** Codes, entropies, tables and enumerations of `exact`. */
export function information(calls: Calls, { library: L }: Checkout): void {
  const { normals, rows, shares, bits } = numbersBy(L);
  const predict = () => [0.5, 0.25, 0.25];
  const message = (n: number) => normals(n).map(value => (value > 0 ? 0 : value > -0.7 ? 1 : 2));
  calls.sizes("arithmeticEncode", [16, 784], n => {
    const symbols = message(n);
    return () => L.arithmeticEncode(symbols, predict);
  });
  calls.sizes("arithmeticPrefix", [16, 784], n => {
    const symbols = message(n);
    return () => L.arithmeticPrefix(symbols, predict);
  });
  calls.sizes("arithmeticDecode", [16, 784], n => {
    const code = L.arithmeticEncode(message(n), predict);
    return () => L.arithmeticDecode(code, n, predict);
  });
  const model = {
    prior: shares(4),
    likelihood: [1, 2, 3, 4].map(seed => shares(8, seed)),
    encoder: Array.from({ length: 8 }, (_, i) => shares(4, i + 1)),
  };
  const data = (n: number) => normals(n).map(value => Math.min(7, Math.floor(Math.abs(value) * 3)));
  const extra = Uint8Array.from({ length: 200 }, (_, i) => ((i * 7) % 3) % 2);
  calls.sizes("bitsBackEncode", [5, 100], n => {
    const given = data(n);
    return () => L.bitsBackEncode(given, model, extra);
  });
  calls.sizes("bitsBackDecode", [5, 100], n => {
    const code = L.bitsBackEncode(data(n), model, extra);
    return () => L.bitsBackDecode(code.bits, n, model, 200);
  });

  const counted = (n: number, scale = 3) => normals(n).map(value => Math.round(value * scale));
  calls.sizes("new Empirical", [20, 5000], n => {
    const given = counted(n);
    return () => new L.Empirical(given);
  });
  for (const method of ["probability", "logProb"] as const) {
    calls.sizes(`Empirical.${method}`, [20, 5000], n => {
      const empirical = new L.Empirical(counted(n));
      return () => empirical[method](1);
    });
  }
  for (const method of ["entropy", "unseen"] as const) {
    calls.sizes(`Empirical.${method}`, [20, 5000], n => {
      const empirical = new L.Empirical(counted(n, 30));
      return () => empirical[method]();
    });
  }
  const cells = (n: number) => counted(n).map(value => value + 20);
  calls.sizes("new Histogram", [20, 5000], n => {
    const given = cells(n);
    return () => new L.Histogram(given, { cells: 64, uniform: 0.01 });
  });
  for (const method of ["probability", "logProb"] as const) {
    calls.sizes(`Histogram.${method}`, [20, 5000], n => {
      const histogram = new L.Histogram(cells(n), { cells: 64, uniform: 0.01 });
      return () => histogram[method](21);
    });
  }

  calls.sizes("entropy", [4, 1024], n => {
    const p = shares(n);
    return () => L.entropy(p);
  });
  for (const name of ["crossEntropy", "klDivergence", "jensenShannonDivergence"] as const) {
    calls.sizes(name, [4, 1024], n => {
      const [p, q] = [shares(n), shares(n, 2)];
      return () => L[name](p, q);
    });
  }
  for (const name of ["klIntegral", "jensenShannonIntegral"] as const) {
    calls.sizes(name, [20, 1000], n => {
      const rule = L.trapezoid(-8, 8, n);
      return () => L[name](logNormal(0, 1), logNormal(1, 2), rule);
    });
  }

  calls.sizes("dSeparated", [5, 50], n => {
    const parents = Array.from({ length: n }, (_, i) => [i - 1, i - 2].filter(parent => parent >= 0));
    return () => L.dSeparated(parents, 0, n - 1, [1, 2]);
  });
  calls.sizes("binaryVectors", [3, 10], n => () => L.binaryVectors(n));
  calls.sizes("permutations", [3, 7], n => () => L.permutations(n));
  calls.sizes("vectors", [2, 7], n => () => L.vectors(n, 3));
  calls.sizes("indexOf", [4, 16], n => {
    const x = bits(n);
    return () => L.indexOf(x);
  });

  const d = [3, 10];
  const given = new Map([
    [0, 1],
    [2, 0],
  ]);
  calls.sizes("new JointTable", d, n => {
    const p = shares(2 ** n);
    return () => new L.JointTable(p);
  });
  calls.sizes("JointTable.empirical", [5, 500], n => {
    const x = rows(n, 6).map(row => row.map(value => (value > 0 ? 1 : 0)));
    return () => L.JointTable.empirical(x);
  });
  const table = (name: string, call: (table: InstanceType<typeof L.JointTable>, n: number) => () => unknown) =>
    calls.sizes(`JointTable.${name}`, d, n => call(new L.JointTable(shares(2 ** n)), n));
  table("probability", (joint, n) => {
    const x = bits(n);
    return () => joint.probability(x);
  });
  table("marginal", joint => () => joint.marginal(given));
  table("conditional", joint => () => joint.conditional(1, given));
  table("completions", joint => () => joint.completions(given));
  table("entropy", joint => () => joint.entropy());
  table("crossEntropy", (joint, n) => {
    const logs = shares(2 ** n, 2).map(Math.log);
    return () => joint.crossEntropy(logs);
  });
  table("expectation", joint => () => joint.expectation(i => i));
  table("mutualInformation", joint => () => joint.mutualInformation(0, 1, [2]));
}
