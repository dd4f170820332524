import type * as tf from "@tensorflow/tfjs";
import { type Call, difference } from "./arguments.ts";
import type { Runtime } from "./onnx/index.ts";
import { Program } from "./program.ts";
import type { Random } from "./random.ts";
import { accumulatorsOf, assertSameTrace, outputsOf, TraceError, type Trace, trace } from "./trace/index.ts";
import { Watch } from "./watch.ts";
import { inWords } from "./words.ts";

/** A step, and the optimizer it updates with. */
export interface Step {
  step: (...given: unknown[]) => unknown;
  optimizer: tf.Optimizer | undefined;
  /** How many calls of a kind run eagerly before it gets a graph. */
  after: number;
}

export interface Entry {
  program: Program;
  /** The streams of a call, in the order in which the trace numbers them. */
  streams: (randoms: readonly Random[]) => Random[];
}

interface Kept extends Entry {
  watch: Watch;
  /** The latest call it served, and the number of that call. */
  call: Call;
  used: number;
}

/** The graphs of a step: one for each kind of call, of which the least recently used makes room for a new one. */
export class Programs {
  private readonly kept = new Map<string, Kept>();
  private readonly waiting = new Map<string, { count: number; last: number }>();
  private accumulators: unknown[] = [];
  private calls = 0;
  /** Told once: each further kind would have words of its own. */
  private tooMany: string | undefined;

  constructor(private readonly step: Step) {}

  /**
   * The graph for a call; a sentence where there are too many kinds of calls, undefined where there were too few calls.
   *
   * @throws TraceError where the step cannot be compiled
   */
  find(call: Call, runtime: Runtime): Entry | string | undefined {
    const { optimizer } = this.step;
    // A restored checkpoint brings new accumulators, of which the graphs know nothing.
    if (optimizer && !sameEntries(this.accumulators, accumulatorsOf(optimizer))) this.free();
    this.calls++;
    const found = this.kept.get(call.key);
    if (found !== undefined) {
      found.program.assertPresent();
      found.watch.beforeCall(() => this.trace(call));
      this.keep(call, found);
      return found;
    }
    const before = this.count(call);
    if (before.count < this.step.after) return undefined;
    const [oldest] = this.kept.values();
    if (this.kept.size >= MOST_PROGRAMS && oldest !== undefined) {
      // Only what has come twice since the oldest graph was of use replaces it: kinds that take turns stay.
      if (before.last < oldest.used) {
        this.tooMany ??= tooMany(call, [...this.kept.values()].at(-1) as Kept);
        return this.tooMany;
      }
      oldest.program.dispose();
      this.kept.delete(oldest.call.key);
    }
    const made = this.build(call, runtime);
    this.waiting.delete(call.key);
    this.keep(call, made);
    if (optimizer) this.accumulators = accumulatorsOf(optimizer);
    return made;
  }

  sync(): void {
    for (const { program } of this.kept.values()) program.sync();
  }

  /** A last look at every graph for what has changed since. */
  lookBack(): void {
    for (const { watch, call } of this.kept.values()) watch.atTheEnd(() => this.trace(call));
  }

  /** Frees the graphs, after a `sync`. */
  free(): void {
    for (const { program } of this.kept.values()) program.dispose();
    this.kept.clear();
  }

  /** Puts an entry behind all others. */
  private keep(call: Call, entry: Omit<Kept, "call" | "used">): void {
    this.kept.delete(call.key);
    this.kept.set(call.key, Object.assign(entry, { call, used: this.calls }));
  }

  /** Counts an eager call, and says what was counted before it. */
  private count({ key }: Call): { count: number; last: number } {
    const before = this.waiting.get(key) ?? { count: 0, last: 0 };
    if (this.waiting.size > MOST_KINDS) this.waiting.clear();
    this.waiting.set(key, { count: before.count + 1, last: this.calls });
    return before;
  }

  private build(call: Call, runtime: Runtime): Omit<Kept, "call" | "used"> {
    const [standIn, other] = STAND_INS;
    const first = this.trace(call, { standIn, places: false });
    assertSameTrace(first, this.trace(call, { standIn: other, places: true }));
    if (outputsOf(first).length + first.checks.length === 0) {
      throw new TraceError(
        `compile: a step must return tensors or update variables, but got ${inWords(first.result)}; return what it computes`,
      );
    }
    const streams = (randoms: readonly Random[]) =>
      first.streams.map(stream => (typeof stream === "number" ? randoms[stream] : stream) as Random);
    try {
      return { program: new Program(first, runtime), streams, watch: new Watch(first) };
    } catch (error) {
      throw new TraceError(
        `compile: onnxruntime must be able to run the step, but got ${error instanceof Error ? error.message : error}`,
      );
    }
  }

  private trace(call: Call, how = { standIn: STAND_INS[0] as number, places: true }): Trace {
    const { step, optimizer } = this.step;
    const kinds = call.tensors.map(({ shape, dtype }) => ({ shape, dtype }));
    const onTensors = (tensors: tf.Tensor[]) => step(...call.withTensors(tensors));
    return trace({ step: onTensors, arguments: kinds, randoms: call.randoms, optimizer, ...how });
  }
}

/** Two learning rates that no step contains: numbers of this size in the trace are the rate. */
const STAND_INS = [0.001234567, 0.007654321] as const;

/** Graphs of one step that are kept; each new shape, or value of a number, makes another. */
export const MOST_PROGRAMS = 16;

/** Kinds of calls that are counted. */
const MOST_KINDS = 1000;

function tooMany(call: Call, latest: Kept): string {
  const { what, isShape } = difference(call, latest.call);
  const [kinds, remedy] = isShape
    ? ["shapes of its tensors", "let few shapes recur: pad the last batch, or leave it out"]
    : ["values of what is no tensor", "pass numbers as tensors"];
  return `compile: a step has graphs for at most ${MOST_PROGRAMS} ${kinds}, but got one more, ${what}; ${remedy}`;
}

function sameEntries(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a.length === b.length && a.every((entry, i) => entry === b[i]);
}
