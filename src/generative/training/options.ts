import type * as tf from "@tensorflow/tfjs";
import type { Random } from "../../engine/index.ts";
import type { Parameters } from "../networks/index.ts";
import type { ProgressReport } from "./progress.ts";

/** What a loss is computed from: a tensor, or several by name. */
export type TrainingData = tf.Tensor | Readonly<Record<string, tf.Tensor>> | undefined;

export interface StepOptions<Data extends TrainingData> {
  /** What is trained, by name; or a model of `tf.layers`, of which what is not trained goes to checkpoints too. */
  parameters: Parameters | tf.LayersModel;
  optimizer: tf.Optimizer;
  /** The data of step 0, 1, 2, …, a function of the step alone: a tensor or several by name, always of the same shapes. */
  batch?: (step: number) => Data;
  /** The number to make small, averaged over the batch; a scalar, in nats for a likelihood. */
  loss: (batch: Data, random: Random) => tf.Tensor;
  /** Handed to `loss`, and what layers of `tf.layers` draw from there; its state is part of the checkpoint. */
  random: Random;
  /** Where the norm of the whole gradient is above it, the gradient is scaled down to it: one wild batch does less harm. */
  clipNorm?: number;
  /**
   * Whether steps run as one compiled graph, by default yes: the same numbers, several times sooner. What JavaScript
   * does in `loss` then happens only while it is compiled, so all that changes must come from `batch` and `random`.
   */
  compiled?: boolean;
}

/** With what is trained by name. */
export type Named<Options> = Omit<Options, "parameters"> & { parameters: Parameters };

export interface FitOptions<Data extends TrainingData = undefined> extends StepOptions<Data> {
  /** Optimizer updates in all. */
  steps: number;
  /** The learning rate of each step, where it is not to stay what the optimizer was made with. */
  learningRate?: (step: number) => number;
  /**
   * A file to save to now and then. A run that was cut off goes on from it when it is started again unchanged. To tell,
   * `batch(0)` and `learningRate` are called before training.
   */
  checkpoint?: string;
  /** Seconds between saves. */
  checkpointSeconds?: number;
  /** Stops training between two steps, after a save. By default the one a notebook's interrupt aborts. */
  signal?: AbortSignal;
  /** Called a few times a second. */
  onProgress?: (report: ProgressReport) => void;
}
