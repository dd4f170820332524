import { arePlaces, type RecordedControl, type RecordedFigure } from "../../explore/index.ts";
import type { Comms } from "../protocol/commHooks.ts";
import { page } from "./model.ts";

/** A page that plays a figure opens a comm to this target with the figure's id, and asks by the places of the controls. */
const target = "lectern.explore";

interface Known {
  controls: readonly RecordedControl[];
  figure: (at: number[]) => RecordedFigure;
}

/**
 * Answers pages that ask for a figure where none is stored: `{ ask, at }` with `{ ask, figure }`, or with
 * `{ ask, problem }` where its function throws. A page that names a figure from before is told by a closed comm.
 */
export function answerPages(id: string, controls: readonly RecordedControl[], figure: Known["figure"]): void {
  known.set(id, { controls, figure });
  const [oldest] = known.keys();
  if (known.size > MOST && oldest !== undefined) known.delete(oldest);
  const comms = page();
  if (!comms || answered.has(comms)) return;
  answered.add(comms);
  comms.register(target, (comm, opened) => {
    const wanted = known.get(String((opened as { id?: unknown } | undefined)?.id));
    if (!wanted) {
      comm.close();
      return;
    }
    comm.onMessage = data => comm.send(answerTo(data, wanted));
    // So that the page knows that it is answered here.
    comm.send({ ready: true });
  });
}

function answerTo(data: unknown, { controls, figure }: Known): object {
  const { ask, at } = (data ?? {}) as { ask?: unknown; at?: unknown };
  if (!arePlaces(controls, at)) {
    return {
      ask,
      problem: `explore: a page must ask by a place among the stops of each control, but got ${JSON.stringify(at)}; open the notebook again.`,
    };
  }
  try {
    return { ask, figure: figure(at) };
  } catch (error) {
    return { ask, problem: error instanceof Error ? error.message : String(error) };
  }
}

/** Figures of cells that ran, the latest last. */
const known = new Map<string, Known>();
const answered = new WeakSet<Comms>();

/** Cells may run again and again; nobody looks at what they showed a hundred runs ago. */
const MOST = 100;
