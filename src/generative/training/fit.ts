import { chooseBackend, setLearningRate } from "../../engine/index.ts";
import { parametersOf } from "../networks/index.ts";
import { loadCheckpoint, type Progress, saveCheckpoint, setAside } from "./checkpoint.ts";
import { assertOptions, assertRate } from "./check.ts";
import { identifyRun } from "./identify.ts";
import type { FitOptions, TrainingData } from "./options.ts";
import { ProgressReporter } from "./progress.ts";
import { TrainingStep } from "./step.ts";

/** What training came to. */
export interface History {
  /** The loss of every step, before its update. */
  losses: number[];
  /** The step that this call began with: above 0 where it went on from a checkpoint. */
  resumedAt: number;
  /** Wall time of this call. */
  seconds: number;
  stepsPerSecond: number;
}

/**
 * `θ ← optimizer(θ, ∇_θ loss)`, `steps` times.
 *
 * Reports loss, steps a second and time left; stops on an AbortSignal; goes on from a checkpoint to the same
 * numbers as a run that was never cut off. A checkpoint of a different run is set aside as `<file>.previous`, and a
 * warning says what differs.
 *
 * @throws TrainingError when the loss or a gradient is not finite, naming the step and the tensor; RangeError when
 * the learning rate is not, or is negative. Parameters and checkpoint stay as they were before that step. TraceError
 * where `loss` changed from what was compiled and only a last look noticed it. The signal's reason when it aborts.
 */
export async function fit<Data extends TrainingData = undefined>(given: FitOptions<Data>): Promise<History> {
  const options = { ...given, parameters: parametersOf(given.parameters) };
  const { parameters, optimizer, steps, random, checkpoint, checkpointSeconds = 30 } = options;
  assertOptions(options);
  await chooseBackend();
  const signal = options.signal ?? interruptSignal();
  const run = checkpoint === undefined ? {} : identifyRun(options);
  const progress: Progress = { run, step: 0, finished: false, losses: [] };
  if (checkpoint !== undefined) {
    const restored = await loadCheckpoint(checkpoint, run, { parameters, optimizer, random });
    if (restored === undefined) await setAside(checkpoint, run);
    else Object.assign(progress, restored);
  }
  const step = new TrainingStep(options);
  const save = async () => {
    step.sync();
    if (checkpoint !== undefined) await saveCheckpoint(checkpoint, progress, { parameters, optimizer, random });
  };
  const resumedAt = progress.step;
  const reporter = new ProgressReporter(steps, resumedAt, options.onProgress);
  let saved = performance.now();

  try {
    for (; progress.step < steps; progress.step++) {
      if (signal?.aborted) {
        await save();
        signal.throwIfAborted();
      }
      if (options.learningRate !== undefined) {
        const rate = options.learningRate(progress.step);
        assertRate(rate, `learningRate(${progress.step})`);
        setLearningRate(optimizer, rate);
      }
      const loss = step.run(progress.step);
      progress.losses.push(loss);
      if (reporter.due()) {
        reporter.report(progress.step + 1, loss);
        if (performance.now() - saved > checkpointSeconds * 1000) {
          progress.step++;
          await save();
          progress.step--;
          saved = performance.now();
        }
        // Lets interrupts and timers in.
        await new Promise(resolve => setImmediate(resolve));
      }
    }
    step.assertUnchanged();
    progress.finished = true;
    await save();
  } finally {
    step.dispose();
  }
  reporter.report(steps, progress.losses.at(-1) as number);
  return { losses: progress.losses, resumedAt, ...reporter.summary() };
}

/** The kernel offers the signal of the running cell under a well-known symbol, so that neither imports the other. */
function interruptSignal(): AbortSignal | undefined {
  return (globalThis as Record<symbol, unknown>)[Symbol.for("lectern.abortSignal")] as AbortSignal | undefined;
}
