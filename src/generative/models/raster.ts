import * as tf from "@tensorflow/tfjs";

/** Place k of the raster scan holds dimension ordering[k]. [batch, d] -> [batch, height, width, 1] */
export function toRaster(
  x: tf.Tensor,
  ordering: readonly number[],
  { height, width }: { height: number; width: number },
): tf.Tensor {
  return permuted(x.expandDims(2), ordering).reshape([-1, height, width, 1]);
}

/** The inverse, with the `places` of the dimensions. [batch, height, width, channels] -> [batch, d, channels] */
export function fromRaster(image: tf.Tensor, places: readonly number[]): tf.Tensor {
  return permuted(image.reshape([-1, places.length, image.shape[3] as number]), places);
}

/** Row i of the result is row from[i]. [batch, d, channels] -> the same; by a product, of which the gradient is one. */
function permuted(x: tf.Tensor, from: readonly number[]): tf.Tensor {
  if (from.every((i, k) => i === k)) return x;
  const [batch = 0, d = 0, channels = 0] = x.shape;
  const choice = tf.oneHot(tf.tensor1d([...from], "int32"), d).toFloat(); // [d, d]
  const rows = x.transpose([1, 0, 2]).reshape([d, batch * channels]);
  return choice.matMul(rows).reshape([d, batch, channels]).transpose([1, 0, 2]);
}
