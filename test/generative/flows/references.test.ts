import * as tf from "@tensorflow/tfjs";
import { beforeAll, expect } from "vitest";
import { chooseBackend, Random } from "../../../src/engine/index.ts";
import { Normal } from "../../../src/generative/distributions/index.ts";
import {
  ActNorm,
  AdditiveCoupling,
  AffineCoupling,
  AutoregressiveFlow,
  type Bijection,
  Composition,
  ContinuousFlow,
  channelMask,
  checkerboardMask,
  convolutionConditioner,
  couplingReach,
  DiagonalScaling,
  dequantisedBound,
  Elementwise,
  exactTrace,
  FactorOut,
  Flow,
  flowPlusPlus,
  glow,
  halfMask,
  hutchinsonTrace,
  Inverse,
  InvertibleLinear,
  initialiseFromData,
  integrateAdaptively,
  integrateTensors,
  inverseAutoregressiveFlow,
  inverseWithLogDet,
  logitLayer,
  MixtureCDF,
  MixtureCoupling,
  mixtureCdf,
  multiScaleRealNVP,
  nice,
  opposite,
  PerceptronField,
  perceptronConditioner,
  RecurrentFlow,
  realNVP,
  Squeeze,
  scaleLayer,
  sigmoidLayer,
  standardBase,
  TriangularFlow,
  tanhLayer,
  uniformNoise,
  VariationalNoise,
  expLayer,
  PlanarFlow,
  softplusLayer,
} from "../../../src/generative/flows/index.ts";
import { rungeKutta4 } from "../../../src/generative/exact/index.ts";
import type { Parameters } from "../../../src/generative/networks/index.ts";
import { expectSame, type Place, refersTo, scattered, spread } from "../../support/references.ts";

beforeAll(() => chooseBackend());

// Made by test/fixtures/flowsReferences.py with torch 2.15.0, mpmath 1.3.0, numpy 2.4.6 and scipy 1.17.1.
const reference = refersTo("flows");
const random = () => new Random(1);

/** The weights that the script gives to what has these names. */
function fill<Part extends { parameters: Parameters }>(part: Part, gain: number): Part {
  for (const [name, variable] of Object.entries(part.parameters)) {
    const seed = [...name].reduce((sum, letter) => sum + letter.charCodeAt(0), 0) % 101;
    const values = Array.from({ length: variable.size }, (_, i) => gain * spread(i + seed));
    tf.tidy(() => variable.assign(tf.tensor(values, variable.shape)));
  }
  return part;
}

interface Moved {
  x: number[][];
  z: number[][];
  logDet: number[];
}

/** z and log |det| as they are there; and back again, where float32 keeps what leads back. */
function expectBijection(
  flow: Bijection,
  { x, z, logDet }: Moved,
  place: Place,
  tolerance = { relative: 2e-5, absolute: 2e-5 },
): void {
  const own = flow.forward(tf.tensor2d(x));
  const largest = Math.max(1e-30, ...z.flat().map(Math.abs));
  const scale = tolerance.absolute * Math.min(1, largest);
  expectSame(own.z, z.flat(), { ...tolerance, absolute: largest > 1 ? tolerance.relative * largest : scale });
  expectSame(own.logDet, logDet, tolerance);
  if (place === "ordinary") expectSame(flow.inverse(own.z), x.flat(), { absolute: 3e-4, relative: 3e-4 });
}

reference("sigmoidLayer", (given, place) => expectElementwise(sigmoidLayer(), given, place));
reference("tanhLayer", (given, place) => expectElementwise(tanhLayer(), given, place));
reference("logitLayer", (given, place) => expectElementwise(logitLayer(), given, place));
reference("Inverse", (given, place) => expectElementwise(new Inverse(sigmoidLayer()), given, place));

reference("scaleLayer", ({ scale, shift, ...given }, place) =>
  expectElementwise(scaleLayer(scale, shift), given, place),
);

reference("Elementwise", (given, place) =>
  expectElementwise(
    new Elementwise(
      x => x.exp(),
      z => z.log(),
      x => x,
    ),
    given,
    place,
  ),
);

/** Each coordinate to its own digits. */
function expectElementwise(flow: Bijection, { x, z, logDet }: Moved, place: Place): void {
  const own = flow.forward(tf.tensor2d(x));
  expectSame(own.z, z.flat(), { relative: 1e-5, absolute: 1e-36 });
  expectSame(own.logDet, logDet, { relative: 1e-5, absolute: 1e-6 });
  if (place === "ordinary") expectSame(flow.inverse(own.z), x.flat(), { absolute: 1e-5 });
}

