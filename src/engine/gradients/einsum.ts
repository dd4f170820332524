import * as tf from "@tensorflow/tfjs";

type Tensor = tf.Tensor;

/** A tensor, and one letter for each of its axes. */
interface Labelled {
  labels: string[];
  x: Tensor;
}

/**
 * `dA = einsum(dY, B)`, with the labels of the equation exchanged: of `ij,jk->ik` it is `ik,jk->ij`.
 *
 * Along a label that A alone has, and which was therefore summed, dA repeats.
 */
export const einsumGradients: tf.GradConfig[] = [
  {
    kernelName: "Einsum",
    saveAllInputs: true,
    gradFunc: (dy, saved, attributes) => {
      const { operands, output } = parsed((attributes as unknown as { equation: string }).equation, saved);
      return Object.fromEntries(
        operands.map(({ labels, x }, i) => [
          i,
          () => {
            const others = [{ labels: output, x: dy as Tensor }, ...operands.filter((_, j) => j !== i)];
            const shared = labels.filter(label => others.some(other => other.labels.includes(label)));
            const sum = contracted(others, shared);
            return sum
              .reshape(x.shape.map((n, axis) => (shared.includes(labels[axis] as string) ? n : 1)))
              .mul(tf.onesLike(x));
          },
        ]),
      );
    },
  },
];

/** `Y = Σ A B`, by the letters of an equation, as one batched product of matrices; or of one tensor, its sums. */
export function einsum(equation: string, tensors: Tensor[]): Tensor {
  const { allDims, idDims } = tf.backend_util.decodeEinsumEquation(equation, tensors.length);
  tf.backend_util.checkEinsumDimSizes(allDims.length, idDims, tensors);
  const { operands, output } = parsed(equation, tensors);
  return contracted(operands, output);
}

function parsed(equation: string, tensors: Tensor[]): { operands: Labelled[]; output: string[] } {
  const [terms = "", output = ""] = equation.replace(/\s/g, "").split("->");
  const operands = terms.split(",").map((term, i) => ({ labels: [...term], x: tensors[i] as Tensor }));
  return { operands, output: [...output] };
}

function contracted(operands: Labelled[], output: string[]): Tensor {
  const [a, b] = operands.map(({ labels, x }, i) => {
    const elsewhere = [output, ...operands.filter((_, j) => j !== i).map(other => other.labels)].flat();
    const alone = labels.flatMap((label, axis) => (elsewhere.includes(label) ? [] : [axis]));
    return { labels: labels.filter(label => elsewhere.includes(label)), x: alone.length > 0 ? x.sum(alone) : x };
  }) as [Labelled, Labelled?];
  return ordered(b ? product(a, b, output) : a, output);
}

/** The operands as [batch, rows, summed] and [batch, summed, columns], where both have batch and summed. */
function product(a: Labelled, b: Labelled, output: string[]): Labelled {
  const both = a.labels.filter(label => b.labels.includes(label));
  const batch = both.filter(label => output.includes(label));
  const summed = both.filter(label => !output.includes(label));
  const rows = a.labels.filter(label => !both.includes(label));
  const columns = b.labels.filter(label => !both.includes(label));
  const sizes = new Map(
    [a, b].flatMap(({ labels, x }) => labels.map((label, axis) => [label, x.shape[axis] as number])),
  );
  const shape = (labels: string[]) => labels.map(label => sizes.get(label) as number);
  const size = (labels: string[]) => tf.util.sizeFromShape(shape(labels));

  const left = ordered(a, [...batch, ...rows, ...summed]).reshape([size(batch), size(rows), size(summed)]);
  const right = ordered(b, [...batch, ...summed, ...columns]).reshape([size(batch), size(summed), size(columns)]);
  const labels = [...batch, ...rows, ...columns];
  return { labels, x: tf.matMul(left, right).reshape(shape(labels)) };
}

function ordered({ labels, x }: Labelled, order: string[]): Tensor {
  return order.join() === labels.join() ? x : x.transpose(order.map(label => labels.indexOf(label)));
}
