import * as tf from "@tensorflow/tfjs";
import { completeKernels } from "../gradients/kernels.ts";
import type { Value } from "../onnx/index.ts";
import { SymbolicBackend } from "./backend.ts";
import { placeIn, TraceError, withLongStacks } from "./errors.ts";
import type { Kernel } from "./kernel.ts";
import { kernels } from "./kernels/table.ts";
import type { Check, Recording } from "./recording.ts";

/** Whether tensors are symbols at this moment, whose values nobody can read. */
export function isTracing(): boolean {
  return tf.getBackend() === BACKEND;
}

const BACKEND = "trace";

/** The one symbolic backend of the process. */
export function symbolicBackend(): SymbolicBackend {
  const existing = tf.findBackend(BACKEND) as SymbolicBackend | null;
  if (existing !== null) return existing;
  const backend = new SymbolicBackend();
  tf.registerBackend(BACKEND, () => backend, 0);
  return backend;
}

let current: Recording | undefined;

/** Has the step that is traced look at the values of a tensor at every call, before it updates variables. */
export function checkAtEveryCall(tensor: tf.Tensor, assert: Check["assert"]): void {
  current?.check(tensor, assert);
}

/** Sends the kernels and constants of `body` to a recording, and says in our words which kernel is missing. */
export function withKernels<Result>(recording: Recording, body: () => Result): Result {
  const backend = symbolicBackend();
  registerKernels(backend);
  const before = tf.getBackend();
  const { state } = tf.engine();
  const { profiling } = state;
  if (tf.env().getBool("DEBUG")) {
    throw new TraceError(
      "compile: tfjs must not be in debug mode, which looks at the result of every operation, but got tf.enableDebugMode; leave it out",
    );
  }
  // Symbols take no time, and have no values to look at.
  state.profiling = false;
  void tf.setBackend(BACKEND);
  current = recording;
  backend.constant = (values, shape, dtype) => recording.constant(values, shape, dtype);
  try {
    return withLongStacks(body);
  } catch (error) {
    throw missingKernel(error) ?? error;
  } finally {
    current = undefined;
    void tf.setBackend(before);
    state.profiling = profiling;
  }
}

let registered = false;

function registerKernels(backend: SymbolicBackend): void {
  if (registered) return;
  registered = true;
  for (const [kernelName, kernel] of Object.entries(kernels)) {
    tf.registerKernel({ kernelName, backendName: BACKEND, kernelFunc: kernelFunc(kernelName, kernel, backend) });
  }
  // What is made of other kernels there, such as Einsum, is made of these here.
  completeKernels(BACKEND);
}

/** A kernel as tfjs calls it: values for the tensors that go in, symbols for the values that come out. */
function kernelFunc(name: string, kernel: Kernel, backend: SymbolicBackend): tf.KernelFunc {
  return ({ inputs, attrs }) => {
    const recording = current as Recording;
    const given = Object.entries(inputs).filter(([, input]) => input != null);
    const values = Object.fromEntries(given.map(([key, input]) => [key, recording.valueOf(input as tf.TensorInfo)]));
    const made = kernel(values, attrs ?? {}, recording.graph);
    recording.note({ kernel: name, attributes: attrs ?? {}, inputs: Object.values(values), outputs: [made].flat() });
    const symbol = (value: Value): tf.TensorInfo => {
      value.kernel ??= name;
      return { dataId: backend.make(value), shape: [...value.shape], dtype: value.dtype as tf.DataType };
    };
    return Array.isArray(made) ? made.map(symbol) : symbol(made);
  };
}

function missingKernel(error: unknown): TraceError | undefined {
  if (!(error instanceof Error)) return undefined;
  const [, name, backend] = /[Kk]ernel '(\w+)' (?:not registered )?for backend '(\w+)'/.exec(error.message) ?? [];
  if (backend !== BACKEND) return undefined;
  return new TraceError(
    `compile: kernel "${name}" must be one that compiled steps know, but got no entry for it in src/engine/trace/kernels${placeIn(error, ",")}; write it with others, or add one`,
  );
}
