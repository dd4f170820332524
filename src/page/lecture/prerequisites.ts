import type { Cell, CodeCell } from "@jupyterlab/cells";
import { NotebookActions } from "@jupyterlab/notebook";
import { notify, withdraw } from "../notices.ts";
import type { Lecture } from "./lecture.ts";
import type { Stepping } from "./stepping.ts";

/** Where a cell failed because of names that only cells defined that did not run, offers to run those first. */
export function offerPrerequisites(lecture: Lecture, stepping: Stepping): void {
  NotebookActions.executed.connect((_, { notebook, cell, success }) => {
    if (notebook !== lecture.notebook || cell.model.type !== "code") return;
    withdraw("prerequisites");
    if (success) return;
    const needed = neededBy(lecture, cell as CodeCell).filter(each => !stepping.hasRun(each) && each !== cell);
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

/** The cells that the kernel's message names, as in `cells 3 and 4 define tau2 and line; run them first`. */
function neededBy(lecture: Lecture, cell: CodeCell): CodeCell[] {
  const { outputs } = cell.model;
  const numbers = new Set<number>();
  for (let index = 0; index < outputs.length; index++) {
    const { type, ...output } = outputs.get(index).toJSON() as { type?: string; evalue?: string; traceback?: string[] };
    const words = `${output.evalue ?? ""}\n${(output.traceback ?? []).join("\n")}`;
    for (const [, found = ""] of words.matchAll(/cells? ([\d, and]+) defines? /g)) {
      for (const number of found.match(/\d+/g) ?? []) numbers.add(Number(number));
    }
  }
  return lecture.codeCells.filter(each => numbers.has(lecture.numberOf(each)));
}

function list(numbers: readonly number[]): string {
  const last = numbers.at(-1);
  return numbers.length === 1 ? `cell ${last}` : `cells ${numbers.slice(0, -1).join(", ")} and ${last}`;
}
