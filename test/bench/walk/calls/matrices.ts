import type { Calls, Checkout } from "../calls.ts";
import { numbersBy } from "../inputs.ts";

/** Linear algebra and what is built on it, differential equations, and fields of pixels, of `exact`. */
export function matrices(calls: Calls, { library: L }: Checkout): void {
  const { normals, rows, covariance, bits, draws } = numbersBy(L);
  for (const name of ["cholesky", "logDeterminant", "eigenSymmetric"] as const) {
    calls.sizes(name, [2, 20], d => {
      const symmetric = covariance(d);
      return () => L[name](symmetric);
    });
  }
  for (const name of ["luFactors", "qrFactors", "logAbsDet", "inverse", "singularValues"] as const) {
    calls.sizes(name, [2, 20], d => {
      const square = rows(d, d);
      return () => L[name](square);
    });
  }
  calls.sizes("solve", [2, 20], d => {
    const [square, b] = [rows(d, d), normals(d, 2)];
    return () => L.solve(square, b);
  });
  calls.sizes("new Covariance", [2, 20], d => {
    const symmetric = covariance(d);
    return () => new L.Covariance("Covariance", symmetric);
  });

  calls.sizes("new AffineFlow", [2, 20], d => {
    const [A, b] = [L.cholesky(covariance(d)), normals(d)];
    return () => new L.AffineFlow(A, b);
  });
  calls.sizes("AffineFlow.fromMoments", [2, 20], d => {
    const [mean, S] = [normals(d), covariance(d)];
    return () => L.AffineFlow.fromMoments(mean, S);
  });
  calls.sizes("AffineFlow.fit", [2, 20], d => {
    const x = rows(500, d);
    return () => L.AffineFlow.fit(x);
  });
  calls.sizes("AffineFlow.covariance", [2, 20], d => {
    const flow = L.AffineFlow.fromMoments(normals(d), covariance(d));
    return () => flow.covariance;
  });
  for (const method of ["forward", "inverse", "logProb"] as const) {
    calls.sizes(`AffineFlow.${method}`, [2, 20], d => {
      const [flow, x] = [L.AffineFlow.fromMoments(normals(d), covariance(d)), normals(d, 4)];
      return () => flow[method](x);
    });
  }

  for (const [n, d] of [
    [5, 3],
    [50, 2],
    [1000, 2],
    [500, 10],
    [1000, 20],
  ] as const) {
    calls.set(`principalComponents (${n}, ${d})`, () => {
      const x = rows(n, d);
      return () => L.principalComponents(x);
    });
  }
  const components = (d: number) => ({
    mean: normals(d),
    variances: Array.from({ length: d }, (_, i) => d - i),
    axes: rows(d, d),
  });
  calls.sizes("ppcaMle, half of all", [2, 50], d => {
    const given = components(d);
    return () => L.ppcaMle(given, d >> 1);
  });
  calls.sizes("ppcaMle, one", [5, 200], d => {
    const given = components(d);
    return () => L.ppcaMle(given, 1);
  });
  calls.sizes("project", [2, 50], d => {
    const [given, x] = [components(d), normals(d, 4)];
    return () => L.project(given, x, d >> 1);
  });

  for (const name of ["euler", "midpoint", "rungeKutta4", "dormandPrince"] as const) {
    const circle = (_: number, [x, y]: readonly number[]) => [y as number, -(x as number)];
    calls.sizes(`integrate, ${name}`, [5, 200], steps => () => {
      return L.integrate(circle, [1, 0], { steps, method: L[name] });
    });
  }
  calls.set("bisection", () => () => L.bisection(x => x ** 3 + x, 5));

  calls.sizes("BarsAndStripes.logProb", [2, 4], n => {
    const [data, x] = [new L.BarsAndStripes(n, 0.05), bits(n * n)];
    return () => data.logProb(x);
  });
  calls.sizes("BarsAndStripes.draw", [2, 4], n => {
    const [data, { uniform }] = [new L.BarsAndStripes(n, 0.05), draws()];
    return () => data.draw(uniform);
  });
  calls.sizes("BarsAndStripes.entropy", [2, 3], n => {
    const data = new L.BarsAndStripes(n, 0.05);
    return () => data.entropy;
  });
  const seen = (n: number) => ({
    height: n,
    width: n,
    place: [n - 1, n >> 1] as [number, number],
    layers: Array.from({ length: 4 }, (): [number, number][] => [
      [-1, -1],
      [-1, 0],
      [-1, 1],
      [0, -1],
    ]),
  });
  calls.sizes("reachedPixels", [5, 28], n => {
    const options = seen(n);
    return () => L.reachedPixels(options);
  });
  calls.sizes("blindSpot", [5, 28], n => {
    const reached = L.reachedPixels(seen(n));
    return () => L.blindSpot(reached, n * n - 3);
  });
}
