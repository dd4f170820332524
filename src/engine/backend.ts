import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import * as tf from "@tensorflow/tfjs";
import { repairCpuKernels } from "./cpuKernels.ts";
import { repairGradients } from "./gradients/repair.ts";
import { withoutListenersOf } from "./listeners.ts";
import { repairLearningRates } from "./optimizers.ts";
import { repairWasm } from "./repairWasm.ts";
import { supplyRemovedFunctions } from "./removedFunctions.ts";

/** The tensor backend that runs, and why it is this one. */
export interface Backend {
  name: "tensorflow" | "wasm" | "cpu";
  /** One sentence for people: what runs, and what was tried before it. */
  reason: string;
}

let chosen: Promise<Backend> | undefined;

/**
 * The fastest tfjs backend that works here: tfjs-node when it is installed, else wasm, else cpu.
 *
 * The first call starts it and repairs the gradients of tfjs; later calls return the same answer. Await it before
 * the first tensor: tensors made on one backend are slow on another.
 */
export function chooseBackend(): Promise<Backend> {
  chosen ??= firstThatStarts();
  return chosen;
}

// Tensors made before the choice live on the cpu backend, and move when they are first used on another. Set here so
// that its first use does not print advice to install tfjs-node, which reads like a fault. Gradients are right from
// the start: without a choice of backend a model still differentiates, and tfjs-core has no gradient of a comparison.
repairCpuKernels();
repairLearningRates();
if (!tf.getBackend()) {
  void tf.setBackend("cpu");
  (tf.backend() as { firstUse?: boolean }).firstUse = false;
}
repairGradients();

const require = createRequire(import.meta.url);

async function firstThatStarts(): Promise<Backend> {
  const failures: string[] = [];
  for (const { name, start, words } of candidates) {
    try {
      await start();
      repairGradients();
      return shown({ name, reason: [words, ...failures].join("; ") });
    } catch (error) {
      failures.push(`${name}: ${firstLine(error)}`);
    }
  }
  throw new Error(
    `chooseBackend: one of tensorflow, wasm and cpu must start, but got ${failures.join("; ")}; run npm ci again.`,
  );
}

/** A notebook shows the backend as one line, and a run report reads its name. */
function shown(backend: Backend): Backend {
  const bundle = {
    "application/vnd.lectern.backend+json": { name: backend.name },
    "text/plain": `tensor backend: ${backend.name} (${backend.reason.split("; ")[0]})`,
  };
  return Object.defineProperty(backend, Symbol.for("Jupyter.display"), { value: () => bundle });
}

const candidates: { name: Backend["name"]; words: string; start: () => Promise<void> }[] = [
  { name: "tensorflow", words: "tfjs-node, TensorFlow's native kernels", start: startTensorflow },
  { name: "wasm", words: "tfjs on WebAssembly", start: () => withoutListenersOf("tfjs-backend-wasm", startWasm) },
  { name: "cpu", words: "tfjs in plain JavaScript: slow, but the same numbers", start: startCpu },
];

async function startTensorflow(): Promise<void> {
  try {
    require.resolve("@tensorflow/tfjs-node/package.json");
  } catch {
    throw new Error("@tensorflow/tfjs-node is not installed (it is optional)");
  }
  supplyRemovedFunctions();
  // Otherwise TensorFlow greets on standard error, past everything that could collect it.
  process.env.TF_CPP_MIN_LOG_LEVEL ??= "1";
  require("@tensorflow/tfjs-node");
  await use("tensorflow");
}

async function startWasm(): Promise<void> {
  const { setWasmPaths } = await import("@tensorflow/tfjs-backend-wasm");
  setWasmPaths(join(dirname(require.resolve("@tensorflow/tfjs-backend-wasm/package.json")), "dist/"));
  await use("wasm");
  repairWasm();
}

async function startCpu(): Promise<void> {
  await use("cpu");
}

async function use(name: Backend["name"]): Promise<void> {
  if (!(await tf.setBackend(name))) throw new Error("it did not start");
  await tf.ready();
}

function firstLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split("\n")[0] ?? "";
}
