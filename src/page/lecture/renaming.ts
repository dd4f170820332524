import { InputDialog } from "@jupyterlab/apputils";
import type { CodeCell } from "@jupyterlab/cells";
import { notify } from "../notices.ts";
import type { Lecture } from "./lecture.ts";
import type { KernelTypes, Renaming } from "./types.ts";

/** Asks for another name of what stands at the cursor, and writes it in all cells that mean the same. */
export async function renameAtCursor(lecture: Lecture, types: KernelTypes): Promise<void> {
  const { activeCell } = lecture.notebook;
  const editor = activeCell?.editor;
  const cell = lecture.codeCells.indexOf(activeCell as CodeCell);
  if (!editor || cell < 0) return notify({ kind: "rename", text: "Names are renamed in a cell of code." });
  const offset = editor.getOffsetAt(editor.getCursorPosition());
  const { name, edits } = await types.rename(cell, offset);
  const { value, button } = await InputDialog.getText({
    title: `Rename ${name}`,
    label: `New name, in ${inWords({ name, edits })}`,
    text: name,
    okLabel: "Rename",
  });
  editor.focus();
  const to = value?.trim();
  if (!button.accept || to === undefined || to === name) return;
  await rename(lecture, types, { cell, offset }, to);
}

async function rename(
  lecture: Lecture,
  types: KernelTypes,
  { cell, offset }: { cell: number; offset: number },
  to: string,
): Promise<void> {
  const before = sourcesOf(lecture);
  const renaming = await types.rename(cell, offset, to);
  if (sourcesOf(lecture).some((source, index) => source !== before[index]))
    return notify({ kind: "rename", text: "The cells were changed meanwhile: rename again." });
  write(lecture, renaming);
  const first = renaming.edits.filter(edit => edit.cell === cell).find(({ to: end }) => end >= offset);
  const earlier = renaming.edits.filter(edit => edit.cell === cell && edit.to < offset);
  const moved = earlier.reduce((sum, edit) => sum + edit.insert.length - (edit.to - edit.from), 0);
  const place = { cell, offset: (first?.from ?? offset) + moved + (first?.insert.indexOf(to) ?? 0) };
  notify({
    kind: "rename",
    text: `${renaming.name} is ${to} now, in ${inWords(renaming)}.`,
    actions: [{ label: "Undo", run: () => rename(lecture, types, place, renaming.name) }],
  });
}

function sourcesOf({ codeCells }: Lecture): string[] {
  return codeCells.map(({ model }) => model.sharedModel.getSource());
}

/** From the end, so that places before stay where they are. */
function write({ codeCells, notebook }: Lecture, { edits }: Renaming): void {
  notebook.model?.sharedModel.transact(() => {
    for (const { cell, from, to, insert } of edits.toReversed())
      codeCells[cell]?.model.sharedModel.updateSource(from, to, insert);
  });
}

function inWords({ edits }: Renaming): string {
  const cells = new Set(edits.map(({ cell }) => cell)).size;
  const places = edits.length === 1 ? "one place" : `${edits.length} places`;
  return `${places} of ${cells === 1 ? "one cell" : `${cells} cells`}`;
}
