import * as tf from "@tensorflow/tfjs";

/** Makes the kernel that takes the place of the backend's own; of nothing, where the backend has none. */
export type Repair = (stock: tf.KernelFunc | undefined) => tf.KernelFunc;

/**
 * Registers a kernel in the place of the backend's own.
 *
 * Several repairs may lie over each other. One that is there already is left alone: `what` says which it is.
 */
export function replaceKernel(kernelName: string, backendName: string, what: object, repair: Repair): void {
  const stock = tf.getKernel(kernelName, backendName) as tf.KernelConfig | undefined;
  const there = repairs.get(stock?.kernelFunc ?? noKernel) ?? new Set<object>();
  if (there.has(what)) return;
  const own = repair(stock?.kernelFunc);
  // A function of its own, even where several kernels share one.
  const kernelFunc: tf.KernelFunc = call => own(call);
  repairs.set(kernelFunc, new Set([...there, what]));
  if (stock) tf.unregisterKernel(kernelName, backendName);
  tf.registerKernel({ ...stock, kernelName, backendName, kernelFunc });
}

/** Whether a backend has a kernel of ours in the place of its own. */
export function isReplaced(kernelName: string, backendName: string): boolean {
  return repairs.has(tf.getKernel(kernelName, backendName)?.kernelFunc ?? noKernel);
}

const repairs = new WeakMap<tf.KernelFunc, ReadonlySet<object>>();
const noKernel: tf.KernelFunc = () => [];
