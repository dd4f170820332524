import type { INotebookContent } from "@jupyterlab/nbformat";
import { predictionIn } from "../../notebook/tags.ts";
import type { Lecture } from "./lecture.ts";

/** What a reader wrote since the file was read or saved: text of cells and predictions; outputs come again. */
export class Written {
  #base: string | undefined;

  constructor(readonly lecture: Lecture) {
    const { context } = lecture.panel;
    void context.ready.then(() => this.note());
    context.saveState.connect((_, state) => {
      if (state.startsWith("completed")) this.note();
    });
  }

  get isNothing(): boolean {
    return this.#base !== undefined && this.#base === this.#now();
  }

  isAllIn(file: INotebookContent): boolean {
    const text = file.cells.map(({ id, source, metadata }) => [id, [source].flat().join(""), predictionIn(metadata)]);
    return JSON.stringify(text) === this.#now();
  }

  /** Takes the file as it is now, where nothing was written here. */
  async takeFile(): Promise<void> {
    await this.lecture.panel.context.revert();
    this.note();
  }

  note(): void {
    this.#base = this.#now();
  }

  #now(): string {
    return JSON.stringify(
      this.lecture.cells.map(({ model }) => [model.id, model.sharedModel.getSource(), predictionIn(model.metadata)]),
    );
  }
}
