import type * as tf from "@tensorflow/tfjs";
import type { Parameters } from "../networks/index.ts";

/** Training met a number that is not finite. */
export class TrainingError extends Error {
  override readonly name = "TrainingError";

  constructor(
    readonly step: number,
    /** The first tensor that is not finite: a parameter, the gradient of one, or the loss. */
    readonly tensor: string,
    value: number,
  ) {
    super(
      `fit: every number must be finite, but got ${value} in ${tensor} at step ${step}; parameters are as before that step: lower the learning rate or look at the data.`,
    );
  }
}

/**
 * Throws a TrainingError that names the first tensor with a NaN or an infinity, in the order in which one causes
 * the next: parameters, then the loss, then gradients. A finite loss with finite gradients passes.
 */
export function assertFinite(step: number, loss: number, parameters: Parameters, gradients: tf.NamedTensorMap): void {
  // What is not trained, such as a moving average, has this step's numbers already.
  const named = Object.entries(parameters).filter(([, { trainable }]) => trainable);
  if (!Number.isFinite(loss)) {
    for (const [name, variable] of named) assertTensor(step, name, variable);
    throw new TrainingError(step, "the loss", loss);
  }
  for (const [name, variable] of named) {
    const gradient = gradients[variable.name];
    if (gradient !== undefined) assertTensor(step, `the gradient of ${name}`, gradient);
  }
}

function assertTensor(step: number, name: string, tensor: tf.Tensor): void {
  const values = tensor.dataSync<"float32">();
  // A sum is finite unless an entry is not, or it overflows: the entries decide then.
  if (Number.isFinite(values.reduce((sum, value) => sum + value, 0))) return;
  const wrong = values.find(value => !Number.isFinite(value));
  if (wrong !== undefined) throw new TrainingError(step, name, wrong);
}
