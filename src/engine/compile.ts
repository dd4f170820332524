import * as tf from "@tensorflow/tfjs";
import { type Call, takeApart } from "./arguments.ts";
import { loadRuntime, type Runtime } from "./onnx/index.ts";
import { Program } from "./program.ts";
import type { Random } from "./random.ts";
import {
  accumulatorsOf,
  assertSameTrace,
  countUpdate,
  isTracing,
  learningRateOf,
  TraceError,
  type Trace,
  trace,
} from "./trace/index.ts";
import { syncVariables } from "./variables.ts";

export interface CompileOptions<Result = unknown> {
  /** What the step updates with. Its learning rate is read at every call, and its count of updates advances. */
  optimizer?: tf.Optimizer;
  /** Looks at the result before variables are updated; where it says no, they stay as they were. Eager calls skip it. */
  accept?: (result: Result) => boolean;
  /** How many calls of a kind run eagerly first: a graph takes a while to make, and pays only where more follow. */
  after?: number;
  /** What becomes of a step that cannot be compiled: it runs eagerly with one message, or a TraceError is thrown. */
  otherwise?: "eager" | "throw";
}

export interface Compiled<Arguments extends unknown[], Result> {
  (...given: Arguments): Result;
  /** Writes what the steps so far computed to the variables and the optimizer, for eager code to see. */
  sync(): void;
  /** Frees the graphs, after a `sync`. */
  dispose(): void;
  /** Why calls run eagerly; undefined where they are compiled. */
  readonly eager: string | undefined;
}

/**
 * `step`, run as one call of a compiled graph: the same numbers as tfjs gives, several times sooner.
 *
 * Give it a training step, with its optimizer, or a function from tensors to tensors. Tensors and `Random` streams
 * among the arguments, alone or in arrays and plain objects, may differ at every call; a new shape, or another value
 * of anything else, is compiled anew. Between calls, the newest values of variables are in the graph: other compiled
 * functions see them, eager code after `sync`.
 *
 * Everything else that JavaScript does in the step happens once, while it is compiled: a captured tensor keeps its
 * values, an `if` its branch. A step that would not do the same at every call runs eagerly, and a message says why.
 *
 * @example
 * const w = tf.variable(tf.scalar(3));
 * const optimizer = tf.train.sgd(0.1);
 * const step = compile((target: tf.Tensor) => optimizer.minimize(() => w.sub(target).square().asScalar(), true), { optimizer });
 * for (let i = 0; i < 100; i++) step(tf.scalar(1));
 * step.sync();
 * Math.round(w.dataSync()[0]) // => 1
 */
export function compile<Arguments extends unknown[], Result>(
  step: (...given: Arguments) => Result,
  { optimizer, accept, after = 0, otherwise = "eager" }: CompileOptions<Result> = {},
): Compiled<Arguments, Result> {
  const programs = new Map<string, Entry>();
  const calls = new Map<string, number>();
  let accumulators: unknown[] = [];
  let made = 0;
  let eager: string | undefined;

  const entryFor = (call: Call, runtime: Runtime): Entry => {
    // A restored checkpoint brings new accumulators, of which the graphs know nothing.
    if (optimizer && !sameEntries(accumulators, accumulatorsOf(optimizer))) disposeAll(programs);
    const found = programs.get(call.key);
    if (found !== undefined) {
      made = 0;
      return found;
    }
    if (++made > MOST_PROGRAMS) throw new TraceError(CHANGING);
    const entry = build(step as (...given: unknown[]) => unknown, call, optimizer, runtime);
    programs.set(call.key, entry);
    if (optimizer) accumulators = accumulatorsOf(optimizer);
    if (programs.size > MOST_PROGRAMS) disposeOldest(programs);
    return entry;
  };

  const isFrequent = ({ key }: Call): boolean => {
    if (after === 0) return true;
    const before = calls.get(key) ?? 0;
    if (calls.size > MOST_KINDS) calls.clear();
    calls.set(key, before + 1);
    return before >= after;
  };

  const compiled = (...given: Arguments): Result => {
    // A compiled step within another becomes part of its graph.
    if (isTracing()) return step(...given);
    const call = takeApart(given);
    if (eager === undefined && isFrequent(call)) {
      try {
        const runtime = loadRuntime();
        if (typeof runtime === "string") throw new TraceError(`compile: ${runtime}`);
        const { program, streams } = entryFor(call, runtime);
        const { result, accepted } = program.run({
          tensors: call.tensors,
          streams: streams(call.randoms),
          learningRate: optimizer && learningRateOf(optimizer),
          accept: accept as ((result: unknown) => boolean) | undefined,
        });
        if (optimizer && accepted) countUpdate(optimizer);
        return result as Result;
      } catch (error) {
        if (!(error instanceof TraceError) || otherwise === "throw") throw error;
        eager = error.message;
        disposeAll(programs);
        announce(eager);
      }
    }
    syncVariables();
    return tf.tidy(() => step(...given) as tf.TensorContainer) as Result;
  };
  return Object.defineProperty(
    Object.assign(compiled, {
      sync: () => {
        for (const { program } of programs.values()) program.sync();
      },
      dispose: () => disposeAll(programs),
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

interface Entry {
  program: Program;
  /** The streams of a call, in the order in which the trace numbers them. */
  streams: (randoms: readonly Random[]) => Random[];
}

/** Two learning rates that no step contains: numbers of this size in the trace are the rate. */
const STAND_INS = [0.001234567, 0.007654321] as const;

function build(
  step: (...given: unknown[]) => unknown,
  call: Call,
  optimizer: tf.Optimizer | undefined,
  runtime: Runtime,
): Entry {
  const kinds = call.tensors.map(({ shape, dtype }) => ({ shape, dtype }));
  const [first, second] = STAND_INS.map(standIn =>
    trace({ step: tensors => step(...call.withTensors(tensors)), arguments: kinds, optimizer, standIn }),
  ) as [Trace, Trace];
  assertSameTrace(first, second);
  const places = first.streams.map(stream => (stream === "derived" ? -1 : call.randoms.indexOf(stream)));
  const streams = (randoms: readonly Random[]) =>
    places.map((place, i) => (place >= 0 ? randoms[place] : first.streams[i]) as Random);
  try {
    return { program: new Program(first, runtime), streams };
  } catch (error) {
    throw new TraceError(
      `compile: onnxruntime must be able to run the step, but got ${error instanceof Error ? error.message : error}`,
    );
  }
}

/** Graphs of one step that are kept; each new shape, or value of a number, makes another. */
const MOST_PROGRAMS = 16;

/** Kinds of calls that are counted. */
const MOST_KINDS = 1000;

const CHANGING = `compile: arguments that are not tensors must seldom change, and shapes too, but got ${MOST_PROGRAMS} new ones in a row; pass numbers as tensors`;

function disposeOldest(programs: Map<string, Entry>): void {
  const [[key, { program }]] = programs as unknown as [[string, Entry]];
  program.dispose();
  programs.delete(key);
}

function disposeAll(programs: Map<string, Entry>): void {
  for (const { program } of programs.values()) program.dispose();
  programs.clear();
}

function sameEntries(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a.length === b.length && a.every((entry, i) => entry === b[i]);
}

const announced = new Set<string>();

/** Each reason is told once in a process. */
function announce(reason: string): void {
  if (announced.has(reason)) return;
  announced.add(reason);
  console.warn(`${reason}; the step runs eagerly`);
}
