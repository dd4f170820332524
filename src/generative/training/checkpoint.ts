import { mkdir, readFile, rename } from "node:fs/promises";
import { dirname } from "node:path";
import * as tf from "@tensorflow/tfjs";
import writeFileAtomic from "write-file-atomic";
import type { Random } from "../../engine/index.ts";
import { type Parameters, parametersOf } from "../networks/index.ts";
import { differences, type RunIdentity } from "./identify.ts";
import { optimizerState, restoreOptimizer } from "./optimizerState.ts";
import { assignTensors, splitTensorFile } from "./tensorFile.ts";

/** How far a run came. */
export interface Progress {
  /** What the run started from. */
  run: RunIdentity;
  /** Updates done. */
  step: number;
  finished: boolean;
  losses: number[];
}

/** All that changes while a model trains. */
export interface TrainingState {
  parameters: Parameters;
  optimizer: tf.Optimizer;
  random: Random;
}

interface Header extends Progress {
  format: "lectern checkpoint";
  version: 1;
  random: readonly number[];
  /** Of the parameters, then of the optimizer's own tensors. */
  weights: tf.io.WeightsManifestEntry[];
  optimizer: tf.io.WeightsManifestEntry[];
}

/**
 * Writes one file: a line of JSON (progress, random state, names and shapes), then the tensors as raw float32.
 *
 * Atomic: a kill in the middle of writing leaves the previous checkpoint whole.
 */
export async function saveCheckpoint(path: string, progress: Progress, state: TrainingState): Promise<void> {
  const weights = await tf.io.encodeWeights({ ...state.parameters });
  const own = await optimizerState(state.optimizer);
  const optimizer = await tf.io.encodeWeights(own);
  tf.dispose(own);
  const header: Header = {
    ...progress,
    format: "lectern checkpoint",
    version: 1,
    random: state.random.state,
    weights: weights.specs,
    optimizer: optimizer.specs,
  };
  const line = Buffer.from(`${JSON.stringify(header)}\n`);
  await mkdir(dirname(path), { recursive: true });
  await writeFileAtomic(path, Buffer.concat([line, Buffer.from(weights.data), Buffer.from(optimizer.data)]));
}

/**
 * Restores an unfinished run of that identity; undefined where the file is absent, finished, or of another run.
 *
 * @throws Error where the file is not a whole checkpoint
 */
export async function loadCheckpoint(
  path: string,
  run: RunIdentity,
  state: TrainingState,
): Promise<Progress | undefined> {
  const file = await read(path);
  if (file === undefined) return undefined;
  const { header, weights, optimizer } = file;
  if (header.finished || differences(run, header.run).length > 0) return undefined;
  assignTensors(`checkpoint ${path}:`, state.parameters, weights);
  await restoreOptimizer(state.optimizer, optimizer);
  tf.dispose([weights, optimizer]);
  state.random.state = header.random;
  return { run, step: header.step, finished: false, losses: header.losses };
}

/** The parameters of a checkpoint, into a model of the same shape: what a trained model is loaded with. */
export async function loadParameters(path: string, parameters: Parameters | tf.LayersModel): Promise<void> {
  const file = await read(path);
  if (file === undefined)
    throw new Error(`loadParameters: ${path} must exist, but got nothing; train with { checkpoint }.`);
  assignTensors(`checkpoint ${path}:`, parametersOf(parameters), file.weights);
  tf.dispose([file.weights, file.optimizer]);
}

/** Keeps an unfinished checkpoint that a new run is about to replace, as `<path>.previous`, and says why. */
export async function setAside(path: string, run: RunIdentity): Promise<void> {
  const file = await read(path);
  if (file === undefined) return;
  tf.dispose([file.weights, file.optimizer]);
  if (file.header.finished) return;
  await rename(path, `${path}.previous`);
  console.warn(
    `fit: a checkpoint must be of the same run to go on from it, but got another ${differences(run, file.header.run).join(", another ")} than in ${path}; that is kept as ${path}.previous, and training begins anew`,
  );
}

async function read(
  path: string,
): Promise<{ header: Header; weights: tf.NamedTensorMap; optimizer: tf.NamedTensorMap } | undefined> {
  let bytes: Buffer;
  try {
    bytes = await readFile(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
  const told = { what: `checkpoint ${path}:`, remedy: "remove it to start anew" };
  const { header, body } = splitTensorFile<Header>(bytes, "lectern checkpoint", told);
  const split = byteLength(header.weights);
  const expected = split + byteLength(header.optimizer);
  if (body.byteLength !== expected) {
    throw new Error(
      `checkpoint ${path}: must hold ${expected} bytes of tensors, but got ${body.byteLength}; remove it to start anew.`,
    );
  }
  return {
    header,
    weights: tf.io.decodeWeights(body.slice(0, split), header.weights),
    optimizer: tf.io.decodeWeights(body.slice(split), header.optimizer),
  };
}

/** Every tensor here is float32 or int32: four bytes an entry. */
function byteLength(specs: readonly tf.io.WeightsManifestEntry[]): number {
  return specs.reduce((sum, { shape }) => sum + 4 * shape.reduce((product, n) => product * n, 1), 0);
}
