import * as tf from "@tensorflow/tfjs";
import { gradient, noGradient } from "./gradient.ts";

type Extremum = { axis?: number | number[] | null; reductionIndices?: number | number[] | null };

/**
 * `dx = [x = y] dy / n`, where n counts the entries of x that attain the extremum y.
 *
 * Dividing keeps the gradient of max(x, x) at 1 where tfjs-core's own gives 2.
 */
const extremum = (name: string) =>
  gradient<[tf.Tensor, tf.Tensor], Extremum>(
    name,
    { inputs: ["x"], outputs: [true] },
    (dy, [x, y], { axis, reductionIndices }) => ({
      x: () => {
        const axes = tf.util.parseAxisParam((axis ?? reductionIndices) as number | number[], x.shape);
        const kept = tf.backend_util.expandShapeToKeepDim(
          x.shape.filter((_, i) => !axes.includes(i)),
          axes,
        );
        const attains = x.equal(y.reshape(kept)).cast("float32");
        return attains.mul(dy.reshape(kept).div(attains.sum(axes, true)));
      },
    }),
  );

/** `dx[i] = dy[j]` where entry j of the values came from entry i of x, and 0 where none did. */
const topK: tf.GradConfig = {
  kernelName: "TopK",
  inputsToSave: ["x"],
  outputsToSave: [false, true],
  gradFunc: (dys, saved) => {
    const [dy] = dys as [tf.Tensor];
    const [x, indices] = saved as [tf.Tensor, tf.Tensor];
    return {
      x: () => {
        if (indices.size === 0) return noGradient(x);
        const n = x.shape.at(-1) as number;
        const rowStarts = tf.range(0, x.size, n, "int32").reshape([-1, 1]);
        const places = indices
          .reshape([x.size / n, -1])
          .add(rowStarts)
          .reshape([-1, 1]);
        return tf.scatterND(places, dy.reshape([-1]), [x.size]).reshape(x.shape);
      },
    };
  },
};

export const extremaGradients: tf.GradConfig[] = [extremum("Max"), extremum("Min"), topK];
