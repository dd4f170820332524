import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import * as tf from "@tensorflow/tfjs";
import { setWasmPaths } from "@tensorflow/tfjs-backend-wasm";
import { repairGradients } from "../../../src/engine/gradients/repair.ts";
import { supplyRemovedFunctions } from "../../../src/engine/removedFunctions.ts";
import { repairWasm } from "../../../src/engine/repairWasm.ts";

const require = createRequire(import.meta.url);

/** The tensor backends that start on this machine. */
export const backends: string[] = [];
for (const name of ["cpu", "wasm", "tensorflow"]) if (await use(name)) backends.push(name);

/** The backend of that name, as it comes; false where it does not start. */
export async function use(name: string): Promise<boolean> {
  if (name === "wasm")
    setWasmPaths(join(dirname(require.resolve("@tensorflow/tfjs-backend-wasm/package.json")), "dist/"));
  try {
    if (name === "tensorflow") {
      supplyRemovedFunctions();
      require("@tensorflow/tfjs-node");
    }
    if (!(await tf.setBackend(name))) return false;
  } catch {
    return false;
  }
  if (name === "cpu") (tf.backend() as { firstUse?: boolean }).firstUse = false;
  await tf.ready();
  return true;
}

/** The backend of that name as lectern uses it. */
export async function useRepaired(name: string): Promise<void> {
  await use(name);
  if (name === "wasm") repairWasm();
  repairGradients();
}
