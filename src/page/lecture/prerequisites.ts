import type { Cell, CodeCell } from "@jupyterlab/cells";
import { NotebookActions } from "@jupyterlab/notebook";
import { isShown, notify, withdraw } from "../notices.ts";
import { cellLink, countedCells, LIST } from "./cellLinks.ts";
import { isDead, tellDead } from "./deadKernel.ts";
import { hasFailed } from "./failed.ts";
import type { Lecture } from "./lecture.ts";
import type { Stepping } from "./stepping.ts";
import type { KernelTypes } from "./types.ts";

/** Offers to run first what a cell needs: the cells that alone define its names, and did not run yet. */
export class Prerequisites {
  #turn: Promise<unknown> = Promise.resolve();
  #offered: { cell: Cell; source: string; accept: () => unknown } | undefined;

  constructor(
    readonly lecture: Lecture,
    readonly stepping: Stepping,
    readonly types: KernelTypes,
  ) {
    NotebookActions.executed.connect(async (_, { notebook, cell, success }) => {
      if (notebook !== lecture.notebook || cell.model.type !== "code") return;
      // One that waited when a cell before it failed has nothing to say.
      if (!success && !hasFailed(cell)) return;
      withdraw(KIND);
      if (!success) this.#offer(cell, await this.#neededBy(cell), () => stepping.run([cell]));
    });
  }

  /**
   * `run` runs the active cell: where others must run before it, that is offered, and a type error for each of their
   * names is spared. One key after another counts for the cell that is active by then, and once more for what it
   * offered.
   */
  before(run: () => unknown): () => Promise<unknown> {
    return async () => {
      let running: unknown;
      this.#turn = this.#turn.then(async () => {
        const { notebook } = this.lecture;
        const cell = notebook.activeCell;
        if (!cell) return;
        const { session } = this.lecture;
        if (cell.model.type === "code" && isDead(session)) return tellDead(session);
        if (isShown(KIND) && this.#offered?.cell === cell && this.#offered.source === sourceOf(cell)) {
          withdraw(KIND);
          running = this.#offered.accept();
          return;
        }
        const direct = this.#maySay(cell) ? await within(SOON, this.#definersFor(cell)) : [];
        const needed = direct?.length ? await this.#neededBy(cell) : [];
        if (notebook.activeCell !== cell) notebook.activeCellIndex = notebook.widgets.indexOf(cell);
        if (!this.#offer(cell, needed, run)) running = run();
      });
      this.#turn = this.#turn.catch(() => undefined);
      await this.#turn;
      return running;
    };
  }

  /** The kernel is asked only where a cell above did not run, and where it answers at once. */
  #maySay(cell: Cell): boolean {
    const { isRunning, session } = this.lecture;
    const isThere = session.session?.kernel?.connectionStatus === "connected";
    const isCode = cell.model.type === "code" && sourceOf(cell).trim() !== "";
    return isCode && isThere && !isRunning && this.stepping.unrunAbove(cell).length > 0;
  }

  /** What must run before the cell, and before that, in the order of the lecture. */
  async #neededBy(cell: Cell): Promise<CodeCell[]> {
    const needed = new Set<Cell>();
    for (const each of needed.add(cell)) for (const definer of await this.#definersFor(each)) needed.add(definer);
    needed.delete(cell);
    return this.lecture.codeCells.filter(each => needed.has(each));
  }

  /** The cells that alone define names of this one, and whose definitions are not there. */
  async #definersFor(cell: Cell): Promise<Cell[]> {
    // A newer question of the same asker would overtake this one.
    const problems = (await this.types.problemsOf(sourceOf(cell), {})) ?? [];
    const named = problems
      .filter(problem => problem.unrun)
      .flatMap(({ message }) => countedCells(this.lecture, message));
    return named.filter(each => !this.lecture.runs.succeeded(each));
  }

  /** False where the cell needs none. `run` runs the cell, which is active then. */
  #offer(cell: Cell, needed: readonly CodeCell[], run: () => unknown): boolean {
    if (needed.length === 0) return false;
    const { lecture, stepping } = this;
    const { notebook, runs } = lecture;
    const above = stepping.unrunAbove(cell);
    const runFirst = (cells: readonly Cell[]) => async () => {
      if (!(await stepping.run(cells)) || cell.isDisposed) return;
      notebook.activeCellIndex = notebook.widgets.indexOf(cell);
      await run();
    };
    const [it, defines] = needed.length === 1 ? ["it", "defines"] : ["them", "define"];
    const links = LIST.formatToParts(needed.map(each => each.model.id)).map(({ type, value }) => {
      const cell = type === "element" ? lecture.cellOf(value) : undefined;
      return cell ? cellLink(lecture, cell) : value;
    });
    this.#offered = { cell, source: sourceOf(cell), accept: runFirst(needed) };
    const words = ` ${defines}; that did not run yet. The same keys again run ${it} first.`;
    notify({
      kind: KIND,
      stays: true,
      text: [`${capital(runs.nameOf(cell))} uses what `, ...links, words],
      actions: [
        { label: `Run ${it} first`, run: this.#offered.accept },
        ...(above.length > needed.length ? [{ label: `Run all ${above.length} above`, run: runFirst(above) }] : []),
      ],
    });
    return true;
  }
}

/** What comes in time; undefined where it does not. */
function within<T>(milliseconds: number, coming: Promise<T>): Promise<T | undefined> {
  return Promise.race([coming, new Promise<undefined>(resolve => setTimeout(resolve, milliseconds, undefined))]);
}

function sourceOf(cell: Cell): string {
  return cell.model.sharedModel.getSource();
}

function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}

const KIND = "prerequisites";

/** In milliseconds: a checker that takes longer is asked by the run itself, which says so. */
const SOON = 5000;
