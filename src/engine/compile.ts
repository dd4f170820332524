import * as tf from "@tensorflow/tfjs";
import { takeApart } from "./arguments.ts";
import { layersDrawFrom } from "./layers.ts";
import { loadRuntime } from "./onnx/index.ts";
import { Programs, type Step } from "./programs.ts";
import { Random } from "./random.ts";
import { countUpdates, isTracing, learningRateOf, TraceError } from "./trace/index.ts";

export interface CompileOptions<Result = unknown> {
  /** What the step updates with, or several. Learning rates are read at every call, and counts of updates advance. */
  optimizer?: tf.Optimizer | readonly tf.Optimizer[];
  /** Looks at the result before variables are updated; where it says no, they stay as they were. Eager calls skip it. */
  accept?: (result: Result) => boolean;
  /** How many calls of a kind run eagerly first: a graph takes a while to make, and pays only where more follow. */
  after?: number;
  /**
   * What becomes of a step that cannot be compiled: it runs eagerly with one message, or a TraceError is thrown. With
   * "throw", a function has a graph also where it is quicker eagerly.
   */
  otherwise?: "eager" | "throw";
  /** What messages call it. Default: compile. */
  name?: string;
}

export interface Compiled<Arguments extends unknown[], Result> {
  (...given: Arguments): Result;
  /** Writes what the steps so far computed to the variables and the optimizer now, and not when they are touched. */
  sync(): void;
  /** Throws a TraceError where the step is no longer what was compiled, with what changed and since when. */
  assertUnchanged(): void;
  /** Frees the graphs, after a `sync` and a last look for what has changed unnoticed. */
  dispose(): void;
  /** Why the latest call ran eagerly; undefined where it was compiled. */
  readonly eager: string | undefined;
}

/**
 * `step`, run as one call of a compiled graph: the same numbers as tfjs gives, several times sooner.
 *
 * Give it a training step, with its optimizer, or a function from tensors to tensors; one that copies more than it
 * computes, as a relu or a transposition does, has no graph, since it is quicker eagerly. Tensors and `Random` streams
 * among the arguments, alone or in arrays and plain objects, may differ at every call; a new shape, or another value
 * of anything else, gets a graph of its own. Between calls, the newest values of variables are in the graph, and who
 * reads, assigns or disposes a variable gets them first: an operation, `dataSync`, another compiled function. Within
 * `tf.grad` or `minimize` it runs as it stands: a graph has no derivative.
 *
 * Layers of tfjs that drop or add noise draw from the first `Random` among the arguments, where there is one.
 *
 * Everything else that JavaScript does in the step happens only while it is compiled: a captured tensor keeps its
 * values, an `if` its branch. A step that would not do the same at every call runs eagerly, and a message says why; a
 * change that comes late is found late, and the message names the calls that may have missed it.
 *
 * @example
 * const w = tf.variable(tf.scalar(3));
 * const optimizer = tf.train.sgd(0.1);
 * const step = compile((target: tf.Tensor) => optimizer.minimize(() => w.sub(target).square().asScalar(), true), { optimizer });
 * for (let i = 0; i < 100; i++) step(tf.scalar(1));
 * Math.round(w.dataSync()[0]) // => 1
 */
export function compile<Arguments extends unknown[], Result>(
  step: (...given: Arguments) => Result,
  { optimizer = [], accept, after = 0, otherwise = "eager", name = "compile" }: CompileOptions<Result> = {},
): Compiled<Arguments, Result> {
  const run = (...given: Arguments): Result => {
    const result = layersDrawFrom(given.find(isRandom), () => step(...given));
    if (!(result instanceof Promise)) return result;
    result.catch(() => {});
    throw new TypeError(
      `${name}: a step must return its result, but got a promise; await what it needs before the call, and pass that in`,
    );
  };
  const optimizers = optimizer instanceof tf.Optimizer ? [optimizer] : optimizer;
  const programs = new Programs({ step: run as Step["step"], optimizers, after, always: otherwise === "throw" });
  /** Why no call is compiled any more, and why the latest was not. */
  let failed: string | undefined;
  let eager: string | undefined;
  /** Whether the last look for changes came after the last call. */
  let lookedBack = false;

  const named = (reason: string): string => reason.replace(/^compile:/, `${name}:`);
  const refuse = (reason: string, consequence: string): void => {
    if (otherwise === "throw") throw new TraceError(named(reason));
    eager = named(reason);
    announce(`${eager}; ${consequence}`);
  };

  const compiled = (...given: Arguments): Result => {
    // A compiled step within another becomes part of its graph, and one within a gradient part of what is differentiated.
    if (isTracing() || tf.engine().state.gradientDepth > 0) return run(...given);
    eager = failed;
    lookedBack = false;
    if (failed === undefined) {
      try {
        const call = takeApart(given);
        const runtime = loadRuntime();
        if (typeof runtime === "string") throw new TraceError(`compile: ${runtime}`);
        const found = programs.find(call, runtime);
        if ("program" in found) {
          const { result, accepted } = found.program.run({
            tensors: call.tensors,
            streams: found.streams(call.randoms),
            learningRates: optimizers.map(learningRateOf),
            accept: accept as ((result: unknown) => boolean) | undefined,
          });
          if (accepted) {
            for (const [i, each] of optimizers.entries()) countUpdates(each, found.program.updates[i] ?? 0);
          }
          return result as Result;
        }
        if (found.isExpected) eager = named(found.why);
        else refuse(found.why, "such calls run eagerly");
      } catch (error) {
        if (!(error instanceof TraceError) || otherwise === "throw") throw error;
        programs.free();
        refuse(error.message, "the step runs eagerly");
        failed = eager;
      }
    }
    return tf.tidy(() => run(...given) as tf.TensorContainer) as Result;
  };

  const assertUnchanged = (): void => {
    lookedBack = true;
    try {
      programs.lookBack();
    } catch (error) {
      throw error instanceof TraceError ? new TraceError(named(error.message)) : error;
    }
  };

  const dispose = (): void => {
    programs.sync();
    try {
      if (!lookedBack) assertUnchanged();
    } catch (error) {
      // What the step needs may be gone by now; then nothing can be said.
      if (error instanceof TraceError) refuse(error.message, "results so far may be wrong");
    }
    programs.free();
  };
  return Object.defineProperty(
    Object.assign(compiled, {
      sync: () => programs.sync(),
      assertUnchanged,
      dispose,
      eager: undefined as string | undefined,
    }),
    "eager",
    { get: () => eager },
  );
}

/** Options for a loop over batches, some of which may be the only ones of their shape; eager where `compiled` is false. */
export const inLoop = (compiled: boolean): { after: number } => ({ after: compiled ? WORTH_A_GRAPH : Infinity });

/** Eager calls that take about as long as making a graph does. */
const WORTH_A_GRAPH = 2;

const isRandom = (given: unknown): given is Random => given instanceof Random;

const announced = new Set<string>();

/** Each message is told once in a process. */
function announce(message: string): void {
  if (announced.has(message)) return;
  announced.add(message);
  console.warn(message);
}
