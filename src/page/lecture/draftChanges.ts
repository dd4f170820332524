/** A cell as far as a person wrote it. */
export interface WrittenCell {
  id: string;
  type: string;
  source: string;
}

/** What was done to a notebook that was not saved: how it was, and how it became. */
export interface UnsavedWork {
  base: readonly WrittenCell[];
  cells: readonly WrittenCell[];
}

/** How much of it there is. */
export interface WorkCounts {
  edited: number;
  added: number;
  removed: number;
  moved: boolean;
}

/**
 * The cells of a notebook once unsaved work is brought back to it. What became of the notebook since, as in another
 * tab, stays where the work did not touch it: of a cell that both wrote, it is the work that counts, and a cell that was
 * removed here and written elsewhere stays.
 */
export function bringBack(now: readonly WrittenCell[], { base, cells }: UnsavedWork): WrittenCell[] {
  const was = byId(base);
  const wanted = byId(cells);
  const kept = now.filter(({ id, source }) => wanted.has(id) || was.get(id)?.source !== source);
  const result = kept.map(cell => {
    const mine = wanted.get(cell.id);
    return mine && isWritten(mine, was.get(cell.id)) ? mine : cell;
  });
  const there = new Set(result.map(({ id }) => id));
  /** The last cell of the work so far that is in the result. */
  let before: string | undefined;
  for (const cell of cells) {
    if (!there.has(cell.id) && isWritten(cell, was.get(cell.id))) {
      result.splice(result.findIndex(({ id }) => id === before) + 1, 0, cell);
      there.add(cell.id);
    }
    if (there.has(cell.id)) before = cell.id;
  }
  return isMoved(base, cells) ? inOrderOf(cells, result) : result;
}

/** The work without the cells in which something was written since the page was opened: what stands there is newer. */
export function exceptWritten(
  { base, cells }: UnsavedWork,
  opened: readonly WrittenCell[],
  now: readonly WrittenCell[],
): UnsavedWork {
  const [before, newer] = [byId(opened), byId(now)];
  return {
    base,
    cells: cells.map(cell => {
      const written = newer.get(cell.id);
      return written && before.has(cell.id) && isWritten(written, before.get(cell.id)) ? written : cell;
    }),
  };
}

/** What bringing it back would change, or undefined where that is nothing. */
export function countWork(now: readonly WrittenCell[], work: UnsavedWork): WorkCounts | undefined {
  const back = bringBack(now, work);
  const [before, after] = [byId(now), byId(back)];
  const edited = back.filter(cell => before.has(cell.id) && isWritten(cell, before.get(cell.id))).length;
  const added = back.filter(({ id }) => !before.has(id)).length;
  const removed = now.filter(({ id }) => !after.has(id)).length;
  const moved = isMoved(now, back);
  return edited + added + removed > 0 || moved ? { edited, added, removed, moved } : undefined;
}

/** As a sentence: `2 cells were edited, 1 was added and cells were moved at 10:12, and not saved.` */
export function workInWords({ edited, added, removed, moved }: WorkCounts, when: string): string {
  const counted = (
    [
      [edited, "edited"],
      [added, "added"],
      [removed, "removed"],
    ] as const
  ).filter(([count]) => count > 0);
  const parts = counted.map(([count, verb], i) => {
    const who = i > 0 ? String(count) : count === 1 ? "One cell" : `${count} cells`;
    return `${who} ${count === 1 ? "was" : "were"} ${verb}`;
  });
  if (moved) parts.push(parts.length === 0 ? "Cells were moved" : "cells were moved");
  return `${new Intl.ListFormat("en").format(parts)} at ${when} and not saved.`;
}

function byId(cells: readonly WrittenCell[]): Map<string, WrittenCell> {
  return new Map(cells.map(cell => [cell.id, cell]));
}

function isWritten(cell: WrittenCell, was: WrittenCell | undefined): boolean {
  return was === undefined || was.source !== cell.source || was.type !== cell.type;
}

/** Whether those that are in both stand in another order. */
function isMoved(before: readonly WrittenCell[], after: readonly WrittenCell[]): boolean {
  const places = new Map(after.map(({ id }, i) => [id, i]));
  const order = before.flatMap(({ id }) => places.get(id) ?? []);
  return order.some((place, i) => i > 0 && place < (order[i - 1] as number));
}

/** Those that `order` knows change places among themselves. */
function inOrderOf(order: readonly WrittenCell[], cells: readonly WrittenCell[]): WrittenCell[] {
  const places = new Map(order.map(({ id }, i) => [id, i]));
  const known = cells.filter(({ id }) => places.has(id));
  known.sort((a, b) => (places.get(a.id) as number) - (places.get(b.id) as number));
  return cells.map(cell => (places.has(cell.id) ? (known.shift() as WrittenCell) : cell));
}
