import * as tf from "@tensorflow/tfjs";
import { beforeAll, describe, expect, it } from "vitest";
import { chooseBackend, compile, Random } from "../../../src/engine/index.ts";
import { Logistic, Uniform } from "../../../src/generative/distributions/index.ts";
import * as flows from "../../../src/generative/flows/index.ts";
import { logSoftplus } from "../../../src/generative/flows/logSoftplus.ts";
import { expectClose } from "../../support/close.ts";
import { fixture } from "../../support/fixture.ts";
import { everyFlow, loud } from "./everyFlow.ts";

const {
  ActNorm,
  AdditiveCoupling,
  AffineCoupling,
  AutoregressiveFlow,
  Composition,
  ContinuousFlow,
  DiagonalScaling,
  expLayer,
  FactorOut,
  Flow,
  halfMask,
  Inverse,
  InvertibleLinear,
  logitLayer,
  MixtureCDF,
  MixtureCoupling,
  PerceptronField,
  perceptronConditioner,
  PlanarFlow,
  RecurrentFlow,
  Squeeze,
  scaleLayer,
  sigmoidLayer,
  softplusLayer,
  standardBase,
  TriangularFlow,
  tanhLayer,
} = flows;

beforeAll(() => chooseBackend());

// Made by test/fixtures/tails.py with mpmath 1.3.0, torch 2.15.0 and pyro 1.9.2.
const reference = fixture("tails");

const small = perceptronConditioner([8]);
const network = (d: number) => ({ mask: halfMask(d), network: small });
/** Points per coordinate, the same for all of a row. */
const points = (values: readonly number[], d: number) => tf.tensor2d(values.map(value => Array<number>(d).fill(value)));
const line = [-1e4, -300, -40, -6, -0.5, 0, 1e-3, 0.5, 6, 40, 300, 1e4];

/** A bijection, the x it says that it inverts, and how exactly: |x' − x| ≤ allowed(x). */
interface RangeCase {
  name: string;
  make: () => flows.Bijection;
  d: number;
  inside: readonly number[];
  allowed: (x: number) => number;
  /** x beyond, where it promises to stay finite; default: `line`. */
  beyond?: readonly number[];
}

const share = (part: number) => (x: number) => part * (1 + Math.abs(x));
const random = () => new Random(1);

