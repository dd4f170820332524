import type { Cell } from "@jupyterlab/cells";
import { NotebookActions } from "@jupyterlab/notebook";
import { notify, withdraw } from "../notices.ts";
import { cellLink, countedCells, LIST } from "./cellLinks.ts";
import { hasFailed } from "./failed.ts";
import type { Lecture } from "./lecture.ts";
import type { Stepping } from "./stepping.ts";
import type { KernelTypes } from "./types.ts";

/** Where a cell failed because of names that only cells defined that did not run, offers to run those first. */
export function offerPrerequisites(lecture: Lecture, stepping: Stepping, types: KernelTypes): void {
  NotebookActions.executed.connect(async (_, { notebook, cell, success }) => {
    if (notebook !== lecture.notebook || cell.model.type !== "code") return;
    // One that waited when a cell before it failed has nothing to say.
    if (!success && !hasFailed(cell)) return;
    withdraw("prerequisites");
    if (success) return;
    const problems = (await types.problemsOf(cell.model.sharedModel.getSource())) ?? [];
    const unrun = problems.filter(problem => problem.unrun);
    const named = new Set(unrun.flatMap(({ message }) => countedCells(lecture, message)));
    const needed = lecture.codeCells.filter(each => named.has(each) && !lecture.runs.succeeded(each) && each !== cell);
    if (needed.length === 0) return;
    const above = stepping.unrunAbove(cell);
    const run = (cells: Cell[]) => () => stepping.run([...cells, cell]);
    const [it, defines] = needed.length === 1 ? ["it", "defines"] : ["them", "define"];
    const links = LIST.formatToParts(needed.map(each => each.model.id)).map(({ type, value }) => {
      const cell = type === "element" ? lecture.cellOf(value) : undefined;
      return cell ? cellLink(lecture, cell) : value;
    });
    notify({
      kind: "prerequisites",
      stays: true,
      text: [`${capital(lecture.runs.nameOf(cell))} uses what `, ...links, ` ${defines}; that did not run yet.`],
      actions: [
        { label: `Run ${it} first`, run: run(needed) },
        ...(above.length > needed.length ? [{ label: `Run all ${above.length} above`, run: run(above) }] : []),
      ],
    });
  });
}

function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
