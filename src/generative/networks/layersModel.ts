import * as tf from "@tensorflow/tfjs";
import type { Parameters } from "./parameters.ts";

/**
 * The weights of a model of `tf.layers`, as `0.Dense.kernel`: what it trains, and what it keeps beside that, such as
 * the moving averages of batch normalisation. Parameters by name are returned as they are.
 *
 * Named by the place of the layer, as tfjs counts layers through a whole session: the same model has other names of
 * its own in the next one, and a checkpoint would not fit.
 *
 * @example
 * const model = tf.sequential({ layers: [tf.layers.dense({ units: 1, inputShape: [2] })] });
 * Object.keys(parametersOf(model)) // => ["0.Dense.kernel", "0.Dense.bias"]
 */
export function parametersOf(model: Parameters | tf.LayersModel): Parameters {
  if (!(model instanceof tf.LayersModel)) return model;
  const named: Record<string, tf.Variable> = {};
  for (const [name, variable] of weightsOf(model)) {
    let free = name;
    for (let count = 2; free in named; count++) free = `${name}.${count}`;
    named[free] = variable;
  }
  return named;
}

function weightsOf(model: tf.LayersModel): [string, tf.Variable][] {
  return model.layers.flatMap((layer, place) => {
    const of = `${place}.${layer.getClassName()}`;
    const weights: [string, tf.Variable][] =
      layer instanceof tf.LayersModel
        ? weightsOf(layer)
        : layer.weights.map(weight => [withinLayer(weight.originalName), weight.read() as tf.Variable]);
    return weights.map(([name, variable]): [string, tf.Variable] => [`${of}.${name}`, variable]);
  });
}

/** `bidirectional_Bidirectional1/forward_lstm_LSTM1/kernel` -> `forward_lstm_LSTM.kernel`, and `dense_Dense1/kernel` -> `kernel` */
function withinLayer(name: string): string {
  const parts = name.split("/");
  return parts
    .slice(Math.min(1, parts.length - 1))
    .map((part, i, kept) => (i < kept.length - 1 ? part.replace(/\d+$/, "") : part))
    .join(".");
}