const cases: RangeCase[] = [
  { name: "scale", make: () => scaleLayer(256, -3), d: 2, inside: [...line, 1e8, -1e8], allowed: share(1e-6) },
  {
    name: "sigmoid",
    make: sigmoidLayer,
    d: 2,
    inside: [-87, -50, -10, -1, 0, 1, 5, 10, 16],
    allowed: x => 1e-5 * (1 + Math.abs(x)) + 1e-7 * Math.exp(x),
  },
  {
    name: "logit",
    make: logitLayer,
    d: 2,
    inside: [0, 2 ** -126, 1e-30, 1e-7, 0.01, 0.5, 0.99, 1 - 2 ** -20, 1 - 2 ** -24, 1],
    allowed: x => 1e-5 * Math.min(Math.abs(x), 2 ** -7) + 1.2e-7,
    beyond: [0, 1],
  },
  {
    name: "tanh",
    make: tanhLayer,
    d: 2,
    inside: [-8.6, -5, -1, 0, 1e-6, 1, 5, 8.6],
    allowed: x => 1.2e-7 * Math.cosh(x) ** 2 + 1e-6,
  },
  {
    name: "softplus",
    make: softplusLayer,
    d: 2,
    inside: [-86, -40, -16, -3, 0, 2, 16, 90, 1e4, 1e20],
    allowed: x => (x < 0 ? 1e-5 : 1e-6 * (1 + x)),
  },
  { name: "exp", make: expLayer, d: 2, inside: [-87, -30, -1, 0, 1, 30, 88.7], allowed: share(1e-6) },
  {
    name: "logarithm",
    make: () => new Inverse(expLayer()),
    d: 2,
    inside: [2 ** -126, 1e-20, 1e-3, 1, 30, 1e30],
    allowed: x => 2e-5 * x,
    beyond: [0, 1e38],
  },
  ...(["logistic", "normal"] as const).flatMap(kind => [
    {
      name: `mixture of ${kind}s on the line`,
      make: () => gap(kind, [-3, 3], "line"),
      d: 1,
      inside: line,
      allowed: share(1e-5),
    },
    {
      name: `mixture of ${kind}s with means of ±2e4`,
      make: () => gap(kind, [-2e4, 2e4], "line"),
      d: 1,
      // Between the two the logit is flat, and no x can be told from its neighbours.
      inside: [-1e5, -30000, -20010, -20000, -19998, 19998, 20000, 20010, 30000, 1e5],
      allowed: (x: number) => 1e-4 * (1 + Math.abs(x) * 1e-2),
    },
    {
      name: `mixture of ${kind}s to (0, 1)`,
      make: () => gap(kind, [-3, 3], "unit"),
      d: 1,
      inside: kind === "logistic" ? [-80, -30, -5, -3, 3, 5, 10] : [-14, -9, -6, -3, 3, 5, 7],
      allowed: (x: number) => (x < 4 ? 1e-4 : x < 6 ? 1e-3 : 0.05),
    },
  ]),
  {
    name: "affine",
    make: () => loud(random(), new InvertibleLinear(random(), 4), 0.2),
    d: 4,
    inside: line,
    allowed: share(2e-5),
  },
  {
    name: "affine, in small units",
    make: () =>
      new InvertibleLinear(random(), 2, {
        W: [
          [1e-12, 0],
          [0, 1e12],
        ],
      }),
    d: 2,
    inside: line,
    allowed: share(2e-6),
  },
  { name: "actnorm", make: () => scaled(new ActNorm(2), 30), d: 2, inside: line, allowed: share(1e-4) },
  {
    name: "diagonal scaling",
    make: () => scaled(new DiagonalScaling(2), -30),
    d: 2,
    inside: line,
    allowed: share(1e-4),
  },
  {
    name: "additive coupling",
    make: () => loud(random(), new AdditiveCoupling(random(), network(4))),
    d: 4,
    inside: line,
    allowed: share(1e-6),
  },
  ...(["exp", "sigmoid", "softplus"] as const).map(scale => ({
    name: `affine coupling, ${scale}`,
    make: () => loud(random(), new AffineCoupling(random(), { ...network(4), scale }), 0.02),
    d: 4,
    inside: [-300, -40, -6, 0, 6, 40, 300],
    // The shift that is added before the scale is a multiple of x, which rounds it.
    allowed: share(2e-4),
  })),
  {
    name: "mixture coupling",
    make: () => loud(random(), new MixtureCoupling(random(), { ...network(4), components: 3 }), 0.02),
    d: 4,
    inside: line,
    allowed: share(2e-5),
  },
  {
    name: "autoregressive",
    make: () => loud(random(), new AutoregressiveFlow(random(), { ordering: [1, 0, 2], hidden: [8] }), 0.2),
    d: 3,
    inside: line,
    allowed: share(1e-4),
  },
  {
    name: "inverse autoregressive",
    make: () =>
      flows.inverseAutoregressiveFlow(
        loud(random(), new AutoregressiveFlow(random(), { ordering: [1, 0, 2], hidden: [8] }), 0.2),
      ),
    d: 3,
    inside: line,
    allowed: share(1e-4),
  },
  {
    name: "recurrent",
    make: () => loud(random(), new RecurrentFlow(random(), 3, { hidden: 5 }), 0.5),
    d: 3,
    inside: line,
    allowed: share(1e-4),
  },
  {
    name: "triangular",
    make: () => loud(random(), new TriangularFlow(random(), { components: 3, hidden: [6] }), 0.2),
    d: 2,
    inside: line,
    allowed: share(1e-4),
  },
  {
    name: "planar",
    make: () => loud(random(), new PlanarFlow(random(), 3), 1),
    d: 3,
    inside: line,
    allowed: share(1e-5),
  },
  {
    name: "planar, nearly folded",
    make: () => folded(),
    d: 2,
    inside: [-1e4, -40, -3, -1, 1, 3, 40, 1e4],
    allowed: share(1e-4),
  },
  {
    name: "squeeze",
    make: () => new Squeeze({ height: 2, width: 2, channels: 1 }),
    d: 4,
    inside: [...line, 3e38, -3e38],
    allowed: () => 0,
  },
  {
    name: "factor out",
    make: () => new FactorOut({ height: 1, width: 2, channels: 2 }, scaleLayer(8)),
    d: 4,
    inside: line,
    allowed: () => 0,
  },
  {
    name: "composition",
    make: () => new Composition([scaleLayer(256), logitLayer(), scaleLayer(2)]),
    d: 2,
    inside: [0.5, 17, 100, 255, 255.5, 255.99],
    allowed: () => 2e-4,
    beyond: [0, 255 + 1 - 2 ** -16, 256],
  },
  {
    name: "FFJORD",
    make: () => loud(random(), new ContinuousFlow(new PerceptronField(random(), 2, { hidden: [8] }), 2), 0.2),
    d: 2,
    inside: line,
    allowed: share(1e-4),
  },
];

