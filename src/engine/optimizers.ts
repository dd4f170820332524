import * as tf from "@tensorflow/tfjs";

/** What tfjs keeps to itself of plain gradient descent and of momentum, which is made of it. */
interface Internals {
  learningRate: number;
  /** Minus the learning rate: what eager updates use. */
  c?: tf.Scalar;
  setLearningRate(rate: number): void;
}

/**
 * Has `learningRate = x` change the steps of plain gradient descent and of momentum, as it does those of Adam.
 *
 * tfjs keeps their rate a second time, as a tensor, which only `setLearningRate` changes: eager steps would go on with
 * the old rate, and compiled ones with the new. Optimizers that exist already stay as they are.
 */
export function repairLearningRates(): void {
  const prototype = tf.SGDOptimizer.prototype as unknown as Internals;
  if (Object.hasOwn(prototype, "learningRate")) return;
  const rates = new WeakMap<Internals, number>();
  const { setLearningRate } = prototype;
  Object.defineProperty(prototype, "learningRate", {
    configurable: true,
    get(this: Internals) {
      return rates.get(this);
    },
    set(this: Internals, rate: number) {
      if (Object.is(rates.get(this), rate) && this.c?.isDisposed === false) return;
      rates.set(this, rate);
      this.c?.dispose();
      this.c = tf.keep(tf.scalar(-rate));
    },
  });
  prototype.setLearningRate = function (this: Internals, rate: number) {
    if (Object.hasOwn(this, "learningRate")) setLearningRate.call(this, rate);
    else this.learningRate = rate;
  };
}
