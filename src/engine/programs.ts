import type * as tf from "@tensorflow/tfjs";
import type { Call } from "./arguments.ts";
import { type EagerCall, MOST_PROGRAMS, QUICKER, tooFew, tooMany } from "./eagerCalls.ts";
import type { Runtime } from "./onnx/index.ts";
import { Program } from "./program.ts";
import { isQuickerEager } from "./quicker.ts";
import type { Random } from "./random.ts";
import {
  accumulatorsOf,
  assertSameTrace,
  isSameTrace,
  outputsOf,
  TraceError,
  type Trace,
  trace,
} from "./trace/index.ts";
import { Watch } from "./watch.ts";
import { inWords } from "./words.ts";

/** A step, and the optimizers it updates with. */
export interface Step {
  step: (...given: unknown[]) => unknown;
  optimizers: readonly tf.Optimizer[];
  /** How many calls of a kind run eagerly before it gets a graph. */
  after: number;
  /** Whether it gets one also where it is quicker eagerly. */
  always: boolean;
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

/** What a kind of call does and, where its first call does something else, what that does. */
interface Traces {
  lasting: Trace;
  opening?: Trace;
}

/** The graphs of a step: one for each kind of call, of which the least recently used makes room for a new one. */
export class Programs {
  private readonly kept = new Map<string, Kept>();
  private readonly waiting = new Map<string, { count: number; last: number }>();
  /** Kinds of calls that are quicker eagerly. */
  private readonly quicker = new Set<string>();
  private accumulators: unknown[] = [];
  /** What served the first call of a kind and no other. */
  private opening: Program | undefined;
  private calls = 0;
  /** Told once: each further kind would have words of its own. */
  private tooMany: EagerCall | undefined;

  constructor(private readonly step: Step) {}

  /**
   * The graph for a call, or why it runs eagerly.
   *
   * @throws TraceError where the step cannot be compiled
   */
  find(call: Call, runtime: Runtime): Entry | EagerCall {
    const { optimizers } = this.step;
    // A restored checkpoint brings new accumulators, of which the graphs know nothing.
    if (!sameEntries(this.accumulators, optimizers.flatMap(accumulatorsOf))) this.free();
    this.calls++;
    this.endOpening();
    const found = this.kept.get(call.key);
    if (found !== undefined) {
      found.program.assertPresent();
      found.watch.beforeCall(() => this.trace(call));
      this.keep(call, found);
      return found;
    }
    if (this.quicker.has(call.key)) return QUICKER;
    const before = this.count(call);
    if (before.count < this.step.after) return tooFew(this.step.after);
    const [oldest] = this.kept.values();
    if (this.kept.size >= MOST_PROGRAMS && oldest !== undefined) {
      // Only what has come twice since the oldest graph was of use replaces it: kinds that take turns stay.
      if (before.last < oldest.used) {
        this.tooMany ??= tooMany(call, ([...this.kept.values()].at(-1) as Kept).call);
        return this.tooMany;
      }
      oldest.program.dispose();
      this.kept.delete(oldest.call.key);
    }
    const traces = this.traceUntilSame(call);
    this.waiting.delete(call.key);
    if (!this.step.always && !traces.opening && isQuickerEager(traces.lasting)) {
      if (this.quicker.size >= MOST_KINDS) this.quicker.clear();
      this.quicker.add(call.key);
      return QUICKER;
    }
    const { lasting, opening } = this.build(traces, runtime);
    this.keep(call, lasting);
    this.accumulators = optimizers.flatMap(accumulatorsOf);
    this.opening = opening?.program;
    return opening ?? lasting;
  }

  sync(): void {
    this.opening?.sync();
    for (const { program } of this.kept.values()) program.sync();
  }

  /** A last look at every graph for what has changed since. */
  lookBack(): void {
    for (const { watch, call } of this.kept.values()) watch.atTheEnd(() => this.trace(call));
  }

  /** Frees the graphs, after a `sync`. */
  free(): void {
    this.endOpening();
    for (const { program } of this.kept.values()) program.dispose();
    this.kept.clear();
  }

  private endOpening(): void {
    this.opening?.dispose();
    this.opening = undefined;
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

  /** The entries for these traces. */
  private build(
    { lasting, opening }: Traces,
    runtime: Runtime,
  ): { lasting: Omit<Kept, "call" | "used">; opening: Entry | undefined } {
    const entry = (trace: Trace): Entry => ({
      program: new Program(trace, runtime),
      streams: randoms =>
        trace.streams.map(stream => (typeof stream === "number" ? randoms[stream] : stream) as Random),
    });
    try {
      return { lasting: { ...entry(lasting), watch: new Watch(lasting) }, opening: opening && entry(opening) };
    } catch (error) {
      throw new TraceError(
        `compile: onnxruntime must be able to run the step, but got ${error instanceof Error ? error.message : error}`,
      );
    }
  }

  /**
   * The trace of a step that does the same twice.
   *
   * A first call may do something else: a model is built then, and asks for regularisers that are not there yet. Then
   * the second and the third trace must be the same, and the first is what this one call does.
   */
  private traceUntilSame(call: Call): Traces {
    const [standIn, other] = STAND_INS;
    const first = this.trace(call, { standIn, places: false });
    const second = this.trace(call, { standIn: other, places: true });
    assertSomeOutputs(first);
    try {
      assertSameTrace(first, second);
      return { lasting: first };
    } catch (error) {
      const third = this.trace(call, { standIn, places: false });
      if (!isSameTrace(third, second)) throw error;
      assertSomeOutputs(third);
      return { lasting: third, opening: first };
    }
  }

  private trace(call: Call, how = { standIn: STAND_INS[0] as number, places: true }): Trace {
    const { step, optimizers } = this.step;
    const kinds = call.tensors.map(({ shape, dtype }) => ({ shape, dtype }));
    const onTensors = (tensors: tf.Tensor[]) => step(...call.withTensors(tensors));
    return trace({ step: onTensors, arguments: kinds, randoms: call.randoms, optimizers, ...how });
  }
}

/** Two learning rates that no step contains: numbers of this size in the trace are the rate. */
const STAND_INS = [0.001234567, 0.007654321] as const;

/** Kinds of calls that are counted. */
const MOST_KINDS = 1000;

function assertSomeOutputs(trace: Trace): void {
  if (outputsOf(trace).length + trace.checks.length > 0) return;
  throw new TraceError(
    `compile: a step must return tensors or update variables, but got ${inWords(trace.result)}; return what it computes`,
  );
}

function sameEntries(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a.length === b.length && a.every((entry, i) => entry === b[i]);
}