/** Two sharp components: 1/8 wide at ±3, or 1 and 2 wide. */
function gap(kind: "logistic" | "normal", means: number[], range: "unit" | "line") {
  const layer = new MixtureCDF(new Random(1), 1, { components: 2, kind, range });
  layer.parameters.means?.assign(tf.tensor2d([means]));
  layer.parameters.logScales?.assign(tf.tensor2d([[0, Math.LN2]]));
  return layer;
}

function scaled<Layer extends flows.Bijection>(layer: Layer, logScale: number): Layer {
  layer.parameters.logScale?.assign(tf.fill(layer.parameters.logScale.shape, logScale));
  return layer;
}

it.each([30, 39, 41, 100, 800])("a plane that all but stands still, by e^−%d, has its log-determinant", s => {
  const layer = new PlanarFlow(new Random(1), 1);
  layer.parameters.w?.assign(tf.tensor1d([1]));
  layer.parameters.u?.assign(tf.tensor1d([-s]));
  const x = [0, 1e-19, 1e-9, 1e-4, -0.3, 5, 40];
  // log (h² + e^−s (1 − h²)) with h = tanh x, in float64: the larger of the two first
  const expected = x.map(x => {
    const h = Math.tanh(x);
    const [a, b] = [2 * Math.log(Math.abs(h)), -s + Math.log1p(-h * h)];
    return Math.max(a, b) + Math.log1p(Math.exp(-Math.abs(a - b)));
  });
  const column = tf.tensor2d(x, [x.length, 1]);
  const { logDet } = layer.forward(column);
  logDet.dataSync().forEach((value, i) => {
    const wanted = expected[i] as number;
    expect(Math.abs(value - wanted), `x = ${x[i]}`).toBeLessThanOrEqual(3e-6 * Math.max(1, Math.abs(wanted)));
  });
  const { grads } = tf.variableGrads(() => layer.forward(column).logDet.sum() as tf.Scalar);
  for (const gradient of Object.values(grads)) expect(allFinite(gradient)).toBe(true);
});

it("a layer without a plane, w = 0, moves all by u tanh b, and back", () => {
  const layer = new PlanarFlow(new Random(1), 2);
  layer.parameters.w?.assign(tf.zeros([2]));
  layer.parameters.u?.assign(tf.tensor1d([3, -1]));
  layer.parameters.b?.assign(tf.scalar(0.5));
  const x = tf.tensor2d([[1, 2], [-4, 0]]); // biome-ignore format: rows
  const { z, logDet } = layer.forward(x);
  const h = Math.tanh(0.5);
  [1 + 3 * h, 2 - h, -4 + 3 * h, -h].forEach((value, i) => {
    expect(z.dataSync()[i]).toBeCloseTo(value, 6);
  });
  expect(Array.from(logDet.dataSync())).toEqual([0, 0]);
  layer
    .inverse(z)
    .dataSync()
    .forEach((value, i) => {
      expect(value).toBeCloseTo(x.dataSync()[i] as number, 5);
    });
  const { grads } = tf.variableGrads(() => layer.forward(x).z.sum() as tf.Scalar);
  for (const gradient of Object.values(grads)) expect(allFinite(gradient)).toBe(true);
});

/** 1 + ûᵀw = log(1 + e^−8): a slope of 3e-4 on the plane. */
function folded(): flows.Bijection {
  const layer = new PlanarFlow(new Random(1), 2);
  layer.parameters.w?.assign(tf.tensor1d([1, 1]));
  layer.parameters.u?.assign(tf.tensor1d([-4, -4]));
  return layer;
}

const allFinite = (values: tf.Tensor) => Array.from(values.dataSync()).every(Number.isFinite);

