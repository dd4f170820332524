import * as tf from "@tensorflow/tfjs";
import { replaceKernel } from "../replaceKernel.ts";
import { runKernel } from "./gradient.ts";

type Tensor = tf.Tensor;
type Transpositions = { transposeA: boolean; transposeB: boolean };

/**
 * Products of matrices that the cpu and wasm backends have wrong.
 *
 * Both add up a row times a column in float32, one entry after the other, which loses the more digits the longer these
 * are: long ones are multiplied in blocks here, and the blocks added. cpu computes only part of a product whose
 * batches broadcast against each other, such as [2, 1] with [1, 3]; and wasm writes nothing where rows are empty, a
 * bias and an activation included. Calling it again does nothing.
 */
export function repairProducts(backendName: "cpu" | "wasm"): void {
  replaceKernel("BatchMatMul", backendName, repairProducts, stock => call => {
    const { a, b } = call.inputs as { a: Tensor; b: Tensor };
    const { transposeA, transposeB } = call.attrs as unknown as Transpositions;
    const [batchA, batchB] = [a.shape.slice(0, -2), b.shape.slice(0, -2)];
    const batch = tf.broadcast_util.assertAndGetBroadcastShape(batchA, batchB);
    const isWhole = (own: number[]) => own.join() === batch.join() || tf.util.sizeFromShape(own) === 1;
    if (backendName === "cpu" && !(isWhole(batchA) && isWhole(batchB))) {
      const repeated = (x: Tensor) => x.broadcastTo([...batch, ...x.shape.slice(-2)]);
      return tf.tidy(() => tf.matMul(repeated(a), repeated(b), transposeA, transposeB));
    }
    const length = a.shape.at(transposeA ? -2 : -1) as number;
    const isFloat = a.dtype === "float32" && b.dtype === "float32";
    if (!isFloat || length <= LONG || length !== b.shape.at(transposeB ? -1 : -2))
      return (stock as tf.KernelFunc)(call);
    if (a.size === length && b.size === length) {
      return tf.tidy(() =>
        a
          .flatten()
          .mul(b.flatten())
          .sum()
          .reshape([...batch, 1, 1]),
      );
    }
    return tf.tidy(() => {
      const blocks = Array.from({ length: Math.ceil(length / BLOCK) }, (_, i) => {
        const part = (x: Tensor, last: boolean) => partOf(x, x.rank - (last ? 1 : 2), i * BLOCK);
        return tf.matMul(part(a, !transposeA), part(b, transposeB), transposeA, transposeB);
      });
      return tf.stack(blocks).sum(0);
    });
  });
  replaceKernel("_FusedMatMul", backendName, repairProducts, stock => call => {
    const { a, b, ...others } = call.inputs as Record<string, Tensor>;
    const { transposeA, transposeB } = call.attrs as unknown as Transpositions;
    if (a?.shape.at(transposeA ? -2 : -1) !== 0 || b === undefined) return (stock as tf.KernelFunc)(call);
    return tf.tidy(() => {
      const zeros = (x: Tensor, kept: number, axis: number) =>
        tf.zeros(x.shape.with(-1, kept).with(-2, kept).with(axis, 1));
      const inputs = {
        ...others,
        a: zeros(a, a.shape.at(transposeA ? -1 : -2) as number, -1),
        b: zeros(b, b.shape.at(transposeB ? -2 : -1) as number, -2),
      };
      return runKernel("_FusedMatMul", inputs, { ...call.attrs, transposeA: false, transposeB: false });
    });
  });
}

/** Entries of a row that are multiplied and added at once, and how many are too many for that. */
const BLOCK = 2048;
const LONG = 16_384;

/** The entries of x from `begin` along an axis, as many as a block has. */
function partOf(x: Tensor, axis: number, begin: number): Tensor {
  const length = Math.min(BLOCK, (x.shape[axis] as number) - begin);
  return x.slice(
    x.shape.map((_, i) => (i === axis ? begin : 0)),
    x.shape.map((whole, i) => (i === axis ? length : whole)),
  );
}
