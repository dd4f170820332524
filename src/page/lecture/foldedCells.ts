import type { Cell } from "@jupyterlab/cells";
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
}
