import type { Cell, CodeCell } from "@jupyterlab/cells";
import { element } from "../element.ts";
import type { Lecture } from "./lecture.ts";
import { asksForPrediction, predictionOf, setPrediction } from "./prediction.ts";

/**
 * Asks what will come out of a cell before it is shown, and puts the answer beside it.
 *
 * What a cell gave is covered until the reader said something, also where the lecture has it stored; errors and
 * questions of the cell are not. Who writes a lecture sees all.
 */
export class Predictions {
  readonly #shown = new Map<string, { node: HTMLElement; state: string }>();

  /** `run` runs the active cell and goes on. */
  constructor(
    readonly lecture: Lecture,
    readonly run: () => unknown,
  ) {
    if (lecture.mode === "edit") return;
    const { context } = lecture.panel;
    void context.ready.then(() => {
      this.refresh();
      lecture.notebook.model?.cells.changed.connect(() => this.refresh());
    });
    lecture.changed.connect(() => this.refresh());
  }

  /** Whether the cell waits for what its reader says; the cursor is there then. What is written there already counts. */
  asks(cell: Cell | null): boolean {
    const form = cell && this.#shown.get(cell.model.id)?.node;
    if (!cell || !(form instanceof HTMLFormElement)) return false;
    const input = form.querySelector("input");
    if (!input) return false;
    if (input.value.trim()) {
      this.#keep(cell, input.value.trim());
      return false;
    }
    input.focus();
    input.scrollIntoView({ block: "nearest" });
    return true;
  }

  refresh(): void {
    const there = new Set<string>();
    for (const cell of this.lecture.codeCells) {
      if (!asksForPrediction(cell.model)) continue;
      there.add(cell.model.id);
      this.#show(cell);
    }
    for (const [id, { node }] of this.#shown) if (!there.has(id)) this.#withdraw(id, node);
  }

  #withdraw(id: string, node: HTMLElement): void {
    node.remove();
    this.#shown.delete(id);
    const cell = this.lecture.cellOf(id);
    if (cell) delete cell.node.dataset.prediction;
  }

  #show(cell: CodeCell): void {
    const { id } = cell.model;
    const said = predictionOf(cell.model);
    const state = said === undefined ? "asked" : `said ${said}`;
    const place = cell.node.querySelector(".jp-Cell-outputWrapper");
    const before = this.#shown.get(id);
    cell.node.dataset.prediction = said === undefined ? "asked" : said ? "said" : "skipped";
    if (before?.state === state && before.node.parentElement === place) return;
    const node = before?.state === state ? before.node : said === undefined ? this.#question(cell) : answer(said);
    if (before && before.node !== node) before.node.remove();
    this.#shown.set(id, { node, state });
    place?.querySelector(":scope > .jp-Cell-outputArea")?.before(node);
  }

  #question(cell: CodeCell): HTMLElement {
    const input = element("input", { type: "text", autocomplete: "off", required: true });
    const submit = (event: Event) => {
      event.preventDefault();
      this.lecture.notebook.activeCellIndex = this.lecture.cells.indexOf(cell);
      if (!this.asks(cell)) this.run();
    };
    const look = () => {
      this.#keep(cell, "");
      this.lecture.notebook.activate();
    };
    return element(
      "form",
      { class: "prediction", onsubmit: submit, novalidate: true },
      element("label", {}, element("span", {}, "Predict first: what will come out?"), input),
      element(
        "div",
        {},
        element("button", { class: "primary" }, "Keep it and run"),
        element("button", { type: "button", class: "link", onclick: look }, "Show without a prediction"),
      ),
    );
  }

  #keep(cell: Cell, said: string): void {
    const hadFocus = cell.node.contains(document.activeElement);
    setPrediction(cell.model, said);
    this.refresh();
    if (hadFocus) this.lecture.notebook.activate();
    // It is in the file before the result is seen; what could not be saved, the page tells and keeps as a draft.
    void this.lecture.panel.context.save().catch(() => undefined);
  }
}

function answer(said: string): HTMLElement {
  return element(
    "div",
    { class: "prediction", role: "note" },
    element("small", {}, said ? "You predicted" : "Shown without a prediction"),
    said ? element("p", {}, said) : undefined,
  );
}
