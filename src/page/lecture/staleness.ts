import type { Cell, CodeCell } from "@jupyterlab/cells";
import { NotebookActions } from "@jupyterlab/notebook";
import { element } from "../element.ts";
import { withCellLinks } from "./cellLinks.ts";
import { Dependencies } from "./dependencies.ts";
import type { Lecture } from "./lecture.ts";
import type { Stepping } from "./stepping.ts";

/** Marks the cells whose results are not what their code would give now, each with its reason, and runs just them. */
export class Staleness {
  readonly dependencies: Dependencies;
  /** What each cell was when it ran last, by its id. */
  readonly #asRun = new Map<string, string>();
  readonly #notes = new Map<string, HTMLElement>();
  readonly #asked = new Map<string, string>();

  constructor(
    readonly lecture: Lecture,
    readonly stepping: Stepping,
    readonly told: (count: number) => void,
  ) {
    this.dependencies = new Dependencies(lecture);
    this.dependencies.changed.connect(() => this.refresh());
    NotebookActions.executionScheduled.connect((_, { notebook, cell }) => {
      if (notebook !== lecture.notebook) return;
      this.#asRun.set(cell.model.id, cell.model.sharedModel.getSource());
      this.refresh();
    });
    NotebookActions.executed.connect(() => this.refresh());
    lecture.session.statusChanged.connect((_, status) => {
      if (status === "restarting" || status === "autorestarting") this.#asRun.clear();
    });
    lecture.changed.connect(() => this.refresh());
  }

  /** The cells that are stale or were edited since they ran, in the order of the lecture. */
  get cells(): CodeCell[] {
    return this.lecture.codeCells.filter(cell => this.#isEdited(cell) || this.dependencies.stale.has(cell.model.id));
  }

  /** Runs what is stale, and what becomes stale by that, each once. */
  async run(): Promise<void> {
    const done = new Set<Cell>();
    for (let next = this.cells[0]; next; next = this.cells.find(cell => !done.has(cell))) {
      done.add(next);
      if (!(await this.stepping.run([next]))) return;
      // The kernel's word on what depends on it comes after the reply.
      await new Promise(resolve => setTimeout(resolve, 30));
    }
  }

  refresh(): void {
    const { stale, follows } = this.dependencies;
    const soon = new Map<string, string>();
    for (const cell of this.lecture.codeCells) {
      const { id } = cell.model;
      if (!this.#isEdited(cell)) continue;
      this.#ask(cell);
      for (const follower of follows.get(id) ?? []) {
        soon.set(follower, `rests on ${this.lecture.runs.nameOf(cell)}, which was edited`);
      }
    }
    for (const cell of this.lecture.codeCells) {
      const { id } = cell.model;
      const running = cell.node.querySelector(".jp-InputPrompt")?.textContent?.includes("*") ?? false;
      const reason = running
        ? undefined
        : this.#isEdited(cell)
          ? "edited since it ran"
          : (stale.get(id) ?? soon.get(id));
      this.#note(cell, reason, this.#isEdited(cell) ? "edited" : stale.has(id) ? "stale" : "soon");
    }
    this.told(this.cells.length);
  }

  #isEdited(cell: Cell): boolean {
    const asRun = this.#asRun.get(cell.model.id);
    return asRun !== undefined && asRun !== cell.model.sharedModel.getSource();
  }

  /** What would follow is asked once for each text of the cell. */
  #ask(cell: Cell): void {
    const { id, sharedModel } = cell.model;
    if (this.#asked.get(id) === sharedModel.getSource()) return;
    this.#asked.set(id, sharedModel.getSource());
    this.dependencies.edited(id);
  }

  #note(cell: Cell, reason: string | undefined, kind: "edited" | "stale" | "soon"): void {
    const { id } = cell.model;
    if (!reason) {
      this.#notes.get(id)?.remove();
      this.#notes.delete(id);
      delete cell.node.dataset.stale;
      return;
    }
    cell.node.dataset.stale = kind;
    let note = this.#notes.get(id);
    if (!note) {
      note = element(
        "div",
        { class: "stale-note" },
        element("span"),
        element("button", { type: "button", onclick: () => void this.run() }, "Run what is stale"),
      );
      this.#notes.set(id, note);
    }
    if (note.parentElement !== cell.node) cell.node.prepend(note);
    const words = note.firstElementChild;
    const text = kind === "edited" ? reason : `${kind === "stale" ? "stale" : "soon stale"}: ${reason}`;
    if (words && words.textContent !== text.replaceAll("`", "")) {
      const parts = text.split("`").map((part, index) => (index % 2 ? element("code", {}, part) : part));
      words.replaceChildren(
        ...parts.flatMap(part => (typeof part === "string" ? withCellLinks(this.lecture, part) : part)),
      );
    }
  }
}
