import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as tf from "@tensorflow/tfjs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { chooseBackend, Random } from "../../../src/engine/index.ts";
import { parametersOf } from "../../../src/generative/networks/index.ts";
import {
  fit,
  loadParameters,
  loadWeights,
  saveWeights,
  TrainingError,
} from "../../../src/generative/training/index.ts";
import { expectClose, numbersOf } from "../../support/close.ts";

let folder: string;
beforeAll(async () => {
  await chooseBackend();
  folder = await mkdtemp(join(tmpdir(), "lectern-layers-"));
});
afterAll(() => rm(folder, { recursive: true }));

/** The same at every call, but for the names that tfjs gives. */
function makeModel(): tf.Sequential {
  const kernelInitializer = tf.initializers.glorotUniform({ seed: 3 });
  return tf.sequential({
    layers: [
      tf.layers.dense({ units: 8, inputShape: [3], activation: "tanh", kernelInitializer }),
      tf.layers.batchNormalization({ momentum: 0.9 }),
      tf.layers.dropout({ rate: 0.2 }),
      tf.layers.dense({ units: 1, kernelInitializer }),
    ],
  });
}

const batch = (step: number): { x: tf.Tensor; y: tf.Tensor } => {
  const x = new Random(5).child(step).normal([16, 3]).add(1);
  return { x, y: x.sum(1, true).tanh() };
};

function setUp(model: tf.LayersModel, { compiled = true } = {}) {
  const loss = ({ x, y }: { x: tf.Tensor; y: tf.Tensor }) =>
    (model.apply(x, { training: true }) as tf.Tensor).sub(y).square().mean();
  return { parameters: model, optimizer: tf.train.adam(0.01), batch, loss, random: new Random(2), compiled };
}

const entriesOf = (model: tf.LayersModel): number[] => Object.values(parametersOf(model)).flatMap(numbersOf);

describe("the parameters of a model of tf.layers", () => {
  it("are named by their places, so that the same model has the same names again", () => {
    const names = Object.keys(parametersOf(makeModel()));
    expect(names).toEqual([
      "0.Dense.kernel",
      "0.Dense.bias",
      "1.BatchNormalization.gamma",
      "1.BatchNormalization.beta",
      "1.BatchNormalization.moving_mean",
      "1.BatchNormalization.moving_variance",
      "3.Dense.kernel",
      "3.Dense.bias",
    ]);
    expect(Object.keys(parametersOf(makeModel()))).toEqual(names);
  });

  it("have names of their own within a model, and in both directions of a layer", () => {
    const input = tf.input({ shape: [4, 1] });
    const lstm = tf.layers.lstm({ units: 2 }) as tf.RNN;
    const read = tf.layers.bidirectional({ layer: lstm, mergeMode: "concat" }).apply(input);
    const inner = tf.sequential({
      layers: [tf.layers.dense({ units: 3, inputShape: [4] }), tf.layers.dense({ units: 2 })],
    });
    const model = tf.model({ inputs: input, outputs: inner.apply(read) as tf.SymbolicTensor });
    const names = Object.keys(parametersOf(model));
    expect(names).toHaveLength(10);
    expect(names).toContain("1.Bidirectional.backward_lstm_LSTM.recurrent_kernel");
    expect(names.slice(-4)).toEqual([
      "2.Sequential.0.Dense.kernel",
      "2.Sequential.0.Dense.bias",
      "2.Sequential.1.Dense.kernel",
      "2.Sequential.1.Dense.bias",
    ]);
  });

  it("are left as they are where they come by name", () => {
    const named = { w: tf.variable(tf.scalar(1)) };
    expect(parametersOf(named)).toBe(named);
  });
});

describe("a model of tf.layers", () => {
  it("trains, to the same numbers eagerly and compiled, moving averages too", async () => {
    const [one, two] = [makeModel(), makeModel()];
    const compiled = await fit({ ...setUp(one), steps: 60 });
    const eager = await fit({ ...setUp(two, { compiled: false }), steps: 60 });
    expect(compiled.losses.slice(-10).every(loss => loss < (compiled.losses[0] as number) / 2)).toBe(true);
    expectClose(compiled.losses, eager.losses, { relative: 1e-4, absolute: 1e-6 });
    expectClose(entriesOf(one), entriesOf(two), { relative: 1e-3, absolute: 1e-4 });
    // Inputs have mean 1, of which 60 steps at 0.9 keep all but 0.2 %: the averages have left 0.
    const mean = parametersOf(one)["1.BatchNormalization.moving_mean"] as tf.Variable;
    expect(Math.max(...numbersOf(mean.abs()))).toBeGreaterThan(0.3);
  });

  it("goes on from a checkpoint, as another model of the same making, to the numbers of a run without a stop", async () => {
    const checkpoint = join(folder, "model.checkpoint");
    const whole = makeModel();
    const uncut = await fit({ ...setUp(whole), steps: 40 });
    const controller = new AbortController();
    const started = setUp(makeModel());
    const cut = fit({
      ...started,
      batch: step => {
        if (step === 24) controller.abort();
        return batch(step);
      },
      steps: 40,
      checkpoint,
      signal: controller.signal,
    });
    await expect(cut).rejects.toThrow(/abort/i);
    const resumed = makeModel();
    const history = await fit({
      ...setUp(resumed),
      batch: step => {
        if (step === 24) controller.abort();
        return batch(step);
      },
      steps: 40,
      checkpoint,
    });
    expect(history.resumedAt).toBe(25);
    expect(history.losses).toEqual(uncut.losses);
    expect(entriesOf(resumed)).toEqual(entriesOf(whole));
    const loaded = makeModel();
    await loadParameters(checkpoint, loaded);
    expect(entriesOf(loaded)).toEqual(entriesOf(whole));
  });

  it.each([true, false])(
    "is as it was where a loss is not finite, moving averages too (compiled: %s)",
    async compiled => {
      const [model, reference] = [makeModel(), makeModel()];
      const broken = (step: number) => {
        const { x, y } = batch(step);
        return step === 3 ? { x: x.mul(Infinity), y } : { x, y };
      };
      const told = await fit({ ...setUp(model, { compiled }), batch: broken, steps: 6 }).catch(error => error);
      expect(told).toBeInstanceOf(TrainingError);
      expect(told).toMatchObject({ step: 3, tensor: "the loss" });
      await fit({ ...setUp(reference, { compiled }), batch: broken, steps: 3 });
      expect(entriesOf(model)).toEqual(entriesOf(reference));
    },
  );

  it("has its weights saved and loaded in half precision", async () => {
    const path = join(folder, "model.weights");
    const [model, other] = [makeModel(), makeModel()];
    await fit({ ...setUp(model), steps: 5 });
    await saveWeights(path, model);
    await loadWeights(path, other);
    expect(entriesOf(other)).toEqual(entriesOf(model));
  });

  it("is refused where nothing of it is trained", async () => {
    const model = makeModel();
    for (const layer of model.layers) layer.trainable = false;
    await expect(fit({ ...setUp(model), steps: 1 })).rejects.toThrow(
      /^fit: parameters must hold something to train, but got 0\.Dense\.kernel, .*made with trainable: false/,
    );
  });
});
