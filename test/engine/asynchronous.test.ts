import { Console } from "node:console";
import * as tf from "@tensorflow/tfjs";
import { afterAll, beforeAll, beforeEach, describe, expect, it, type MockInstance, vi } from "vitest";
import { chooseBackend, compile } from "../../src/engine/index.ts";
import { numbersOf } from "../support/close.ts";

// Vitest fails where a rejection stays unhandled; this says of which test it was.
const unhandled: unknown[] = [];
const note = (error: unknown) => void unhandled.push(error);
let warn: MockInstance;
beforeAll(async () => {
  await chooseBackend();
  process.on("unhandledRejection", note);
});
afterAll(() => void process.off("unhandledRejection", note));
beforeEach(() => {
  unhandled.length = 0;
  warn?.mockRestore();
  warn = vi.spyOn(console, "warn").mockImplementation(() => {});
});

const rest = () => new Promise(resolve => setTimeout(resolve, 5));

type Step = (x: tf.Tensor1D, came: unknown[]) => tf.Tensor;

/** Steps that read, or start, something asynchronous; what came of it at each call, and the message. */
const steps: Record<string, [step: Step, came: unknown[], message: RegExp]> = {
  "data().then": [
    (x, came) => {
      const y = x.exp();
      void y.data().then(values => came.push(values.length));
      return y;
    },
    [2, 2],
    /must not read the values of tensors, but got data of the result of Exp, shape \[2\], at .*asynchronous\.test\.ts:\d+:\d+; return the tensor/,
  ],
  "promises of data that are kept": [
    (x, came) => {
      came.push(x.data());
      return x.exp();
    },
    [expect.any(Promise), expect.any(Promise)],
    /got data of an input, shape \[2\], at/,
  ],
  array: [
    (x, came) => {
      void x.array().then(values => came.push(values));
      return x.exp();
    },
    [
      [0, 0],
      [0, 0],
    ],
    /got array of an input/,
  ],
  bytes: [
    (x, came) => {
      void x.bytes().then(values => came.push(values.length));
      return x.exp();
    },
    [8, 8],
    /got bytes of an input/,
  ],
  buffer: [
    (x, came) => {
      void x.buffer().then(buffer => came.push(buffer.size));
      return x.exp();
    },
    [2, 2],
    /got buffer of an input/,
  ],
  "an async function of its own": [
    (x, came) => {
      const y = x.exp();
      void (async () => came.push((await y.data()).length))();
      return y;
    },
    [2, 2],
    /must not start anything asynchronous, but got a promise at .*asynchronous\.test\.ts:\d+:\d+; await what it needs/,
  ],
  "tf.time": [
    (x, came) => {
      void tf.time(() => x.exp()).then(({ kernelMs }) => came.push(typeof kernelMs));
      return x.exp();
    },
    ["number", "number"],
    /must not measure its parts, but got tf\.time at .*asynchronous\.test\.ts:\d+:\d+; measure calls/,
  ],
  "tf.profile": [
    (x, came) => {
      void tf.profile(() => x.exp()).then(({ kernels }) => came.push(kernels.length));
      return x.exp();
    },
    [2, 2],
    /must not measure its parts, but got tf\.profile at/,
  ],
  "tf.whereAsync": [
    (x, came) => {
      void tf.whereAsync(x.equal(0)).then(({ shape }) => came.push(shape));
      return x.exp();
    },
    [
      [2, 1],
      [2, 1],
    ],
    /must not start anything asynchronous, but got a promise at/,
  ],
  "tf.booleanMaskAsync": [
    (x, came) => {
      void tf.booleanMaskAsync(x, x.equal(0)).then(({ shape }) => came.push(shape));
      return x.exp();
    },
    [[2], [2]],
    /must not start anything asynchronous/,
  ],
  setTimeout: [
    (x, came) => {
      const y = x.exp();
      setTimeout(() => came.push(y.isDisposed));
      return y;
    },
    [false, false],
    /must not start anything asynchronous, but got setTimeout at .*asynchronous\.test\.ts/,
  ],
  queueMicrotask: [
    (x, came) => {
      queueMicrotask(() => came.push(x.dataSync()[0]));
      return x.exp();
    },
    [0, 0],
    /but got queueMicrotask at/,
  ],
  "a read whose error it catches": [
    x => {
      try {
        return x.add(x.dataSync()[0] as number).exp();
      } catch {
        return x;
      }
    },
    [],
    /must not read the values of tensors, but got dataSync of an input/,
  ],
};

