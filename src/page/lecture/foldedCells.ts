import type { Cell, CodeCell } from "@jupyterlab/cells";
import type { Lecture } from "./lecture.ts";

/** Folds what an author tagged to be folded: `hide-input`, `hide-output`, `hide-cell`. Nothing in the file changes. */
export function foldTagged(lecture: Lecture): void {
  const folded = new WeakSet<Cell>();
  const fold = () => {
    for (const cell of lecture.codeCells) {
      if (folded.has(cell)) continue;
      folded.add(cell);
      const tags = (cell.model.getMetadata("tags") ?? []) as string[];
      const summary = (cell.model.getMetadata("lectern") as { summary?: string } | undefined)?.summary;
      // Otherwise Jupyter writes what is folded into the cell, and a lecture that was only opened is one to save.
      if (tags.some(tag => ["hide-input", "hide-output", "hide-cell"].includes(tag))) cell.syncCollapse = false;
      if (tags.includes("hide-input") || tags.includes("hide-cell")) {
        cell.inputHidden = true;
        cell.node.dataset.summary = summary ?? "Code";
        // The style sheet shows it in the placeholder, which cannot read an attribute of the cell.
        cell.node.style.setProperty("--summary", JSON.stringify(cell.node.dataset.summary));
      }
      if (tags.includes("hide-output") || tags.includes("hide-cell")) cell.outputHidden = true;
    }
  };
  lecture.changed.connect(fold);
  openOnPaper(lecture);
  markRunning(lecture);
}

/** That a cell runs stands in the number beside its code: where that is not seen, the style sheet says it. */
function markRunning(lecture: Lecture): void {
  const known = new WeakSet<CodeCell>();
  lecture.changed.connect(() => {
    for (const cell of lecture.codeCells) {
      if (known.has(cell)) continue;
      known.add(cell);
      const mark = () => cell.node.classList.toggle("running", cell.model.executionState === "running");
      cell.model.stateChanged.connect(mark);
      mark();
    }
  });
}

/** Nobody opens on paper what is folded. Code stays so: its placeholder says what it is. */
function openOnPaper(lecture: Lecture): void {
  let opened: CodeCell[] = [];
  const open = () => {
    opened = lecture.codeCells.filter(cell => cell.outputHidden);
    for (const cell of opened) cell.outputHidden = false;
  };
  const close = () => {
    for (const cell of opened) if (!cell.isDisposed) cell.outputHidden = true;
    opened = [];
  };
  window.addEventListener("beforeprint", open);
  window.addEventListener("afterprint", close);
  lecture.panel.disposed.connect(() => {
    window.removeEventListener("beforeprint", open);
    window.removeEventListener("afterprint", close);
  });
}
