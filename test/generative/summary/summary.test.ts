import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import * as tf from "@tensorflow/tfjs";
import { beforeAll, describe, expect, it } from "vitest";
import { chooseBackend, Random } from "../../../src/engine/index.ts";
import * as exactRoom from "../../../src/generative/exact/index.ts";
import * as library from "../../../src/generative/index.ts";
import { summarise } from "../../../src/generative/summary/showSummary.ts";
import { formulas, type Summary } from "../../../src/generative/summary/summary.ts";

beforeAll(() => chooseBackend());

const { Composition, Flow, MADE, Normal, naturalOrdering, Perceptron, realNVP, standardBase, VAE } = library;

/** The bundle that the kernel asks a value for. */
function shown(value: object): Record<string, string> {
  return (value as Record<symbol, () => Record<string, string>>)[Symbol.for("Jupyter.display")]?.() ?? {};
}

const random = () => new Random(1);

describe("a model below its cell", () => {
  it("is PyTorch's tree with the mathematics beside it", () => {
    expect(shown(new VAE(random(), { pixels: 6, hidden: [4], latent: 2 }))["text/plain"]).toBe(
      `VAE · 90 parameters
  p(z) = N(0, I), p(x|z) = Bernoulli(decoder(z)), q(z|x) = N(μ(x), diag σ²(x))
  prior: Normal  mean = (0, 0), std = (1, 1)  log N(x; μ, σ²) = −½ ((x − μ)/σ)² − log σ − ½ log 2π
  likelihood: BernoulliDecoder  42 parameters  p(x|z) = ∏ Bernoulli(x_i; sigmoid(ℓ_i(z)))
    body: Perceptron  12 parameters  dense layers with an activation after each
      layers[0]: Dense  kernel 2 × 4, bias 4  12 parameters  y = x W + b
    logits: Dense  kernel 4 × 6, bias 6  30 parameters
  encoder: NormalEncoder  48 parameters  q(z|x) = N(μ(x), diag σ²(x))
    body: Perceptron  28 parameters
      layers[0]: Dense  kernel 6 × 4, bias 4  28 parameters
    mean: Dense  kernel 4 × 2, bias 2  10 parameters
    logStd: Dense  kernel 4 × 2, bias 2  10 parameters`,
    );
  });

  it("is a formula and a table where formulas are set", () => {
    const markdown = shown(new MADE(random(), { hidden: [10], ordering: naturalOrdering(6) }))["text/markdown"];
    const [title, formula, table, theirs] = markdown?.split("\n\n") ?? [];
    expect([title, formula]).toEqual([
      "**MADE** · 136 parameters",
      String.raw`$$\operatorname{logit} p(x_i = 1 \mid x_{<i}) = \mathrm{NN}(x; W \odot M)_i$$`,
    ]);
    const rows = table?.split("\n").map(row => row.split(/(?<!\\)\|/).length);
    expect(new Set(rows)).toEqual(new Set([6]));
    expect(table).toContain("| &nbsp;&nbsp;&nbsp;`layers[0]` | MaskedDense | `mask` 6 × 10 | 70 |");
    expect(theirs?.split("\n")).toContain("- MaskedDense: $y = x (W \\odot M) + b$");
  });

  it("is as long as a screen: deeper parts are left out, and of many layers the middle", () => {
    const layers = (count: number) =>
      new Composition(Array.from({ length: count }, () => realNVP(random(), { d: 2, couplings: 2, hidden: [4] })));
    const lines = (value: object) => shown(value)["text/plain"]?.split("\n") ?? [];
    expect(lines(layers(3)).filter(line => line.includes("AffineCoupling"))).toHaveLength(6);
    expect(lines(layers(9)).filter(line => line.includes("AffineCoupling"))).toHaveLength(0);
    const many = lines(layers(40));
    expect(many).toHaveLength(2 + 8 + 1 + 8);
    expect(many.filter(line => line === "  …")).toHaveLength(1);
  });

  it("counts what an autoregressive flow has cost so far", () => {
    const flow = new library.AutoregressiveFlow(random(), { ordering: [0, 1], hidden: [4] });
    tf.tidy(() => flow.inverse(tf.zeros([1, 2])));
    expect(flow.passes).toBeGreaterThan(0);
    expect(shown(flow)["text/plain"]).toContain(`${flow.passes} passes so far`);
  });

  it("is what a class of one's own inherits, and may replace", () => {
    class Mine extends Normal {}
    class Other extends Normal {
      [Symbol.for("Jupyter.display")]() {
        return { "text/plain": "mine" };
      }
    }
    expect(shown(new Mine([0], [1]))["text/plain"]).toContain("Mine\n  log N(x; μ, σ²)");
    expect(shown(new Other([0], [1]))).toEqual({ "text/plain": "mine" });
  });

  it("says its shapes where its tensors are disposed of", () => {
    const mean = tf.tensor1d([1, 2]);
    const normal = new Normal(mean, [1, 1]);
    tf.dispose([normal.mean, normal.std]);
    expect(shown(normal)["text/plain"]).toContain("mean 2, std 2");
  });

  it("is nothing for a prototype", () => {
    expect(shown(Normal.prototype)).toEqual({});
  });

  it("leaves no tensor behind", () => {
    const flow = new Flow(realNVP(random(), { d: 2 }), standardBase(2));
    const before = tf.memory().numTensors;
    shown(flow);
    expect(tf.memory().numTensors).toBe(before);
  });
});

