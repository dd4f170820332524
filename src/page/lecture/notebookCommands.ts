import { NotebookActions } from "@jupyterlab/notebook";
import type { NearView } from "../jupyter/nearView.ts";
import { type Command, group } from "./commands.ts";
import { notify } from "../notices.ts";
import { isOver } from "./deadKernel.ts";
import type { Lecture } from "./lecture.ts";
import { stopRunning } from "./stopping.ts";
import { setView, view } from "./view.ts";

/** Jupyter's own commands on cells and kernel, with Jupyter's keys. */
export function notebookCommands(lecture: Lecture): Command[] {
  const {
    notebook,
    session,
    panel,
    open: { dialogs, nearView },
  } = lecture;
  const step = group("Step", "notebook");
  const kernel = group("Kernel", "command");
  const cells = group("Cells", "command");
  const edit = group("Edit", "command");
  const written = group("Edit", "edit");
  // What cannot be saved is told where saving is.
  const save = () => panel.context.save().catch(() => undefined);
  // Of a dead one there is nothing to lose, and Jupyter would not start another.
  const restart = () => (isOver(session) ? session.restartKernel() : dialogs.restart(session));
  const redo = () => notebook.activeCell?.editor?.redo();
  const kinds = { markdown: "text", code: "code" } as const;
  const change = (kind: keyof typeof kinds) => () => NotebookActions.changeCellType(notebook, kind);
  const mode = (to: "edit" | "command") => () => {
    notebook.mode = to;
  };
  return [
    step("run", "Run, and stay", ["Ctrl Enter"], () => NotebookActions.run(notebook, session, dialogs)),
    step("run-insert", "Run, and insert below", ["Alt Enter"], () => NotebookActions.runAndInsert(notebook, session)),
    kernel("interrupt", "Stop what runs", ["I", "I"], () => stopRunning(session)),
    kernel("restart", "Restart the kernel", ["0", "0"], restart),
    group("Edit", "anywhere")("save", "Save", ["Accel S"], save),
    edit("edit", "Write in the cell", ["Enter"], mode("edit")),
    written("command", "Leave the cell", ["Escape"], mode("command")),
    written("split", "Split the cell here", ["Ctrl Shift -"], () => NotebookActions.splitCell(notebook)),
    written("undo-text", "Undo", ["Accel Z"], () => notebook.activeCell?.editor?.undo()),
    written("redo-text", "Redo", ["Accel Shift Z"], redo),
    written("redo-text-y", "Redo", ["Accel Y"], redo),
    cells("down", "Cell below", ["ArrowDown"], () => move(lecture, 1)),
    cells("up", "Cell above", ["ArrowUp"], () => move(lecture, -1)),
    cells("down-j", "Cell below", ["J"], () => move(lecture, 1)),
    cells("up-k", "Cell above", ["K"], () => move(lecture, -1)),
    cells("insert-above", "Insert a cell above", ["A"], () => NotebookActions.insertAbove(notebook)),
    cells("insert-below", "Insert a cell below", ["B"], () => NotebookActions.insertBelow(notebook)),
    cells("cut", "Cut the cell", ["X"], () => NotebookActions.cut(notebook)),
    cells("copy", "Copy the cell", ["C"], () => NotebookActions.copy(notebook)),
    cells("paste", "Paste below", ["V"], () => NotebookActions.paste(notebook)),
    cells("delete", "Delete the cell", ["D", "D"], () => NotebookActions.deleteCells(notebook)),
    cells("undo", "Undo, of cells", ["Z"], () => NotebookActions.undo(notebook)),
    cells("redo", "Redo, of cells", ["Shift Z"], () => NotebookActions.redo(notebook)),
    cells("markdown", "Make it text", ["M"], change("markdown")),
    cells("code", "Make it code", ["Y"], change("code")),
    cells("merge", "Merge with the cell below", ["Shift M"], () => NotebookActions.mergeCells(notebook)),
    cells("lines", "Line numbers", ["Shift L"], () => NotebookActions.toggleAllLineNumbers(notebook)),
    ...viewCommands(nearView),
  ];
}

/** To the next cell, also to one that is folded: Jupyter passes over those, and no key would reach them. */
function move(lecture: Lecture, by: 1 | -1): void {
  const { notebook, cells } = lecture;
  let to = notebook.activeCellIndex + by;
  while (cells[to]?.isHidden) to += by;
  if (!cells[to]) return;
  notebook.mode = "command";
  notebook.activeCellIndex = to;
  notebook.deselectAll();
  lecture.show(to);
  notebook.activate();
}

function viewCommands(nearView: NearView): Command[] {
  const of = group("View", "anywhere");
  return [
    of("large", "Large type, for a projector", [], () => setView({ large: !view.large })),
    of("hide-code", "Hide the code", [], () => setView({ hideCode: !view.hideCode })),
    of("print", "Print", ["Accel P"], () => printWhole(nearView)),
  ];
}

/** Prints all cells: those of a large notebook that were not seen yet are drawn first. */
async function printWhole(nearView: NearView): Promise<void> {
  if (nearView.isWaiting) notify({ kind: "print", text: "Draws the cells that were not seen yet, then prints." });
  await nearView.drawAll();
  print();
}
