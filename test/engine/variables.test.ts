import * as tf from "@tensorflow/tfjs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { chooseBackend, compile } from "../../src/engine/index.ts";
import { expectClose, numbersOf } from "../support/close.ts";

let chosen: string;
beforeAll(async () => {
  await chooseBackend();
  chosen = tf.getBackend();
  (tf.findBackend("cpu") as { firstUse?: boolean }).firstUse = false;
});
afterAll(async () => void (await tf.setBackend(chosen)));

/** w ← w / 2 at every step, compiled or not, with what the optimizer keeps. */
function halving(compiled = true, optimizer: tf.Optimizer = tf.train.sgd(0.5)) {
  const w = tf.variable(tf.tensor1d([64, 128]));
  const update = () => optimizer.minimize(() => w.square().mul(0.5).sum().asScalar(), true, [w]) as tf.Scalar;
  const graph = compiled ? compile(update, { optimizer, otherwise: "throw" }) : undefined;
  const step = graph ?? (() => tf.tidy(update));
  return { w, optimizer, step: () => void step().dispose(), graph };
}

/** What may happen to a variable between two steps; what it returns must be the same where nothing is compiled. */
const between: Record<string, (w: tf.Variable, optimizer: tf.Optimizer) => unknown> = {
  dataSync: w => [...w.dataSync()],
  arraySync: w => w.arraySync(),
  bufferSync: w => (w as tf.Tensor1D).bufferSync().get(1),
  "a print": w => w.toString(),
  data: async w => [...(await w.data())],
  array: w => w.array(),
  bytes: async w => [...(await w.bytes())],
  buffer: async w => (await w.buffer()).get(0),
  "an operation": w => numbersOf(w.add(1)),
  "an operation among other tensors": w => numbersOf(tf.concat([tf.ones([3]), w, tf.ones([1])])),
  clone: w => numbersOf(tf.clone(w)),
  "a view": w => numbersOf(w.reshape([2, 1]).transpose()),
  gradients: w => numbersOf(tf.grad(x => x.mul(w).sum())(tf.ones([2]))),
  "gradients of the variable": w => numbersOf(tf.variableGrads(() => w.square().sum()).grads[w.name] as tf.Tensor),
  "another variable": w => numbersOf(tf.variable(w)),
  "another compiled function": w => {
    const read = compile(() => w.mul(3), { otherwise: "throw" });
    const values = numbersOf(read());
    read.dispose();
    return values;
  },
  encodeWeights: async w => [...new Float32Array((await tf.io.encodeWeights({ w })).data)],
  "a scope": w => {
    tf.engine().startScope();
    const values = numbersOf(w.mul(2));
    tf.engine().endScope();
    return values;
  },
  "assign of a number": w => w.assign(tf.tensor1d([5, 6])),
  "assign of itself": w => w.assign(w.mul(1)),
  "assign of what it was doubled": w => w.assign(w.mul(2)),
  "an eager update": (w, optimizer) => {
    optimizer.minimize(() => w.sub(1).square().sum().asScalar(), false, [w]);
  },
  "eager gradients applied": (w, optimizer) => optimizer.applyGradients({ [w.name]: tf.tensor1d([1, 2]) }),
  "another optimizer": w => {
    tf.train.sgd(0.1).minimize(() => w.sum().asScalar(), false, [w]);
  },
  "weights of the optimizer": async (_, optimizer) =>
    (await optimizer.getWeights()).map(({ tensor }) => numbersOf(tensor)),
  "weights of the optimizer set": async (_, optimizer) => {
    const weights = await optimizer.getWeights();
    await optimizer.setWeights(weights.map(({ name, tensor }) => ({ name, tensor: tensor.mul(1) })));
  },
};

