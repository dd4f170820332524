import type { Cell } from "@jupyterlab/cells";
import { NotebookActions } from "@jupyterlab/notebook";
import { notify, withdraw } from "../notices.ts";
import { hasFailed, wasStopped } from "./failed.ts";
import { bringIntoView, isInView } from "./inView.ts";
import type { Lecture } from "./lecture.ts";

/**
 * Shows the error of a cell that failed to the reader who ran it and waits for it, with the cell selected; one who went
 * elsewhere meanwhile, or ran many cells, stays where they are and is told, with a way there.
 */
export function showFailures(lecture: Lecture): void {
  const { notebook } = lecture;
  /** When the reader ran the cell that they were at. */
  const begun = new Map<string, number>();
  let moved = performance.now();
  const note = (event: Event) => {
    if (!MODIFIERS.has((event as KeyboardEvent).key)) moved = performance.now();
  };
  for (const kind of ["wheel", "pointerdown", "keydown", "touchmove"])
    addEventListener(kind, note, { capture: true, passive: true });
  NotebookActions.executionScheduled.connect((_, { notebook: where, cell }) => {
    if (where !== notebook) return;
    begun.set(cell.model.id, cell === notebook.activeCell ? performance.now() : Number.NEGATIVE_INFINITY);
    withdraw("failed");
  });
  NotebookActions.executed.connect(async (_, { notebook: where, cell, success }) => {
    if (where !== notebook || success || !hasFailed(cell)) return;
    const since = begun.get(cell.model.id) ?? Number.NEGATIVE_INFINITY;
    // Who inserted a cell below writes there.
    if (moved <= since && notebook.mode === "command") notebook.activeCellIndex = lecture.cells.indexOf(cell);
    // The outputs are drawn after the reply: figures, formulas.
    for (const delay of [0, 150, 600]) {
      await new Promise(resolve => setTimeout(resolve, delay));
      if (moved <= since) lookAtError(lecture, cell);
    }
    const error = errorOf(cell);
    if (moved <= since || cell.isDisposed || (error && isInView(lecture, error))) return;
    const [name, stopped] = [lecture.runs.nameOf(cell), wasStopped(cell)];
    const go = () => {
      notebook.mode = "command";
      notebook.activeCellIndex = lecture.cells.indexOf(cell);
      notebook.activate();
      lookAtError(lecture, cell);
    };
    notify({
      kind: "failed",
      stays: true,
      text: `${name.slice(0, 1).toUpperCase()}${name.slice(1)} ${stopped ? "was stopped" : "failed"}.`,
      actions: [{ label: stopped ? "Go there" : "Show the error", run: go }],
    });
  });
}

/** Code and error together where both fit, else the error. */
function lookAtError(lecture: Lecture, cell: Cell): void {
  const error = errorOf(cell);
  if (!error) return;
  const { bottom } = error.getBoundingClientRect();
  bringIntoView(lecture, [
    [cell.node.getBoundingClientRect().top, bottom],
    [error.getBoundingClientRect().top, bottom],
  ]);
}

/** The output that tells of the error: the error itself, or the one before it, which told of it already. */
function errorOf(cell: Cell): Element | undefined {
  const error = [...cell.node.querySelectorAll(".lectern-error")].at(-1) as HTMLElement | undefined;
  const output = error?.closest(".jp-OutputArea-child") ?? undefined;
  return error?.dataset.told === "all" ? (output?.previousElementSibling ?? output) : output;
}

const MODIFIERS = new Set(["Shift", "Control", "Alt", "Meta"]);
