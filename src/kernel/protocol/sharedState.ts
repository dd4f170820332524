import { InterruptFlags } from "../interrupt/flags.ts";

/** Memory that both threads see, for when one of them cannot return to its event loop. */
export class SharedState {
  readonly flags: InterruptFlags;

  constructor(readonly cells: Int32Array<SharedArrayBuffer> = new Int32Array(new SharedArrayBuffer(32))) {
    this.flags = new InterruptFlags(new Int32Array(cells.buffer, 0, 2));
  }

  /** Called by the main thread for every output before it posts it; waits while too much is under way. */
  posted(size: number): void {
    if (Atomics.load(this.cells, pending) > most) {
      for (let turn = Atomics.load(this.cells, room); Atomics.load(this.cells, pending) > enough; ) {
        Atomics.wait(this.cells, room, turn, 100);
        turn = Atomics.load(this.cells, room);
      }
    }
    Atomics.add(this.cells, pending, size);
  }

  /** Called by the worker for every output that it has taken. */
  taken(size: number): void {
    const before = Atomics.sub(this.cells, pending, size);
    if (before <= enough || before - size > enough) return;
    Atomics.add(this.cells, room, 1);
    Atomics.notify(this.cells, room);
  }

  /** Closes the gate; to be called before whoever opens it is told of it. */
  arm(gate: Gate): void {
    Atomics.store(this.cells, gates[gate], 0);
  }

  /** Blocks the main thread until `release`, or for this time. */
  block(gate: Gate, milliseconds?: number): void {
    Atomics.wait(this.cells, gates[gate], 0, milliseconds);
  }

  release(gate: Gate): void {
    Atomics.store(this.cells, gates[gate], 1);
    Atomics.notify(this.cells, gates[gate]);
  }
}

/** Where the main thread waits: for an input, for the last message to be out before an exit, for breakpoints in new code. */
type Gate = "input" | "exit" | "script";

const pending = 2;
const gates: Record<Gate, number> = { input: 3, exit: 4, script: 6 };

const room = 5;

/** How much output may be under way before a cell that floods waits, and what it then waits for, in characters. */
const most = 1 << 21;
const enough = most / 2;
