import type * as tf from "@tensorflow/tfjs";
import type { Calls, Checkout } from "../calls.ts";
import { type Given, setEager, setForms, tensorsBy } from "../tensors.ts";
import { SHAPES } from "./shapes.ts";

/** Densities, entropies and draws of `distributions`. */
export function distributions(calls: Calls, checkout: Checkout): void {
  const { library: L, tf } = checkout;
  const { normal, bits, integers } = tensorsBy(checkout);
  const families = {
    Bernoulli: { parameters: 1, make: (logits: tf.Tensor) => new L.Bernoulli(logits) },
    Normal: { parameters: 2, make: (mean: tf.Tensor, log: tf.Tensor) => new L.Normal(mean, log.exp()) },
    Laplace: { parameters: 2, make: (mean: tf.Tensor, log: tf.Tensor) => new L.Laplace(mean, log.exp()) },
    Logistic: { parameters: 2, make: (mean: tf.Tensor, log: tf.Tensor) => new L.Logistic(mean, log.exp()) },
    Uniform: { parameters: 1, make: (middle: tf.Tensor) => new L.Uniform(middle.sub(5), middle.add(5)) },
    Categorical: { parameters: 1, make: (logits: tf.Tensor) => new L.Categorical(logits) },
  };
  type Made = {
    logProb(x: tf.Tensor): tf.Tensor;
    entropy(): tf.Tensor;
    sample: InstanceType<typeof L.Normal>["sample"];
  };
  for (const [name, family] of Object.entries(families)) {
    const make = family.make as (...parameters: tf.Tensor[]) => Made;
    const gradient = name !== "Uniform";
    for (const shape of SHAPES) {
      const inputs = () => {
        const full = name === "Categorical" ? [...shape, 8] : shape;
        return Array.from({ length: family.parameters }, (_, i) => normal(i + 1, full));
      };
      const data = () =>
        name === "Categorical" ? integers(3, shape, 8) : name === "Bernoulli" ? bits(3, shape) : normal(3, shape);
      const logProb = (): Given => ({
        inputs: [...inputs(), data()],
        call: (...given) => make(...given.slice(0, -1)).logProb(given.at(-1) as tf.Tensor),
        by: family.parameters,
      });
      setForms(calls, checkout, `${name}.logProb [${shape}]`, logProb, { gradient });
      const last = name === "Normal" ? { inputs: inputs().slice(1) } : { inputs: inputs() };
      const entropy = (): Given => ({
        ...last,
        call: (...given) =>
          make(...(name === "Normal" ? [tf.zerosLike(given[0] as tf.Tensor), ...given] : given)).entropy(),
      });
      if (name !== "Laplace" && name !== "Logistic")
        setForms(calls, checkout, `${name}.entropy [${shape}]`, entropy, { gradient });
      setEager(calls, checkout, `${name}.sample [${shape}]`, () => {
        const [distribution, random] = [make(...inputs()), new L.Random(9)];
        return () => distribution.sample(random);
      });
    }
  }
  const made = {
    Bernoulli: () => new L.Bernoulli([0, 1]),
    Normal: () => new L.Normal([0, 1], [1, 1]),
    Laplace: () => new L.Laplace([0, 1], [1, 1]),
    Logistic: () => new L.Logistic([0, 1], [1, 1]),
    Uniform: () => new L.Uniform([0, 0], [1, 1]),
    Categorical: () =>
      new L.Categorical([
        [0, 1],
        [1, 0],
      ]),
  };
  for (const [name, make] of Object.entries(made))
    calls.set(`new ${name} of numbers`, () => () => tf.tidy(() => void make()));

  const logits = (): Given["inputs"] => [normal(1, [100, 64, 16])];
  for (const name of ["probabilities", "logProbabilities"] as const) {
    setForms(calls, checkout, `Categorical.${name} [100,64,16]`, () => ({
      inputs: logits(),
      call: given => new L.Categorical(given)[name],
    }));
  }
  setForms(calls, checkout, "Bernoulli.probabilities [100,784]", () => ({
    inputs: [normal(1, [100, 784])],
    call: given => new L.Bernoulli(given).probabilities,
  }));
  for (const name of ["logCdf", "logSurvival"] as const) {
    setForms(calls, checkout, `Logistic.${name} [500,2]`, () => ({
      inputs: [normal(1, [2]), normal(2, [2]), normal(3, [500, 2])],
      call: (mean, log, x) => new L.Logistic(mean as tf.Tensor, log.exp())[name](x),
    }));
  }
  for (const shape of SHAPES) {
    setForms(calls, checkout, `GumbelSoftmax.logProb [${shape},8]`, () => {
      const x = normal(2, [...shape, 8]).softmax();
      return {
        inputs: [normal(1, [...shape, 8]), x],
        call: (given, x) => new L.GumbelSoftmax(given as tf.Tensor, 0.5).logProb(x),
        by: 1,
      };
    });
    for (const name of ["logSigmoid", "standardNormalLogCdf", "standardNormalLogSurvival"] as const) {
      setForms(calls, checkout, `${name} [${shape}]`, () => ({
        inputs: [normal(1, shape)],
        call: x => L[name](x),
      }));
    }
    const quantiles = {
      standardNormalQuantile: (x: tf.Tensor) => L.standardNormalQuantile(x.sigmoid()),
      standardNormalQuantileOfLog: (x: tf.Tensor) => L.standardNormalQuantileOfLog(x.abs().neg().sub(0.1)),
      standardNormalQuantileOfLogit: (x: tf.Tensor) => L.standardNormalQuantileOfLogit(x),
    };
    for (const [name, quantile] of Object.entries(quantiles)) {
      setForms(calls, checkout, `${name} [${shape}]`, () => ({
        inputs: [normal(1, shape)],
        call: x => quantile(x),
      }));
    }
  }
}
