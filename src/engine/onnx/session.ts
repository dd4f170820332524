import { createRequire } from "node:module";
import type { DataType } from "./graph.ts";
import type { Model } from "./model.ts";

/** Memory that a session reads its inputs from and writes its outputs to. */
export interface Slot {
  dtype: DataType;
  shape: readonly number[];
  data: Float32Array | Int32Array | Uint8Array;
}

/** A model, ready to run. */
export interface Session {
  /** Reads the inputs and writes the outputs where they lie: nothing is copied or allocated. */
  run(inputs: Bindings, outputs: Bindings): void;
  dispose(): void;
}

/** Slots by their names in the model, prepared once. */
export type Bindings = Readonly<Record<string, unknown>>;

/**
 * onnxruntime-node on the CPU.
 *
 * Its public `InferenceSession.run` is asynchronous and so cannot stand in for a tfjs step, which is not; the
 * native binding below it is synchronous. That binding is internal, hence the exact version in package.json.
 */
export interface Runtime {
  bind(slots: Iterable<readonly [string, Slot]>): Bindings;
  load(model: Model, options: { threads: number }): Session;
}

/** The runtime, or the reason why there is none. */
export function loadRuntime(): Runtime | string {
  loaded ??= load();
  return loaded;
}

let loaded: Runtime | string | undefined;

/** What goes wrong is thrown, and need not be printed as well. */
const FATAL = 4;

interface NativeSession {
  loadModel(buffer: ArrayBufferLike, offset: number, length: number, options: object): void;
  run(inputs: Bindings, outputs: Bindings, options: object): void;
  dispose(): void;
}

function load(): Runtime | string {
  const require = createRequire(import.meta.url);
  let native: { binding: { InferenceSession: new () => NativeSession }; initOrt: () => void };
  let Tensor: new (dtype: string, data: unknown, shape: readonly number[]) => unknown;
  try {
    require.resolve("onnxruntime-node/package.json");
  } catch {
    return "onnxruntime-node is not installed (it is optional)";
  }
  try {
    ({ Tensor } = require("onnxruntime-node"));
    native = require("onnxruntime-node/dist/binding");
    native.initOrt();
  } catch (error) {
    return `onnxruntime-node does not start: ${String(error).split("\n")[0]}`;
  }
  return {
    bind: slots =>
      Object.fromEntries([...slots].map(([name, { dtype, data, shape }]) => [name, new Tensor(dtype, data, shape)])),
    load({ bytes }, { threads }) {
      const session = new native.binding.InferenceSession();
      session.loadModel(bytes.buffer, bytes.byteOffset, bytes.byteLength, {
        executionProviders: ["cpu"],
        intraOpNumThreads: threads,
        interOpNumThreads: 1,
        executionMode: "sequential",
        graphOptimizationLevel: "all",
        logSeverityLevel: FATAL,
        // Numbers below 1e-38 are some hundred times slower than others. It counts on the first session of a process.
        extra: { session: { set_denormal_as_zero: "1" } },
      });
      return {
        run: (inputs, outputs) => session.run(inputs, outputs, { logSeverityLevel: FATAL }),
        dispose: () => session.dispose(),
      };
    },
  };
}
