import type { InterruptFlags } from "./flags.ts";

/** How an interrupt reaches the thread that runs the cells. */
export interface InterruptPort {
  /** Asks the cell to end where it waits. */
  ask(run: number): void;
  /** Settles when the thread's event loop has answered. */
  ping(): Promise<void>;
  /** Ends the JavaScript that is running there. */
  terminate(): Promise<void>;
  /** Tells the thread that its code was ended, so that it ends the cell. */
  abandon(run: number): void;
  /** The run whose code is there now. */
  running(): number | undefined;
}

/** How long an event loop may take to answer before it counts as busy, in milliseconds: at first, and at most. */
const patience = 20;
const mostPatience = 1000;

/** How long busy code that watches the abort signal may go on, in milliseconds. */
const grace = 2000;

/**
 * Interrupts a cell: asks first, which ends every top-level `await`; ends the running code whenever
 * the event loop does not answer. Code that asked for the abort signal has time to finish by itself,
 * until a second interrupt.
 */
export class Interrupter {
  #pending: { run: number; hurried: boolean; hurry: () => void } | undefined;

  constructor(
    readonly flags: InterruptFlags,
    readonly port: InterruptPort,
  ) {}

  async interrupt(run: number): Promise<void> {
    if (this.port.running() !== run) return;
    this.flags.raise(run);
    this.port.ask(run);
    if (this.#pending?.run === run) return this.#pending.hurry();
    await this.#untilEnded(run);
    if (this.#pending?.run === run) this.#pending = undefined;
  }

  /** Ends what a cell that is over left looping. */
  async free(): Promise<void> {
    const answer = this.port.ping().then(() => true);
    if (await Promise.race([answer, after(patience, false)])) return;
    await this.port.terminate();
    // A cell that started in the meantime was hit.
    const run = this.port.running();
    if (run !== undefined) this.port.abandon(run);
  }

  async #untilEnded(run: number): Promise<void> {
    let hurry = () => {};
    const hurried = new Promise<boolean>(resolve => {
      hurry = () => resolve(false);
    });
    const pending = { run, hurried: false, hurry };
    pending.hurry = () => {
      pending.hurried = true;
      hurry();
    };
    this.#pending = pending;
    // What an ended `await` sets free may loop in its turn, so this goes on until the cell is over; ever more
    // patiently, because on a machine with much to do it might hit what is about to end the cell.
    let wait = patience;
    while (this.port.running() === run) {
      const answer = this.port.ping().then(() => true);
      let answered = await Promise.race([answer, after(wait, false)]);
      if (!answered && this.flags.isWatched(run) && !pending.hurried) {
        answered = await Promise.race([answer, hurried, after(grace, false)]);
      }
      if (answered) await after(patience, undefined);
      else if (this.port.running() === run) {
        await this.port.terminate();
        this.port.abandon(run);
        wait = Math.min(2 * wait, mostPatience);
      }
    }
  }
}

function after<Value>(milliseconds: number, value: Value): Promise<Value> {
  return new Promise(resolve => setTimeout(resolve, milliseconds, value));
}
