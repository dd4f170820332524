import * as tf from "@tensorflow/tfjs";

/**
 * Calls `listener` before anybody reads, writes or frees the data of a variable.
 *
 * tfjs does each of these by the variable's `dataId`: operations, `dataSync` and `data`, `assign`, `dispose`, and all
 * that is made of them, such as a model's `save` and `fit`. A later listener takes the place of an earlier one.
 */
export function onTouch(variable: tf.Variable, listener: () => void): void {
  touchBeforeKernels();
  const before = listeners.get(variable);
  listeners.set(variable, listener);
  if (before !== undefined) return;
  let { dataId } = variable;
  const touch = (): void => listeners.get(variable)?.();
  Object.defineProperty(variable, "dataId", {
    configurable: true,
    enumerable: true,
    get: () => {
      touch();
      return dataId;
    },
    set: (next: object) => {
      touch();
      dataId = next;
    },
  });
}

const listeners = new WeakMap<tf.Tensor, () => void>();

/** What tfjs keeps to itself: each operation is run by this. */
interface Runner {
  runKernelFunc(call: { inputs: Readonly<Record<string, tf.Tensor | undefined>> }): unknown;
}

/**
 * Touches what a kernel is given before the kernel runs.
 *
 * A kernel in WebAssembly holds views of its memory, which a listener that makes tensors could move from under it.
 */
function touchBeforeKernels(): void {
  const engine = tf.engine() as unknown as Runner;
  if (patched === engine) return;
  patched = engine;
  const { runKernelFunc } = engine;
  engine.runKernelFunc = call => {
    for (const input of Object.values(call.inputs)) if (input != null) listeners.get(input)?.();
    return runKernelFunc.call(engine, call);
  };
}

let patched: Runner | undefined;