const scaling = (logScale: number[]) => {
  const layer = new DiagonalScaling(logScale.length);
  layer.parameters.logScale?.assign(tf.tensor1d(logScale));
  return layer;
};

reference("DiagonalScaling", ({ logScale, ...given }, place) => expectElementwise(scaling(logScale), given, place));

reference("Composition", ({ logScale, ...given }, place) =>
  expectElementwise(new Composition([scaling(logScale), sigmoidLayer()]), given, place),
);

reference("inverseWithLogDet", ({ logScale, x, z, logDet }) => {
  const own = inverseWithLogDet(scaling(logScale), tf.tensor2d(z));
  expectSame(own.x, x.flat(), { relative: 2e-5 });
  expectSame(own.logDet, [-logDet[0]], { relative: 1e-5, absolute: 1e-5 });
});

reference("standardBase", ({ x, value }) =>
  expectSame(standardBase(x[0].length).logProb(tf.tensor2d(x)), value, { relative: 1e-5 }),
);

reference("Flow", ({ x, value }) =>
  expectSame(new Flow(logitLayer(), standardBase(x[0].length)).logProb(tf.tensor2d(x)), value, { relative: 1e-5 }),
);

/** The same numbers from the network of a coupling, whatever stays. */
const says =
  (...numbers: number[]) =>
  () => ({ parameters: {}, apply: (x: tf.Tensor) => numbers.map(value => tf.fill(x.shape, value)) });

reference("AffineCoupling", ({ kind, raw, shift, ...given }, place) =>
  expectElementwise(
    new AffineCoupling(random(), { mask: [1, 0], scale: kind, network: says(raw, shift) }),
    given,
    place,
  ),
);

reference("AdditiveCoupling", ({ shift, ...given }, place) =>
  expectElementwise(new AdditiveCoupling(random(), { mask: [1, 0], network: says(shift) }), given, place),
);

reference("nice", ({ gain, x, z, logDet, ...options }, place) =>
  expectBijection(fill(nice(random(), options), gain), { x, z, logDet }, place),
);

reference("realNVP", ({ gain, x, z, logDet, ...options }, place) =>
  expectBijection(fill(realNVP(random(), options), gain), { x, z, logDet }, place),
);

const row = (values: number[]) => tf.tensor2d([values]);

reference("mixtureCdf", ({ kind, logits, means, logScales, x, cdf, logit, logDensity }) => {
  const parameters = { logits: row(logits), means: row(means), logScales: row(logScales) };
  const own = mixtureCdf(tf.tensor2d(x, [x.length, 1]), parameters, kind);
  expectSame(own.cdf, cdf, { relative: 1e-4, absolute: 1e-37 });
  expectSame(own.logit, logit, { relative: 1e-5, absolute: 1e-5 });
  expectSame(own.logDensity, logDensity, { relative: 1e-5, absolute: 1e-5 });
});

reference("MixtureCDF", ({ kind, logits, means, logScales, x, logit, logDet }, place) => {
  const flow = new MixtureCDF(random(), 1, { components: logits.length, kind });
  for (const [name, values] of Object.entries({ logits, means, logScales })) {
    flow.parameters[name]?.assign(row(values as number[]));
  }
  const column = (values: number[]) => values.map(value => [value]);
  expectBijection(flow, { x: column(x), z: column(logit), logDet }, place, { relative: 2e-5, absolute: 5e-5 });
});

const network = (hidden: number[]) => perceptronConditioner(hidden);

reference("MixtureCoupling", ({ d, hidden, components, gain, ...given }, place) => {
  const flow = new MixtureCoupling(random(), { mask: halfMask(d), components, network: network(hidden) });
  expectBijection(fill(flow, gain), given, place, { relative: 5e-5, absolute: 5e-5 });
});

reference("flowPlusPlus", ({ gain, x, z, logDet, ...options }, place) =>
  expectBijection(fill(flowPlusPlus(random(), options), gain), { x, z, logDet }, place, {
    relative: 5e-5,
    absolute: 5e-5,
  }),
);

reference("TriangularFlow", ({ gain, hidden, components, ...given }, place) =>
  expectBijection(fill(new TriangularFlow(random(), { hidden, components }), gain), given, place, {
    relative: 5e-5,
    absolute: 5e-5,
  }),
);

const autoregressive = (gain: number) =>
  fill(new AutoregressiveFlow(random(), { ordering: [0, 1, 2, 3], hidden: [6] }), gain);

