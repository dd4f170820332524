import * as tf from "@tensorflow/tfjs";

/**
 * The tensors an optimizer keeps between steps, by name; the caller disposes them.
 *
 * `getWeights` leaves out the running powers β₁ᵗ and β₂ᵗ of Adam, which `setWeights` recomputes to a number that
 * differs in the last bit; they are found among the optimizer's own properties and kept exactly.
 */
export async function optimizerState(optimizer: tf.Optimizer): Promise<tf.NamedTensorMap> {
  const weights = await optimizer.getWeights();
  const state: tf.NamedTensorMap = {};
  weights.forEach(({ tensor }, i) => {
    state[`${WEIGHT}${i}`] = tf.clone(tensor);
  });
  for (const [name, variable] of ownVariables(optimizer)) state[`${OWN}${name}`] = tf.clone(variable);
  return state;
}

/** Puts back what `optimizerState` gave, in an optimizer made with the same settings. */
export async function restoreOptimizer(optimizer: tf.Optimizer, state: tf.NamedTensorMap): Promise<void> {
  const weights = Object.entries(state).filter(([name]) => name.startsWith(WEIGHT));
  // setWeights names the accumulators itself and asks only for an even count in order.
  await optimizer.setWeights(weights.map(([name, tensor]) => ({ name, tensor: tf.clone(tensor) })));
  for (const [name, variable] of ownVariables(optimizer)) {
    const saved = state[`${OWN}${name}`];
    if (saved !== undefined) variable.assign(tf.clone(saved) as typeof variable);
  }
}

function ownVariables(optimizer: tf.Optimizer): [string, tf.Variable][] {
  return Object.entries(optimizer).filter((entry): entry is [string, tf.Variable] => entry[1] instanceof tf.Variable);
}

const WEIGHT = "weight/";
const OWN = "own/";
