import type { Cell, CodeCell } from "@jupyterlab/cells";
import { NotebookActions } from "@jupyterlab/notebook";
import type { Problem } from "../jupyter/typesWhileWriting.ts";
import { notify, withdraw } from "../notices.ts";
import type { Lecture } from "./lecture.ts";
import type { Stepping } from "./stepping.ts";
import type { KernelTypes } from "./types.ts";

/** Where a cell failed because of names that only cells defined that did not run, offers to run those first. */
export function offerPrerequisites(lecture: Lecture, stepping: Stepping, types: KernelTypes): void {
  NotebookActions.executed.connect(async (_, { notebook, cell, success }) => {
    if (notebook !== lecture.notebook || cell.model.type !== "code") return;
    withdraw("prerequisites");
    if (success) return;
    const problems = (await types.problemsOf(cell.model.sharedModel.getSource())) ?? [];
    const needed = definers(lecture, problems).filter(each => !stepping.hasRun(each) && each !== cell);
    if (needed.length === 0) return;
    const above = stepping.unrunAbove(cell);
    const numbers = needed.map(each => lecture.numberOf(each));
    const run = (cells: Cell[]) => () => stepping.run([...cells, cell]);
    notify({
      kind: "prerequisites",
      stays: true,
      text: `Cell ${lecture.numberOf(cell)} uses what ${list(numbers)} ${numbers.length > 1 ? "define" : "defines"}.`,
      actions: [
        { label: `Run ${list(numbers)} first`, run: run(needed) },
        ...(above.length > needed.length ? [{ label: `Run all ${above.length} above`, run: run(above) }] : []),
      ],
    });
  });
}

/** The cells that the kernel names, as in `cell 3 defines tau2; run it first`. */
function definers(lecture: Lecture, problems: readonly Problem[]): CodeCell[] {
  const words = problems.filter(({ unrun }) => unrun).map(({ message }) => message);
  const numbers = new Set(
    words.flatMap(message => /^cells? ([\d, and]+) defines? /.exec(message)?.[1]?.match(/\d+/g) ?? []),
  );
  return lecture.codeCells.filter(each => numbers.has(String(lecture.numberOf(each))));
}

function list(numbers: readonly number[]): string {
  const last = numbers.at(-1);
  return numbers.length === 1 ? `cell ${last}` : `cells ${numbers.slice(0, -1).join(", ")} and ${last}`;
}
