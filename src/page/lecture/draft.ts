import type { ISharedNotebook } from "@jupyter/ydoc";
import { isShown, notify, withdraw } from "../notices.ts";
import { store, stored } from "../stored.ts";
import {
  bringBack,
  countWork,
  exceptWritten,
  type UnsavedWork,
  type WrittenCell,
  workInWords,
} from "./draftChanges.ts";
import type { Lecture } from "./lecture.ts";
import { predictionOf, setPrediction } from "./prediction.ts";

/** What could not be saved. */
interface Draft extends UnsavedWork {
  at: string;
  predictions?: Record<string, string>;
}

/**
 * Keeps in the browser what is not saved yet, and offers it back where a page was closed or a server ended before
 * it could be.
 */
export async function keepDraft(lecture: Lecture): Promise<void> {
  const { context } = lecture.panel;
  await context.ready;
  const key = keyOf(lecture);
  const offered = offer(lecture, stored<Draft>(key));
  const opened = writtenIn(lecture);
  let base = opened;
  /** With what is still offered, as long as the reader neither took nor refused it. */
  const withOffered = (cells: readonly WrittenCell[]) =>
    offered && isShown("draft") ? bringBack(cells, exceptWritten(offered, opened, cells)) : cells;
  const keepAs = (cells: readonly WrittenCell[]) => {
    const predictions = { ...(isShown("draft") ? offered?.predictions : {}), ...predictionsOf(lecture) };
    store<Draft>(key, { at: new Date().toISOString(), base, cells, predictions });
  };
  let keeping: number | undefined;
  const keep = () => {
    window.clearTimeout(keeping);
    keeping = undefined;
    if (context.model.dirty) keepAs(withOffered(writtenIn(lecture)));
  };
  // Not with each key: it is the text of all cells.
  context.model.contentChanged.connect(() => {
    if (context.model.dirty) keeping ??= window.setTimeout(keep, 300);
  });
  addEventListener("pagehide", keep);
  context.model.stateChanged.connect((model, { name }) => {
    if (name === "dirty" && !model.dirty) base = writtenIn(lecture);
  });
  context.saveState.connect((_, state) => {
    if (!state.startsWith("completed") || context.model.dirty) return;
    if (offered && isShown("draft")) keepAs(withOffered(base));
    else forgetDraft(lecture);
  });
}

/** Forgets what was not saved, as where the lecture is put back. */
export function forgetDraft(lecture: Lecture): void {
  withdraw("draft");
  store(keyOf(lecture), undefined);
}

const keyOf = ({ path }: Lecture) => `lectern.draft.${path}`;

function writtenIn(lecture: Lecture): WrittenCell[] {
  return Array.from(lecture.panel.context.model.cells, ({ id, type, sharedModel }) => ({
    id,
    type,
    source: sharedModel.getSource(),
  }));
}

function predictionsOf({ cells }: Lecture): Record<string, string> {
  return Object.fromEntries(
    cells.flatMap(({ model }) => {
      const said = predictionOf(model);
      return said === undefined ? [] : [[model.id, said]];
    }),
  );
}

/** Returns what the reader is asked about. */
function offer(lecture: Lecture, draft: Draft | undefined): Draft | undefined {
  if (!draft || !Array.isArray(draft.cells)) return undefined;
  const counts = countWork(writtenIn(lecture), draft);
  // What was said comes back by itself only where no text does: it is saved at once, and the draft goes with that.
  if (!counts) {
    bringBackPredictions(lecture, draft);
    return undefined;
  }
  const when = new Date(draft.at).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
  notify({
    kind: "draft",
    stays: true,
    text: workInWords(counts, when),
    actions: [
      {
        label: "Bring back",
        run: () => {
          write(lecture.panel.context.model.sharedModel, bringBack(writtenIn(lecture), draft));
          bringBackPredictions(lecture, draft);
        },
      },
    ],
  });
  return draft;
}

/** Makes these the cells of the notebook. Those that stay keep their outputs. */
function write(notebook: ISharedNotebook, cells: readonly WrittenCell[]): void {
  const placeOf = (id: string) => notebook.cells.findIndex(each => each.id === id);
  const wanted = new Map(cells.map(cell => [cell.id, cell]));
  notebook.transact(() => {
    for (let i = notebook.cells.length - 1; i >= 0; i--) {
      const cell = notebook.getCell(i);
      if (wanted.get(cell.id)?.type !== cell.cell_type) notebook.deleteCell(i);
    }
    for (const [i, { id, type, source }] of cells.entries()) {
      const place = placeOf(id);
      if (place === -1) notebook.insertCell(i, { id, cell_type: type, source, metadata: {} });
      else if (place !== i) notebook.moveCell(place, i);
      if (notebook.getCell(i).getSource() !== source) notebook.getCell(i).setSource(source);
    }
  });
}

/** Nothing that the reader said since is replaced. */
function bringBackPredictions(lecture: Lecture, { predictions = {} }: Draft): void {
  for (const [id, said] of Object.entries(predictions)) {
    const model = lecture.cellOf(id)?.model;
    if (model && predictionOf(model) === undefined) setPrediction(model, said);
  }
}
