import * as tf from "@tensorflow/tfjs";
import type { Compiled } from "../../../src/engine/index.ts";
import { type Case, entries, type Stored, tensorOf } from "./cases.ts";
import { functions } from "./functions.ts";

/** What came of a call: the right numbers, wrong ones, or an error with a sentence. */
export interface Verdict {
  is: "right" | "wrong" | "refused";
  /** What was wrong, or what the error said. */
  words?: string;
}

export interface Verdicts {
  forward: Verdict;
  /** Undefined where there is none to speak of. */
  gradient: Verdict | undefined;
}

type Function = (...given: tf.Tensor[]) => tf.Tensor[];

type Tolerance = Pick<Case, "within" | "strict">;

/** How functions are run: as they are, or compiled. */
export type Way = (f: Function) => Function & Partial<Pick<Compiled<tf.Tensor[], unknown>, "dispose">>;

/** Runs a case on the active backend. */
export function verdictsOn(theCase: Case, way: Way = f => f): Verdicts {
  const engine = tf.engine();
  engine.startScope();
  try {
    const inputs = theCase.inputs.map(tensorOf);
    const call = functions[theCase.kernel];
    if (call === undefined) throw new Error(`audit: ${theCase.kernel} must have an entry in functions, but got none`);
    const f: Function = (...given) => [call(given, theCase.attributes)].flat();
    const forward = judged(f, inputs, theCase.outputs, way, theCase);
    if (theCase.gradients === undefined) return { forward, gradient: undefined };
    const dy = tf.tensor((theCase.dy ?? []).map(Number), theCase.outputs[0]?.shape);
    const gradient = judged(gradientOf(f, inputs), [dy, ...inputs], theCase.gradients, way, theCase);
    return { forward, gradient };
  } finally {
    engine.endScope();
  }
}

/** From dy and the inputs to the gradients with respect to those in float32. */
function gradientOf(f: Function, inputs: tf.Tensor[]): Function {
  return (dy, ...given) => {
    const real = given.filter((_, i) => inputs[i]?.dtype === "float32");
    const g = tf.grads((...replaced: tf.Tensor[]) => {
      const next = replaced[Symbol.iterator]();
      return f(
        ...(given.map((x, i) => (inputs[i]?.dtype === "float32" ? next.next().value : x)) as tf.Tensor[]),
      )[0] as tf.Tensor;
    });
    return g(real, dy);
  };
}

function judged(f: Function, inputs: tf.Tensor[], wanted: Stored[], way: Way, tolerance: Tolerance): Verdict {
  const run = way(f);
  try {
    const made = run(...inputs);
    const words = wanted.map((each, i) => difference(made[i], each, tolerance)).find(Boolean);
    return words === undefined ? { is: "right" } : { is: "wrong", words };
  } catch (error) {
    return refusal(error);
  } finally {
    run.dispose?.();
  }
}

/** An error of JavaScript's own is a crash, and says nothing to whoever called the kernel. */
function refusal(error: unknown): Verdict {
  const { name, message } = error as Error;
  const isCrash = name === "TypeError" || (name === "RangeError" && !message.includes(":")) || message.length === 0;
  return { is: isCrash ? "wrong" : "refused", words: message.split("\n")[0] ?? "" };
}

/** Numbers below the smallest normal float32 may be 0. */
const SMALLEST = 1.2e-38;

function difference(
  tensor: tf.Tensor | undefined,
  wanted: Stored,
  { within = 1e-5, strict = false }: Tolerance,
): string | undefined {
  if (tensor?.shape.join() !== wanted.shape.join()) return `shape [${tensor?.shape}] for [${wanted.shape}]`;
  const values = tensor.dataSync();
  const expected = entries(wanted);
  // A sum that nearly cancels keeps the rounding of its terms, which are about as large as its neighbours.
  const sizes = strict ? [] : expected.map(entry => Math.abs(Number(entry))).filter(Number.isFinite);
  const absolute = SMALLEST + 0.2 * within * Math.max(0, ...sizes);
  for (const [i, value] of values.entries()) {
    const right = expected[expected.length === 1 ? 0 : i] as number;
    if (Object.is(value, right) || value === right) continue;
    if (!(Math.abs(value - right) <= within * Math.abs(right) + absolute)) return `${value} for ${right} at ${i}`;
  }
  return undefined;
}
