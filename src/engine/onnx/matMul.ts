import { binary } from "./elementwise.ts";
import type { Value } from "./graph.ts";
import { reshape, transpose } from "./layout.ts";
import { reduce } from "./reduction.ts";
import { broadcastShape } from "./shapes.ts";

/** `op(A) op(B)` over the last two axes, where op may transpose; the axes before them broadcast. */
export function matMul(a: Value, b: Value, transposeA = false, transposeB = false): Value {
  const left = absorb(a, transposeA);
  const right = absorb(b, transposeB);
  const rows = left.matrix.shape.at(left.transposed ? -1 : -2) as number;
  const columns = right.matrix.shape.at(right.transposed ? -2 : -1) as number;
  const batch = broadcastShape(a.shape.slice(0, -2), b.shape.slice(0, -2));
  const length = left.matrix.shape.at(left.transposed ? -2 : -1) as number;
  if (rows === 1 && columns === 1 && length > LONG) {
    const [x, y] = [left, right].map(({ matrix }) => reshape(matrix, [...matrix.shape.slice(0, -2), length]));
    const products = binary("Mul", x as Value, y as Value);
    return reshape(reduce("ReduceSum", products, [products.shape.length - 1]), [...batch, 1, 1]);
  }
  const plain = !left.transposed && !right.transposed;
  // Gemm reads a transposed operand as it lies; it knows two axes only.
  if (!plain && left.matrix.shape.length === 2 && right.matrix.shape.length === 2) {
    const attributes = { transA: Number(left.transposed), transB: Number(right.transposed) };
    return a.graph.node("Gemm", [left.matrix, right.matrix], [rows, columns], "float32", attributes);
  }
  const operands = [left, right].map(({ matrix, transposed }) => (transposed ? swapLast(matrix) : matrix));
  return a.graph.node("MatMul", operands, [...batch, rows, columns], "float32");
}

/** Entries of two vectors whose product onnxruntime adds up well enough by itself. */
const LONG = 16_384;

interface Operand {
  matrix: Value;
  transposed: boolean;
}

/** A transposition of the last two axes goes into the product. */
function absorb(matrix: Value, transposed: boolean): Operand {
  const permutation = matrix.attributes.perm as readonly number[] | undefined;
  if (matrix.operator !== "Transpose" || permutation?.join() !== lastSwapped(permutation?.length ?? 0).join()) {
    return { matrix, transposed };
  }
  return { matrix: matrix.inputs[0] as Value, transposed: !transposed };
}

const swapLast = (matrix: Value): Value => transpose(matrix, lastSwapped(matrix.shape.length));

const lastSwapped = (rank: number): number[] => [...Array(Math.max(rank - 2, 0)).keys(), rank - 1, rank - 2];
