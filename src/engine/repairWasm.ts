import { repairSums } from "./sums.ts";
import { repairWasmElementwise } from "./wasmElementwise.ts";
import { repairWasmKernels } from "./wasmKernels.ts";
import { repairWasmPools } from "./wasmPools.ts";

/** Repairs the kernels of the wasm backend that are slow or wrong. Once it is active; again does nothing. */
export function repairWasm(): void {
  repairWasmKernels();
  repairWasmElementwise();
  repairWasmPools();
  repairSums();
}
