import { chooseBackend, setLearningRate } from "../../engine/index.ts";
import { loadCheckpoint, type Progress, saveCheckpoint, setAside } from "./checkpoint.ts";
import { identifyRun } from "./identify.ts";
import { type ProgressReport, ProgressReporter } from "./progress.ts";
import { type StepOptions, type TrainingData, TrainingStep } from "./step.ts";

export interface FitOptions<Data extends TrainingData = undefined> extends StepOptions<Data> {
  /** Optimizer updates in all. */
  steps: number;
  /** The learning rate of each step, where it is not to stay what the optimizer was made with. */
  learningRate?: (step: number) => number;
  /** A file to save to now and then. A run that was cut off goes on from it when it is started again unchanged. */
  checkpoint?: string;
  /** Seconds between saves. */
  checkpointSeconds?: number;
  /** Stops training between two steps, after a save. By default the one a notebook's interrupt aborts. */
  signal?: AbortSignal;
  /** Called a few times a second. */
  onProgress?: (report: ProgressReport) => void;
}

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
 * numbers as a run that was never cut off. A checkpoint of a different run is set aside as `<file>.previous`.
 *
 * @throws TrainingError when the loss or a gradient is not finite, naming the step and the tensor; parameters and
 * checkpoint stay as they were before that step. The signal's reason when it aborts.
 */
export async function fit<Data extends TrainingData = undefined>(options: FitOptions<Data>): Promise<History> {
  const { parameters, optimizer, batch, loss, steps, random, checkpoint, checkpointSeconds = 30 } = options;
  if (!Number.isInteger(steps) || steps < 1) {
    throw new RangeError(`fit: steps must be a positive integer, but got ${steps}; it counts optimizer updates.`);
  }
  await chooseBackend();
  const signal = options.signal ?? interruptSignal();
  const run = checkpoint === undefined ? "" : await identifyRun({ parameters, optimizer, batch, loss, steps, random });
  const progress: Progress = { run, step: 0, finished: false, losses: [] };
  if (checkpoint !== undefined) {
    const restored = await loadCheckpoint(checkpoint, run, { parameters, optimizer, random });
    if (restored === undefined) await setAside(checkpoint);
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
      if (options.learningRate !== undefined) setLearningRate(optimizer, options.learningRate(progress.step));
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
