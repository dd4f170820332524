import type { CellNames } from "./transform/uses.ts";

/** A cell that ran: by the id that the front end gives it, if it does, and by its execution count. */
export interface RanCell {
  id?: string | undefined;
  count: number;
}

/**
 * What the reply to an execution says of the notebook's names, under `lectern` in its metadata.
 *
 * `stale` are the cells further on whose results rest on a name that this run defined or changed,
 * directly or by way of others, and that did not run since.
 */
export interface NamesReport {
  defines: string[];
  uses: string[];
  changes: string[];
  stale: RanCell[];
}

interface Entry extends RanCell {
  /** Its place among the cells, by the order in which they first ran. */
  place: number;
  names: CellNames;
}

/** Which cell depends on which, as far as they ran. */
export class Dependencies {
  readonly #entries = new Map<string, Entry>();
  /** What the functions of a name read when they are called. */
  readonly #later = new Map<string, readonly string[]>();
  readonly #stale = new Set<Entry>();
  #places = 0;

  /** Notes a run whose statements `finished`; a cell without an id is another each time. */
  ran({ id, count }: RanCell, names: CellNames, finished: readonly number[]): NamesReport {
    const key = id ?? `#${count}`;
    const before = this.#entries.get(key);
    if (before) this.#stale.delete(before);
    const done = names.defines.filter(each => finished.includes(each.statement));
    const entry: Entry = { id, count, place: before?.place ?? ++this.#places, names: { ...names, defines: done } };
    this.#entries.set(key, entry);
    for (const { name, reads } of done) this.#later.set(name, reads);
    this.#spread(entry);
    return {
      defines: [...new Set(done.map(each => each.name))],
      uses: names.uses,
      changes: names.changes,
      stale: this.stale,
    };
  }

  /** The cells that rest on names that changed since they ran. */
  get stale(): RanCell[] {
    return inOrder(this.#stale);
  }

  /** The cells that would be stale if this one, edited, ran again; undefined for a cell that did not run. */
  after(id: string): RanCell[] | undefined {
    const entry = this.#entries.get(id);
    return entry && inOrder(this.#reached(entry));
  }

  #spread(from: Entry): void {
    for (const each of this.#reached(from)) this.#stale.add(each);
  }

  /** Cells after this one that read what it makes, and those that read what they make. */
  #reached(from: Entry): Set<Entry> {
    const affected = new Set(madeBy(from));
    const reached = new Set<Entry>();
    for (let grew = true; grew; ) {
      grew = false;
      for (const entry of this.#entries.values()) {
        if (reached.has(entry) || entry.place <= from.place) continue;
        if (![...this.#readBy(entry)].some(name => affected.has(name))) continue;
        reached.add(entry);
        for (const name of madeBy(entry)) affected.add(name);
        grew = true;
      }
    }
    return reached;
  }

  /** What a cell read of others: by itself, and through the functions that it mentions. */
  #readBy({ names }: Entry): Set<string> {
    const found = new Set(names.reads);
    for (const name of found) for (const each of this.#later.get(name) ?? []) found.add(each);
    for (const { name } of names.defines) found.delete(name);
    return found;
  }
}

function inOrder(entries: Iterable<Entry>): RanCell[] {
  const sorted = [...entries].sort((a, b) => a.place - b.place);
  return sorted.map(({ id, count }) => ({ ...(id === undefined ? {} : { id }), count }));
}

function madeBy({ names }: Entry): string[] {
  return [...names.defines.map(each => each.name), ...names.changes];
}