describe.each(["wasm", "cpu"])("on %s, between two compiled steps", backend => {
  beforeAll(async () => void (await tf.setBackend(backend)));

  describe.each<[string, () => tf.Optimizer]>([
    ["sgd", () => tf.train.sgd(0.5)],
    ["momentum", () => tf.train.momentum(0.1, 0.5)],
    ["adam", () => tf.train.adam(0.1)],
  ])("%s", (_, optimizer) => {
    it.each(Object.entries(between))("%s sees and keeps what eager steps would leave", async (_, act) => {
      const [one, two] = [halving(true, optimizer()), halving(false, optimizer())];
      const seen = [];
      for (const { w, optimizer, step } of [one, two]) {
        step();
        step();
        const first = await act(w, optimizer);
        step();
        const second = await act(w, optimizer);
        step();
        seen.push({ first, second, value: numbersOf(w), iterations: optimizer.iterations });
      }
      // The last digits of float32 depend on the order of operations.
      const [compiled, eager] = seen.map(each => JSON.parse(JSON.stringify(each, round))) as [unknown, unknown];
      expect(compiled).toEqual(eager);
      one.graph?.dispose();
    });
  });

  it("a clone keeps the values of its time", () => {
    const { w, step, graph } = halving();
    step();
    const clone = tf.clone(w);
    step();
    expect(numbersOf(clone)).toEqual([32, 64]);
    expect(numbersOf(w)).toEqual([16, 32]);
    graph?.dispose();
  });

  it.each([
    ["a variable that is disposed takes no other along", (a: tf.Variable) => a.dispose()],
    ["a variable that tfjs has forgotten takes no other along", (a: tf.Variable) => tf.engine().disposeVariable(a)],
  ])("%s", (_, dispose) => {
    const [a, b] = [tf.variable(tf.scalar(8)), tf.variable(tf.scalar(16))];
    const optimizer = tf.train.sgd(0.5);
    const step = compile(() => void optimizer.minimize(() => a.square().add(b.square()).mul(0.5).asScalar()), {
      optimizer,
    });
    step();
    dispose(a);
    expect(numbersOf(b)).toEqual([8]);
    expect(() => step()).toThrow(/must not be disposed while it is used/);
    step.dispose();
    expect(numbersOf(b)).toEqual([8]);
  });

  it("kernels keep their other inputs where taking in a variable makes memory grow", () => {
    const w = tf.variable(tf.zeros([2 ** 22]));
    const optimizer = tf.train.sgd(1);
    const step = compile(() => void optimizer.minimize(() => w.sum().mul(-1).asScalar(), false, [w]), { optimizer });
    step();
    const other = tf.ones([5]);
    for (let i = 0; i < 4; i++) {
      const [head, tail] = tf.tidy(() => {
        const joined = tf.concat([other, w]);
        return [numbersOf(joined.slice(0, 6)), numbersOf(joined.slice(2 ** 22 + 4))];
      });
      expect(head).toEqual([1, 1, 1, 1, 1, i + 1]);
      expect(tail).toEqual([i + 1]);
      step();
    }
    step.dispose();
    tf.dispose([w, other]);
  });

  it("steps leave no tensors behind, however often they are looked at", () => {
    const { w, step, graph } = halving(true, tf.train.adam(0.1));
    step();
    numbersOf(w);
    const before = { ...tf.memory() };
    for (let i = 0; i < 20; i++) {
      step();
      if (i % 3 === 0) numbersOf(w);
      if (i % 5 === 0) tf.tidy(() => w.assign(w.mul(1)));
    }
    numbersOf(w);
    expect(tf.memory().numDataBuffers).toBe(before.numDataBuffers);
    graph?.dispose();
  });
});

const round = (_: string, value: unknown) => (typeof value === "number" ? Number(value.toPrecision(5)) : value);

describe("a variable of a compiled step", () => {
  it("is the same on a backend that is set between steps", async () => {
    const { w, step, graph } = halving();
    const seen: number[] = [];
    for (const backend of ["wasm", "cpu", "cpu", "wasm"]) {
      await tf.setBackend(backend);
      step();
      seen.push(numbersOf(w.mul(1))[0] as number);
    }
    expect(seen).toEqual([32, 16, 8, 4]);
    graph?.dispose();
  });

  it("is trained, saved, set and used by a model of layers at the same time", async () => {
    const run = async (compiled: boolean) => {
      const dense = tf.layers.dense({ units: 1, inputShape: [2], useBias: false, kernelInitializer: "ones" });
      const model = tf.sequential({ layers: [dense] });
      model.compile({ optimizer: tf.train.sgd(0.05), loss: "meanSquaredError" });
      const optimizer = tf.train.sgd(0.1);
      const [x, y] = [tf.ones([1, 2]), tf.zeros([1, 1])];
      const loss = () => (model.apply(x) as tf.Tensor).sub(y).square().mean().asScalar();
      const update = () => void optimizer.minimize(loss, false);
      const step = compiled ? compile(update, { optimizer, otherwise: "throw" }) : update;
      const predictions: number[] = [];
      const act = async (what: () => unknown) => {
        step();
        await what();
        step();
        predictions.push(numbersOf(model.predict(x) as tf.Tensor)[0] as number);
      };
      await act(() => {});
      await act(() => model.fit(x, y, { epochs: 2, verbose: 0 }));
      await act(() => model.trainOnBatch(x, y));
      let saved: number[] = [];
      await act(() =>
        model.save(
          tf.io.withSaveHandler(async ({ weightData }) => {
            saved = [...new Float32Array(weightData as ArrayBuffer)];
            return { modelArtifactsInfo: { dateSaved: new Date(), modelTopologyType: "JSON" } };
          }),
        ),
      );
      await act(() => model.setWeights([tf.tensor2d([[3], [4]])]));
      await act(() => model.setWeights(model.getWeights()));
      return [...predictions, ...saved];
    };
    expectClose(await run(true), await run(false), { relative: 1e-5 });
  });

  it("keeps what was assigned while its step ran", () => {
    const w = tf.variable(tf.scalar(8));
    const optimizer = tf.train.sgd(0.5);
    let assigned = false;
    const accept = () => {
      if (assigned) w.assign(tf.scalar(100));
      return true;
    };
    const update = () => optimizer.minimize(() => w.square().mul(0.5).asScalar(), true, [w]) as tf.Scalar;
    const step = compile(update, { optimizer, accept, otherwise: "throw" });
    for (assigned of [false, true]) step();
    expect(numbersOf(w)).toEqual([100]);
    assigned = false;
    step();
    expect(numbersOf(w)).toEqual([50]);
    step.dispose();
  });
});