describe("summarise", () => {
  it("counts each parameter once, where a network is shared too", () => {
    const net = new Perceptron(random(), [3, 5, 2]);
    const shared = { first: net, second: net, parameters: net.parameters };
    expect(summarise(shared).parameterCount).toBe(3 * 5 + 5 + 5 * 2 + 2);
  });

  it.each([
    ["an affine flow in layers", () => new Flow(realNVP(random(), { d: 4 }), standardBase(4))],
    ["a VAE", () => new VAE(random(), { pixels: 9, hidden: [5, 4], latent: 2 })],
    ["a MADE", () => new MADE(random(), { hidden: [7, 7], ordering: naturalOrdering(5) })],
    ["a network with a GRU", () => new library.RNN(random(), { ordering: naturalOrdering(4), hidden: 6 })],
    ["a VQ-VAE", () => new library.VQVAE(random(), { height: 8, width: 8, codes: 8, dimension: 4, features: 8 })],
  ])("loses no parameter of %s: those of its parts and its own add up", (_, make) => {
    const model = make() as { parameters: Record<string, tf.Variable> };
    const total = Object.values(model.parameters).reduce((sum, { size }) => sum + size, 0);
    const addUp = ({ numbers, parts }: Summary): number => {
      const own = numbers.filter(({ isTrainable }) => isTrainable).map(({ shape }) => shape.reduce((a, b) => a * b, 1));
      return [...own, ...parts.map(({ summary }) => addUp(summary))].reduce((a, b) => a + b, 0);
    };
    expect(summarise(model).parameterCount).toBe(total);
    expect(addUp(summarise(model))).toBe(total);
  });

  it("shows itself", () => {
    const net = new Perceptron(random(), [2, 3]);
    expect(shown(summarise({ net, parameters: net.parameters }))["text/plain"]?.split("\n")).toEqual([
      "network · 9 parameters",
      "  net: Perceptron  9 parameters  dense layers with an activation after each",
      "    layers[0]: Dense  kernel 2 × 3, bias 3  9 parameters  y = x W + b",
    ]);
  });

  it("ends where a part knows its whole", () => {
    const net = new Perceptron(random(), [3, 2]) as InstanceType<typeof Perceptron> & { owner?: object };
    const model = { net, parameters: net.parameters };
    net.owner = model;
    expect(summarise(model).parts.map(({ path }) => path)).toEqual(["net"]);
  });

  it.each([
    ["a number", 3, "3"],
    ["nothing", undefined, "undefined"],
    ["an object without parameters", { a: 1 }, "an object with a"],
    ["parameters that are not tensors", { parameters: { a: 1 } }, "an object with parameters"],
  ])("says of %s what it wants", (_, value, got) => {
    expect(() => summarise(value as object)).toThrow(
      `summarise: model must be a model, flow, layer or distribution, but got ${got}; give it`,
    );
  });
});

describe("the formulas", () => {
  const rooms = ["distributions", "flows", "models", "networks", "exact"];
  const sources = rooms.flatMap(room => {
    const folder = join(import.meta.dirname, "../../../src/generative", room);
    return readdirSync(folder).map(file => readFileSync(join(folder, file), "utf8"));
  });
  /** The doc comment of a class, its lines joined. */
  function docComment(name: string): string {
    const pattern = new RegExp(`/\\*\\*((?:(?!\\*/)[\\s\\S])*)\\*/\\nexport (?:abstract )?class ${name}\\b`);
    const found = sources.map(source => pattern.exec(source)?.[1]).find(text => text !== undefined);
    return (found ?? "").replace(/\s*\n\s*\* ?/g, " ");
  }

  it.each(formulas.map(([type, { text }]) => [type.name, text] as const))(
    "of %s stands in its doc comment",
    (name, text) => {
      expect(docComment(name)).toContain(text);
    },
  );

  it("are there for every distribution, flow, model and layer that the library exports", () => {
    const known = new Set<unknown>(formulas.map(([type]) => type));
    const isClass = (value: unknown): value is { name: string; prototype: object } => {
      const methods = ["logProb", "forward", "apply", "given", "encode"];
      return typeof value === "function" && methods.some(method => method in (value.prototype ?? {}));
    };
    const exact = new Set<unknown>(Object.values(exactRoom));
    const classes = Object.values<unknown>(library)
      .filter(isClass)
      .filter(each => !exact.has(each));
    expect(classes.length).toBeGreaterThan(50);
    expect(classes.filter(each => !known.has(each)).map(({ name }) => name)).toEqual([]);
  });

  it("are whole as TeX", () => {
    for (const [{ name }, { tex }] of formulas) {
      const depth = [...tex.replace(/\\[{}]/g, "")].reduce((sum, c) => sum + (c === "{" ? 1 : c === "}" ? -1 : 0), 0);
      expect([depth, tex.split(/\\left(?![a-z])/).length], name).toEqual([0, tex.split(/\\right(?![a-z])/).length]);
    }
  });
});
