import { store, stored } from "../stored.ts";
import { viewOf } from "./inView.ts";
import type { Lecture } from "./lecture.ts";

/** Where a reader is: the cell at the top of the view, how far below that it begins, and the active cell. */
interface Place {
  top: string;
  offset: number;
  active: string;
}

/** Goes to the cell that the address names, as a result of a search does, else to where the reader was; keeps it. */
export async function goToPlace(lecture: Lecture): Promise<void> {
  const { notebook, panel } = lecture;
  await Promise.all([panel.context.ready, panel.revealed]);
  const named = new URLSearchParams(location.hash.slice(1)).get("cell");
  const place = named === null ? stored<Place>(keyOf(lecture)) : { top: named, offset: 0, active: named };
  if (place) await goBack(lecture, place);
  // From here on the reader's own way counts, also where the page is loaded again.
  if (named !== null) history.replaceState(null, "", location.pathname + location.search);
  const keep = () => store(keyOf(lecture), placeOf(lecture));
  let keeping: number | undefined;
  const soon = () => {
    window.clearTimeout(keeping);
    keeping = window.setTimeout(keep, 300);
  };
  viewOf(lecture).addEventListener("scroll", soon, { passive: true });
  notebook.activeCellChanged.connect(soon);
  addEventListener("pagehide", keep);
}

async function goBack(lecture: Lecture, { top, offset, active }: Place): Promise<void> {
  const cell = lecture.cellOf(top);
  if (!cell) return;
  const index = lecture.cells.findIndex(({ model }) => model.id === active);
  if (index >= 0) lecture.notebook.activeCellIndex = index;
  await settle(lecture, () => cell.node, offset);
}

/**
 * Scrolls so that an element is so far below the head of the view. It and what is above it are drawn while the page
 * settles, which takes long where the machine is busy; a reader who moves meanwhile is left alone.
 */
export async function settle(lecture: Lecture, elementOf: () => HTMLElement, offset: number): Promise<void> {
  const moved = new AbortController();
  for (const kind of ["wheel", "pointerdown", "keydown", "touchmove"])
    addEventListener(kind, () => moved.abort(), { signal: moved.signal, capture: true, passive: true });
  const view = viewOf(lecture);
  const until = performance.now() + LONGEST;
  for (let pause = 0; performance.now() < until; pause = Math.min(STILL, 2 * pause + 150)) {
    await new Promise(resolve => setTimeout(resolve, pause));
    if (moved.signal.aborted || lecture.panel.isDisposed) return;
    const target = elementOf();
    if (!target.isConnected) continue;
    const before = view.scrollTop;
    view.scrollTop += distance(view, target) - offset;
    if (pause === STILL && Math.abs(view.scrollTop - before) < 2) break;
  }
  moved.abort();
}

function placeOf(lecture: Lecture): Place | undefined {
  const view = viewOf(lecture);
  const top = lecture.cells.find(
    ({ node }) =>
      node.isConnected && node.getBoundingClientRect().height > 0 && distance(view, node) + node.offsetHeight > 0,
  );
  const active = lecture.notebook.activeCell?.model.id;
  return top && active !== undefined ? { top: top.model.id, offset: distance(view, top.node), active } : undefined;
}

function distance(view: HTMLElement, node: HTMLElement): number {
  return node.getBoundingClientRect().top - view.getBoundingClientRect().top;
}

const keyOf = ({ path }: Lecture) => `lectern.place.${path}`;

/** In milliseconds: how long nothing may move until the page has settled, and the longest that one waits for that. */
const STILL = 1200;
const LONGEST = 60_000;
