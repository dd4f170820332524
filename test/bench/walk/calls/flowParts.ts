import type { Calls, Checkout } from "../calls.ts";
import { setEager, setForms, tensorsBy } from "../tensors.ts";

/** What `flows` has beside bijections: densities, dequantisation, masks, fields and their integration. */
export function flowParts(calls: Calls, checkout: Checkout): void {
  const { library: L, tf } = checkout;
  const { normal, integers } = tensorsBy(checkout);
  for (const kind of ["logistic", "normal"] as const) {
    for (const n of [50, 500]) {
      setForms(calls, checkout, `mixtureCdf ${kind} [${n},2] K = 8`, () => ({
        inputs: [normal(1, [n, 2]), ...[2, 3, 4].map(seed => normal(seed, [2, 8]))],
        call: (x, logits, means, logScales) => {
          const { cdf, logit, logDensity } = L.mixtureCdf(x, { logits, means, logScales }, kind);
          return [cdf, logit, logDensity];
        },
      }));
    }
  }
  const flow = () => new L.Flow(L.realNVP(new L.Random(1), { d: 2 }), L.standardBase(2));
  setForms(calls, checkout, "Flow.logProb [200,2]", () => {
    const made = flow();
    return { inputs: [normal(1, [200, 2])], call: x => made.logProb(x) };
  });
  setEager(calls, checkout, "Flow.sample [200,2]", () => {
    const [made, random] = [flow(), new L.Random(1)];
    return () => made.sample(random, 200);
  });
  setEager(calls, checkout, "Flow.sampleWithLogProb [200,2]", () => {
    const [made, random] = [flow(), new L.Random(1)];
    return () => {
      const { x, logProb } = made.sampleWithLogProb(random, 200);
      return [x, logProb];
    };
  });
  setEager(calls, checkout, "Flow.latents [200,2]", () => {
    const [made, x] = [flow(), normal(1, [200, 2])];
    return () => made.latents(x);
  });
  calls.set("standardBase", () => () => tf.tidy(() => void L.standardBase(10)));

  for (const shape of [
    [20, 4],
    [50, 784],
  ] as const) {
    const pixels = () => integers(1, shape, 256);
    const dequantisers = {
      uniformNoise: () => L.uniformNoise,
      VariationalNoise: () => new L.VariationalNoise(new L.Random(2), shape[1]),
    };
    for (const [name, make] of Object.entries(dequantisers)) {
      setEager(calls, checkout, `${name} [${shape}]`, () => {
        const [dequantiser, x, random] = [make(), pixels(), new L.Random(1)];
        return () => {
          const { u, logProb } = dequantiser.noise(x, random);
          return [u, logProb];
        };
      });
    }
    setEager(calls, checkout, `dequantisedBound [${shape}]`, () => {
      const base = new L.Normal<"x">(tf.fill([shape[1]], 128), tf.fill([shape[1]], 100));
      const [x, random] = [pixels(), new L.Random(1)];
      return () => L.dequantisedBound(base, L.uniformNoise, x, random);
    });
  }

  const field = () => new L.PerceptronField(new L.Random(1), 2);
  setEager(calls, checkout, "exactTrace [50,2]", () => {
    const [made, x] = [field(), normal(1, [50, 2])];
    return () => L.exactTrace(made, 0, x);
  });
  setEager(calls, checkout, "hutchinsonTrace [50,2]", () => {
    const [made, x, noise] = [field(), normal(1, [50, 2]), normal(2, [50, 2])];
    return () => L.hutchinsonTrace(made, 0, x, noise);
  });
  setEager(calls, checkout, "ContinuousFlow.forwardAdaptively [50,2]", () => {
    const [made, x] = [new L.ContinuousFlow(field(), 2), normal(1, [50, 2])];
    return () => made.forwardAdaptively(x).z;
  });
  setEager(calls, checkout, "integrateTensors [50,2]", () => {
    const x = normal(1, [50, 2]);
    const options = { from: 0, to: 1, steps: 20, method: L.rungeKutta4 };
    return () => L.integrateTensors((_, [state]) => [(state as typeof x).neg()], [x], options);
  });
  setEager(calls, checkout, "integrateAdaptively [50,2]", () => {
    const x = normal(1, [50, 2]);
    const options = { from: 0, to: 1, tolerance: 1e-4 };
    return () => L.integrateAdaptively((_, [state]) => [(state as typeof x).neg()], [x], options).state;
  });

  setForms(calls, checkout, "PerceptronField [50,2]", () => {
    const made = field();
    return { inputs: [normal(1, [50, 2])], call: x => made.at(0.5, x) };
  });
  setForms(calls, checkout, "perceptronConditioner [50,2]", () => {
    const conditioner = L.perceptronConditioner([16])(new L.Random(1), 2, 2);
    return { inputs: [normal(1, [50, 2])], call: x => conditioner.apply(x) };
  });

  calls.sizes("halfMask", [4, 784], d => () => L.halfMask(d));
  for (const name of ["checkerboardMask", "channelMask"] as const) {
    calls.sizes(name, [4, 28], n => () => L[name]({ height: n, width: n, channels: 2 }));
  }
  calls.sizes("opposite", [4, 784], d => {
    const mask = L.halfMask(d);
    return () => L.opposite(mask);
  });
  calls.sizes("couplingReach", [4, 64], d => {
    const mask = L.halfMask(d);
    return () => L.couplingReach([mask, L.opposite(mask), mask]);
  });
  calls.set("ActNorm.initialise [100,64]", () => {
    const [layer, x] = [new L.ActNorm(64), normal(1, [100, 64])];
    return () => tf.tidy(() => layer.initialise(x));
  });
  calls.set("initialiseFromData [50,16]", () => {
    const network = L.perceptronConditioner([16], { start: 0.1 });
    const layers = L.glow(new L.Random(1), { volume: { height: 2, width: 2, channels: 4 }, steps: 2, network });
    const x = normal(1, [50, 16]);
    return () => tf.tidy(() => L.initialiseFromData(layers, x));
  });
}
