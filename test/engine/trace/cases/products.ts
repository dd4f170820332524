import * as tf from "@tensorflow/tfjs";
import { type KernelCase, of, type Shapes, type Tensor } from "./case.ts";

/** Matrices [.., n, m] and [.., m, p], in a batch or not, to be transposed as asked. */
function matrices(s: Shapes, transposeA: boolean, transposeB: boolean): [Tensor, Tensor] {
  const [n, m, p] = s.shape(3) as [number, number, number];
  const [a, b] = [transposeA ? [m, n] : [n, m], transposeB ? [p, m] : [m, p]];
  const batch = s.length();
  const [before, beforeOther] = s.pick([[], []], [[batch], [batch]], [[1], [batch]], [[batch], []], [[batch, 2], [2]]);
  return [s.floats([...before, ...a]), s.floats([...beforeOther, ...b])];
}

const equations: [equation: string, a: string, b?: string][] = [
  ["ij,jk->ik", "ij", "jk"],
  ["bij,bkj->bki", "bij", "bkj"],
  ["i,j->ji", "i", "j"],
  ["ij,k->i", "ij", "k"],
  ["ij,ij->", "ij", "ij"],
  ["aijb,bkja->kbi", "aijb", "bkja"],
  ["ijk->ki", "ijk"],
];

export const productCases: KernelCase[] = [
  of("BatchMatMul", s => {
    const [transposeA, transposeB] = [s.pick(true, false), s.pick(true, false)];
    const f = (a: Tensor, b: Tensor) => tf.matMul(a, b, transposeA, transposeB);
    return { f, inputs: matrices(s, transposeA, transposeB) };
  }),
  of("_FusedMatMul", s => {
    const [a, b] = [s.shape(2), s.length()];
    const activation = s.pick("relu", "sigmoid", "linear") as "relu";
    return {
      f: (x: Tensor, w: Tensor, bias: Tensor) => tf.fused.matMul({ a: x, b: w, bias, activation }),
      inputs: [s.floats(a), s.floats([a[1] as number, b]), s.floats([b])],
    };
  }),
  of("Einsum", s => {
    const [equation, ...terms] = s.pick(...equations);
    const letters = [...new Set([...equation].filter(letter => /[a-z]/.test(letter)))];
    const lengths = new Map(s.shape(letters.length).map((length, i) => [letters[i], length]));
    const shapes = terms.map(term => [...(term as string)].map(letter => lengths.get(letter) as number));
    return { f: (...x: Tensor[]) => tf.einsum(equation, ...x), inputs: shapes.map(shape => s.floats(shape)) };
  }),
];
