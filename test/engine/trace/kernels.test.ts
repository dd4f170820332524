import * as tf from "@tensorflow/tfjs";
import { beforeAll, describe, expect, it } from "vitest";
import { compile, Random, repairGradients } from "../../../src/engine/index.ts";
import { kernels } from "../../../src/engine/trace/kernels/table.ts";
import { numbersOf } from "../../support/close.ts";
import { kernelCases } from "./cases.ts";
import { type KernelCase, type Kind, kinds, Shapes, type Tensor, type Use } from "./cases/case.ts";

// The plainest backend is the reference: it has every kernel.
beforeAll(async () => {
  await tf.setBackend("cpu");
  (tf.backend() as { firstUse?: boolean }).firstUse = false;
  repairGradients();
});

it("has a case for every kernel that it knows, and knows every one that it has a case for", () => {
  const covered = new Set(kernelCases.map(({ kernel }) => kernel));
  compile((x: Tensor) => x, { otherwise: "throw" })(tf.ones([1]));
  const known = tf.getKernelsForBackend("trace").map(({ kernelName }) => kernelName);
  expect(Object.keys(kernels).filter(name => !known.includes(name))).toEqual([]);
  expect([...covered].sort()).toEqual(known.sort());
});

const DRAWS = 4;

describe.each(kinds)("a compiled kernel is the eager one, and so is its gradient: %s", kind => {
  it.each(kernelCases.map((each, i) => [`${i} ${each.kernel}`, each] as const))("%s", (_, each) => {
    for (let seed = 1; seed <= DRAWS; seed++) {
      const use = each.use(new Shapes(new Random(seed), kind));
      const shapes = use.inputs.map(({ shape }) => `[${shape}]`).join(", ");
      try {
        compare(each, use, kind);
      } catch (error) {
        throw new Error(`draw ${seed} of shapes ${shapes}: ${error instanceof Error ? error.message : error}`, {
          cause: error,
        });
      }
    }
  });
});

const fewPlaces = () => new Shapes(new Random(1), "ordinary").integers([20_000], 5);

it.each<[string, (x: Tensor, places: Tensor) => Tensor]>([
  ["gathered many times", (x, places) => tf.gather(x.reshape([24, 96]), places)],
  ["the largest of many windows", x => tf.maxPool(x as tf.Tensor4D, 5, 1, "same").reshape([24, 96])],
])("adds up the gradients of entries that are %s, on several threads", (_, f) => {
  const shapes = new Shapes(new Random(2), "ordinary");
  const [x, places] = [shapes.floats([1, 24, 24, 4]), fewPlaces()];
  const rows = f(x, places).shape[0] as number;
  // A product that is large enough for the session to be given threads.
  const w = shapes.floats([96, Math.ceil(1e7 / rows / 96)]);
  const gradient = (x: Tensor) => tf.grad(x => f(x, places).matMul(w).sin().sum())(x);
  const wanted = numbersOf(gradient(x));
  const most = Math.max(...wanted.map(Math.abs));
  const compiled = compile(gradient, { otherwise: "throw" });
  for (let i = 0; i < 10; i++) {
    const off = numbersOf(compiled(x)).map((value, entry) => Math.abs(value - (wanted[entry] as number)));
    expect(Math.max(...off)).toBeLessThan(1e-3 * most);
  }
  compiled.dispose();
});

function compare({ kernel, gradient }: KernelCase, { f, inputs }: Use, kind: Kind): void {
  const run = new Set<string>();
  const forward = () => [f(...inputs)].flat();
  const eager = orRefused(kind, () => runningKernels(forward, run));
  if (eager === undefined) return;
  expect([...run]).toContain(kernel);
  const dy = tf.randomNormal((eager[0] as Tensor).shape, 0, 1, "float32", 1);
  const eagerGradients = gradient ? orRefused(kind, () => gradientsOf(f, inputs, dy)) : undefined;
  const both = (dy: Tensor, ...given: Tensor[]): Tensor[] => [
    ...[f(...given)].flat(),
    ...(eagerGradients ? gradientsOf(f, given, dy) : []),
  ];

  const compiled = compile(both, { otherwise: "throw" });
  const before = tf.memory().numTensors;
  const results = compiled(dy, ...inputs);
  expect(tf.memory().numTensors).toBe(before + results.length);
  compiled.dispose();

  const wanted = [...eager, ...(eagerGradients ?? [])];
  const kindOf = ({ shape, dtype }: Tensor) => ({ shape, dtype });
  expect(results.map(kindOf)).toEqual(wanted.map(kindOf));
  results.forEach((result, i) => {
    expectSame(numbersOf(result), numbersOf(wanted[i] as Tensor), i < eager.length ? "result" : "gradient");
  });
}

/** Eager tfjs refuses some empty tensors; then there is nothing to compare with. */
function orRefused(kind: Kind, eager: () => Tensor[]): Tensor[] | undefined {
  if (kind !== "an empty axis") return eager();
  try {
    return eager();
  } catch {
    return undefined;
  }
}

/** Notes the names of the kernels that `body` runs. */
function runningKernels<Result>(body: () => Result, names: Set<string>): Result {
  const engine = tf.engine() as unknown as { runKernelFunc: (call: { kernelName?: string }) => unknown };
  const original = engine.runKernelFunc;
  engine.runKernelFunc = call => {
    if (call.kernelName !== undefined) names.add(call.kernelName);
    return original.call(engine, call);
  };
  try {
    return body();
  } finally {
    delete (engine as Partial<typeof engine>).runKernelFunc;
  }
}

/** The gradients with respect to the inputs in float32. */
function gradientsOf(f: Use["f"], inputs: Tensor[], dy: Tensor): Tensor[] {
  const floats = inputs.filter(({ dtype }) => dtype === "float32");
  const g = tf.grads((...given: Tensor[]) => {
    const next = given[Symbol.iterator]();
    return f(...inputs.map(input => (input.dtype === "float32" ? next.next().value : input))) as Tensor;
  });
  return g(floats, dy);
}

/** Equal up to rounding, with NaN equal to NaN. */
function expectSame(actual: number[], wanted: number[], words: string): void {
  const scale = wanted.filter(Number.isFinite).reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  actual.forEach((value, i) => {
    const other = wanted[i] as number;
    if (Object.is(value, other) || value === other) return;
    const allowed = 1e-5 * Math.abs(other) + 1e-6 * Math.min(scale, 1);
    expect(Math.abs(value - other), `${words}, entry ${i}: ${value} against ${other}`).toBeLessThanOrEqual(allowed);
  });
}
