import * as tf from "@tensorflow/tfjs";
import { beforeAll, describe, expect, it, vi } from "vitest";
import { checkAtEveryCall, chooseBackend, compile, inLoop, Random } from "../../src/engine/index.ts";
import { expectClose, numbersOf } from "../support/close.ts";
import { type Workload, workloads } from "./workloads.ts";

beforeAll(async () => {
  await chooseBackend();
  (tf.findBackend("cpu") as { firstUse?: boolean }).firstUse = false;
});

/** Some steps of training, and everything they changed. Eager ones run in plain JavaScript, the slow reference. */
async function train(make: () => Workload, optimizer: () => tf.Optimizer, compiled: boolean, steps: number) {
  const backend = tf.getBackend();
  if (!compiled) await tf.setBackend("cpu");
  const others = new Set(Object.keys(tf.engine().registeredVariables));
  const { parameters, loss, batch } = make();
  const rule = optimizer();
  const [data, random] = [new Random(7), new Random(8)];
  const update = (x: tf.Tensor, random: Random) =>
    rule.minimize(() => loss(x, random).asScalar(), true, parameters) as tf.Scalar;
  const graph = compiled ? compile(update, { optimizer: rule, otherwise: "throw" }) : undefined;
  const step = graph ?? update;
  const losses = Array.from({ length: steps }, (_, i) => {
    setLearningRate(rule, 0.002 * 0.9 ** i);
    return tf.tidy(() => step(batch(data), random).dataSync()[0] as number);
  });
  graph?.dispose();
  const values = parameters.map(numbersOf);
  const own = Object.values(tf.engine().registeredVariables).filter(({ name }) => !others.has(name));
  const state = own.map(numbersOf);
  const { iterations } = rule;
  tf.dispose(parameters);
  rule.dispose();
  await tf.setBackend(backend);
  return { losses, values, random: random.state, state, iterations };
}

function setLearningRate(optimizer: tf.Optimizer, rate: number): void {
  const settable = optimizer as unknown as { learningRate: number; setLearningRate?: (rate: number) => void };
  if (settable.setLearningRate) settable.setLearningRate(rate);
  else settable.learningRate = rate;
}

/** ‖a − b‖ against ‖b‖ */
function expectNear(a: readonly number[], b: readonly number[], relative: number): void {
  const distance = Math.hypot(...a.map((value, i) => value - (b[i] as number)));
  expect(distance).toBeLessThan(relative * Math.hypot(...b) + 1e-7);
}

describe.each(Object.entries(workloads))("%s", (_, make) => {
  it("takes the same five steps compiled as eagerly", async () => {
    const eager = await train(make, () => tf.train.adam(0.001), false, 5);
    const compiled = await train(make, () => tf.train.adam(0.001), true, 5);
    expect(compiled.random).toEqual(eager.random);
    expectClose(compiled.losses[0] as number, eager.losses[0] as number, { relative: 1e-6 });
    expectClose(compiled.losses, eager.losses, { relative: 1e-4 });
    eager.values.forEach((values, i) => {
      expectNear(compiled.values[i] as number[], values, 1e-4);
    });
  });
});

describe.each(Object.entries(workloads))("%s, not trained", (_, make) => {
  it("evaluates the same loss compiled as eagerly", () => {
    const { parameters, loss, batch } = make();
    const [one, two] = [new Random(8), new Random(8)];
    const evaluate = compile(loss, { otherwise: "throw" });
    for (const seed of [1, 2, 3]) {
      const x = batch(new Random(seed));
      expectClose(evaluate(x, one), loss(x, two), { relative: 2e-5 });
    }
    expect(one.state).toEqual(two.state);
    evaluate.dispose();
    tf.dispose(parameters);
  });
});

/** A smooth loss of parameters of several shapes, one of them a single number. */
function quadratic(): Workload {
  const random = new Random(5);
  const parameters = [[3, 4], [5], [], [2, 2, 2]].map(shape => tf.variable(random.normal(shape)));
  return {
    parameters,
    loss: x =>
      parameters
        .map((w, i) =>
          w
            .sub(x.mean())
            .square()
            .mul(i + 1)
            .sum(),
        )
        .reduce((sum, term) => sum.add(term)),
    batch: data => data.normal([6]),
  };
}

