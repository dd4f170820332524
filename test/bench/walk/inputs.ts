import type { Checkout } from "./calls.ts";

/** Seeded inputs without tensors, the same for every checkout. */
export function numbersBy({ Random }: Checkout["library"]) {
  const normals = (n: number, seed = 1): number[] => Array.from(new Random(seed).normalArray(n));
  const rows = (n: number, d: number, seed = 1): number[][] => {
    const values = normals(n * d, seed);
    return Array.from({ length: n }, (_, i) => values.slice(i * d, (i + 1) * d));
  };
  const shares = (n: number, seed = 1): number[] => {
    const weights = normals(n, seed).map(Math.exp);
    const total = weights.reduce((sum, each) => sum + each, 0);
    return weights.map(weight => weight / total);
  };
  const covariance = (d: number, correlation = 0.5): number[][] =>
    Array.from({ length: d }, (_, i) =>
      Array.from({ length: d }, (_, j) => (i === j ? 2 : 0) + correlation ** Math.abs(i - j)),
    );
  const bits = (n: number, seed = 1): number[] => normals(n, seed).map(value => (value > 0 ? 1 : 0));
  /** Cycles through draws from (0, 1), and through normal ones. */
  const draws = () => {
    const [uniform, normal] = [normals(999).map(value => 1 / (1 + Math.exp(-value))), normals(999)];
    let i = 0;
    return { uniform: () => uniform[i++ % 999] as number, normal: () => normal[i++ % 999] as number };
  };
  return { normals, rows, shares, covariance, bits, draws };
}

/** `log N(x; mean, std²)` as a plain function. */
export const logNormal = (mean: number, std: number) => (x: number) =>
  -0.5 * ((x - mean) / std) ** 2 - Math.log(std) - 0.9189385332046727;
