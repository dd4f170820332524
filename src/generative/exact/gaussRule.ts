/** A Gauss rule for a symmetric weight function of mass 1: points in order, and the logarithms of the weights. */
export interface SymmetricRule {
  points: number[];
  logWeights: number[];
}

/**
 * `∫ f dμ ≈ Σ_i λ_i f(x_i)`, exact to degree 2n − 1, from the recurrence of the orthonormal polynomials of μ.
 *
 * `a_k+1 p_k+1 = x p_k − a_k p_k−1`, p_0 = 1: the points are the roots of p_n, `λ_i = 1 / Σ_k<n p_k(x_i)²`. A root is
 * enclosed by the number of changes of sign in p_0 … p_n, which is the number of roots above x, and finished by
 * Newton's method. Squares are summed, and rescaled, so that a weight of e^−700 has as many digits as one of ½.
 * Golub & Welsch, Calculation of Gauss Quadrature Rules, 1969; Gautschi, Orthogonal Polynomials, 2004, section 3.1.
 *
 * @param a a_k of k = 1, 2, …
 */
export function gaussRule(n: number, a: (k: number) => number): SymmetricRule {
  const coefficients = Float64Array.from({ length: n + 1 }, (_, k) => (k === 0 ? 0 : a(k)));
  const half: { point: number; logWeight: number }[] = [];
  for (let i = 0; i < Math.floor(n / 2); i++) {
    const point = root(coefficients, i);
    half.push({ point, logWeight: evaluate(coefficients, point).logWeight });
  }
  const middle = n % 2 === 1 ? [{ point: 0, logWeight: evaluate(coefficients, 0).logWeight }] : [];
  const mirrored = half.map(({ point, logWeight }) => ({ point: -point, logWeight }));
  const all = [...mirrored, ...middle, ...half.reverse()];
  return { points: all.map(({ point }) => point), logWeights: all.map(({ logWeight }) => logWeight) };
}

/** The root of p_n, n = a.length − 1, that has i roots above it; it is positive. */
function root(a: Float64Array, i: number): number {
  let from = 0;
  let to = 2 * Math.max(...a); // Gershgorin: no eigenvalue of the Jacobi matrix is larger
  for (let halving = 0; halving < HALVINGS; halving++) {
    const middle = (from + to) / 2;
    if (evaluate(a, middle).rootsAbove > i) from = middle;
    else to = middle;
  }
  let x = (from + to) / 2;
  for (let step = 0; step < NEWTON_STEPS; step++) x -= evaluate(a, x).newton;
  return x;
}

/** p_n / p_n′, the logarithm of 1 / Σ_k<n p_k², and the changes of sign in p_0 … p_n. */
function evaluate(a: Float64Array, x: number): { newton: number; logWeight: number; rootsAbove: number } {
  const n = a.length - 1;
  let [before, now] = [0, 1];
  let [slopeBefore, slope] = [0, 0];
  let squares = 0;
  let logScale = 0;
  let rootsAbove = 0;
  for (let k = 0; k < n; k++) {
    squares += now * now;
    const [own, next] = [a[k] as number, a[k + 1] as number];
    const after = (x * now - own * before) / next;
    const slopeAfter = (now + x * slope - own * slopeBefore) / next;
    if (after < 0 !== now < 0) rootsAbove++;
    [before, now, slopeBefore, slope] = [now, after, slope, slopeAfter];
    if (Math.abs(now) > LARGE) {
      [before, now, slopeBefore, slope] = [before / LARGE, now / LARGE, slopeBefore / LARGE, slope / LARGE];
      squares /= LARGE * LARGE;
      logScale += Math.log(LARGE);
    }
  }
  return { newton: now / slope, logWeight: 0 - Math.log(squares) - 2 * logScale, rootsAbove };
}

/** Of an interval of at most a few tens: to 1e-8 of it, from where Newton's steps double the digits. */
const HALVINGS = 30;
const NEWTON_STEPS = 3;
const LARGE = 2 ** 480;
