import type { Cell, CodeCell } from "@jupyterlab/cells";
import type { Notebook, NotebookPanel } from "@jupyterlab/notebook";
import { type ISignal, Signal } from "@lumino/signaling";
import { CLAIM } from "../../notebook/told.ts";
import type { ClaimRecord } from "../jupyter/claims.ts";
import type { OpenNotebook } from "../jupyter/notebook.ts";
import { type ClaimCounts, claimsIn } from "./claimWords.ts";
import { Runs } from "./runs.ts";
import type { OutlineCell } from "./sections.ts";

/** The lecture that is open: its cells, what they show, and where one is; what the parts of the page share. */
export class Lecture {
  readonly panel: NotebookPanel;
  readonly notebook: Notebook;
  readonly path: string;
  readonly runs: Runs;
  readonly #changed = new Signal<this, void>(this);
  #texts: readonly string[] | undefined;
  #announced: number | undefined;

  constructor(
    readonly open: OpenNotebook,
    /** Whether this is the notebook itself, or the copy of one who studies. */
    readonly mode: "study" | "edit",
  ) {
    this.panel = open.panel;
    this.notebook = open.panel.content;
    this.path = open.panel.context.path;
    this.runs = new Runs(this);
    this.panel.context.model.contentChanged.connect(() => {
      this.#texts = undefined;
      this.announce();
    });
    // What is put into a cell finds its place once that is drawn.
    this.notebook.cellInViewportChanged.connect(() => this.announce());
    void this.panel.context.ready.then(() => this.announce());
  }

  /** Cells, sources or outputs changed; at most a few times a second. */
  get changed(): ISignal<this, void> {
    return this.#changed;
  }

  get session() {
    return this.panel.sessionContext;
  }

  get isRunning(): boolean {
    return this.session.session?.kernel?.status === "busy";
  }

  get cells(): readonly Cell[] {
    return this.notebook.widgets;
  }

  get codeCells(): CodeCell[] {
    return this.cells.filter((cell): cell is CodeCell => cell.model.type === "code");
  }

  /** The sources of the cells of text, also of those that are not drawn yet. */
  get texts(): readonly string[] {
    this.#texts ??= Array.from(this.panel.context.model.cells, ({ type, sharedModel }) =>
      type === "markdown" ? sharedModel.getSource() : "",
    );
    return this.#texts;
  }

  cellOf(id: string): Cell | undefined {
    return this.cells.find(cell => cell.model.id === id);
  }

  announce(): void {
    this.#announced ??= window.setTimeout(() => {
      this.#announced = undefined;
      this.#changed.emit();
    }, 200);
  }

  outlineCells(): OutlineCell[] {
    return this.cells.map(({ model }) => ({
      kind: model.type as OutlineCell["kind"],
      source: model.sharedModel.getSource(),
    }));
  }

  /** How many claims of these cells hold, as they stand, how many do not, and how many were not reached. */
  claimsBetween(from: number, to: number): ClaimCounts {
    const count = { holds: 0, fails: 0, missed: 0 };
    for (const cell of this.cells.slice(from, to)) {
      if (cell.model.type !== "code") continue;
      const { outputs } = (cell as CodeCell).model;
      const all = Array.from({ length: outputs.length }, (_, index) => outputs.get(index));
      const made = all.flatMap(({ data }) => (data[CLAIM] as ClaimRecord | undefined) ?? []);
      for (const { holds } of made) count[holds ? "holds" : "fails"]++;
      if (made.some(({ holds }) => !holds))
        count.missed += Math.max(0, claimsIn(cell.model.sharedModel.getSource()) - made.length);
    }
    return count;
  }

  /** Goes to a cell: it is active, in view, and gets the keys. */
  goTo(index: number): void {
    if (index < 0) return;
    this.notebook.activeCellIndex = index;
    this.show(index, "center");
    this.notebook.activate();
  }

  /** Scrolls to a cell. */
  show(index: number, align: "start" | "center" | "smart" = "smart"): void {
    void this.notebook.scrollToItem(index, align).catch(() => undefined);
  }
}