describe.each(Object.entries(steps))("a step with %s", (_, [step, came, message]) => {
  it("runs eagerly, once a call, with one line that says why, and ends nothing", async () => {
    const seen: unknown[] = [];
    const compiled = compile((x: tf.Tensor1D) => step(x, seen));
    const x = tf.zeros([2]) as tf.Tensor1D;
    for (let i = 0; i < 2; i++) expect(numbersOf(compiled(x))).toEqual([1, 1]);
    await rest();
    expect(seen).toEqual(came);
    await Promise.all(seen);
    expect(warn.mock.calls).toEqual([[expect.stringMatching(message)]]);
    expect(warn.mock.calls[0]?.[0]).not.toContain("\n");
    expect(unhandled).toEqual([]);
  });

  it("throws that line where it is to throw, and leaves tfjs as it was", async () => {
    const before = { data: tf.Tensor.prototype.data, time: tf.engine().time, setTimeout, backend: tf.getBackend() };
    const compiled = compile((x: tf.Tensor1D) => step(x, []), { otherwise: "throw" });
    const x = tf.zeros([2]) as tf.Tensor1D;
    const { numTensors } = tf.memory();
    expect(() => compiled(x)).toThrow(message);
    expect(tf.memory().numTensors).toBe(numTensors);
    expect({ data: tf.Tensor.prototype.data, time: tf.engine().time, setTimeout, backend: tf.getBackend() }).toEqual(
      before,
    );
    expect(Object.hasOwn(tf.engine(), "time")).toBe(false);
    await rest();
    expect(unhandled).toEqual([]);
  });
});

describe("a step that is asynchronous itself", () => {
  it.each<[string, (x: tf.Tensor) => unknown]>([
    ["at once", async x => x.exp()],
    ["after a read", async x => x.mul((await x.data())[0] as number)],
    ["after a frame", async x => tf.nextFrame().then(() => x.exp())],
    ["and fails", async () => Promise.reject(new Error("mine"))],
  ])("%s is refused", async (_, step) => {
    const compiled = compile(step as (x: tf.Tensor) => tf.Tensor);
    expect(() => compiled(tf.ones([2]))).toThrow(/must return its result, but got a promise; await what it needs/);
    await rest();
    expect(unhandled).toEqual([]);
  });
});

it("prints from a compiled step without being taken for asynchronous", () => {
  const log = vi.spyOn(process.stdout, "write").mockImplementation((_, done) => {
    setTimeout(() => {});
    void Promise.resolve();
    if (typeof done === "function") queueMicrotask(done);
    return true;
  });
  const own = new Console(process.stdout);
  const step = compile(
    (x: tf.Tensor) => {
      own.log("here");
      return x.exp();
    },
    { otherwise: "throw" },
  );
  expect(numbersOf(step(tf.zeros([1])))).toEqual([1]);
  expect(log).toHaveBeenCalledTimes(2);
  log.mockRestore();
});

describe("calls of a compiled step", () => {
  it("can be measured", async () => {
    const step = compile((x: tf.Tensor) => x.exp(), { otherwise: "throw" });
    const x = tf.zeros([1]);
    const { result } = await tf.profile(() => step(x));
    expect(numbersOf(result as tf.Tensor)).toEqual([1]);
    expect((await tf.time(() => step(x))).wallMs).toBeGreaterThan(0);
  });

  it("run eagerly in tfjs's debug mode, which looks at every operation", () => {
    const debug = tf.env().getBool("DEBUG");
    tf.env().set("DEBUG", true);
    vi.spyOn(console, "log").mockImplementation(() => {});
    const step = compile((x: tf.Tensor) => x.exp());
    expect(numbersOf(step(tf.zeros([1])))).toEqual([1]);
    tf.env().set("DEBUG", debug);
    expect(step.eager).toMatch(/^compile: tfjs must not be in debug mode/);
    vi.restoreAllMocks();
  });
});