describe.each<[string, () => tf.Optimizer]>([
  ["sgd", () => tf.train.sgd(0.1)],
  ["momentum", () => tf.train.momentum(0.1, 0.9)],
  ["nesterov", () => tf.train.momentum(0.1, 0.9, true)],
  ["rmsprop", () => tf.train.rmsprop(0.1)],
  ["centered rmsprop with momentum", () => tf.train.rmsprop(0.1, 0.9, 0.5, 1e-10, true)],
  ["adagrad", () => tf.train.adagrad(0.1)],
  ["adadelta", () => tf.train.adadelta(0.1)],
  ["adam", () => tf.train.adam(0.1)],
  ["adamax", () => tf.train.adamax(0.1, 0.9, 0.999, 1e-7, 0.01)],
])("%s", (_, optimizer) => {
  it("takes the same ten steps compiled as eagerly, while the learning rate falls", async () => {
    const eager = await train(quadratic, optimizer, false, 10);
    const compiled = await train(quadratic, optimizer, true, 10);
    expectClose(compiled.losses, eager.losses, { relative: 1e-6 });
    expect(compiled.iterations).toBe(10);
    expect(eager.iterations).toBe(10);
    for (const part of ["values", "state"] as const) {
      expect(compiled[part].length).toBe(eager[part].length);
      eager[part].forEach((values, i) => {
        expectNear(compiled[part][i] as number[], values, 1e-6);
      });
    }
  });
});

/** w ← w − η (w − target): one parameter, so that a test can follow it by hand. */
function descent(options: { otherwise?: "throw" } = { otherwise: "throw" }) {
  const w = tf.variable(tf.tensor1d([4, 8]));
  const optimizer = tf.train.sgd(0.5);
  const update = (target: tf.Tensor) =>
    optimizer.minimize(() => w.sub(target).square().mul(0.5).sum().asScalar(), true, [w]) as tf.Scalar;
  return { w, optimizer, step: compile(update, { optimizer, ...options }) };
}

