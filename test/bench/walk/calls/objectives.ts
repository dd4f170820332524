import type * as tf from "@tensorflow/tfjs";
import type { Random, VAE } from "../../../../src/index.ts";
import type { Calls, Checkout } from "../calls.ts";
import { setEager, setForms, steady, tensorsBy } from "../tensors.ts";
import { SHAPES } from "./shapes.ts";

type Objective = (vae: VAE, x: tf.Tensor, random: Random) => tf.Tensor;

/** A small VAE, and that of the course. */
export const VAES = {
  small: { batch: 10, options: { pixels: 16, hidden: [8], latent: 2 } },
  large: { batch: 100, options: { pixels: 784, hidden: [200, 200], latent: 50 } },
} as const;

/** Bounds, estimators of gradients and codebooks of `objectives`. */
export function objectives(calls: Calls, checkout: Checkout): void {
  const { library: L, tf } = checkout;
  const { normal, bits } = tensorsBy(checkout);
  const bounds: Record<string, Objective> = {
    elbo: (vae, x, random) => L.elbo(vae, vae.encoder, x, random),
    "elbo of the joint": (vae, x, random) => L.elbo(vae, vae.encoder, x, random, { form: "joint" }),
    betaElbo: (vae, x, random) => L.betaElbo(vae, vae.encoder, x, random, { beta: 2 }),
    iwae: (vae, x, random) => L.iwae(vae, vae.encoder, x, random, { samples: 5 }),
    "iwae by stl": (vae, x, random) => L.iwae(vae, vae.encoder, x, random, { samples: 5, estimator: "stl" }),
    "iwae by dreg": (vae, x, random) => L.iwae(vae, vae.encoder, x, random, { samples: 5, estimator: "dreg" }),
    logImportanceWeights: (vae, x, random) => L.logImportanceWeights(vae, vae.encoder, x, random, 5),
  };
  const ofSmall: Record<string, Objective> = {
    exactElbo: (vae, x) => L.exactElbo(vae, vae.encoder, x, L.productRule(L.gaussHermite(5), 2)),
  };
  for (const [size, { batch, options }] of Object.entries(VAES)) {
    for (const [name, bound] of Object.entries({ ...bounds, ...(size === "small" && ofSmall) })) {
      const make = () => {
        const vae = new L.VAE(new L.Random(1), options);
        const [x, random] = [bits(3, [batch, options.pixels]), new L.Random(2)];
        return {
          vae,
          x,
          random,
          loss: (x: tf.Tensor, random: Random) => bound(vae, x, random).mean().neg() as tf.Scalar,
        };
      };
      setEager(calls, checkout, `${name}, ${size} VAE, eager`, () => {
        const { x, random, loss } = make();
        return () => loss(x, random);
      });
      setEager(calls, checkout, `${name}, ${size} VAE, eager gradient`, () => {
        const { x, random, loss } = make();
        return () => tf.variableGrads(() => loss(x, random)).value;
      });
      calls.set(`${name}, ${size} VAE, compiled step`, () => {
        const { x, random, loss } = make();
        const optimizer = tf.train.adam(1e-3);
        const step = L.compile(
          (x: tf.Tensor, random: Random) => optimizer.minimize(() => loss(x, random), true) as tf.Scalar,
          { optimizer, otherwise: "throw" },
        );
        return steady(() => step(x, random), []);
      });
    }
  }

  for (const shape of SHAPES) {
    const two = () => [normal(1, shape), normal(2, shape)];
    for (const name of ["codebookLoss", "commitmentLoss"] as const) {
      setForms(calls, checkout, `${name} [${shape}]`, () => ({ inputs: two(), call: (x, y) => L[name](x, y) }));
    }
    setForms(calls, checkout, `stopGradient [${shape}]`, () => ({
      inputs: [normal(1, shape)],
      call: x => L.stopGradient(x).add(x),
    }));
    setForms(calls, checkout, `scaleGradient [${shape}]`, () => ({
      inputs: [normal(1, shape)],
      call: x => L.scaleGradient(x, tf.onesLike(x)),
    }));
    setForms(calls, checkout, `detached [${shape}]`, () => ({
      inputs: [...two(), normal(3, shape)],
      call: (mean, log, x) => L.detached(new L.Normal(mean, log.exp())).logProb(x),
    }));
    setEager(calls, checkout, `gumbelSoftmax [${shape},8]`, () => {
      const [logits, random] = [normal(1, [...shape, 8]), new L.Random(1)];
      return () => L.gumbelSoftmax(logits, random, { temperature: 0.5 });
    });
    for (const estimator of ["reparameterised", "score"] as const) {
      setEager(calls, checkout, `expectation, ${estimator} [${shape}]`, () => {
        const [mean, random] = [normal(1, shape), new L.Random(1)];
        const square = (z: tf.Tensor) => z.square().sum(-1);
        const total = (mean: tf.Tensor) =>
          L.expectation(new L.Normal(mean, tf.onesLike(mean)), square, random, { samples: 4, estimator }).sum();
        return () => tf.grad(total)(mean);
      });
    }
  }
  setEager(calls, checkout, "vqParts [8,784]", () => {
    const [vqvae, x] = [new L.VQVAE(new L.Random(1), { features: 16, codes: 16, dimension: 4 }), bits(2, [8, 784])];
    return () => L.vqParts(vqvae, x as tf.Tensor2D).reconstruction;
  });
}
