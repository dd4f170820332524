import type { INotebookContent } from "@jupyterlab/nbformat";
import { predictionIn } from "../../notebook/tags.ts";
import type { Lecture } from "./lecture.ts";
import { setPrediction } from "./prediction.ts";

/** The id of a cell, its text, and what was predicted of it. */
export type CellText = readonly [id: string, text: string, prediction: string | undefined];

/** What a reader wrote since the file was read or saved: text of cells and predictions; outputs come again. */
export class Written {
  #base: readonly CellText[] | undefined;

  constructor(readonly lecture: Lecture) {
    void lecture.panel.context.ready.then(() => this.note(this.texts()));
  }

  get isNothing(): boolean {
    return this.#base !== undefined && isSame(this.#base, this.texts());
  }

  /**
   * Puts what was written into other cells of the file beside what was written here. False, with nothing done, where
   * both wrote in one cell, or the cells are not the same.
   */
  takeIn(file: INotebookContent): boolean {
    const [now, base, theirs] = [this.texts(), this.#base, textsIn(file)];
    const ids = (cells: readonly CellText[]) => cells.map(([id]) => id);
    if (!base || !isSame(ids(theirs), ids(now)) || !isSame(ids(base), ids(now))) return isSame(theirs, now);
    const places = theirs.flatMap((each, i) => (isSame(each, now[i]) || isSame(each, base[i]) ? [] : [i]));
    if (places.some(i => !isSame(now[i], base[i]))) return false;
    for (const i of places) {
      const [model, [, text, prediction]] = [this.lecture.cells[i]?.model, theirs[i] as CellText];
      if (!model) continue;
      model.sharedModel.setSource(text);
      setPrediction(model, prediction);
    }
    return true;
  }

  /** Notes what is in the file now. */
  note(texts: readonly CellText[]): void {
    this.#base = texts;
  }

  /** What is written here now. */
  texts(): CellText[] {
    return this.lecture.cells.map(({ model }) => [
      model.id,
      model.sharedModel.getSource(),
      predictionIn(model.metadata),
    ]);
  }
}

/** What is written in a file. */
export function textsIn({ cells }: INotebookContent): CellText[] {
  return cells.map(({ id, source, metadata }) => [String(id), [source].flat().join(""), predictionIn(metadata)]);
}

export function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