describe("compile", () => {
  it("takes in what others assign", () => {
    const { w, step } = descent();
    step(tf.zeros([2]));
    expect(numbersOf(w)).toEqual([2, 4]);
    w.assign(tf.tensor1d([10, 20]));
    step(tf.zeros([2]));
    w.assign(tf.tensor1d([1, 1])); // after the step, so the assignment stays
    step.sync();
    expect(numbersOf(w)).toEqual([1, 1]);
    step(tf.zeros([2]));
    step.dispose();
    expect(numbersOf(w)).toEqual([0.5, 0.5]);
  });

  it("shares variables between shapes and between functions", () => {
    const { w, step } = descent();
    const evaluate = compile((x: tf.Tensor) => ({ sum: x.add(w).sum(), parts: [w.mul(2), 3] }), { otherwise: "throw" });
    step(tf.zeros([2])); // w = [2, 4]
    step(tf.zeros([3, 2]).slice([0], [1])); // [1, 2], another graph
    const { sum, parts } = evaluate(tf.ones([2]));
    expect(numbersOf(sum)).toEqual([5]);
    expect(numbersOf(parts[0] as tf.Tensor)).toEqual([2, 4]);
    expect(parts[1]).toBe(3);
    step(tf.zeros([2])); // [0.5, 1]
    expect(numbersOf(evaluate(tf.zeros([2])).sum)).toEqual([1.5]);
    step.sync();
    expect(numbersOf(w)).toEqual([0.5, 1]);
    for (const compiled of [step, evaluate]) compiled.dispose();
  });

  it("compiles anew for another number, and takes nests of tensors", () => {
    let traces = 0;
    const f = compile(
      ({ x, y }: { x: tf.Tensor; y: tf.Tensor[] }, power: number) => {
        traces++;
        return x.add(y[0] as tf.Tensor).pow(power);
      },
      { otherwise: "throw" },
    );
    const given = { x: tf.tensor1d([1, 2]), y: [tf.tensor1d([1, 1])] };
    expect(numbersOf(f(given, 2))).toEqual([4, 9]);
    expect(numbersOf(f({ ...given, y: [tf.tensor1d([0, 1])] }, 2))).toEqual([1, 9]);
    // Twice at the first call, and once more at the second.
    expect(traces).toBe(3);
    expectClose(f(given, 3), [8, 27], { relative: 1e-6 });
    expect(traces).toBe(5);
    f.dispose();
  });

  it("takes a compiled function into its graph", () => {
    const inner = compile((x: tf.Tensor) => x.square());
    const outer = compile((x: tf.Tensor) => inner(x).add(1), { otherwise: "throw" });
    expect(numbersOf(outer(tf.tensor1d([2, 3])))).toEqual([5, 10]);
  });

  it("is differentiated where it is called within a gradient, alone and beside other terms, after it was compiled", () => {
    const w = tf.variable(tf.scalar(2));
    const part = compile((x: tf.Tensor) => x.square().sum().mul(w) as tf.Scalar, { otherwise: "throw" });
    const x = tf.tensor1d([1, 2]);
    expect(numbersOf(part(x))).toEqual([10]);
    expect(numbersOf(tf.grad(x => x.sum().add(part(x)))(x))).toEqual([5, 9]);
    expect(numbersOf(tf.grad(part)(x))).toEqual([4, 8]);
    expect(numbersOf(tf.grad(x => tf.grad(part)(x).sum())(x))).toEqual([4, 4]);
    const { grads } = tf.variableGrads(() => w.mul(3).add(part(x)).asScalar());
    expect(numbersOf(grads[w.name] as tf.Tensor)).toEqual([8]);
    part.dispose();
  });

  it("does not update where the result is not accepted", () => {
    const w = tf.variable(tf.tensor1d([1, 2]));
    const b = tf.variable(tf.scalar(1));
    const optimizer = tf.train.adam(0.1);
    const update = (x: tf.Tensor) =>
      optimizer.minimize(() => w.sum().mul(b).mul(x).asScalar(), true, [w, b]) as tf.Scalar;
    const accept = (loss: tf.Scalar) => Number.isFinite(loss.dataSync()[0]);
    const step = compile(update, { optimizer, accept, otherwise: "throw" });
    step(tf.scalar(1));
    step.sync();
    const before = [numbersOf(w), numbersOf(b)];
    expect(numbersOf(step(tf.scalar(Number.NaN)))).toEqual([Number.NaN]);
    step.sync();
    expect([numbersOf(w), numbersOf(b)]).toEqual(before);
    expect(optimizer.iterations).toBe(1);
    step(tf.scalar(1));
    step.dispose();
    expect(numbersOf(w)[0]).toBeCloseTo((before[0]?.[0] as number) - 0.1, 2);
  });

  it("looks at what must hold at every call, before it updates", () => {
    const w = tf.variable(tf.scalar(2));
    const optimizer = tf.train.sgd(1);
    const positive = (values: ArrayLike<number>) => {
      if ((values[0] as number) <= 0) throw new RangeError(`must be positive, but got ${values[0]}`);
    };
    const update = (x: tf.Tensor) => {
      for (const each of [tf.scalar(1), x, x.mul(2)]) checkAtEveryCall(each, positive);
      return optimizer.minimize(() => w.mul(x).asScalar(), true, [w]);
    };
    const step = compile(update, { optimizer, otherwise: "throw" });
    step(tf.scalar(0.5));
    expect(() => step(tf.scalar(-0.5))).toThrow("must be positive, but got -0.5");
    step.dispose();
    expect(numbersOf(w)).toEqual([1.5]);
    const constant = compile(() => checkAtEveryCall(tf.scalar(-3), positive), { otherwise: "throw" });
    expect(() => constant()).toThrow("must be positive, but got -3");
  });

  it("runs calls of a kind eagerly until there are many of them", () => {
    let runs = 0;
    const double = (x: tf.Tensor) => {
      runs++;
      return x.mul(2);
    };
    const f = compile(double, { after: 2, otherwise: "throw" });
    const count = (n: number) => {
      const before = runs;
      expect(numbersOf(f(tf.ones([n])))).toEqual(Array(n).fill(2));
      return runs - before;
    };
    // Eagerly twice, traced twice, looked at once more, and then no more; a shape of its own each.
    expect([1, 1, 1, 1, 2, 1, 2, 2, 2].map(count)).toEqual([1, 1, 2, 1, 1, 0, 1, 2, 1]);
    f.dispose();
    const never = compile(double, inLoop(false));
    for (let i = 0; i < 5; i++) numbersOf(never(tf.ones([1])));
    // One of the two had calls after the last look, which are looked back at.
    expect(runs).toBe(2 * (2 + 2 + 1) + 1 + 5);
  });

  it("sees in eager calls what other compiled functions have computed", () => {
    const { w, step } = descent();
    const read = compile(() => w.mul(1), { after: 1, otherwise: "throw" });
    for (const expected of [2, 1, 0.5]) {
      step(tf.zeros([2]));
      expect(numbersOf(read())).toEqual([expected, 2 * expected]);
    }
    for (const compiled of [step, read]) compiled.dispose();
  });

  it("draws what eager code would draw, from streams that are handed in, captured, split and children", () => {
    const captured = [new Random(1), new Random(1)] as const;
    const make = (own: Random) => (random: Random, p: tf.Tensor) => {
      const part = random.split();
      return [own.normal([3]), random.uniform([2]), part.normal([2]), random.bernoulli(p), random.child(7).normal([1])];
    };
    const eager = make(captured[0]);
    const compiled = compile(make(captured[1]), { otherwise: "throw" });
    const p = tf.tensor1d([0.1, 0.5, 0.9, 1, 0]);
    for (const seed of [3, 4]) {
      const streams = [new Random(seed), new Random(seed)] as const;
      expect(compiled(streams[1], p).map(numbersOf)).toEqual(eager(streams[0], p).map(numbersOf));
      expect(streams[1].state).toEqual(streams[0].state);
      expect(captured[1].state).toEqual(captured[0].state);
    }
    compiled.dispose();
  });

  it("leaves no tensors behind", () => {
    const { step } = descent();
    const x = tf.zeros([2]);
    step(x).dispose();
    step.sync();
    const before = { ...tf.memory() };
    for (let i = 0; i < 300; i++) {
      step(x).dispose();
      if (i % 50 === 0) step.sync();
    }
    step.sync();
    expect(tf.memory().numTensors).toBe(before.numTensors);
    expect(tf.memory().numBytes).toBe(before.numBytes);
    expect(tf.memory().numDataBuffers).toBe(before.numDataBuffers);
    step.dispose();
  });

  it("counts only the accumulators that an optimizer makes while it is compiled", () => {
    const w = tf.tidy(() => tf.variable(tf.ones([2, 3])));
    const optimizer = tf.train.adam(0.1);
    const before = { ...tf.memory() };
    const step = compile(() => tf.tidy(() => void optimizer.minimize(() => w.square().sum().asScalar(), false, [w])), {
      optimizer,
    });
    step();
    step.sync();
    expect(step.eager).toBeUndefined();
    expect(tf.memory().numTensors).toBe(before.numTensors + 2);
    expect(tf.memory().numDataBuffers).toBe(before.numDataBuffers + 2);
    expect(tf.memory().numBytes).toBe(before.numBytes + 2 * 6 * 4);
    step.dispose();
  });

  it("begins anew when the state of the optimizer is restored", async () => {
    const twin = (compiled: boolean) => {
      const w = tf.variable(tf.tensor1d([1, 2]));
      const optimizer = tf.train.momentum(0.1, 0.9);
      const update = () => optimizer.minimize(() => w.square().sum().asScalar(), true, [w]) as tf.Scalar;
      const graph = compiled ? compile(update, { optimizer, otherwise: "throw" }) : undefined;
      return { w, optimizer, graph, step: graph ?? update };
    };
    const both = [twin(false), twin(true)];
    for (const { step, graph, optimizer } of both) {
      step();
      await optimizer.setWeights([{ name: "m", tensor: tf.tensor1d([5, 6]) }]);
      step();
      graph?.sync();
    }
    expectClose(both[1]?.w as tf.Tensor, both[0]?.w as tf.Tensor, { relative: 1e-6 });
  });
});

