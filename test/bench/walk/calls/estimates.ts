import type * as tf from "@tensorflow/tfjs";
import type { Calls, Checkout } from "../calls.ts";
import { numbersBy } from "../inputs.ts";
import { tensorsBy } from "../tensors.ts";
import { VAES } from "./objectives.ts";

/** Estimates of models, by draws and by gradients, and of plain numbers, of `estimates`. */
export function estimates(calls: Calls, checkout: Checkout): void {
  const { library: L } = checkout;
  const { normal, bits } = tensorsBy(checkout);
  ofNumbers(calls, checkout);
  for (const [size, { batch, options }] of Object.entries(VAES)) {
    const make = (n: number) => {
      const vae = new L.VAE(new L.Random(1), options);
      return { vae, x: bits(3, [n, options.pixels]) as tf.Tensor2D, random: new L.Random(2) };
    };
    calls.set(`unitActivity, ${size} VAE`, () => {
      const { vae, x } = make(batch);
      return () => L.unitActivity(vae.encoder, x);
    });
    calls.set(`evaluate, ${size} VAE`, () => {
      const { vae, x, random } = make(batch);
      return () => L.evaluate((x, random) => L.elbo(vae, vae.encoder, x, random), x, random);
    });
    calls.set(`importanceSampling, ${size} VAE`, () => {
      const { vae, x, random } = make(10);
      return () => L.importanceSampling(vae, vae.encoder, x, random, { samples: 50 });
    });
    calls.set(`priorSampling, ${size} VAE`, () => {
      const { vae, x, random } = make(10);
      return () => L.priorSampling(vae, x, random, { samples: 50 });
    });
  }
  calls.sizes("tabulate", [4, 10], d => {
    const model = new L.Bernoulli(normal(1, [d]));
    return () => L.tabulate(model, d);
  });
  for (const [queries, n, d] of [
    [10, 100, 2],
    [100, 2000, 2],
    [16, 1000, 784],
  ] as const) {
    for (const [kind, draw] of Object.entries({ normal, bits })) {
      calls.set(`nearestNeighbours of ${queries} among ${n}, ${kind} [${d}]`, () => {
        const [x, data] = [draw(1, [queries, d]) as tf.Tensor2D, draw(2, [n, d]) as tf.Tensor2D];
        return () => L.nearestNeighbours(x, [data]);
      });
    }
  }
  const made = (d: number) =>
    new L.MADE(new L.Random(1), { ordering: Array.from({ length: d }, (_, i) => i), hidden: [16] });
  calls.sizes("predictor", [3, 10], d => {
    const model = made(d);
    return () => {
      const predict = L.predictor(model);
      return [predict([]), predict([1])];
    };
  });
  calls.sizes("dependencyMatrix", [3, 10], d => {
    const [model, x] = [made(d), bits(1, [5, d]) as tf.Tensor2D];
    return () => L.dependencyMatrix(x => model.conditional(x), x);
  });
  calls.sizes("sensitivity", [3, 10], d => {
    const [model, x] = [made(d), bits(1, [1, d]) as tf.Tensor2D];
    return () => L.sensitivity(x => model.conditional(x), x, 1);
  });
  calls.sizes("gradientStatistics", [3, 10], d => {
    const random = new L.Random(1);
    const objective = (p: tf.Tensor) => p.add(random.normal(p.shape)).square().sum(-1);
    return () => L.gradientStatistics(objective, Array(d).fill(0.5), 20);
  });
  calls.sizes("fisherScore", [3, 10], d => {
    const [model, x] = [made(d), bits(1, [5, d]) as tf.Tensor2D];
    return () => L.fisherScore(model, x);
  });
}

function ofNumbers(calls: Calls, { library: L }: Checkout): void {
  const { normals, rows, shares } = numbersBy(L);
  const positive = (n: number, seed = 1) => normals(n, seed).map(Math.abs);
  calls.sizes("activeUnits", [5, 1000], n => {
    const activities = positive(n);
    return () => L.activeUnits(activities);
  });
  for (const name of ["average", "summariseWeights", "paretoK", "paretoSmoothedImportanceSampling"] as const) {
    calls.sizes(name, [200, 5000], n => {
      const values = normals(n);
      return () => L[name](values);
    });
  }
  calls.sizes("perplexity", [20, 5000], n => {
    const codes = positive(n).map(value => Math.round(value * 9));
    return () => L.perplexity(codes);
  });
  calls.set("bitsPerDimension", () => () => L.bitsPerDimension(-800, 784));
  calls.set("logProbFromBitsPerDimension", () => () => L.logProbFromBitsPerDimension(1.2, 784));
  calls.set("bitsFromNats", () => () => L.bitsFromNats(3));
  calls.set("natsFromBits", () => () => L.natsFromBits(3));
  calls.sizes("energyDistance", [10, 300], n => {
    const [x, y] = [rows(n, 2), rows(n, 2, 2)];
    return () => L.energyDistance(x, y);
  });
  calls.sizes("fisherInformation", [8, 500], n => {
    const [scores, p] = [rows(n, 5), shares(n)];
    return () => L.fisherInformation(scores, p);
  });
  const labelled = (n: number) => {
    const x = rows(n, 5);
    return { x, labels: x.map(([first]) => ((first as number) > 0 ? 1 : 0)) };
  };
  calls.sizes("linearProbe", [20, 500], n => {
    const { x, labels } = labelled(n);
    return () => L.linearProbe(x, labels, { classes: 2 });
  });
  calls.sizes("linearProbe's predict", [20, 500], n => {
    const { x, labels } = labelled(n);
    const probe = L.linearProbe(x, labels, { classes: 2 });
    return () => probe.predict(x);
  });
  calls.sizes("linearProbe's accuracy", [20, 500], n => {
    const { x, labels } = labelled(n);
    const probe = L.linearProbe(x, labels, { classes: 2 });
    return () => probe.accuracy(x, labels);
  });
  calls.sizes("rocArea", [20, 2000], n => {
    const [x, y] = [normals(n), normals(n, 2)];
    return () => L.rocArea(x, y);
  });
  calls.sizes("copiedShare", [200, 2000], n => {
    const [x, y] = [positive(n), positive(n, 2)];
    return () => L.copiedShare(x, y);
  });
  calls.set("countCalls", () => {
    const counted = { call: () => 1 };
    const body = () => {
      for (let i = 0; i < 10; i++) counted.call();
    };
    return () => L.countCalls(counted, "call", body);
  });
}
