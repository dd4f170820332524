import type { Cell, CodeCell } from "@jupyterlab/cells";
import { NotebookActions } from "@jupyterlab/notebook";
import { element } from "../element.ts";
import { withCellLinks } from "./cellLinks.ts";
import { Dependencies } from "./dependencies.ts";
import { hasFailed } from "./failed.ts";
import type { Lecture } from "./lecture.ts";
import type { Stepping } from "./stepping.ts";

/** Marks the cells whose results are not what their code would give now, each with its reason, and runs just them. */
export class Staleness {
  readonly dependencies: Dependencies;
  /** What each cell was when it ran last, by its id; what it was the time before; and when what it makes was made. */
  readonly #asRun = new Map<string, string>();
  readonly #before = new Map<string, string | undefined>();
  readonly #asMade = new Map<string, string>();
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
      const { id, sharedModel } = cell.model;
      this.#before.set(id, this.#asRun.get(id));
      this.#asRun.set(id, sharedModel.getSource());
      this.refresh();
    });
    NotebookActions.executed.connect((_, { notebook, cell, success }) => {
      if (notebook === lecture.notebook) this.#ended(cell, success);
      this.refresh();
    });
    lecture.session.statusChanged.connect((_, status) => {
      if (!["restarting", "autorestarting", "dead"].includes(status)) return;
      for (const each of [this.#asRun, this.#before, this.#asMade]) each.clear();
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
      if (!this.#isEdited(cell) && !this.#isFailedEdit(cell)) continue;
      this.#ask(cell);
      const what = this.#isEdited(cell) ? "was edited" : "was edited and failed";
      for (const follower of follows.get(id) ?? []) {
        soon.set(follower, `rests on ${this.lecture.runs.nameOf(cell)}, which ${what}`);
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

  /** One that was left out because a cell before it failed is as it was; one that failed made nothing. */
  #ended(cell: Cell, success: boolean): void {
    const { id } = cell.model;
    const [now, before] = [this.#asRun.get(id), this.#before.get(id)];
    if (success && now !== undefined) this.#asMade.set(id, now);
    if (success || hasFailed(cell)) return;
    if (before === undefined) this.#asRun.delete(id);
    else this.#asRun.set(id, before);
  }

  /** Whether it failed as it is now, so that what follows has what an earlier text of it made. */
  #isFailedEdit(cell: Cell): boolean {
    const { runs } = this.lecture;
    const made = this.#asMade.get(cell.model.id);
    const hasMade = runs.succeeded(cell) || made === undefined || made === this.#asRun.get(cell.model.id);
    return runs.has(cell) && !hasMade;
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
