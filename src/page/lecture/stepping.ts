import type { Cell, CodeCell } from "@jupyterlab/cells";
import { Dialog, showDialog } from "@jupyterlab/apputils";
import { NotebookActions } from "@jupyterlab/notebook";
import { notify } from "../notices.ts";
import { isDead, tellDead } from "./deadKernel.ts";
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
      await this.#end(cell, running);
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
    if (isDead(session)) {
      tellDead(session);
      return false;
    }
    return NotebookActions.runCells(notebook, cells, session, open.dialogs);
  }

  /** The code cells above this one that neither ran since the kernel started, nor are about to, or failed. */
  unrunAbove(cell: Cell): CodeCell[] {
    const { codeCells, runs } = this.lecture;
    const above = codeCells.slice(0, Math.max(0, codeCells.indexOf(cell as CodeCell)));
    return above.filter(
      ({ model }, index) =>
        !runs.succeeded(above[index] as CodeCell) &&
        model.executionState !== "running" &&
        model.sharedModel.getSource().trim() !== "",
    );
  }

  /** What it takes to stand before the cell that ran last: which cells run again, and for about how long. */
  wayBack(): WayBack | undefined {
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
    if (!way) return notify({ kind: "back", text: "No cell ran since the kernel started." });
    const { notebook, session } = this.lecture;
    if (way.seconds > SOON && !(await this.#wantsBack(way))) return;
    await session.restartKernel();
    (way.before as CodeCell).model.clearExecution();
    (way.before as CodeCell).outputArea.model.clear();
    await this.run(way.again);
    notebook.activeCellIndex = notebook.widgets.indexOf(way.before);
    this.#lookAt(way.before, way.before);
  }

  async #wantsBack({ before, again, seconds }: WayBack): Promise<boolean> {
    const many = again.length === 1 ? "one cell" : `${again.length} cells`;
    const { button } = await showDialog({
      title: "Step back?",
      body: `To stand before ${this.lecture.runs.nameOf(before)}, a new kernel runs ${many} again, which took ${seconds} seconds.`,
      buttons: [Dialog.cancelButton(), Dialog.okButton({ label: "Step back" })],
    });
    return button.accept;
  }

  /** After the last code comes the text at the end, once the code did what it should. */
  async #end(last: Cell, running: Promise<boolean>): Promise<void> {
    const { notebook, cells } = this.lecture;
    this.#lookAt(last, last);
    const hasSucceeded = last.model.type !== "code" || (await running);
    const rest = cells[cells.indexOf(last) + 1];
    if (!hasSucceeded || !rest || notebook.activeCell !== last) return;
    notebook.activeCellIndex = cells.indexOf(rest);
    notebook.deselectAll();
    this.#lookAt(last, rest);
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

interface WayBack {
  before: Cell;
  again: Cell[];
  seconds: number;
}

/** In seconds: a way back that takes no longer is gone without a question. */
const SOON = 2;