reference("AutoregressiveFlow", ({ gain, ...given }, place) => expectBijection(autoregressive(gain), given, place));

reference("inverseAutoregressiveFlow", ({ gain, x, z, logDet }) => {
  const own = inverseAutoregressiveFlow(autoregressive(gain)).forward(tf.tensor2d(z));
  const largest = Math.max(...x.flat().map(Math.abs));
  expectSame(own.z, x.flat(), { absolute: 1e-4 * largest });
  expectSame(
    own.logDet,
    logDet.map((value: number) => -value),
    { relative: 1e-4, absolute: 1e-4 },
  );
});

reference("RecurrentFlow", ({ d, hidden, gain, ...given }, place) =>
  expectBijection(fill(new RecurrentFlow(random(), d, { hidden }), gain), given, place),
);

reference("ActNorm", ({ shift, logScale, channels, ...given }, place) => {
  const flow = new ActNorm(given.x[0].length, channels);
  flow.parameters.shift?.assign(tf.tensor1d(shift));
  flow.parameters.logScale?.assign(tf.tensor1d(logScale));
  expectBijection(flow, given, place);
});

reference("initialiseFromData", ({ x, mean, logScale }) => {
  const layer = new ActNorm(x[0].length);
  initialiseFromData(new Composition([layer]), tf.tensor2d(x));
  const unit = Math.max(...mean.map(Math.abs));
  expectSame(
    layer.parameters.shift as tf.Tensor,
    mean.map((value: number) => -value),
    { absolute: 1e-5 * unit },
  );
  expectSame(layer.parameters.logScale as tf.Tensor, logScale, { absolute: 1e-4 });
});

reference("InvertibleLinear", ({ W, b, ...given }, place) =>
  expectBijection(new InvertibleLinear(random(), b.length, { W, b }), given, place),
);

reference("glow", ({ gain, hidden, variants }, place) => {
  // A "random" rotation from which the identity comes, up to signs; which ones are up to the decomposition.
  const identity = Object.assign(random(), { normalArray: () => Float64Array.of(1, 0, 0, 1) });
  const flow = glow(identity, { volume: { height: 1, width: 1, channels: 2 }, steps: 1, network: network(hidden) });
  const rotation = flow.layers[1] as Bijection;
  const signs = rotation
    .forward(tf.tensor2d([[1, 1]]))
    .z.sign()
    .dataSync();
  expectBijection(fill(flow, gain), variants[signs.join(",")], place);
});

const volumeOf = ([height, width, channels]: [number, number, number]) => ({ height, width, channels });

reference("convolutionConditioner", ({ volume, features, blocks, parts, gain, x, value }) => {
  const own = fill(convolutionConditioner(volumeOf(volume), { features, blocks })(random(), x[0].length, parts), gain);
  expectSame(tf.stack(own.apply(tf.tensor2d(x))), value.flat(2), { absolute: 1e-5 * largestOf(value) });
});

reference("perceptronConditioner", ({ d, hidden, parts, gain, x, value }) => {
  const own = fill(network(hidden)(random(), d, parts), gain);
  expectSame(tf.stack(own.apply(tf.tensor2d(x))), value.flat(2), { absolute: 1e-5 * largestOf(value) });
});

const largestOf = (values: number[][][]) => Math.max(...values.flat(2).map(Math.abs));

reference("Squeeze", ({ volume, x, z }) => {
  const squeeze = new Squeeze(volumeOf(volume));
  const own = squeeze.forward(tf.tensor2d(x));
  expectSame(own.z, tf.tensor2d(z).dataSync());
  expectSame(
    own.logDet,
    x.map(() => 0),
  );
  expectSame(squeeze.inverse(own.z), tf.tensor2d(x).dataSync());
});

reference("FactorOut", ({ volume, logScale, ...given }, place) =>
  expectBijection(new FactorOut(volumeOf(volume), scaling(logScale)), given, place),
);

reference("multiScaleRealNVP", ({ volume, gain, x, z, logDet, ...options }, place) => {
  const flow = multiScaleRealNVP(random(), { volume: volumeOf(volume), ...options });
  expectBijection(fill(flow, gain), { x, z, logDet }, place, { relative: 1e-4, absolute: 1e-4 });
});

