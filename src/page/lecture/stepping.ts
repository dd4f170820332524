import type { Cell, CodeCell } from "@jupyterlab/cells";
import { NotebookActions } from "@jupyterlab/notebook";
import { MARGIN, scrollGently, viewOf } from "./inView.ts";
import type { Lecture } from "./lecture.ts";

/** Going through a lecture cell by cell. */
export class Stepping {
  constructor(readonly lecture: Lecture) {}

  /** Runs the active cell and goes on to the next code, so that it, its text and the result are seen together. */
  async step(): Promise<void> {
    const { notebook, session } = this.lecture;
    const cell = notebook.activeCell;
    if (!cell) return;
    const running = NotebookActions.run(notebook, session, this.lecture.open.dialogs);
    const next = this.#nextCode(notebook.activeCellIndex);
    if (next === undefined) {
      notebook.mode = "command";
      this.#lookAt(cell, cell);
      await running;
      return;
    }
    notebook.activeCellIndex = next;
    notebook.deselectAll();
    notebook.mode = "command";
    const target = notebook.activeCell;
    const look = () => target && this.#lookAt(cell, target);
    look();
    await running;
    // The outputs are drawn after the reply: figures, formulas.
    for (const delay of [0, 150, 600]) {
      await new Promise(resolve => setTimeout(resolve, delay));
      if (notebook.activeCell === target) look();
    }
  }

  /** Runs all code before the active cell that did not run yet or failed, and then the cell itself. */
  async runToHere(): Promise<void> {
    const { notebook } = this.lecture;
    const upTo = notebook.widgets.slice(0, notebook.activeCellIndex + 1);
    const active = notebook.activeCell;
    await this.run(
      this.lecture.codeCells.filter(
        cell => upTo.includes(cell) && (cell === active || !this.lecture.runs.succeeded(cell)),
      ),
    );
  }

  /** Runs all cells, with the reader where they are. */
  async runAll(): Promise<void> {
    await this.run(this.lecture.cells);
  }

  /** Runs these cells one after another; ends at the first that fails. */
  async run(cells: readonly Cell[]): Promise<boolean> {
    const { notebook, session, open } = this.lecture;
    return NotebookActions.runCells(notebook, cells, session, open.dialogs);
  }

  /** The code cells above this one that did not run since the kernel started, or failed when they did. */
  unrunAbove(cell: Cell): CodeCell[] {
    const { codeCells, runs } = this.lecture;
    const above = codeCells.slice(0, Math.max(0, codeCells.indexOf(cell as CodeCell)));
    return above.filter(each => !runs.succeeded(each) && each.model.sharedModel.getSource().trim() !== "");
  }

  /** What it takes to stand before the cell that ran last: which cells run again, and for about how long. */
  wayBack(): { before: Cell; again: Cell[]; seconds: number } | undefined {
    const { runs } = this.lecture;
    const before = this.lecture.cellOf(runs.order.at(-1) ?? "");
    if (!before) return undefined;
    const again = runs.order.slice(0, -1).flatMap(id => this.lecture.cellOf(id) ?? []);
    const milliseconds = again.reduce((sum, cell) => sum + runs.durationOf(cell), 0);
    return { before, again, seconds: Math.ceil(milliseconds / 1000) };
  }

  /**
   * Goes back to the state before the cell that ran last: a new kernel runs the cells before it again.
   *
   * Nothing less is honest: a cell may have changed what other names hold, as a stream of random numbers or the
   * weights of a network, and no list of names tells.
   */
  async stepBack(): Promise<void> {
    const way = this.wayBack();
    if (!way) return;
    const { notebook, session } = this.lecture;
    await session.restartKernel();
    (way.before as CodeCell).model.clearExecution();
    (way.before as CodeCell).outputArea.model.clear();
    await this.run(way.again);
    notebook.activeCellIndex = notebook.widgets.indexOf(way.before);
    this.#lookAt(way.before, way.before);
  }

  #nextCode(after: number): number | undefined {
    const index = this.lecture.cells.findIndex((cell, at) => at > after && cell.model.type === "code");
    return index < 0 ? undefined : index;
  }

  /** Scrolls so that `ran` with its result and the `next` code are in view; where that is too much, the result is. */
  #lookAt(ran: Cell, next: Cell): void {
    const view = viewOf(this.lecture).getBoundingClientRect();
    const from = ran.node.getBoundingClientRect().top - view.top - MARGIN;
    const result = ran.node.getBoundingClientRect().bottom - view.top + MARGIN;
    const to = next.node.getBoundingClientRect().bottom - view.top + MARGIN;
    const height = view.height;
    const by =
      to - from <= height
        ? Math.min(from, Math.max(0, to - height))
        : result - from <= height
          ? from
          : Math.max(result - height, 0) || Math.min(from, 0);
    scrollGently(this.lecture, by);
  }
}
