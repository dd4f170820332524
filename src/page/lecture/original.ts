import type { INotebookContent } from "@jupyterlab/nbformat";
import { Dialog, showDialog } from "@jupyterlab/apputils";
import type { CourseService } from "../course/service.ts";
import { element } from "../element.ts";
import { notify } from "../notices.ts";
import { forgetDraft } from "./draft.ts";
import { MARGIN } from "./inView.ts";
import type { Lecture } from "./lecture.ts";
import { settle } from "./place.ts";
import { predictionOf, setPrediction } from "./prediction.ts";
import type { Saves } from "./saves.ts";
import { sectionsOf } from "./sections.ts";
import type { Side } from "./side.ts";

/** The lecture as the course has it: what the reader changed, and the way back. */
export class Original {
  constructor(
    readonly lecture: Lecture,
    readonly service: CourseService,
    readonly side: Side,
    readonly saves: Saves,
  ) {}

  /** Gives the active cell its original text, without a prediction; undo brings the reader's back. */
  async resetCell(): Promise<void> {
    const cell = this.lecture.notebook.activeCell;
    if (!cell) return;
    const source = (await this.#sources()).get(cell.model.id);
    if (source === undefined)
      return notify({ kind: "original", text: "This cell is your own: the lecture has none here." });
    const said = predictionOf(cell.model);
    if (source === cell.model.sharedModel.getSource() && said === undefined)
      return notify({ kind: "original", text: "This cell is as in the lecture." });
    const before = cell.model.sharedModel.getSource();
    const put = (text: string, prediction: string | undefined) => {
      if (text !== cell.model.sharedModel.getSource()) cell.model.sharedModel.setSource(text);
      setPrediction(cell.model, prediction);
    };
    put(source, undefined);
    notify({
      kind: "original",
      text: "The cell is as in the lecture again.",
      actions: [{ label: "Undo", run: () => put(before, said) }],
    });
  }

  /** Puts the whole lecture back; the reader's copy is kept aside by the server. */
  async resetLecture(): Promise<void> {
    const { button } = await showDialog({
      title: "Reset the lecture?",
      body: "All cells and outputs become those of the course, and the kernel starts anew. Your copy is kept in the folder work/.lectern.",
      buttons: [Dialog.cancelButton(), Dialog.warnButton({ label: "Reset" })],
    });
    if (!button.accept) return;
    const { panel, session, path } = this.lecture;
    // A copy that could not be read left this page without a notebook: only a new page has all of it.
    if (!panel.context.isReady) {
      await this.service.reset(path);
      location.reload();
      return;
    }
    await this.saves.takeFile(
      () => true,
      () => this.service.reset(path),
    );
    forgetDraft(this.lecture);
    // It has the names of what was changed, and the outputs are of a kernel that never did.
    if (session.session?.kernel) await session.restartKernel();
    const { notebook, cells } = this.lecture;
    const here = cells[notebook.activeCellIndex];
    if (here) void settle(this.lecture, () => here.node, MARGIN);
    notify({ kind: "original", text: "The lecture is as in the course." });
  }

  /** Opens what differs from the course, cell by cell. */
  async showDifferences(): Promise<void> {
    const original = await this.#sources();
    const [{ unifiedMergeView }, { EditorView }, { EditorState }] = await Promise.all([
      import("@codemirror/merge"),
      import("@codemirror/view"),
      import("@codemirror/state"),
    ]);
    const changed = this.lecture.cells.filter(
      ({ model }) => original.get(model.id) !== model.sharedModel.getSource() || predictionOf(model),
    );
    const here = new Set(this.lecture.cells.map(({ model }) => model.id));
    const removed = [...original.keys()].filter(id => !here.has(id)).length;
    this.side.open("What you changed", body => {
      if (changed.length === 0 && removed === 0)
        body.append(element("p", {}, "Nothing: every cell is as in the course."));
      if (removed > 0)
        body.append(
          element(
            "p",
            {},
            removed === 1 ? "One cell of the course is missing." : `${removed} cells of the course are missing.`,
          ),
        );
      const views = changed.flatMap(({ model }) => {
        const index = this.lecture.cells.findIndex(cell => cell.model.id === model.id);
        const go = () => {
          this.lecture.notebook.activeCellIndex = index;
          this.lecture.show(index, "center");
        };
        const parent = element("div", { class: "difference" });
        const isNew = !original.has(model.id);
        body.append(
          element(
            "button",
            { type: "button", class: "link", onclick: go },
            `${isNew ? "A cell of your own" : model.type === "code" ? "Code" : "Text"}, ${this.#where(index)}`,
          ),
        );
        const said = predictionOf(model);
        if (said) body.append(element("p", { class: "said" }, `You predicted: ${said}`));
        if (original.get(model.id) === model.sharedModel.getSource()) return [];
        body.append(parent);
        return new EditorView({
          parent,
          doc: model.sharedModel.getSource(),
          extensions: [
            EditorView.lineWrapping,
            EditorState.readOnly.of(true),
            EditorView.editable.of(false),
            unifiedMergeView({ original: original.get(model.id) ?? "", mergeControls: false, gutter: false }),
          ],
        });
      });
      return () => {
        for (const view of views) view.destroy();
      };
    });
  }

  /** Where a cell is: by its number where it has one, else by its section. */
  #where(index: number): string {
    const { cells, runs } = this.lecture;
    const cell = cells[index];
    if (cell?.model.type === "code" && runs.has(cell)) return runs.nameOf(cell);
    const section = sectionsOf(this.lecture.outlineCells()).findLast(({ from }) => from <= index);
    return section ? `in “${section.title}”` : "at the head";
  }

  /** The sources of the original by the ids of its cells. */
  async #sources(): Promise<Map<string, string>> {
    const model = await this.service.original(this.lecture.path);
    if (!model)
      throw new Error("original: this notebook is not of the course, so there is nothing to compare it with.");
    const { cells } = model.content as INotebookContent;
    return new Map(cells.map(({ id, source }) => [String(id), [source].flat().join("")]));
  }
}