reference("checkerboardMask", ({ volume, value }) => expect(checkerboardMask(volumeOf(volume))).toEqual(value));
reference("channelMask", ({ volume, value }) => expect(channelMask(volumeOf(volume))).toEqual(value));
reference("halfMask", ({ d, value }) => expect(halfMask(d)).toEqual(value));
reference("opposite", ({ value, opposite: other }) => expect(opposite(value)).toEqual(other));
reference("couplingReach", ({ masks, value }) => expect(couplingReach(masks)).toEqual(value));

interface Linear {
  d: number;
  c: number;
  steps: number;
  x: number[][];
  z: number[][];
  logDet: number[];
}

const matrixOf = ({ d, c }: Linear) =>
  tf.tensor2d(Array.from({ length: d }, (_, i) => Array.from({ length: d }, (_, j) => c * scattered(i, j))));

reference("ContinuousFlow", (given: Linear, place) => {
  const A = matrixOf(given);
  const field = { parameters: {}, at: (_: number, x: tf.Tensor) => x.matMul(A) };
  const flow = new ContinuousFlow(field, given.d, { steps: given.steps });
  expectBijection(flow, given, place, { relative: 1e-4, absolute: 1e-4 });
});

reference("integrateTensors", (given: Linear) => {
  const A = matrixOf(given);
  const range = { from: 0, to: 1, steps: given.steps, method: rungeKutta4 };
  const [own] = integrateTensors((_, [x]) => [(x as tf.Tensor).matMul(A)], [tf.tensor2d(given.x)], range);
  expectSame(own as tf.Tensor, given.z.flat(), { absolute: 1e-4 * largestOf([given.z]) });
});

reference("integrateAdaptively", (given: Linear) => {
  const A = matrixOf(given);
  const range = { from: 0, to: 1, tolerance: 1e-5 };
  const { state } = integrateAdaptively((_, [x]) => [(x as tf.Tensor).matMul(A)], [tf.tensor2d(given.x)], range);
  expectSame(state[0] as tf.Tensor, given.z.flat(), { absolute: 1e-4 * (1 + largestOf([given.z])) });
});

const fieldOf = ({ d, gain }: { d: number; gain: number }) =>
  fill(new PerceptronField(random(), d, { hidden: [6] }), gain);

reference("PerceptronField", ({ t, x, value, ...given }) =>
  expectSame(fieldOf(given).at(t, tf.tensor2d(x)), value.flat(), { absolute: 2e-5 }),
);

reference("exactTrace", ({ t, x, trace, ...given }) =>
  expectSame(exactTrace(fieldOf(given), t, tf.tensor2d(x)), trace, { relative: 1e-4, absolute: 2e-5 }),
);

reference("hutchinsonTrace", ({ t, x, e, product, ...given }) =>
  expectSame(hutchinsonTrace(fieldOf(given), t, tf.tensor2d(x), tf.tensor2d(e)), product, {
    relative: 1e-4,
    absolute: 2e-5,
  }),
);

/** Draws that are given. */
const draws = (values: number[][]) => {
  const given = () => tf.tensor2d(values);
  return { uniform: given, normal: given } as unknown as Random;
};

reference("uniformNoise", ({ x, u, logProb }) => {
  const own = uniformNoise.noise(tf.tensor2d(x), draws(u));
  expectSame(own.u, u.flat(), { absolute: 1e-7 });
  expectSame(own.logProb, logProb);
});

reference("dequantisedBound", ({ x, u, bound }) => {
  const d = x[0].length;
  const density = new Normal<"x">(tf.fill([d], 2), tf.fill([d], 4));
  expectSame(dequantisedBound(density, uniformNoise, tf.tensor2d(x), draws(u)), bound, { relative: 1e-5 });
});

reference("VariationalNoise", ({ m, s, epsilon, u, logProb }) => {
  const noise = new VariationalNoise(random(), m.length, { hidden: [3] });
  noise.parameters["output.bias"]?.assign(tf.tensor1d([...m, ...s]));
  const own = noise.noise(tf.zeros([1, m.length]), draws([epsilon]));
  expectSame(own.u, u, { relative: 1e-5, absolute: 1e-36 });
  expectSame(own.logProb, logProb, { relative: 1e-5, absolute: 1e-5 });
});

reference("expLayer", (given, place) => expectElementwise(expLayer(), given, place));
reference("softplusLayer", (given, place) => expectElementwise(softplusLayer(), given, place));

reference("PlanarFlow", ({ u, w, b, ...given }, place) => {
  const flow = new PlanarFlow(random(), w.length);
  for (const [name, values] of Object.entries({ u, w, b })) flow.parameters[name]?.assign(tf.tensor(values));
  expectBijection(flow, given, place);
});