describe.each(cases)("the range of $name", ({ make, d, inside, allowed, beyond = line }) => {
  it("is inverted as exactly as the comment says", () => {
    const flow = make();
    const back = flow.inverse(flow.forward(points(inside, d)).z).arraySync() as number[][];
    back.forEach((row, n) => {
      const x = Math.fround(inside[n] as number);
      for (const value of row) expect(Math.abs(value - x), `x = ${x}: ${value}`).toBeLessThanOrEqual(allowed(x));
    });
  });

  it("has finite values, log-determinants and gradients, there and beyond", () => {
    const flow = make();
    const variables = Object.values(flow.parameters);
    for (const values of [inside, beyond]) {
      const x = points(values, d);
      const { z, logDet } = flow.forward(x);
      expect(allFinite(z), `z ${z}`).toBe(true);
      expect(allFinite(logDet), `log-determinant ${logDet}`).toBe(true);
      expect(allFinite(flow.inverse(z)), "inverse").toBe(true);
      const toX = tf.grad((x: tf.Tensor) => flow.forward(x).z.sum().add(flow.forward(x).logDet.sum()))(x);
      expect(allFinite(toX), `gradient ${toX}`).toBe(true);
      const toZ = tf.grad((z: tf.Tensor) => flow.inverse(z).sum())(z);
      expect(toZ.isNaN().any().dataSync()[0], `gradient of the inverse ${toZ}`).toBe(0);
      if (variables.length === 0) continue;
      const { grads } = tf.variableGrads(() => {
        const { z, logDet } = flow.forward(x);
        return z.sum().add(logDet.sum()) as tf.Scalar;
      }, variables);
      for (const grad of Object.values(grads)) expect(allFinite(grad), `${grad}`).toBe(true);
    }
  });

  it("is the same compiled", () => {
    const flow = make();
    const x = points(inside, d);
    const { z, logDet } = flow.forward(x);
    const compiled = compile((x: tf.Tensor) => flow.forward(x), { otherwise: "throw" });
    const traced = compiled(x);
    expectClose(traced.z, z, { absolute: 1e-5, relative: 1e-5 });
    expectClose(traced.logDet, logDet, { absolute: 1e-4, relative: 1e-4 });
    compiled.dispose();
  });
});

describe("no bijection is left out", () => {
  it("every class and layer of flows/ that is a bijection has its range here", () => {
    const notBijections = ["Flow", "PerceptronField", "VariationalNoise"];
    const classes = Object.entries(flows)
      .filter(([name, value]) => /^[A-Z]/.test(name) && typeof value === "function" && !notBijections.includes(name))
      .map(([name]) => name);
    const made = new Set(cases.map(({ make }) => make().constructor.name));
    expect(classes.filter(name => !made.has(name))).toEqual([]);
    const layers = Object.keys(flows).filter(name => name.endsWith("Layer"));
    const named = layers.map(name => name.replace(/Layer$/, ""));
    expect(named.filter(name => !cases.some(each => each.name === name))).toEqual([]);
  });
});

describe("log p of a flow's own samples is finite", () => {
  const wide = new Logistic<"z">([0], [30]);

  it.each(everyFlow.filter(({ onto }) => onto))("$name", ({ make, dimension }) => {
    const flow = new Flow(make(new Random(1)), standardBase(dimension));
    expect(allFinite(flow.logProb(flow.sample(new Random(2), 200)))).toBe(true);
  });

  it.each([
    ["logit", logitLayer],
    ["logarithm", () => new Inverse(expLayer())],
    ["inverse of softplus", () => new Inverse(softplusLayer())],
    ["inverse of tanh", () => new Inverse(tanhLayer())],
    ["pixels", () => new Composition([scaleLayer(256), logitLayer()])],
  ])("%s, saturated", (_, make) => {
    const flow = new Flow(make(), wide);
    const x = flow.sample(new Random(3), 500);
    expect(allFinite(x)).toBe(true);
    expect(allFinite(flow.logProb(x))).toBe(true);
  });

  it.each(["logistic", "normal"] as const)("a mixture of %ss to the uniform base, also far out", kind => {
    const flow = new Flow(gap(kind, [-3, 3], "unit"), new Uniform<"z">([0], [1]));
    const z = tf.tensor2d([[0], [1e-38], [1e-7], [0.5], [1 - 2 ** -24], [1]]);
    const x = flow.bijection.inverse(z);
    expect(allFinite(x)).toBe(true);
    expect(allFinite(flow.logProb(tf.concat([x, points(line, 1)])))).toBe(true);
  });
});

