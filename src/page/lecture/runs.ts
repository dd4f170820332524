import type { ISessionContext } from "@jupyterlab/apputils";
import type { Cell, CodeCell } from "@jupyterlab/cells";
import { type Notebook, NotebookActions } from "@jupyterlab/notebook";
import { hasFailed } from "./failed.ts";

/** The lecture, as far as its runs need it. */
interface RunLecture {
  readonly notebook: Notebook;
  readonly session: ISessionContext;
  readonly codeCells: readonly CodeCell[];
  cellOf(id: string): Cell | undefined;
}

/** What ran since the kernel started: in which order, under which number, and for how long. */
export class Runs {
  /** By the ids of cells, the last run of each. */
  readonly #order: string[] = [];
  readonly #succeeded = new Set<string>();
  readonly #cells = new Map<number, string>();
  readonly #took = new Map<string, number>();

  constructor(readonly lecture: RunLecture) {
    const started = new Map<string, number>();
    NotebookActions.executionScheduled.connect((_, { notebook, cell }) => {
      if (notebook === lecture.notebook) started.set(cell.model.id, performance.now());
    });
    NotebookActions.executed.connect((_, { notebook, cell, success }) => {
      if (notebook !== lecture.notebook || cell.model.type !== "code") return;
      // A cell that waited when one before it failed did not run: what the reply counts is none of its own.
      if (!success && !hasFailed(cell)) {
        (cell as CodeCell).model.executionCount = null;
        return;
      }
      const { id } = cell.model;
      if (success) this.#succeeded.add(id);
      else this.#succeeded.delete(id);
      this.#took.set(id, performance.now() - (started.get(id) ?? performance.now()));
      this.#note(id, (cell as CodeCell).model.executionCount);
    });
    lecture.session.statusChanged.connect((_, status) => {
      if (!["restarting", "autorestarting", "starting", "dead"].includes(status)) return;
      this.#order.length = 0;
      this.#cells.clear();
      this.#succeeded.clear();
      this.#mark();
    });
  }

  /** The ids of the cells that ran, in order. */
  get order(): readonly string[] {
    return this.#order;
  }

  /** Whether the cell ran since the kernel started. */
  has(cell: Cell): boolean {
    return this.#order.includes(cell.model.id);
  }

  /** Whether what the cell makes is there: it ran since the kernel started, and its last run succeeded. */
  succeeded(cell: Cell): boolean {
    return this.#succeeded.has(cell.model.id);
  }

  /** How long the cell took when it ran last, in milliseconds. */
  durationOf(cell: Cell): number {
    return this.#took.get(cell.model.id) ?? 0;
  }

  /** The cell that ran under this number. */
  cellOf(count: number): Cell | undefined {
    return this.lecture.cellOf(this.#cells.get(count) ?? "");
  }

  /** Cells that are known to have run without an error, as when a kernel was already there. */
  note(runs: readonly { id: string; count: number | null }[]): void {
    for (const { id, count } of runs) {
      if (this.#order.includes(id)) continue;
      this.#succeeded.add(id);
      this.#note(id, count);
    }
  }

  /**
   * A cell in words that a person finds on the page: by the number in brackets beside it where it ran, else by how it
   * begins, since the number that is stored with it may be another cell's by now.
   */
  nameOf(cell: Cell): string {
    const count = this.has(cell) ? (cell as CodeCell).model.executionCount : null;
    if (count !== null) return `cell [${count}]`;
    // Of one that is folded only its title is seen.
    const { summary } = (cell.model.getMetadata("lectern") ?? {}) as { summary?: string };
    const title = (cell as CodeCell).inputHidden ? summary : undefined;
    return `the cell “${title ?? beginningOf(cell.model.sharedModel.getSource())}”`;
  }

  #note(id: string, count: number | null): void {
    const at = this.#order.indexOf(id);
    if (at >= 0) this.#order.splice(at, 1);
    this.#order.push(id);
    if (count !== null) this.#cells.set(count, id);
    this.#mark();
  }

  /** The style sheet draws the number of a cell that did not run here as what it is, stored with the lecture. */
  #mark(): void {
    for (const cell of this.lecture.codeCells) cell.node.classList.toggle("ran", this.has(cell));
  }
}

function beginningOf(source: string): string {
  const lines = source.split("\n").map(line => line.trim());
  const line = lines.find(each => each && !/^(\/\/|\/\*|\*|import\b)/.test(each)) ?? lines[0] ?? "";
  return line.length > 32 ? `${line.slice(0, 31)}…` : line;
}
