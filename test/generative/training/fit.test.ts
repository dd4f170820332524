import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as tf from "@tensorflow/tfjs";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { chooseBackend, Random } from "../../../src/engine/index.ts";
import { VAE } from "../../../src/generative/models/index.ts";
import { elbo } from "../../../src/generative/objectives/index.ts";
import { cosine, fit, type FitOptions, loadParameters, TrainingError } from "../../../src/generative/training/index.ts";
import { expectClose, numbersOf } from "../../support/close.ts";

let folder: string;
beforeAll(async () => {
  await chooseBackend();
  folder = await mkdtemp(join(tmpdir(), "lectern-fit-"));
});
afterAll(() => rm(folder, { recursive: true }));

const data = () => new Random(9).bernoulli(tf.fill([32, 6], 0.3));

/** A run that is the same whenever it is set up: model, data, optimizer and loss from fixed seeds. */
function setUp(makeOptimizer: () => tf.Optimizer = () => tf.train.adam(0.01)) {
  const vae = new VAE(new Random(1), { pixels: 6, hidden: [8], latent: 2 });
  const x = data();
  const random = new Random(2);
  const batch = () => x;
  const loss = (x: tf.Tensor, r: Random) => elbo(vae, vae.encoder, x, r).mean().neg();
  return { vae, random, options: { parameters: vae.parameters, optimizer: makeOptimizer(), batch, loss, random } };
}