describe("what is masked, or not known yet, is not looked at", () => {
  /** Shift 0 and that raw scale for every coordinate, those that stay included. */
  const constant =
    (raw: number): flows.MakeConditioner =>
    () => ({
      parameters: {},
      apply: x => [tf.fill(x.shape, raw), tf.zerosLike(x)],
    });

  it.each(["exp", "sigmoid", "softplus"] as const)("an affine coupling, %s, with raw scales of any size", scale => {
    for (const raw of [-1e30, -1e4, -120, 120, 1e4]) {
      const coupling = new AffineCoupling(random(), { mask: [1, 0], network: constant(raw), scale });
      const { z, logDet } = coupling.forward(tf.tensor2d([[0.3, 2]]));
      expect(allFinite(z) && allFinite(logDet) && allFinite(coupling.inverse(z)), `${raw}`).toBe(true);
      const r = raw + Math.log(Math.E - 1);
      if (scale === "softplus" && raw > -1e5 && raw < 0) expectClose(logDet, [r], { relative: 1e-6 });
    }
  });

  it("a masked autoregressive flow whose scales overflow at 0", () => {
    const flow = new AutoregressiveFlow(random(), { ordering: [0, 1, 2], hidden: [4], activation: "relu" });
    for (const variable of Object.values(flow.parameters)) variable.assign(tf.zerosLike(variable));
    // The scales are e^0 at this x, and e^200 and e^400 while its first coordinate is not known.
    flow.parameters["logScale.layer2.bias"]?.assign(tf.tensor1d([0, 200, 400]));
    flow.parameters["logScale.layer1.kernel"]?.assign(tf.ones([3, 4]));
    flow.parameters["logScale.layer2.kernel"]?.assign(tf.fill([4, 3], -50));
    const x = tf.tensor2d([[2, 0, -1]]);
    const { z } = flow.forward(x);
    const inverse = flow.inverse(z);
    expect(allFinite(z)).toBe(true);
    expect(allFinite(inverse)).toBe(true);
    expectClose(inverse, x, { absolute: 1e-4 });
    expect(allFinite(tf.grad((z: tf.Tensor) => flow.inverse(z).sum())(z))).toBe(true);
    expectClose(flow.inverseCached(z), x, { absolute: 1e-4 });
  });
});

describe("against mpmath", () => {
  type Row = Record<string, number>;
  const column = (rows: Row[], key: string) => rows.map(row => row[key] as number);

  it.each(
    reference.mixtures as {
      kind: flows.MixtureKind;
      means: number[];
      weights: number[];
      scales: number[];
      rows: Row[];
    }[],
  )(
    "a mixture of $kind components about $means: logit, density and slope, far out, too",
    ({ kind, weights, means, scales, rows }) => {
      const mixture = {
        logits: tf.tensor2d([weights.map(Math.log)]),
        means: tf.tensor2d([means]),
        logScales: tf.tensor2d([scales.map(Math.log)]),
      };
      const found = flows.mixtureCdf(tf.tensor2d(column(rows, "x"), [rows.length, 1]), mixture, kind);
      for (const key of ["logit", "logDensity", "logSlope"] as const) {
        expectClose(found[key], column(rows, key), { absolute: 3e-6, relative: 3e-6 });
      }
    },
  );

  it("the inverse of Φ at a logit of 17 is 5.36, at 1e5 it is 447", () => {
    const flow = new MixtureCDF(random(), 1, { components: 1, kind: "normal" });
    flow.parameters.means?.assign(tf.zeros([1, 1]));
    const x = flow.inverse(tf.tensor2d([[17], [-17], [1e5]]));
    // scipy 1.17: stats.norm.isf(special.expit(-17)) and −special.ndtri_exp(-1e5)
    expectClose(x, [5.3609209, -5.3609209, 447.19789], { relative: 1e-5 });
  });

  it.each(Object.keys(reference.elementwise))("%s and its log-derivative", name => {
    const rows = reference.elementwise[name] as Row[];
    const layer = { softplus: softplusLayer, exp: expLayer, sigmoid: sigmoidLayer, tanh: tanhLayer }[
      name
    ] as () => flows.Bijection;
    const { z, logDet } = layer().forward(tf.tensor2d(column(rows, "x"), [rows.length, 1]));
    expectClose(z, column(rows, "z"), { relative: 1e-6 });
    expectClose(logDet, column(rows, "logDet"), { absolute: 3e-7, relative: 1e-6 });
  });

  it("log softplus, of which a scale is made", () => {
    const rows = reference.logSoftplus as Row[];
    expectClose(logSoftplus(tf.tensor1d(column(rows, "r"))), column(rows, "value"), { absolute: 1e-7, relative: 1e-6 });
  });

  it("softplus and exp as torch has them", () => {
    for (const [name, layer] of [
      ["softplus", softplusLayer()],
      ["exp", expLayer()],
    ] as const) {
      const { x, z, logDet } = reference[`${name}Torch`];
      const ours = layer.forward(tf.tensor2d(x));
      expectClose(ours.z, z.flat(), { relative: 1e-6 });
      expectClose(ours.logDet, logDet, { relative: 1e-6 });
    }
  });

  it("a planar flow as pyro has it", () => {
    for (const { w, u, b, x, z, logDet } of reference.planar) {
      const flow = new PlanarFlow(random(), w.length);
      flow.parameters.w?.assign(tf.tensor1d(w));
      flow.parameters.u?.assign(tf.tensor1d(u));
      flow.parameters.b?.assign(tf.scalar(b));
      const ours = flow.forward(tf.tensor2d(x));
      expectClose(ours.z, z.flat(), { absolute: 2e-6 });
      expectClose(ours.logDet, logDet, { absolute: 2e-6 });
      expectClose(flow.inverse(tf.tensor2d(z)), x.flat(), { absolute: 2e-5 });
    }
  });
});

