import { createHash } from "node:crypto";
import { mkdir, readFile } from "node:fs/promises";
import { dirname } from "node:path";
import { Float16Array } from "@petamoriken/float16";
import * as tf from "@tensorflow/tfjs";
import writeFileAtomic from "write-file-atomic";
import { type Parameters, parametersOf } from "../networks/index.ts";
import { assignTensors, splitTensorFile } from "./tensorFile.ts";

/** What a file of weights is known by. */
export interface WeightsFile {
  bytes: number;
  /** Of the whole file. */
  sha256: string;
}

interface Header {
  format: "lectern weights";
  version: 1;
  /** Names and shapes; each is stored as half precision. */
  weights: tf.io.WeightsManifestEntry[];
}

/**
 * θ, rounded to half precision (11 bits, 6e-5 to 65504), in the model as well as in the file `path`.
 *
 * Rounded in place, so that what is measured afterwards is what the file holds. A line of JSON with names and shapes,
 * then the numbers, two bytes each. Atomic.
 *
 * @throws RangeError where a parameter is not finite or exceeds 65504, naming it; nothing is rounded or written then
 */
export async function saveWeights(path: string, given: Parameters | tf.LayersModel): Promise<WeightsFile> {
  const parameters = parametersOf(given);
  const halves = Object.entries(parameters).map(([name, variable]) => ({ name, values: half(name, variable) }));
  const weights: tf.io.WeightsManifestEntry[] = halves.map(({ name }) => ({
    name,
    shape: (parameters[name] as tf.Variable).shape,
    dtype: "float32",
    quantization: { dtype: "float16", original_dtype: "float32" },
  }));
  for (const { name, values } of halves) {
    const variable = parameters[name] as tf.Variable;
    tf.tidy(() => variable.assign(tf.tensor(Float32Array.from(values), variable.shape)));
  }
  const header: Header = { format: "lectern weights", version: 1, weights };
  const parts = halves.map(({ values }) => new Uint8Array(values.buffer));
  const file = Buffer.concat([Buffer.from(`${JSON.stringify(header)}\n`), ...parts]);
  await mkdir(dirname(path), { recursive: true });
  await writeFileAtomic(path, file);
  return told(file);
}

/**
 * The weights of a file that `saveWeights` wrote, into a model of the same shape.
 *
 * @throws Error where the file is absent, is none, or is another than `expected`; or where a parameter has another shape
 */
export async function loadWeights(
  path: string,
  parameters: Parameters | tf.LayersModel,
  expected?: WeightsFile,
): Promise<void> {
  const file = await readFile(path).catch(cause => {
    throw new Error(`loadWeights: ${path} must exist, but got nothing; restore it from git.`, { cause });
  });
  const { sha256 } = told(file);
  if (expected !== undefined && sha256 !== expected.sha256) {
    throw new Error(
      `loadWeights: ${path} must have the sha256 ${expected.sha256}, but got ${sha256}; restore it from git.`,
    );
  }
  const words = { what: `loadWeights: ${path}`, remedy: "restore it from git" };
  const { header, body } = splitTensorFile<Header>(file, "lectern weights", words);
  const bytes = header.weights.reduce((sum, { shape }) => sum + 2 * tf.util.sizeFromShape(shape), 0);
  if (body.byteLength !== bytes) {
    throw new Error(
      `loadWeights: ${path} must hold ${bytes} bytes of numbers, but got ${body.byteLength}; restore it from git.`,
    );
  }
  const saved = tf.io.decodeWeights(body, header.weights);
  try {
    assignTensors(`loadWeights: ${path}:`, parametersOf(parameters), saved);
  } finally {
    tf.dispose(saved);
  }
}

function half(name: string, variable: tf.Variable): Float16Array {
  const values = Float16Array.from(variable.dataSync());
  const wrong = values.findIndex(value => !Number.isFinite(value));
  if (wrong >= 0) {
    throw new RangeError(
      `saveWeights: a weight must be finite and at most 65504, but got ${variable.dataSync()[wrong]} in ${name}; half precision holds no more.`,
    );
  }
  return values;
}

function told(file: Buffer): WeightsFile {
  return { bytes: file.length, sha256: createHash("sha256").update(file).digest("hex") };
}
