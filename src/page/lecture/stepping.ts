import type { Cell, CodeCell } from "@jupyterlab/cells";
import { NotebookActions } from "@jupyterlab/notebook";
import type { Lecture } from "./lecture.ts";

/** Going through a lecture cell by cell. */
export class Stepping {
  /** How long each cell took when it ran last, in milliseconds. */
  readonly #took = new Map<string, number>();
  /** The cells that ran since the kernel started, in order. */
  readonly #ran: string[] = [];

  constructor(readonly lecture: Lecture) {
    const started = new Map<string, number>();
    NotebookActions.executionScheduled.connect((_, { notebook, cell }) => {
      if (notebook === lecture.notebook) started.set(cell.model.id, performance.now());
    });
    NotebookActions.executed.connect((_, { notebook, cell }) => {
      if (notebook !== lecture.notebook || cell.model.type !== "code") return;
      const { id } = cell.model;
      this.#took.set(id, performance.now() - (started.get(id) ?? performance.now()));
      this.#forget(id);
      this.#ran.push(id);
    });
    lecture.session.statusChanged.connect((_, status) => {
      if (status === "restarting" || status === "autorestarting" || status === "starting") this.#ran.length = 0;
    });
  }

  /** Whether the cell ran since the kernel started. */
  hasRun(cell: Cell): boolean {
    return this.#ran.includes(cell.model.id);
  }

  /** Cells that are known to have run, as when a kernel was already there. */
  note(ids: readonly string[]): void {
    for (const id of ids) if (!this.#ran.includes(id)) this.#ran.push(id);
  }

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

  /** Runs all code before the active cell that did not run yet, and then the cell itself. */
  async runToHere(): Promise<void> {
    const { notebook } = this.lecture;
    const upTo = notebook.widgets.slice(0, notebook.activeCellIndex + 1);
    const active = notebook.activeCell;
    await this.run(
      this.lecture.codeCells.filter(cell => upTo.includes(cell) && (cell === active || !this.hasRun(cell))),
    );
  }

  /** Runs these cells one after another; ends at the first that fails. */
  async run(cells: readonly Cell[]): Promise<boolean> {
    const { notebook, session, open } = this.lecture;
    return NotebookActions.runCells(notebook, cells, session, open.dialogs);
  }

  /** The code cells above this one that did not run since the kernel started. */
  unrunAbove(cell: Cell): CodeCell[] {
    const { codeCells } = this.lecture;
    const above = codeCells.slice(0, Math.max(0, codeCells.indexOf(cell as CodeCell)));
    return above.filter(each => !this.hasRun(each) && each.model.sharedModel.getSource().trim() !== "");
  }

  /** What it takes to stand before the cell that ran last: which cells run again, and for about how long. */
  wayBack(): { before: Cell; again: Cell[]; seconds: number } | undefined {
    const last = this.#ran.at(-1);
    const before = last === undefined ? undefined : this.lecture.cellOf(last);
    if (!before) return undefined;
    const again = this.#ran.slice(0, -1).flatMap(id => this.lecture.cellOf(id) ?? []);
    const milliseconds = again.reduce((sum, cell) => sum + (this.#took.get(cell.model.id) ?? 0), 0);
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

  #forget(id: string): void {
    const at = this.#ran.indexOf(id);
    if (at >= 0) this.#ran.splice(at, 1);
  }

  #nextCode(after: number): number | undefined {
    const index = this.lecture.cells.findIndex((cell, at) => at > after && cell.model.type === "code");
    return index < 0 ? undefined : index;
  }

  /** Scrolls so that `ran` with its result and the `next` code are in view; where that is too much, the result is. */
  #lookAt(ran: Cell, next: Cell): void {
    const { outerNode } = this.lecture.notebook as unknown as { outerNode: HTMLElement };
    const view = outerNode.getBoundingClientRect();
    const margin = 12;
    const from = ran.node.getBoundingClientRect().top - view.top - margin;
    const result = ran.node.getBoundingClientRect().bottom - view.top + margin;
    const to = next.node.getBoundingClientRect().bottom - view.top + margin;
    const height = view.height;
    const by =
      to - from <= height
        ? Math.min(from, Math.max(0, to - height))
        : result - from <= height
          ? from
          : Math.max(result - height, 0) || Math.min(from, 0);
    if (Math.abs(by) < 2) return;
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    outerNode.scrollBy({ top: by, behavior: calm ? "instant" : "smooth" });
  }
}
