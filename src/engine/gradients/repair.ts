import * as tf from "@tensorflow/tfjs";
import { batchNormGradients } from "./batchNorm.ts";
import { constantGradients } from "./constant.ts";
import { convolutionGradients } from "./convolution.ts";
import { cumulativeGradients } from "./cumulative.ts";
import { einsumGradients } from "./einsum.ts";
import { elementwiseGradients } from "./elementwise.ts";
import { extremaGradients } from "./extrema.ts";
import { gatherGradients } from "./gather.ts";
import { completeKernels } from "./kernels.ts";
import { poolingGradients } from "./pooling.ts";
import { productGradients } from "./products.ts";
import { resizeGradients } from "./resize.ts";
import { sliceGradients } from "./slices.ts";
import { orderTape } from "./tape.ts";

/**
 * `∂y/∂x`, `∂²y/∂x²` and further, where tfjs-core has them wrong, refuses them, or has none.
 *
 * Three things: the tape is put in order, so that gradients that use a saved output can themselves be
 * differentiated; gradients are registered over tfjs-core's own; and the active backend gets the kernels that
 * gradients call and it lacks. Call it once the backend has started; calling it again does nothing, or, on another
 * backend, only the last.
 *
 * Left as they are: second derivatives of dilation2d and of localResponseNormalization, which throw; pools with a
 * padding in numbers, which throw on tfjs-node; batchNorm without scale or offset, which throws; fused.conv2d with a
 * dilation, which throws; and second derivatives of losses.softmaxCrossEntropy, or of any customGrad that saves
 * something between its inputs and its output, which are wrong: write such a loss with logSoftmax.
 */
export function repairGradients(): void {
  orderTape();
  for (const config of repairs) {
    if (tf.getGradient(config.kernelName) === config) continue;
    if (tf.getGradient(config.kernelName)) tf.unregisterGradient(config.kernelName);
    tf.registerGradient(config);
  }
  completeKernels(tf.getBackend());
}

/** Whether the gradient of a kernel is registered here. */
export const hasOwnGradient = (kernelName: string): boolean => repairs.some(config => config.kernelName === kernelName);

const repairs: tf.GradConfig[] = [
  ...batchNormGradients,
  ...constantGradients,
  ...convolutionGradients,
  ...cumulativeGradients,
  ...einsumGradients,
  ...elementwiseGradients,
  ...extremaGradients,
  ...gatherGradients,
  ...poolingGradients,
  ...productGradients,
  ...resizeGradients,
  ...sliceGradients,
];
