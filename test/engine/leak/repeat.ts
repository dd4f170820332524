import * as tf from "@tensorflow/tfjs";
import { chooseBackend, compile, Random } from "../../../src/engine/index.ts";
import { VAE } from "../../../src/generative/models/index.ts";
import { elbo } from "../../../src/generative/objectives/index.ts";

// Run by `leak.test.ts` with --expose-gc: does one thing over and over, and prints what is held as it goes.

/** What is held after a number of rounds. */
export interface Held {
  tensors: number;
  bytes: number;
  /** Memory of the process, MB. */
  resident: number;
}

const things: Record<string, () => () => void> = {
  "compiled steps": () => training(loss => loss),
  "steps that fall back to eager": () => training(loss => loss.mul(loss.dataSync()[0] as number)),
  "new graphs": () => () => {
    const w = tf.tidy(() => tf.variable(tf.ones([20, 20])));
    const optimizer = tf.train.adam(0.01);
    const loss = (x: tf.Tensor) => x.matMul(w).tanh().square().mean().asScalar();
    const step = compile((x: tf.Tensor) => optimizer.minimize(() => loss(x), true, [w]) as tf.Scalar, { optimizer });
    tf.tidy(() => void step(tf.ones([10, 20])));
    step.dispose();
    optimizer.dispose();
    w.dispose();
  },
  "graphs that nobody frees": () => {
    const kept: unknown[] = [];
    return () => {
      kept.push(called());
    };
  },
  "graphs that are dropped": () => () => void called(),
  "shapes of one step": () => {
    const f = compile((x: tf.Tensor) => x.tanh().exp().sum());
    // Each length up to 5000 once, in no order: of growing ones the wasm backend's own memory is left with holes.
    let length = 0;
    return () => {
      length = (length + 1597) % 5000;
      tf.tidy(() => void f(tf.ones([length + 1])));
    };
  },
  "tensors that nobody frees": () => () => void tf.ones([1000]),
};

/** A function with a graph that nobody frees. */
function called(): unknown {
  const f = compile((x: tf.Tensor) => x.tanh(), { otherwise: "throw" });
  tf.tidy(() => void f(tf.ones([10, 20])));
  return f;
}

function training(spoil: (loss: tf.Tensor) => tf.Tensor): () => void {
  const vae = new VAE(new Random(1), { pixels: 12, hidden: [8], latent: 2 });
  const optimizer = tf.train.adam(1e-3);
  const random = new Random(2);
  const update = (x: tf.Tensor, random: Random) =>
    optimizer.minimize(() => spoil(elbo(vae, vae.encoder, x, random).mean().neg()).asScalar(), true) as tf.Scalar;
  const step = compile(update, { optimizer });
  return () => tf.tidy(() => void step(random.bernoulli(tf.fill([10, 12], 0.3)), random));
}

function held(): Held {
  for (let i = 0; i < 3; i++) (globalThis as unknown as { gc: () => void }).gc();
  const { numTensors, numBytes } = tf.memory();
  return { tensors: numTensors, bytes: numBytes, resident: process.memoryUsage().rss / 2 ** 20 };
}

const [name = "", rounds = "1", parts = "1"] = process.argv.slice(2);
await chooseBackend();
console.warn = () => {};
const round = (things[name] as (typeof things)[string])();
const history: Held[] = [];
for (let i = 1; i <= Number(rounds); i++) {
  round();
  // Lets what was dropped be freed.
  if (i % 10 === 0) await new Promise(resolve => setImmediate(resolve));
  if (i % (Number(rounds) / Number(parts)) === 0) history.push(held());
}
process.stdout.write(JSON.stringify(history));