describe("scales that differ", () => {
  const mixture = (kind: "normal" | "logistic", logits: number[], means: number[], logScales: number[]) => {
    const flow = new MixtureCDF(random(), 1, { components: 2, kind });
    for (const [name, values] of Object.entries({ logits, means, logScales })) {
      flow.parameters[name]?.assign(tf.tensor2d([values]));
    }
    return flow;
  };

  it.each(["normal", "logistic"] as const)("a %s mixture inverts beside components that are far away or wide", kind => {
    const [e, wide] = [-30, 40];
    for (const [means, logScales, xs] of [
      [
        [0, 1],
        [e, e],
        [-1e6, -20, -3, 0.3, 1],
      ],
      [
        [0, 1e30],
        [e, e],
        [-1e6, -20, -3, 0.3, 1],
      ],
      [
        [0, 0],
        [e, wide],
        [-1, -0.3, 0.2, 1],
      ],
    ] as const) {
      const flow = mixture(kind, [0, -1], [...means], [...logScales]);
      const x = tf.tensor2d(xs.map(value => [value * Math.exp(e)]));
      expectClose(flow.inverse(flow.forward(x).z), x, { relative: 2e-5 });
    }
  });

  it.each(["normal", "logistic"] as const)("a component without weight decides nothing about a %s mixture", kind => {
    const alone = mixture(kind, [0, 0], [1, 1], [0, 0]);
    for (const elsewhere of [-1e30, 1e5, 1e30]) {
      const flow = mixture(kind, [-Infinity, 0], [elsewhere, 1], [20, 0]);
      const z = tf.tensor2d([[-30], [-0.5], [0.5], [5], [30]]);
      expectClose(flow.inverse(z), alone.inverse(z), { absolute: 2e-6, relative: 1e-6 });
    }
  });

  it("a planar flow is the same in any unit of x: w → w/c, u → c u", () => {
    const make = (c: number) => {
      const flow = new PlanarFlow(random(), 2);
      flow.parameters.w?.assign(tf.tensor1d([1 / c, -2 / c]));
      flow.parameters.u?.assign(tf.tensor1d([-0.5 * c, c]));
      return flow;
    };
    const x = [0.5, 1, -2, 0.25];
    const one = make(1).forward(tf.tensor2d(x, [2, 2]));
    for (const c of [1e-30, 1e-20, 1e20, 1e30]) {
      const flow = make(c);
      const given = tf.tensor2d(
        x.map(value => value * c),
        [2, 2],
      );
      const { z, logDet } = flow.forward(given);
      expectClose(z.div(c), one.z, { relative: 1e-5 });
      expectClose(logDet, one.logDet, { absolute: 1e-6 });
      expectClose(flow.inverse(z).div(c), x, { absolute: 1e-5 });
    }
  });
});
