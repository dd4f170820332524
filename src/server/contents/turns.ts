import { InTurn } from "../inTurn.ts";

/** Changes of files, one after the other: what a change has found is so until it is done. */
export class Turns extends InTurn {
  #moves = 0;
  readonly #moved = new Map<string, number>();

  /** How many files got another path so far. */
  get moves(): number {
    return this.#moves;
  }

  /** A file has this path now that had another. */
  noteMove(apiPath: string): void {
    this.#moved.set(apiPath, ++this.#moves);
  }

  /** Whether a file came to this path, from another, after there had been so many moves. */
  hasMovedSince(apiPath: string, moves: number): boolean {
    return (this.#moved.get(apiPath) ?? 0) > moves;
  }
}
