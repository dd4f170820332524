import { isShown, notify, withdraw } from "../notices.ts";
import { store, stored } from "../stored.ts";
import type { Lecture } from "./lecture.ts";
import { predictionOf, setPrediction } from "./prediction.ts";

/** Cells as they were when they could not be saved, by their ids. */
interface Draft {
  at: string;
  cells: Record<string, string>;
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
  const before = sourcesOf(lecture);
  /** What was offered of cells in which nothing was written since; nothing where it was taken or refused. */
  const open = (now: Record<string, string>) =>
    Object.fromEntries(
      Object.entries(isShown("draft") ? (offered?.cells ?? {}) : {}).filter(([id]) => now[id] === before[id]),
    );
  let keeping: number | undefined;
  const keep = () => {
    window.clearTimeout(keeping);
    keeping = undefined;
    if (!context.model.dirty) return;
    const now = sourcesOf(lecture);
    const predictions = { ...(isShown("draft") ? offered?.predictions : {}), ...predictionsOf(lecture) };
    store<Draft>(key, { at: new Date().toISOString(), cells: { ...now, ...open(now) }, predictions });
  };
  // Not with each key: it is the text of all cells.
  context.model.contentChanged.connect(() => {
    if (context.model.dirty) keeping ??= window.setTimeout(keep, 300);
  });
  addEventListener("pagehide", keep);
  context.saveState.connect((_, state) => {
    if (!state.startsWith("completed") || context.model.dirty) return;
    if (offered && isShown("draft")) store<Draft>(key, { ...offered, cells: open(sourcesOf(lecture)) });
    else forgetDraft(lecture);
  });
}

/** Forgets what was not saved, as where the lecture is put back. */
export function forgetDraft(lecture: Lecture): void {
  withdraw("draft");
  store(keyOf(lecture), undefined);
}

const keyOf = ({ path }: Lecture) => `lectern.draft.${path}`;

function sourcesOf(lecture: Lecture): Record<string, string> {
  return Object.fromEntries(lecture.cells.map(({ model }) => [model.id, model.sharedModel.getSource()]));
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
  if (!draft) return undefined;
  const now = sourcesOf(lecture);
  const differing = Object.entries(draft.cells).filter(([id, source]) => id in now && now[id] !== source);
  // What was said comes back by itself only where no text does: it is saved at once, and the draft goes with that.
  if (differing.length === 0) {
    bringBackPredictions(lecture, draft);
    return undefined;
  }
  const when = new Date(draft.at).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
  notify({
    kind: "draft",
    stays: true,
    text: `${differing.length === 1 ? "One cell was" : `${differing.length} cells were`} edited at ${when} and not saved.`,
    actions: [
      {
        label: "Bring back",
        run: () => {
          bringBackPredictions(lecture, draft);
          for (const [id, source] of differing) lecture.cellOf(id)?.model.sharedModel.setSource(source);
        },
      },
    ],
  });
  return { ...draft, cells: Object.fromEntries(differing) };
}

/** Nothing that the reader said since is replaced. */
function bringBackPredictions(lecture: Lecture, { predictions = {} }: Draft): void {
  for (const [id, said] of Object.entries(predictions)) {
    const model = lecture.cellOf(id)?.model;
    if (model && predictionOf(model) === undefined) setPrediction(model, said);
  }
}
