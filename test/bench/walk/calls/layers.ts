import type * as tf from "@tensorflow/tfjs";
import type { Bijection } from "../../../../src/index.ts";
import type { Checkout } from "../calls.ts";

/** A bijection of vectors of length d, and the batches that it is timed on. */
export interface Layer {
  name: string;
  make: (d: number) => Bijection;
  shapes: readonly (readonly [number, number])[];
}

const SMALL = [50, 2] as const;
const IMAGES = [100, 784] as const;
const VECTORS = [500, 64] as const;
const BOARDS = [
  [5, 64],
  [200, 64],
] as const;

/** Every bijection of `flows`, with few parameters and many. */
export function layers({ library: L, tf: tfjs }: Checkout): Layer[] {
  const random = () => new L.Random(1);
  const autoregressive = (d: number) =>
    new L.AutoregressiveFlow(random(), { ordering: Array.from({ length: d }, (_, i) => i), hidden: [32] });
  const coupled = (d: number) => ({ mask: L.halfMask(d) });
  const volume = { height: 8, width: 8, channels: 1 };
  const small = { height: 4, width: 4, channels: 4 };
  const all: Layer[] = [];
  const add = (name: string, shapes: Layer["shapes"], make: Layer["make"]) => all.push({ name, make, shapes });

  add("AutoregressiveFlow", [SMALL, [20, 16]], autoregressive);
  add("inverseAutoregressiveFlow", [SMALL, [20, 16]], d => L.inverseAutoregressiveFlow(autoregressive(d)));
  add("AffineCoupling", [SMALL, VECTORS], d => new L.AffineCoupling(random(), coupled(d)));
  for (const scale of ["softplus", "sigmoid"] as const) {
    add(`AffineCoupling ${scale}`, [SMALL, VECTORS], d => new L.AffineCoupling(random(), { ...coupled(d), scale }));
  }
  const convolved = () => L.convolutionConditioner(volume, { features: 4, blocks: 1 });
  add("AffineCoupling by convolutionConditioner", [[20, 64]], () => {
    return new L.AffineCoupling(random(), { mask: L.checkerboardMask(volume), network: convolved() });
  });
  add("AdditiveCoupling", [SMALL, VECTORS], d => new L.AdditiveCoupling(random(), coupled(d)));
  add("MixtureCoupling", [SMALL, [200, 16]], d => new L.MixtureCoupling(random(), { ...coupled(d), components: 4 }));
  add("flowPlusPlus", [SMALL, [100, 8]], d => L.flowPlusPlus(random(), { d }));
  add("DiagonalScaling", [SMALL, VECTORS], d => new L.DiagonalScaling(d));
  add("nice", [SMALL, [100, 64]], d => L.nice(random(), { d }));
  add("realNVP", [SMALL, [100, 64]], d => L.realNVP(random(), { d }));
  add("ActNorm", [SMALL, VECTORS], d => new L.ActNorm(d));
  add("InvertibleLinear", [SMALL, [200, 16]], d => new L.InvertibleLinear(random(), d));
  add("TriangularFlow", [SMALL], () => new L.TriangularFlow(random()));
  add("RecurrentFlow", [SMALL, [20, 16]], d => new L.RecurrentFlow(random(), d, { hidden: 16 }));
  for (const trace of ["exact", "hutchinson"] as const) {
    const field = (d: number) => new L.PerceptronField(random(), d);
    add(`ContinuousFlow ${trace}`, [SMALL], d => new L.ContinuousFlow(field(d), d, { steps: 5, trace }));
  }
  add("Squeeze", BOARDS, () => new L.Squeeze(volume));
  add("FactorOut", BOARDS, () => new L.FactorOut(small, L.nice(random(), { d: 32 })));
  const network = () => L.perceptronConditioner([16], { start: 0.1 });
  add("glow", BOARDS, () => L.glow(random(), { volume: small, steps: 2, network: network() }));
  add("multiScaleRealNVP", [[5, 64]], () =>
    L.multiScaleRealNVP(random(), { volume, scales: 2, features: 8, blocks: 1 }),
  );
  add("PlanarFlow", [SMALL], d => new L.PlanarFlow(random(), d));

  const double = { forward: (x: tf.Tensor) => x.mul(2), inverse: (z: tf.Tensor) => z.div(2) };
  const logSlope = (x: tf.Tensor) => tfjs.fill(x.shape, Math.LN2);
  add("Elementwise", [SMALL, IMAGES], () => new L.Elementwise(double.forward, double.inverse, logSlope));
  add("scaleLayer", [SMALL, IMAGES], () => L.scaleLayer(256, 3));
  add("Inverse of a scaleLayer", [SMALL, IMAGES], () => new L.Inverse(L.scaleLayer(256, 3)));
  add("Composition", [SMALL, IMAGES], () => new L.Composition([L.scaleLayer(256, 3), L.scaleLayer(2, 1)]));
  for (const name of ["sigmoidLayer", "tanhLayer", "logitLayer", "softplusLayer", "expLayer"] as const) {
    add(name, [SMALL, [500, 2], IMAGES], () => L[name]());
  }
  for (const kind of ["logistic", "normal"] as const) {
    for (const range of ["line", "unit"] as const) {
      const mixture = (components: number) => (d: number) => new L.MixtureCDF(random(), d, { components, kind, range });
      add(`MixtureCDF ${kind} ${range} K = 3`, [SMALL, [500, 2]], mixture(3));
      add(`MixtureCDF ${kind} ${range} K = 8`, [[500, 2]], mixture(8));
    }
  }
  return all;
}
