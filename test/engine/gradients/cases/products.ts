import * as tf from "@tensorflow/tfjs";
import { type Case, of } from "./case.ts";

export const productCases: Case[] = [
  of("matMul", "2×3, 3×4", (a, b) => tf.matMul(a, b)),
  of("matMul, transposed a", "3×2, 3×4", (a, b) => tf.matMul(a, b, true)),
  of("matMul, transposed b", "2×3, 4×3", (a, b) => tf.matMul(a, b, false, true)),
  of("matMul, both transposed", "3×2, 4×3", (a, b) => tf.matMul(a, b, true, true)),
  of("matMul, a batch", "2×2×3, 2×3×2", (a, b) => tf.matMul(a, b)),
  of("matMul, a batch by a matrix", "2×2×3, 3×2", (a, b) => tf.matMul(a, b)),
  of("matMul, a batch by a transposed matrix", "2×2×3, 2×3", (a, b) => tf.matMul(a, b, false, true)),
  of("matMul, a matrix by a batch", "2×3, 2×3×2", (a, b) => tf.matMul(a, b)),
  of("matMul, batches that broadcast", "1×2×3, 3×3×2", (a, b) => tf.matMul(a, b)),
  of("matMul, transposed batches that broadcast", "2×3×3×2, 3×2×3", (a, b) => tf.matMul(a, b, true, true)),
  of("dot", "3, 3×2", (a, b) => tf.dot(a, b)),
  of("outerProduct", "3, 2", (a, b) => tf.outerProduct(a, b)),
  of("einsum ij,jk->ik", "2×3, 3×2", (a, b) => tf.einsum("ij,jk->ik", a, b)),
  of("einsum bij,bkj->bki", "2×2×3, 2×2×3", (a, b) => tf.einsum("bij,bkj->bki", a, b)),
  of("einsum i,j->ji", "2, 3", (a, b) => tf.einsum("i,j->ji", a, b)),
  of("einsum ij->ij", "2×3", x => tf.einsum("ij->ij", x.add(0))),
  of("einsum aijb,bkja->kbi", "2×3×2×2, 2×2×2×2", (a, b) => tf.einsum("aijb,bkja->kbi", a, b)),
  of("einsum ij->j", "2×3", x => tf.einsum("ij->j", x)),
  of("einsum ij->ji", "2×3", x => tf.einsum("ij->ji", x)),
  of("einsum ij,k->i", "2×3, 2", (a, b) => tf.einsum("ij,k->i", a, b)),
  of("einsum ij,ij->", "2×3, 2×3", (a, b) => tf.einsum("ij,ij->", a, b)),
  of("einsum ij,j->ij, size 1", "2×1, 1", (a, b) => tf.einsum("ij,j->ij", a, b)),
];