describe("what cannot be compiled", () => {
  const random = new Random(1);
  const warned = () => vi.spyOn(console, "warn").mockImplementation(() => {});

  it("runs eagerly where a kernel is missing, and says so once", () => {
    const warn = warned();
    const { w, optimizer } = descent();
    const update = (k: tf.Tensor) =>
      optimizer.minimize(() => w.mul(tf.diag(k).sum(1).slice(0, 2)).sum().asScalar(), true, [w]) as tf.Scalar;
    const step = compile(update, { optimizer });
    for (let i = 0; i < 3; i++) step(tf.tensor1d([3, 2, 1]));
    expect(numbersOf(w)).toEqual([4 - 4.5, 8 - 3]);
    expect(warn.mock.calls).toEqual([
      [
        expect.stringMatching(
          /^compile: kernel "Diag" must be one that compiled steps know, but got no entry .*; the step runs eagerly$/,
        ),
      ],
    ]);
    expect(step.eager).toMatch(/Diag/);
    warn.mockRestore();
  });

  it.each<[string, (x: tf.Tensor) => tf.Tensor, RegExp]>([
    [
      "reads values",
      x => x.exp().mul(x.exp().dataSync()[0] as number),
      /dataSync of the result of Exp, shape \[2\], at .*compile\.test\.ts:\d+:\d+; return the tensor/,
    ],
    ["reads an argument", x => x.mul(x.dataSync()[0] as number), /dataSync of an input, shape \[2\]/],
    [
      "draws with tfjs",
      x => x.add(tf.randomNormal([2])),
      /must do the same at every call, but got other numbers each time from a constant made at .*compile\.test\.ts/,
    ],
    [
      "updates with an optimizer that was not declared",
      x => {
        const w = tf.variable(x.zerosLike());
        return tf.train.sgd(1).minimize(() => w.sum().asScalar(), true, [w]) as tf.Scalar;
      },
      /optimizers of a compiled step must be declared, but got none; write compile\(step, \{ optimizer \}\)/,
    ],
    [
      "makes a variable from a computed value",
      x => tf.variable(x.exp()),
      /must start from constants, but got \S+ from Exp/,
    ],
    ["counts", x => x.mul(Math.random()), /must do the same at every call, but got [\d.]+, then [\d.]+ from/],
    [
      "draws numbers",
      x => x.mul(new Random(1).integer(5)),
      /drawn as tensors, but got Random\.integer at .*compile\.test\.ts/,
    ],
    [
      "asks where the largest of no entries is",
      x => x.slice([0], [0]).argMax(),
      /an argMax or argMin must be of some entries, but got shape \[0\]/,
    ],
    [
      "has the channels of images first",
      x => tf.conv2d(x.reshape([1, 2, 1, 1]) as tf.Tensor4D, tf.ones([1, 1, 2, 1]), 1, "valid", "NCHW"),
      /images must be NHWC, but got NCHW/,
    ],
    ["is asynchronous", (async (x: tf.Tensor) => x) as never, /must return its result, but got a promise; await what/],
    ["returns no tensor", (() => 3) as never, /^compile: a step must return tensors or update variables, but got 3; /],
    ["returns nothing", (() => {}) as never, /must return tensors or update variables, but got undefined; /],
    [
      "merges a number that changes into another",
      x => x.mul(2).mul(Math.random()).mean(),
      /but got [\d.]+, then [\d.]+ from a constant made at .*compile\.test\.ts:\d+:\d+ for Multiply, shape \[\]/,
    ],
    [
      "gives a kernel another setting each time",
      x => tf.leakyRelu(x, Math.random()),
      /but got alpha [\d.]+, then [\d.]+ from LeakyRelu at .*compile\.test\.ts:\d+:\d+; pass/,
    ],
    [
      "fills with another number each time",
      x => x.add(tf.fill([2], Math.random())),
      /but got value [\d.]+, then [\d.]+ from Fill at .*compile\.test\.ts:\d+:\d+; pass/,
    ],
    [
      "takes turns",
      (
        odd => (x: tf.Tensor) =>
          odd++ % 2 ? x.exp() : x.tanh()
      )(0),
      /but got Tanh, then Exp at .*compile\.test\.ts:\d+:\d+; pass/,
    ],
    [
      "returns another number each time",
      x => ({ x: x.mul(2), number: Math.random() }) as never,
      /but got a result of [\d.]+, then [\d.]+; pass/,
    ],
    ["makes a stream of its own", x => new Random(1).normal([2]).add(x), /other draws, or from another Random; pass/],
    [
      "takes another child each time",
      (
        step => (x: tf.Tensor) =>
          random.child(step++).normal([2]).add(x)
      )(0),
      /other draws, or from another Random; pass/,
    ],
  ])("says why: a step that %s", (_, f, message) => {
    const step = compile(f, { otherwise: "throw" });
    const before = tf.memory().numTensors;
    const x = tf.ones([2]);
    const own = new Set(Object.keys(tf.engine().registeredVariables));
    expect(() => step(x)).toThrow(message);
    for (const variable of Object.values(tf.engine().registeredVariables))
      if (!own.has(variable.name)) variable.dispose();
    x.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });

  it("gives eager numbers where a tensor is empty", () => {
    const f = (x: tf.Tensor) => [x.mean(0), x.max(0), x.sum(0)];
    const compiled = compile(f);
    for (const rows of [2, 0]) {
      const [made, wanted] = [compiled, f].map(each => each(tf.ones([rows, 3])).map(numbersOf));
      expect(made).toEqual(wanted);
    }
    expect(compiled.eager).toBeUndefined();
  });

  it("leaves eager code as it was when a step throws", () => {
    const { w, optimizer } = descent();
    optimizer.minimize(() => w.square().sum().asScalar(), false, [w]);
    const values = numbersOf(w);
    const before = { memory: { ...tf.memory() }, backend: tf.getBackend(), random: Math.random };
    const step = compile(
      () => {
        optimizer.minimize(() => w.square().sum().asScalar(), false, [w]);
        throw new RangeError("mine");
      },
      { optimizer },
    );
    expect(() => step()).toThrow(new RangeError("mine"));
    expect({ ...tf.memory() }).toEqual(before.memory);
    expect(tf.getBackend()).toBe(before.backend);
    expect(numbersOf(w)).toEqual(values);
    expect(optimizer.iterations).toBe(1);
    optimizer.minimize(() => w.square().mul(0.5).sum().asScalar(), false, [w]);
    expect(numbersOf(w)).toEqual(values.map(value => value / 2));
  });
});
