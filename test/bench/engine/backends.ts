import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { setWasmPaths } from "@tensorflow/tfjs-backend-wasm";
import * as tf from "@tensorflow/tfjs";
import { chooseBackend, repairGradients } from "../../../src/engine/index.ts";
import { repairWasm } from "../../../src/engine/repairWasm.ts";

const require = createRequire(import.meta.url);

/** Starts the tfjs backend of that name; for compiled steps, the one that lectern chooses. */
export async function startBackend(name: string): Promise<void> {
  if (name === "compiled") {
    await chooseBackend();
    return;
  }
  if (name === "tensorflow") require("@tensorflow/tfjs-node");
  if (name === "wasm")
    setWasmPaths(join(dirname(require.resolve("@tensorflow/tfjs-backend-wasm/package.json")), "dist/"));
  if (!(await tf.setBackend(name))) throw new Error(`the tfjs backend ${name} does not start`);
  await tf.ready();
  if (name === "wasm") repairWasm();
  repairGradients();
}
