import * as tf from "@tensorflow/tfjs";
import { chooseBackend, compile, Random } from "../../src/engine/index.ts";
import { VAE } from "../../src/generative/models/index.ts";
import { elbo } from "../../src/generative/objectives/index.ts";
import type { Measured } from "./kernel.ts";

/**
 * One training step of the VAE 784-200-200-50 at batch 100: with the stock wasm kernels of tfjs, with ours, and
 * compiled. Kernels that are replaced stay so: the stock rounds come first.
 */
export async function benchTrainingStep(rounds = 15): Promise<Measured[]> {
  const { setWasmPaths } = await import("@tensorflow/tfjs-backend-wasm");
  setWasmPaths(`${import.meta.dirname}/../../node_modules/@tensorflow/tfjs-backend-wasm/dist/`);
  await tf.setBackend("wasm");
  const stock = await steps(rounds);
  const { name } = await chooseBackend();
  const ours = await steps(rounds);
  const compiled = await steps(10 * rounds, true);
  return [
    { name: "VAE step, batch 100, stock wasm kernels", milliseconds: stock },
    { name: `VAE step, batch 100, backend ${name} as chosen`, milliseconds: ours },
    { name: "VAE step, batch 100, compiled", milliseconds: compiled },
  ];
}

async function steps(rounds: number, compiled = false): Promise<Measured["milliseconds"]> {
  const vae = new VAE(new Random(1));
  const optimizer = tf.train.adam(1e-3);
  const random = new Random(2);
  const x = random.bernoulli(tf.fill([100, 784], 0.13));
  const eager = (batch: tf.Tensor, random: Random) =>
    optimizer.minimize(() => elbo(vae, vae.encoder, batch, random).mean().neg() as tf.Scalar, true);
  const step = compiled ? compile(eager, { optimizer, otherwise: "throw" }) : eager;
  const times: number[] = [];
  for (let i = 0; i < rounds + 3; i++) {
    const start = performance.now();
    const loss = step(x, random);
    await loss?.data();
    loss?.dispose();
    if (i >= 3) times.push(performance.now() - start);
  }
  const sorted = times.sort((a, b) => a - b);
  const at = (share: number) => sorted[Math.floor(share * (sorted.length - 1))] ?? Number.NaN;
  return { median: at(0.5), p95: at(0.95) };
}
