/** Multiples of 2⁻¹² in [−½, ½) by the generator of Park and Miller: the numbers of test/fixtures/covariances.py. */
export function dyadic(seed: number, n: number): number[] {
  let x = seed;
  return Array.from({ length: n }, () => {
    x = (x * 16807) % 2147483647;
    return (x % 4096) / 4096 - 0.5;
  });
}

export function dyadicRows(seed: number, n: number, d: number): number[][] {
  const flat = dyadic(seed, n * d);
  return Array.from({ length: n }, (_, i) => flat.slice(i * d, (i + 1) * d));
}

/** B Bᵀ + ridge I, exact. */
export function dyadicCovariance(seed: number, d: number, ridge: number): number[][] {
  const B = dyadicRows(seed, d, d);
  return B.map((row, i) => B.map((other, j) => dot(row, other) + (i === j ? ridge : 0)));
}

export function dot(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, value, i) => sum + value * (b[i] as number), 0);
}
