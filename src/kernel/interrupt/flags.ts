/**
 * Memory shared by the thread that runs cells and the one that interrupts them: code that never
 * returns to its event loop hears of an interrupt through it.
 *
 * Runs of cells are named by their id, so that a late interrupt cannot hit the next run.
 */
export class InterruptFlags {
  constructor(readonly cells: Int32Array<SharedArrayBuffer> = new Int32Array(new SharedArrayBuffer(8))) {}

  raise(run: number): void {
    Atomics.store(this.cells, 0, run);
  }

  isRaised(run: number): boolean {
    return Atomics.load(this.cells, 0) === run;
  }

  /** Says that code of this run watches its abort signal and wants time to finish by itself. */
  watch(run: number): void {
    Atomics.store(this.cells, 1, run);
  }

  isWatched(run: number): boolean {
    return Atomics.load(this.cells, 1) === run;
  }
}
