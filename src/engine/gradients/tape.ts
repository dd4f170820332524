import * as tf from "@tensorflow/tfjs";

/**
 * The tape of tfjs-core with each operation before the copies of its own output.
 *
 * What a gradient saves is kept as clones. The clones are recorded on the tape when the kernel has run, and the
 * operation itself only after them. The walk that finds what depends on x goes through the tape once, so it meets
 * the clone of an output before it knows that the output depends on x, and leaves it out: a second derivative
 * takes tanh(x) in 1 − tanh²(x) for a constant. Here the operation comes first. It costs nothing, and mends every
 * gradient that uses a saved output, those of tf.customGrad among them.
 *
 * Calling it again does nothing.
 */
export function orderTape(): void {
  const engine = tf.engine() as unknown as Recorder;
  if (ordered.has(engine)) return;
  ordered.add(engine);
  const record = engine.addTapeNode;
  engine.addTapeNode = function (kernelName, inputs, outputs, gradientFunction, saved, attributes) {
    record.call(this, kernelName, inputs, outputs, gradientFunction, saved, attributes);
    const tape = this.state.activeTape;
    const first = tape.length - 1 - saved.length;
    if (saved.length === 0 || tape[first]?.outputs[0] !== saved[0]) return;
    tape.splice(first, 0, ...tape.splice(-1));
  };
}

const ordered = new WeakSet<Recorder>();

/** What tfjs-core keeps to itself of its engine. */
interface Recorder {
  state: { activeTape: { outputs: tf.Tensor[] }[] };
  addTapeNode(
    kernelName: string,
    inputs: tf.NamedTensorMap,
    outputs: tf.Tensor[],
    gradientFunction: unknown,
    saved: tf.Tensor[],
    attributes: unknown,
  ): void;
}
