import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { findPython } from "../../support/python.ts";
import type { Engine } from "./engine.ts";

/** What is here to be measured, lectern first, and sentences on what is not. */
export function findEngines(
  folder: string,
  wanted: readonly string[] | undefined,
): { engines: Engine[]; lacks: string[] } {
  const engines: Engine[] = [];
  const lacks: string[] = [];
  for (const [key, find] of Object.entries(finders)) {
    if (wanted !== undefined && !wanted.includes(key)) continue;
    const found = find(folder);
    if (typeof found === "string") lacks.push(found);
    else engines.push(found);
  }
  return { engines, lacks };
}

const path = (name: string): string => fileURLToPath(new URL(name, import.meta.url));

const tfjs =
  (name: string, backend: string) =>
  (folder: string): Engine => ({
    name,
    command: [process.execPath, "--no-warnings", "--loader", "ts-node/esm", path("worker.ts"), backend, folder],
  });

const python =
  (name: string, module: string) =>
  (folder: string): Engine | string => {
    const found = findPython([module, "numpy"], "test/bench/engine/peers/requirements.txt");
    if (found.path === undefined) return `${name}: there is ${found.lacks}`;
    return { name, command: [found.path, "-B", path(`peers/with_${module}.py`), folder] };
  };

const finders: Readonly<Record<string, (folder: string) => Engine | string>> = {
  compiled: tfjs("lectern, compiled", "compiled"),
  torch: python("PyTorch eager, fused Adam", "torch"),
  jax: python("JAX jit", "jax"),
  tensorflow: folder => {
    try {
      createRequire(import.meta.url).resolve("@tensorflow/tfjs-node/package.json");
    } catch {
      return "tfjs-node: it is not installed; npm run install:tfjs-node";
    }
    return tfjs("tfjs-node eager", "tensorflow")(folder);
  },
  wasm: tfjs("tfjs wasm eager, our kernels", "wasm"),
  cpu: tfjs("tfjs cpu eager", "cpu"),
};

/** The names by which the command line chooses. */
export const engineNames = Object.keys(finders);
