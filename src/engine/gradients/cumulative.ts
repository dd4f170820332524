import * as tf from "@tensorflow/tfjs";
import { gradient } from "./gradient.ts";

type Cumulative = { axis: number; exclusive: boolean; reverse: boolean };

/** `dx = cumsum(dy)` along the same axis, in the opposite direction. */
const cumsum = gradient<[tf.Tensor], Cumulative>("Cumsum", {}, (dy, _, { axis, exclusive, reverse }) => ({
  x: () => dy.cumsum(axis, exclusive, !reverse),
}));

/**
 * `dxₖ = Π_{j<k} xⱼ · sₖ`, where `sₖ = Σ_{i≥k} dyᵢ Π_{k<j≤i} xⱼ = dyₖ + xₖ₊₁ sₖ₊₁`.
 *
 * Nothing is divided by x, so that zeros do no harm.
 */
const cumprod = gradient<[tf.Tensor], Cumulative>(
  "Cumprod",
  { inputs: ["x"] },
  (dy, [x], { axis, exclusive, reverse }) => ({
    x: () => {
      const [along] = tf.util.parseAxisParam(axis, x.shape) as [number];
      const turned = (t: tf.Tensor) => (reverse ? t.reverse(along) : t);
      const [steps, dSteps] = [turned(x), turned(dy)];
      if (!exclusive) return turned(cumprodGradient(steps, dSteps, along));
      // yₖ₊₁ is then the product up to xₖ; y₀ is 1, and the last x is in no product.
      const last = (x.shape[along] as number) - 1;
      const products = cumprodGradient(steps.slice(...from(0, last)), dSteps.slice(...from(1, last)), along);
      return turned(shifted(products, 0, 1, along));

      function from(begin: number, size: number): [number[], number[]] {
        return [
          x.shape.map((_, i) => (i === along ? begin : 0)),
          x.shape.map((length, i) => (i === along ? size : length)),
        ];
      }
    },
  }),
);

function cumprodGradient(x: tf.Tensor, dy: tf.Tensor, axis: number): tf.Tensor {
  const n = x.shape[axis] as number;
  if (n === 0) return x.clone();
  // Both run over windows that double, so that ⌈log₂ n⌉ rounds make the whole sum: s over [k, k + w), and the
  // factor that brings the window after it in.
  let sum = dy;
  let factor = shifted(x, 1, 1, axis);
  for (let width = 1; width < n; width *= 2) {
    sum = sum.add(factor.mul(shifted(sum, width, width, axis)));
    if (2 * width < n) factor = factor.mul(shifted(factor, width, width, axis));
  }
  return x.cumprod(axis, true).mul(sum);
}

/** x without its first entries along an axis, and with as many zeros at its end as are asked for. */
function shifted(x: tf.Tensor, dropped: number, zeros: number, axis: number): tf.Tensor {
  const begin = x.shape.map((_, i) => (i === axis ? dropped : 0));
  return x.slice(begin).pad(x.shape.map((_, i) => [0, i === axis ? zeros : 0]));
}

/** `dxₖ = dy Π_{j≠k} xⱼ`: the products before k times those after it, which zeros leave right. */
const prod = gradient<[tf.Tensor], { axis: number | number[] | null }>(
  "Prod",
  { inputs: ["x"] },
  (dy, [x], { axis }) => ({
    x: () => {
      const axes = tf.util.parseAxisParam(axis as number | number[], x.shape);
      const kept = x.shape.map((_, i) => i).filter(i => !axes.includes(i));
      const order = [...kept, ...axes];
      const ordered = x.transpose(order);
      const rows = ordered.reshape([-1, tf.util.sizeFromShape(axes.map(i => x.shape[i] as number))]);
      const others = rows.cumprod(1, true).mul(rows.cumprod(1, true, true));
      const back = order.map((_, i) => order.indexOf(i));
      return others
        .mul(dy.reshape([-1, 1]))
        .reshape(ordered.shape)
        .transpose(back);
    },
  }),
);

export const cumulativeGradients: tf.GradConfig[] = [cumsum, cumprod, prod];
