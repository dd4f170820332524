import { sizeOf, type Value } from "../onnx/index.ts";
import type { State, Trace } from "../trace/index.ts";
import { compileLoop } from "./loop.ts";
import { type Recurrence, recurrenceOf } from "./recurrence.ts";

/** The updates that run outside the graph, and the memory they share with it. */
export interface FlatUpdate {
  /** Where each of their states lives; the graph reads it there. */
  states: ReadonlyMap<State, Float32Array>;
  /** What the graph must compute, and where the loops expect it: gradients and scalars. */
  wanted: readonly { value: Value; data: Float32Array }[];
  /** Updates every state in place, from what is wanted. */
  run(): void;
}

/**
 * One loop for all parameters that are updated alike.
 *
 * The parameters of a group lie one after another in memory, as do their gradients and each of their averages, so
 * that the whole group is one vector to the loop.
 */
export function flatUpdate(trace: Trace): FlatUpdate {
  const groups = groupsOf(trace);
  const memory = new Memory();
  const scalars = new Map<Value, number>();
  for (const value of new Set(groups.flat().flatMap(recurrence => recurrence.scalars))) {
    scalars.set(value, memory.reserve(1));
  }
  const planned = groups.map(group => {
    const layout = layOut(group);
    const [{ states }] = group as [Recurrence];
    return {
      group,
      layout,
      states: states.map(() => memory.reserve(layout.length)),
      gradient: memory.reserve(layout.length),
    };
  });
  const shared = memory.allocate();

  const states = new Map<State, Float32Array>();
  const wanted = [...scalars].map(([value, address]) => ({ value, data: shared.view(address, 1) }));
  const addressOf = new Map([...scalars].map(([value, address]) => [value.id, address]));
  const loops = planned.map(({ group, layout, states: addresses, gradient }) => {
    group.forEach((recurrence, member) => {
      const start = (layout.starts[member] as number) * BYTES;
      const size = sizeOf(recurrence.gradient.shape);
      recurrence.states.forEach((state, i) => {
        states.set(state, shared.view((addresses[i] as number) + start, size));
      });
      wanted.push({ value: recurrence.gradient, data: shared.view(gradient + start, size) });
    });
    const scalar = (id: number) => addressOf.get(id) as number;
    return compileLoop(
      group[0] as Recurrence,
      { states: addresses, gradient, scalar },
      shared.memory,
      layout.length * BYTES,
    );
  });
  return {
    states,
    wanted,
    run: () => {
      for (const loop of loops) loop();
    },
  };
}

/** The recurrences that can be unrolled entry by entry, together with those of the same instructions. */
function groupsOf(trace: Trace): Recurrence[][] {
  const groups = new Map<string, Recurrence[]>();
  const taken = new Set<State>();
  for (const state of trace.states) {
    const recurrence = recurrenceOf(state, trace);
    if (recurrence === undefined || recurrence.states.some(own => taken.has(own))) continue;
    for (const own of recurrence.states) taken.add(own);
    const key = JSON.stringify([recurrence.instructions, recurrence.results]);
    groups.set(key, [...(groups.get(key) ?? []), recurrence]);
  }
  return [...groups.values()];
}

/** Where each member of a group starts, and the length of all together, in entries. */
function layOut(group: readonly Recurrence[]): { starts: readonly number[]; length: number } {
  const starts: number[] = [];
  let length = 0;
  for (const { gradient } of group) {
    starts.push(length);
    length = roundUp(length + sizeOf(gradient.shape));
  }
  return { starts, length };
}

const BYTES = Float32Array.BYTES_PER_ELEMENT;
/** Entries in a cache line: no two vectors share one. */
const LINE = 16;
const PAGE = 65536;

const roundUp = (entries: number): number => Math.ceil(entries / LINE) * LINE;

/** Places in one WebAssembly memory. */
class Memory {
  private entries = 0;

  /** The address of room for so many float32. */
  reserve(entries: number): number {
    const start = this.entries;
    this.entries += roundUp(entries);
    return start * BYTES;
  }

  allocate() {
    const memory = new WebAssembly.Memory({ initial: Math.ceil((this.entries * BYTES) / PAGE) + 1 });
    return { memory, view: (address: number, entries: number) => new Float32Array(memory.buffer, address, entries) };
  }
}