describe("fit", () => {
  it("is gradient descent: w ← (1 − η λ) w on a quadratic", async () => {
    const w = tf.variable(tf.scalar(3));
    const history = await fit({
      parameters: { w },
      optimizer: tf.train.sgd(0.1),
      loss: () => w.square().mul(0.5 * 2),
      steps: 20,
      random: new Random(1),
    });
    expectClose(w, 3 * 0.8 ** 20, { relative: 1e-5 });
    expect(history.losses.length).toBe(20);
    expectClose(history.losses[1] as number, (3 * 0.8) ** 2, { relative: 1e-5 });
  });

  it("follows a schedule", async () => {
    const w = tf.variable(tf.scalar(1));
    const learningRate = cosine({ start: 0.5, end: 0, steps: 10 });
    await fit({
      parameters: { w },
      optimizer: tf.train.sgd(9),
      loss: () => w.square().mul(0.5),
      steps: 10,
      random: new Random(1),
      learningRate,
    });
    const expected = Array.from({ length: 10 }, (_, t) => 1 - learningRate(t)).reduce((a, b) => a * b, 1);
    expectClose(w, expected, { relative: 1e-5 });
    expect(learningRate(0)).toBeCloseTo(0.5, 12);
    expect(learningRate(5)).toBeCloseTo(0.25, 12);
    expect(learningRate(10)).toBeCloseTo(0, 12);
  });

  it.each([true, false])("takes no step that is longer than the clipped gradient (compiled: %s)", async compiled => {
    const [a, b] = [tf.variable(tf.scalar(30)), tf.variable(tf.tensor1d([0, 40]))];
    const learningRate = 1;
    const { losses } = await fit({
      parameters: { a, b },
      optimizer: tf.train.sgd(learningRate),
      loss: () => a.square().add(b.square().sum()).mul(0.5),
      clipNorm: 10,
      steps: 7,
      random: new Random(1),
      compiled,
    });
    // The gradient is (a, b) itself, of norm 50: five steps of length 10 along it would end at 0, and one stays there.
    const distances = losses.map(loss => Math.sqrt(2 * loss));
    expectClose(distances, [50, 40, 30, 20, 10, 0, 0], { absolute: 1e-3 });
    expectClose(a, 0, { absolute: 1e-3 });
  });

  it.each([
    ["adam", () => tf.train.adam(0.01)],
    ["momentum", () => tf.train.momentum(0.01, 0.9)],
    ["rmsprop", () => tf.train.rmsprop(0.01)],
  ] as const)(
    "stops on a signal and goes on with %s to the same numbers as a run that was never cut off",
    async (name, make) => {
      const whole = setUp(make);
      const reference = await fit({ ...whole.options, steps: 60 });

      const checkpoint = join(folder, `${name}.checkpoint`);
      const first = setUp(make);
      const controller = new AbortController();
      const stopping = Object.assign(
        (step: number) => {
          if (step === 24) controller.abort();
          return first.options.batch();
        },
        { toString: () => "batch" },
      );
      const cut = fit({ ...first.options, batch: stopping, steps: 60, checkpoint, signal: controller.signal });
      await expect(cut).rejects.toThrow(/abort/i);

      const second = setUp(make);
      const going = Object.assign(() => second.options.batch(), { toString: () => "batch" });
      const history = await fit({ ...second.options, batch: going, steps: 60, checkpoint });
      expect(history.resumedAt).toBe(25);
      expect(history.losses).toEqual(reference.losses);
      for (const [key, variable] of Object.entries(whole.vae.parameters))
        expectClose(second.vae.parameters[key] as tf.Variable, variable, {});
      expect(second.random.state).toEqual(whole.random.state);
    },
  );

  it("loads what it saved into a model of the same shape, and names what differs in another", async () => {
    const checkpoint = join(folder, "done.checkpoint");
    const run = setUp();
    await fit({ ...run.options, steps: 5, checkpoint });
    const other = new VAE(new Random(77), { pixels: 6, hidden: [8], latent: 2 });
    await loadParameters(checkpoint, other.parameters);
    for (const [key, variable] of Object.entries(run.vae.parameters))
      expectClose(other.parameters[key] as tf.Variable, variable, {});
    const wider = new VAE(new Random(1), { pixels: 6, hidden: [9], latent: 2 });
    await expect(loadParameters(checkpoint, wider.parameters)).rejects.toThrow(
      /encoder.body.hidden1.kernel must have shape \[6,9\], but got \[6,8\]/,
    );
  });

  it("sets the unfinished checkpoint of another run aside", async () => {
    const checkpoint = join(folder, "aside.checkpoint");
    const run = setUp();
    await expect(fit({ ...run.options, steps: 50, checkpoint, signal: AbortSignal.abort() })).rejects.toThrow();
    const before = await readFile(checkpoint);
    const warn = vi.spyOn(console, "warn").mockImplementation(() => {});
    const history = await fit({ ...setUp().options, steps: 7, checkpoint });
    expect(warn.mock.calls.flat()).toEqual([expect.stringMatching(/^fit: .* but got another steps than in .*aside/)]);
    warn.mockRestore();
    expect(history.resumedAt).toBe(0);
    expect(await readFile(`${checkpoint}.previous`)).toEqual(before);
  });

  it("reads no checkpoint of which a part is missing, or behind which there is something", async () => {
    const checkpoint = join(folder, "cut.checkpoint");
    const run = setUp();
    await fit({ ...run.options, steps: 1, checkpoint });
    const whole = await readFile(checkpoint);
    const tensors = whole.length - whole.indexOf("\n") - 1;
    for (const [bytes, size] of [
      [whole.subarray(0, -4), tensors - 4],
      [Buffer.concat([whole, Buffer.alloc(4)]), tensors + 4],
    ] as const) {
      await writeFile(checkpoint, bytes);
      await expect(loadParameters(checkpoint, run.vae.parameters)).rejects.toThrow(
        `must hold ${tensors} bytes of tensors, but got ${size}; remove it to start anew.`,
      );
    }
  });

  it("keeps a file that is not a whole checkpoint aside, too", async () => {
    const checkpoint = join(folder, "torn.checkpoint");
    await writeFile(checkpoint, "{}");
    await expect(fit({ ...setUp().options, steps: 3, checkpoint })).rejects.toThrow(
      /must begin with a lectern checkpoint header, but got "(\{\})?"/,
    );
    expect(await readFile(checkpoint, "utf8")).toBe("{}");
  });

  it("stops on a NaN loss with the step and the tensor, the checkpoint and the parameters kept", async () => {
    const checkpoint = join(folder, "nan.checkpoint");
    const w = tf.variable(tf.tensor1d([1, 2]));
    const batch = (step: number) => tf.scalar(step < 4 ? 1 : Number.NaN);
    const training = fit({
      parameters: { w },
      optimizer: tf.train.sgd(0.1),
      batch,
      loss: x => w.square().sum().mul(x),
      steps: 10,
      random: new Random(1),
      checkpoint,
    });
    await expect(training).rejects.toThrow(/got NaN in the loss at step 4; parameters are as before that step/);
    expectClose(w, [0.8 ** 4, 2 * 0.8 ** 4], { relative: 1e-5 });
  });

  it("names the parameter whose gradient is not finite", async () => {
    const w = tf.variable(tf.tensor1d([1, 0]));
    const training = fit({
      parameters: { "decoder.bias": w },
      optimizer: tf.train.sgd(0.1),
      loss: () => w.sqrt().sum(),
      steps: 2,
      random: new Random(1),
    });
    const error = (await training.catch(e => e)) as TrainingError;
    expect(error).toBeInstanceOf(TrainingError);
    expect(error.tensor).toBe("the gradient of decoder.bias");
    expect(error.step).toBe(0);
  });

  it("takes the same path compiled and eagerly", async () => {
    const [one, two] = [setUp(), setUp()];
    const compiled = await fit({ ...one.options, steps: 30 });
    const eager = await fit({ ...two.options, steps: 30, compiled: false });
    expectClose(compiled.losses, eager.losses, { relative: 1e-4 });
    expect(one.random.state).toEqual(two.random.state);
    for (const [key, variable] of Object.entries(two.vae.parameters))
      expectClose(one.vae.parameters[key] as tf.Variable, variable, { absolute: 1e-4 });
  });

  it("trains on several tensors by name", async () => {
    const w = tf.variable(tf.scalar(0));
    const history = await fit({
      parameters: { w },
      optimizer: tf.train.sgd(0.5),
      batch: step => ({ x: tf.scalar(1), y: tf.scalar(step) }),
      loss: ({ x, y }) => w.mul(x).sub(y).square(),
      steps: 4,
      random: new Random(1),
    });
    // w becomes y at every step, so that each loss is the square of how far y moved.
    expectClose(history.losses, [0, 1, 1, 1], { absolute: 1e-6 });
  });

  it("runs eagerly what cannot be compiled", async () => {
    const warn = vi.spyOn(console, "warn").mockImplementation(() => {});
    const w = tf.variable(tf.tensor1d([3, 1, 2]));
    const history = await fit({
      parameters: { w },
      optimizer: tf.train.sgd(0.1),
      loss: () => w.sum().mul(w.dataSync()[0] as number),
      steps: 2,
      random: new Random(1),
    });
    expectClose(history.losses, [18, 2.7 * 5.1], { relative: 1e-5 });
    expect(warn.mock.calls.flat().join()).toMatch(
      /^fit: a compiled step must not read the values .*fit\.test\.ts:\d+:\d+.*the step runs eagerly$/,
    );
    warn.mockRestore();
  });

  it("follows a weight that JavaScript changes from step to step, and says how to have it compiled", async () => {
    const warn = vi.spyOn(console, "warn").mockImplementation(() => {});
    const w = tf.variable(tf.scalar(1));
    let beta = 0;
    const { losses } = await fit({
      parameters: { w },
      optimizer: tf.train.sgd(0),
      batch: step => {
        beta = step / 4;
        return tf.scalar(1);
      },
      loss: x => w.mul(x).mul(beta),
      steps: 5,
      random: new Random(1),
    });
    expect(losses).toEqual([0, 0.25, 0.5, 0.75, 1]);
    expect(warn.mock.calls.flat()).toEqual([
      expect.stringMatching(
        /^fit: a compiled step must do the same at every call, but got 0, then 0.25 from a constant made at .*fit\.test\.ts:\d+:\d+ for Multiply, .*through an argument or the batch of fit/,
      ),
    ]);
    warn.mockRestore();
  });

  const warmUp = (steps: number, from: number) => {
    const w = tf.variable(tf.scalar(3));
    let beta = 0;
    const history = fit({
      parameters: { w },
      optimizer: tf.train.sgd(0.1),
      batch: step => {
        beta = step < from ? 0 : 1;
        return tf.scalar(1);
      },
      loss: x => w.sub(x).square().mul(beta),
      steps,
      random: new Random(1),
    });
    return { w, history };
  };

  it("follows a weight that changes after a hundred steps, and says which steps missed it", async () => {
    const warn = vi.spyOn(console, "warn").mockImplementation(() => {});
    const { w, history } = warmUp(400, 100);
    await history;
    expect(numbersOf(w)[0]).toBeCloseTo(1, 4);
    expect(warn.mock.calls.flat()).toEqual([
      expect.stringMatching(/got 0, then 1 from .*fit\.test\.ts.*; calls 65 to 127 may still have used the first/),
    ]);
    warn.mockRestore();
  });

  it("throws where a weight changed so late that only a last look noticed it", async () => {
    const warn = vi.spyOn(console, "warn").mockImplementation(() => {});
    await expect(warmUp(7, 5).history).rejects.toThrow(
      /^fit: .*got 0, then 1 from .*; calls 5 to 7 may still have used/,
    );
    expect(warn).not.toHaveBeenCalled(); // the error says it all
    warn.mockRestore();
  });

  describe.each([true, false])("what others see while it runs (compiled: %s)", compiled => {
    /** Halves w at every step, and has everything that `fit` calls look at it. */
    const watched = (others: Partial<FitOptions<tf.Tensor>> = {}) => {
      const w = tf.variable(tf.scalar(2 ** 10));
      const seen: Record<string, [step: number, value: number][]> = { batch: [], schedule: [], progress: [] };
      const look = (what: string, step: number) => void seen[what]?.push([step, numbersOf(w)[0] as number]);
      // Every step is due for a report.
      let now = 0;
      const clock = vi.spyOn(performance, "now").mockImplementation(() => {
        now += 1000;
        return now;
      });
      const history = fit<tf.Tensor>({
        parameters: { w },
        optimizer: tf.train.sgd(0),
        batch: step => {
          look("batch", step);
          return tf.scalar(0);
        },
        learningRate: step => {
          look("schedule", step);
          return 0.5;
        },
        loss: x => w.sub(x).square().mul(0.5),
        onProgress: ({ step }) => look("progress", step),
        steps: 6,
        random: new Random(1),
        compiled,
        ...others,
      }).finally(() => clock.mockRestore());
      return { w, seen, history };
    };
    const halves = (from: number, to: number) =>
      Array.from({ length: to - from + 1 }, (_, i) => [from + i, 2 ** (10 - from - i)]);

    it("is the newest value of each parameter", async () => {
      const { w, seen, history } = watched();
      await history;
      expect(seen).toEqual({
        batch: halves(0, 5),
        schedule: halves(0, 5),
        progress: [...halves(1, 6), [6, 2 ** 4]],
      });
      expect(numbersOf(w)).toEqual([2 ** 4]);
    });

    it("can be kept, and put back", async () => {
      const best: number[] = [];
      const { w, history } = watched({
        onProgress: ({ step }) => {
          if (step === 3) best.push(...numbersOf(w));
          if (step === 5) w.assign(tf.scalar(best[0] as number));
        },
      });
      const { losses } = await history;
      expect(losses.map(loss => Math.sqrt(2 * loss))).toEqual([1024, 512, 256, 128, 64, 128]);
      expect(numbersOf(w)).toEqual([64]);
    });

    it("is the newest value after a callback threw, or aborted", async () => {
      const failing = watched({
        onProgress: ({ step }) => {
          if (step === 4) throw new RangeError("mine");
        },
      });
      await expect(failing.history).rejects.toThrow("mine");
      expect(numbersOf(failing.w)).toEqual([2 ** 6]);
      const controller = new AbortController();
      const aborted = watched({
        signal: controller.signal,
        onProgress: ({ step }) => {
          if (step === 2) controller.abort();
        },
      });
      await expect(aborted.history).rejects.toThrow(/abort/i);
      expect(numbersOf(aborted.w)).toEqual([2 ** 8]);
    });

    it("is the newest value in a checkpoint, and in the run that goes on from it", async () => {
      const checkpoint = join(folder, `seen-${compiled}.checkpoint`);
      const controller = new AbortController();
      const onProgress = ({ step }: { step: number }) => {
        if (step === 2) controller.abort();
      };
      await expect(watched({ checkpoint, signal: controller.signal, onProgress }).history).rejects.toThrow(/abort/i);
      const saved = tf.variable(tf.scalar(0));
      await loadParameters(checkpoint, { w: saved });
      expect(numbersOf(saved)).toEqual([2 ** 8]);
      const { w, seen, history } = watched({ checkpoint });
      expect((await history).resumedAt).toBe(2);
      expect(seen.progress).toEqual([...halves(3, 6), [6, 2 ** 4]]);
      expect(seen.batch?.slice(-4)).toEqual(halves(2, 5));
      expect(numbersOf(w)).toEqual([2 ** 4]);
    });
  });

  it("reports progress and leaves no tensors behind", async () => {
    const reports: { step: number; secondsLeft: number; loss: number }[] = [];
    const run = setUp();
    await fit({ ...run.options, steps: 2 });
    const before = tf.memory().numTensors;
    await fit({ ...run.options, steps: 30, onProgress: report => reports.push(report) });
    expect(tf.memory().numTensors).toBe(before);
    expect(reports.at(-1)).toMatchObject({ step: 30, steps: 30, secondsLeft: 0 });
    expect(Number.isFinite(reports.at(-1)?.loss)).toBe(true);
  });

  it("refuses zero steps and a loss that is not one number", async () => {
    const { options } = setUp();
    await expect(fit({ ...options, steps: 0 })).rejects.toThrow(/steps must be a positive integer, but got 0/);
    const w = tf.variable(tf.ones([3]));
    await expect(
      fit({ parameters: { w }, optimizer: tf.train.sgd(1), loss: () => w.square(), steps: 1, random: new Random(1) }),
    ).rejects.toThrow(/loss must be one number, but got shape \[3\]/);
    expect(numbersOf(w)).toEqual([1, 1, 1]);
  });
});
