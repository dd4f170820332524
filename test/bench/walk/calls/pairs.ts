import type { Calls, Checkout } from "../calls.ts";
import { setEager, setForms, tensorsBy } from "../tensors.ts";
import { SHAPES } from "./shapes.ts";

/** Divergences, mixtures and what is built of other distributions, of `distributions`. */
export function pairs(calls: Calls, checkout: Checkout): void {
  const { library: L, tf } = checkout;
  const { normal, bits, integers } = tensorsBy(checkout);
  for (const shape of SHAPES) {
    const d = shape[1];
    setForms(calls, checkout, `kl of Normal [${shape}]`, () => ({
      inputs: [1, 2, 3, 4].map(seed => normal(seed, shape)),
      call: (mean, log, other, otherLog) => L.kl(new L.Normal(mean, log.exp()), new L.Normal(other, otherLog.exp())),
    }));
    setForms(calls, checkout, `kl of Normal to the standard one [${shape}]`, () => ({
      inputs: [normal(1, shape), normal(2, shape)],
      call: (mean, log) => L.kl(new L.Normal(mean, log.exp()), new L.Normal(tf.zeros([d]), tf.ones([d]))),
    }));
    setForms(calls, checkout, `kl of Laplace [${shape}]`, () => ({
      inputs: [1, 2, 3, 4].map(seed => normal(seed, shape)),
      call: (mean, log, other, otherLog) => L.kl(new L.Laplace(mean, log.exp()), new L.Laplace(other, otherLog.exp())),
    }));
    setForms(calls, checkout, `kl of Bernoulli [${shape}]`, () => ({
      inputs: [normal(1, shape), normal(2, shape)],
      call: (q, p) => L.kl(new L.Bernoulli(q), new L.Bernoulli(p)),
    }));
    setForms(calls, checkout, `Mixture.logProb of 5 Bernoulli [${shape}]`, () => ({
      inputs: [normal(1, [5]), normal(2, [5, d]), bits(3, shape)],
      call: (weights, logits, x) => new L.Mixture(weights, new L.Bernoulli(logits)).logProb(x),
      by: 2,
    }));
    setForms(calls, checkout, `Mixture.logProb of 5 Normal [${shape}]`, () => ({
      inputs: [normal(1, [5]), normal(2, [5, d]), normal(3, shape)],
      call: (weights, means, x) => new L.Mixture(weights, new L.Normal(means, tf.onesLike(means))).logProb(x),
      by: 2,
    }));
  }
  for (const shape of [
    [20, 2, 3],
    [100, 20, 10],
  ]) {
    setForms(calls, checkout, `kl of Categorical [${shape}]`, () => ({
      inputs: [normal(1, shape), normal(2, shape)],
      call: (q, p) => L.kl(new L.Categorical(q), new L.Categorical(p)),
    }));
  }
  for (const name of ["logJoint", "responsibilities"] as const) {
    setForms(calls, checkout, `Mixture.${name} [500,2]`, () => ({
      inputs: [normal(1, [5]), normal(2, [5, 2]), normal(3, [500, 2])],
      call: (weights, means, x) => new L.Mixture(weights, new L.Normal(means, tf.onesLike(means)))[name](x),
    }));
  }
  setEager(calls, checkout, "Mixture.sample [200,2]", () => {
    const mixture = new L.Mixture(normal(1, [5]), new L.Normal(normal(2, [5, 2]), tf.ones([5, 2])));
    const random = new L.Random(1);
    return () => mixture.sample(random, 200);
  });
  setForms(calls, checkout, "jensenShannon of Bernoulli [200,1]", () => ({
    inputs: [normal(1, [200, 1]), normal(2, [200, 1])],
    call: (p, q) => L.jensenShannon(new L.Bernoulli(p), new L.Bernoulli(q)),
  }));

  for (const d of [2, 8]) {
    const entries = () => normal(2, [(d * (d + 1)) / 2]);
    setForms(calls, checkout, `MultivariateNormal.logProb [200,${d}]`, () => ({
      inputs: [normal(1, [d]), entries(), normal(3, [200, d])],
      call: (mean, scale, x) => new L.MultivariateNormal(mean, L.lowerTriangular(scale)).logProb(x),
    }));
    setForms(calls, checkout, `MultivariateNormal.entropy [${d}]`, () => ({
      inputs: [entries()],
      call: scale => new L.MultivariateNormal(tf.zeros([d]), L.lowerTriangular(scale)).entropy(),
    }));
    setForms(calls, checkout, `kl of MultivariateNormal [${d}]`, () => ({
      inputs: [normal(1, [d]), entries(), normal(3, [d])],
      call: (mean, scale, other) => {
        const narrow = new L.MultivariateNormal<string>(other, L.lowerTriangular(scale.mul(0.5)));
        return L.kl(new L.MultivariateNormal<string>(mean, L.lowerTriangular(scale)), narrow);
      },
    }));
    setForms(calls, checkout, `lowerTriangular [${d}]`, () => ({
      inputs: [entries()],
      call: x => L.lowerTriangular(x),
    }));
    setEager(calls, checkout, `MultivariateNormal.sample [200,${d}]`, () => {
      const [q, random] = [new L.MultivariateNormal(normal(1, [d]), L.lowerTriangular(entries())), new L.Random(1)];
      return () => q.sample(random, 200);
    });
  }

  for (const [batch, d, M, K] of [
    [20, 2, 3, 16],
    [20, 784, 5, 256],
  ] as const) {
    const shape = [batch, d, M];
    const parameters = () => [
      normal(1, shape),
      normal(2, shape)
        .mul(K / 4)
        .add(K / 2),
      normal(3, shape),
    ];
    type Three = [
      logits: InstanceType<typeof tf.Tensor>,
      means: InstanceType<typeof tf.Tensor>,
      logScales: InstanceType<typeof tf.Tensor>,
    ];
    const make = ([logits, means, logScales]: Three) =>
      new L.DiscretizedLogisticMixture(K, { logits, means, logScales });
    setForms(calls, checkout, `DiscretizedLogisticMixture.logProb [${shape}]`, () => ({
      inputs: [...parameters(), integers(4, [batch, d], K)],
      call: (logits, means, logScales, x) => make([logits, means, logScales]).logProb(x),
      by: 3,
    }));
    if (d === 2) {
      setForms(calls, checkout, `DiscretizedLogisticMixture.logProbabilities [${shape}]`, () => ({
        inputs: parameters(),
        call: (...given) => make(given as Three).logProbabilities(),
      }));
    }
    setEager(calls, checkout, `DiscretizedLogisticMixture.sample [${shape}]`, () => {
      const [q, random] = [make(parameters() as Three), new L.Random(1)];
      return () => q.sample(random);
    });
  }

  const transformed = () => new L.TransformedDistribution(L.realNVP(new L.Random(1), { d: 2 }), L.standardBase(2));
  setForms(calls, checkout, "TransformedDistribution.logProb [200,2]", () => {
    const distribution = transformed();
    return { inputs: [normal(1, [200, 2])], call: x => distribution.logProb(x) };
  });
  setEager(calls, checkout, "TransformedDistribution.sample [200,2]", () => {
    const [distribution, random] = [transformed(), new L.Random(1)];
    return () => distribution.sample(random, 200);
  });
}
