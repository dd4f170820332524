import * as tf from "@tensorflow/tfjs";
import type { Slot } from "./onnx/index.ts";
import { onTouch } from "./touch.ts";

export type Memory = Slot["data"];

/**
 * Two memories that take turns: a step reads the one and writes the other, the next step the other way round.
 *
 * Both are the same where the graph does not write, or the update happens in place.
 */
export type MemoryPair = readonly [even: Memory, odd: Memory];

export interface Cell {
  variable: tf.Variable;
  memory: MemoryPair;
  /** Whether steps change it. */
  updated: boolean;
  /** What tfjs called the variable's data when memory was equal to it. */
  seen?: object;
}

/** Whose memory is newer than the variable itself. */
const ahead = new WeakMap<tf.Variable, SharedVariables>();

/**
 * The variables of a compiled step: their values are in its memory while it runs, and in tfjs once anybody else
 * touches one of them.
 */
export class SharedVariables {
  /** Which memory of each pair the next step reads. */
  turn: 0 | 1 = 0;
  /** Whether memory is newer than every variable that steps change. */
  private areAhead = false;

  constructor(private readonly cells: readonly Cell[]) {
    for (const { variable, updated } of cells) if (updated) onTouch(variable, () => ahead.get(variable)?.sync());
  }

  /** Throws where a variable is gone: its memory is still here, but nobody could ever read what becomes of it. */
  assertPresent(): void {
    const gone = this.cells.find(({ variable }) => isGone(variable))?.variable;
    if (gone === undefined) return;
    throw new Error(
      `compile: variables of a compiled step must not be disposed while it is used, but got ${gone.name}, shape [${gone.shape}]; compile the step anew, for variables that are there`,
    );
  }

  /** Reads what someone else changed: eager code, or another compiled step. */
  takeIn(): void {
    for (const cell of this.cells) {
      const { variable } = cell;
      // To ask for its data would be to touch it.
      if (ahead.get(variable) === this) continue;
      if (variable.dataId === cell.seen) continue;
      cell.memory[this.turn].set(variable.dataSync<"float32">());
      cell.seen = variable.dataId;
    }
  }

  /** Memory holds the values after one more step. */
  advance(): void {
    this.turn = this.turn === 0 ? 1 : 0;
    if (this.areAhead) return;
    this.areAhead = true;
    for (const { variable, updated, seen } of this.cells) {
      if (!updated) continue;
      // Who assigned or freed the variable while the step ran meant it.
      if (variable.dataId === seen && !isGone(variable)) ahead.set(variable, this);
      else this.areAhead = false;
    }
  }

  /** Writes the newest values to the variables. */
  sync(): void {
    this.areAhead = false;
    const mine = this.cells.filter(({ variable }) => ahead.get(variable) === this);
    for (const { variable } of mine) ahead.delete(variable);
    for (const cell of mine) {
      const { variable } = cell;
      const value = tf.tensor(cell.memory[this.turn].slice(), variable.shape, variable.dtype);
      variable.assign(value);
      value.dispose();
      cell.seen = variable.dataId;
    }
  }
}

/** `tf.disposeVariables` frees a variable without a word to it; then tfjs does not know it any more. */
const isGone = (variable: tf.Variable): boolean =>
  variable.isDisposed || tf.engine().registeredVariables[variable.name] !== variable;
