import * as tf from "@tensorflow/tfjs";
import { replaceKernel } from "./replaceKernel.ts";
import type { WasmBackend } from "./wasmBackend.ts";

/**
 * `op(A) op(B)` on the wasm backend at the speed of its plain product, for every transposition and batch.
 *
 * The backend hands only one untransposed product of two matrices to its fast routine (XNNPACK); everything
 * else, and so nearly every gradient, runs in a naive loop about ten times slower. This replaces its two matrix
 * products, BatchMatMul and _FusedMatMul, by versions that first bring the operands into the fast form. They also
 * mend batch dimensions that broadcast against each other, such as [2, 1] with [1, 3], for which the backend
 * computes only part of the result.
 *
 * Call it after `await tf.ready()`, once the backend is wasm; calling it again does nothing.
 *
 * @throws Error where the active backend is not wasm: its kernels are set up only when it starts.
 */
export function repairWasmKernels(): void {
  const active = tf.getBackend();
  if (active !== "wasm") {
    throw new Error(
      `repairWasmKernels: the active backend must be wasm, but got ${active || "none"}; await tf.setBackend("wasm") first.`,
    );
  }
  for (const name of ["BatchMatMul", "_FusedMatMul"]) {
    replaceKernel(name, "wasm", repairWasmKernels, stock => fastProduct(stock as tf.KernelFunc));
  }
}

/**
 * Whether XNNPACK wins matrix by matrix in a batch. It packs every right operand anew, which costs as much as
 * some forty rows of the naive loop, and setting up a product costs as much as half a million multiplications.
 */
const worthPacking = (m: number, k: number, n: number): boolean => m >= 64 && m * k * n >= 1_000_000;

type Backend = WasmBackend & { disposeData(id: tf.DataId): boolean };
type Operands = { a: tf.TensorInfo; b: tf.TensorInfo; preluActivationWeights?: tf.TensorInfo };
type Attributes = { transposeA: boolean; transposeB: boolean };
type Product = (left: tf.TensorInfo, right: tf.TensorInfo) => tf.TensorInfo;

/** A matrix product that straightens its operands for `stock`, and leaves wrong ones to it for its message. */
function fastProduct(stock: tf.KernelFunc): tf.KernelFunc {
  return call => {
    const { a, b, ...others } = call.inputs as Operands;
    const { transposeA, transposeB } = call.attrs as unknown as Attributes;
    if (a.dtype !== "float32" || b.dtype !== "float32" || sizeOf(a, !transposeA) !== sizeOf(b, transposeB)) {
      return stock(call);
    }
    const scratch = new Scratch(call.backend as Backend);
    const product: Product = (left, right) =>
      stock({
        ...call,
        inputs: { ...others, a: left, b: right },
        attrs: { ...call.attrs, transposeA: false, transposeB: false },
      }) as tf.TensorInfo;

    const batch = tf.broadcast_util.assertAndGetBroadcastShape(batchOf(a), batchOf(b));
    const left = scratch.matrices(transposeA ? scratch.transpose(a) : a, batch);
    const right = scratch.matrices(transposeB ? scratch.transpose(b) : b, batch);
    const [, m, k] = left.shape as [number, number, number];
    const n = sizeOf(right, true);
    const count = tf.util.sizeFromShape(batch);

    let result: tf.TensorInfo;
    if (count === 1 || others.preluActivationWeights) {
      result = product(left, right);
    } else if (right.shape[0] === 1) {
      result = product(scratch.reshape(left, [1, count * m, k]), right);
    } else if (worthPacking(m, k, n)) {
      result = oneByOne(product, left, right, call.backend as Backend);
    } else {
      result = product(left, right);
    }
    scratch.release();
    return { ...result, shape: [...batch, m, n] };
  };
}

/** Each matrix of a batch by itself; an operand with a batch of one takes part in every product. */
function oneByOne(product: Product, left: tf.TensorInfo, right: tf.TensorInfo, backend: Backend): tf.TensorInfo {
  const count = right.shape[0] as number;
  const size = sizeOf(left, false) * sizeOf(right, true);
  const result = backend.makeOutput([count, sizeOf(left, false), sizeOf(right, true)], "float32");
  for (let i = 0; i < count; i++) {
    const scratch = new Scratch(backend);
    const part = scratch.keep(product(scratch.matrix(left, i), scratch.matrix(right, i)));
    // Both views are taken after every allocation: a growing heap detaches the earlier ones.
    backend.typedArrayFromHeap(result).set(backend.typedArrayFromHeap(part), i * size);
    scratch.release();
  }
  return result;
}

/** Intermediate tensors below tfjs's own bookkeeping, all disposed by `release`. */
class Scratch {
  readonly #kept: tf.TensorInfo[] = [];

  constructor(readonly backend: Backend) {}

  keep(tensor: tf.TensorInfo): tf.TensorInfo {
    this.#kept.push(tensor);
    return tensor;
  }

  release(): void {
    for (const { dataId } of this.#kept) this.backend.disposeData(dataId);
  }

  /** The last two axes swapped. */
  transpose(x: tf.TensorInfo): tf.TensorInfo {
    const rank = x.shape.length;
    const perm = [...Array(rank - 2).keys(), rank - 1, rank - 2];
    return this.#run("Transpose", x, { perm });
  }

  reshape(x: tf.TensorInfo, shape: number[]): tf.TensorInfo {
    return this.#run("Reshape", x, { shape });
  }

  /** x as [count, rows, columns], with count 1 or the size of `batch`, repeated where it must be. */
  matrices(x: tf.TensorInfo, batch: number[]): tf.TensorInfo {
    const last = x.shape.slice(-2);
    const own = batchOf(x);
    const padded = [...batch.map(() => 1).slice(own.length), ...own];
    const reps = batch.map((size, axis) => (padded[axis] === size ? 1 : size));
    const whole = tf.util.sizeFromShape(own) === 1 || reps.every(times => times === 1);
    const full = whole ? x : this.#run("Tile", this.reshape(x, [...padded, ...last]), { reps: [...reps, 1, 1] });
    return this.reshape(full, [tf.util.sizeFromShape(batchOf(full)), ...last]);
  }

  /** Matrix `index` of x [count, rows, columns] as [1, rows, columns]; the only one where count is 1. */
  matrix(x: tf.TensorInfo, index: number): tf.TensorInfo {
    if (x.shape[0] === 1) return x;
    return this.#run("Slice", x, { begin: [index, 0, 0], size: [1, ...x.shape.slice(1)] });
  }

  #run(name: string, x: tf.TensorInfo, attrs: tf.NamedAttrMap): tf.TensorInfo {
    const { kernelFunc } = tf.getKernel(name, "wasm");
    return this.keep(kernelFunc({ inputs: { x }, attrs, backend: this.backend }) as tf.TensorInfo);
  }
}

const batchOf = (x: tf.TensorInfo): number[] => x.shape.slice(0, -2);

/** The length of the last axis, or of the one before it. */
const sizeOf = (x: tf.TensorInfo, last: boolean): number => x.shape.at(last ? -1 : -2) as number;
