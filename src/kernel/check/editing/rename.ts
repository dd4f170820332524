import type { CellEdit, Place, Refusal, Renaming } from "../cellChecker.ts";
import { edited } from "./edited.ts";
import { isFreeName } from "./freeName.ts";
import { type NamePlace, placesOfName } from "./namePlaces.ts";

/**
 * What must change in the cells of a notebook so that the name at a place is another one; without `to`, where it stands.
 *
 * A name that cells define at their top is one name in all of them, as it is when they run; a name of a function or
 * a block is its own. Throws a RangeError for what is no name of the notebook, for what is no name at all, and where
 * the new one would come to mean something else.
 */
export function renaming(cells: readonly string[], place: Place, to?: string): Renaming {
  const { name, places } = placesOfName(cells, place);
  if (to !== undefined) assertName(to);
  const edits = places.map(each => editOf(each, to ?? name));
  if (to === undefined || to === name) return { name, edits };
  const moved = afterwards(places, to);
  const here = moved[places.findIndex(each => each.cell === place.cell && isWithin(each, place.offset))];
  const clash =
    here && firstDifference(moved, placesOfName(applied(cells, edits), { ...here, offset: here.from }).places);
  if (clash === undefined) return { name, edits };
  throw new RangeError(
    `rename: the new name must not be taken where ${name} is used, but got ${to}, which cell ${clash + 1} has already; choose another.`,
  );
}

/** The same, with what `renaming` throws as a reason. */
export function renamingOrRefusal(...question: Parameters<typeof renaming>): Renaming | Refusal {
  try {
    return renaming(...question);
  } catch (error) {
    if (error instanceof RangeError) return { refused: error.message };
    throw error;
  }
}

function editOf({ cell, from, to, before, after }: NamePlace, name: string): CellEdit {
  return { cell, from, to, insert: `${before}${name}${after}` };
}

function isWithin({ from, to }: NamePlace, offset: number): boolean {
  return from <= offset && offset <= to;
}

/** Where the new name stands when all is written. */
function afterwards(places: readonly NamePlace[], name: string): { cell: number; from: number }[] {
  let cell = -1;
  let longer = 0;
  return places.map(each => {
    if (each.cell !== cell) [cell, longer] = [each.cell, 0];
    const from = each.from + longer + each.before.length;
    longer += each.before.length + name.length + each.after.length - (each.to - each.from);
    return { cell, from };
  });
}

function applied(cells: readonly string[], edits: readonly CellEdit[]): string[] {
  return cells.map((source, index) =>
    edited(
      source,
      edits.filter(({ cell }) => cell === index),
    ),
  );
}

/** The first cell in which one has a place that the other does not. */
function firstDifference(
  wanted: readonly { cell: number; from: number }[],
  found: readonly { cell: number; from: number }[],
): number | undefined {
  const keys = (places: typeof wanted) => new Map(places.map(each => [`${each.cell}:${each.from}`, each.cell]));
  const [a, b] = [keys(wanted), keys(found)];
  return [...b].find(([key]) => !a.has(key))?.[1] ?? [...a].find(([key]) => !b.has(key))?.[1];
}

function assertName(name: string): void {
  if (isFreeName(name)) return;
  throw new RangeError(
    `rename: a name must be letters, digits, _ or $ and no word of the language, but got ${JSON.stringify(name)}; choose another.`,
  );
}
