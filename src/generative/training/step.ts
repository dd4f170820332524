import * as tf from "@tensorflow/tfjs";
import { type Compiled, compile, inWords, isTracing, layersDrawFrom, type Random } from "../../engine/index.ts";
import type { Parameters } from "../networks/index.ts";
import { assertData } from "./check.ts";
import { assertFinite } from "./finite.ts";
import type { Named, StepOptions, TrainingData } from "./options.ts";

/** The loss before the update, and a sum over the gradients that is not finite where one of them is not. */
type Outcome = { loss: tf.Tensor; gradients: tf.Tensor };

/** `θ ← optimizer(θ, ∇_θ loss)`, compiled where that is wanted and possible. */
export class TrainingStep<Data extends TrainingData> {
  private readonly compiled: Compiled<[Data, Random], Outcome> | undefined;
  private step = 0;

  constructor(private readonly options: Named<StepOptions<Data>>) {
    const { optimizer, compiled = true } = options;
    const update = (batch: Data, random: Random) => this.update(batch, random);
    this.compiled = compiled ? compile(update, { optimizer, accept: allFinite, name: "fit" }) : undefined;
  }

  /**
   * Takes step number `step` and returns the loss before it.
   *
   * @throws TrainingError where a number is not finite; parameters stay as they were
   */
  run(step: number): number {
    this.step = step;
    const { batch, random } = this.options;
    return tf.tidy(() => {
      const data = batch?.(step) as Data;
      assertData(data);
      const before = random.state;
      let outcome = this.compiled ? this.compiled(data, random) : this.eagerly(data, random);
      if (!allFinite(outcome)) {
        // The graph has left the parameters alone. Taken again eagerly, the step can say which tensor is at fault.
        this.sync();
        random.state = before;
        outcome = this.eagerly(data, random);
      }
      return numberIn(outcome.loss);
    });
  }

  /** Brings parameters and optimizer up to date with the steps taken. */
  sync(): void {
    this.compiled?.sync();
  }

  /** @throws TraceError where a number changed unnoticed, so that the steps taken are not the ones that were meant */
  assertUnchanged(): void {
    this.compiled?.assertUnchanged();
  }

  dispose(): void {
    this.compiled?.dispose();
  }

  /** What is not trained, such as a moving average, changes before it shows whether the loss is finite. */
  private eagerly(batch: Data, random: Random): Outcome {
    const kept = Object.values(this.options.parameters).filter(({ trainable }) => !trainable);
    const before = kept.map(variable => variable.clone());
    try {
      return layersDrawFrom(random, () => this.update(batch, random));
    } catch (error) {
      for (const [i, variable] of kept.entries()) variable.assign(before[i] as tf.Tensor);
      throw error;
    }
  }

  private update(batch: Data, random: Random): Outcome {
    const { optimizer, parameters, loss, clipNorm } = this.options;
    const trained = Object.values(parameters).filter(({ trainable }) => trainable);
    const { value, grads } = connected(parameters, () =>
      optimizer.computeGradients(() => scalar(loss(batch, random)), trained),
    );
    if (!isTracing()) assertFinite(this.step, numberIn(value), parameters, grads);
    optimizer.applyGradients(clipNorm === undefined ? grads : clipped(grads, clipNorm));
    const sums = isTracing() ? Object.values(grads).map(gradient => gradient.sum()) : [value];
    return { loss: value, gradients: tf.addN(sums) };
  }
}

const allFinite = ({ loss, gradients }: Outcome): boolean =>
  Number.isFinite(numberIn(loss)) && Number.isFinite(numberIn(gradients));

const numberIn = (tensor: tf.Tensor): number => tensor.dataSync()[0] as number;

/** `∇ · min(1, c / ‖∇‖)`, the norm that of all tensors together. Pascanu, Mikolov & Bengio, 2013, algorithm 1. */
function clipped(gradients: tf.NamedTensorMap, c: number): tf.NamedTensorMap {
  const norm = tf.addN(Object.values(gradients).map(gradient => gradient.square().sum())).sqrt();
  const factor = tf.div(c, norm.maximum(c));
  return Object.fromEntries(Object.entries(gradients).map(([name, gradient]) => [name, gradient.mul(factor)]));
}

/** In our words, where tfjs finds no way from the loss back to the parameters. */
function connected<Result>(parameters: Parameters, compute: () => Result): Result {
  try {
    return compute();
  } catch (error) {
    if (!(error instanceof Error) || !error.message.startsWith("Cannot find a connection")) throw error;
    throw new TypeError(
      `fit: loss must be computed from the parameters, but got one that does not depend on ${Object.keys(parameters).join(", ")}; train what it depends on.`,
      { cause: error },
    );
  }
}

function scalar(loss: tf.Tensor): tf.Scalar {
  if (!(loss instanceof tf.Tensor)) {
    throw new TypeError(
      `fit: loss must return a tensor of one number, but got ${inWords(loss)}; compute it from the parameters by operations of tfjs, without await.`,
    );
  }
  if (loss.size !== 1) {
    throw new RangeError(`fit: loss must be one number, but got shape [${loss.shape}]; take its mean over the batch.`);
  }
  return loss.asScalar();
}
