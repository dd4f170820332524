import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as tf from "@tensorflow/tfjs";
import { Random } from "../../../src/engine/index.ts";
import { type Workload, workloads } from "./workloads.ts";

/** What all engines start a workload from. */
export interface Arrays {
  parameters: readonly tf.Tensor[];
  batch: tf.Tensor;
  noise?: tf.Tensor;
}

/** Writes for each workload its shapes, in `workloads.json`, and its numbers one after another, in `LETTER.bin`. */
export function writeArrays(folder: string): void {
  const shapes = Object.entries(workloads).map(([letter, { parameters, batch, noise, trained }]) => {
    return [letter, { parameters, batch, noise: noise ?? null, trained }] as const;
  });
  writeFileSync(join(folder, "workloads.json"), JSON.stringify(Object.fromEntries(shapes)));
  for (const [letter, workload] of Object.entries(workloads)) {
    const { parameters, batch, noise } = drawArrays(workload);
    const all = [...parameters, batch, ...(noise ? [noise] : [])];
    writeFileSync(join(folder, `${letter}.bin`), Buffer.concat(all.map(bytesOf)));
  }
}

/** The same numbers as `drawArrays` gave. */
export function readArrays(folder: string, letter: string): Arrays {
  const { buffer, byteOffset } = readFileSync(join(folder, `${letter}.bin`));
  let at = byteOffset;
  return arraysOf(workloads[letter] as Workload, shape => {
    const size = tf.util.sizeFromShape([...shape]);
    const values = new Float32Array(buffer.slice(at, at + size * Float32Array.BYTES_PER_ELEMENT));
    at += values.byteLength;
    return tf.tensor(values, [...shape]);
  });
}

/** Weights of variance 1 / fan-in, biases 0, a batch and noise: the same at every call. */
export function drawArrays(workload: Workload): Arrays {
  const random = new Random(1);
  return arraysOf(workload, (shape, role) => {
    if (role === "noise") return random.normal(shape);
    if (role === "batch") return workload.data === "normal" ? random.normal(shape) : binary(random, shape);
    if (shape.length === 1) return tf.zeros([...shape]);
    return tf.tidy(() => random.normal(shape).div(Math.sqrt(tf.util.sizeFromShape(shape.slice(0, -1)))));
  });
}

const binary = (random: Random, shape: readonly number[]): tf.Tensor => random.bernoulli(tf.fill([...shape], 0.3));

function arraysOf(
  { parameters, batch, noise }: Workload,
  make: (shape: readonly number[], role: "parameter" | "batch" | "noise") => tf.Tensor,
): Arrays {
  return {
    parameters: parameters.map(shape => make(shape, "parameter")),
    batch: make(batch, "batch"),
    ...(noise && { noise: make(noise, "noise") }),
  };
}

/** A cast from bool leaves bytes behind on the cpu backend, whatever the type of the tensor says. */
const bytesOf = (tensor: tf.Tensor): Uint8Array => new Uint8Array(Float32Array.from(tensor.dataSync()).buffer);
