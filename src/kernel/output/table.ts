import { types } from "node:util";

/** What of a table is written: `data` and `columns` for `console.table`, and a line on what is not. */
export interface LeadingTable {
  data: unknown;
  columns: unknown;
  rest: string | undefined;
}

/**
 * The first rows and columns of what `console.table` was asked to write: it measures every cell before it writes one,
 * and a million of them would stop the notebook for minutes.
 */
export function leadingTable(data: unknown, columns?: unknown): LeadingTable {
  if (typeof data !== "object" || data === null || types.isProxy(data)) return { data, columns, rest: undefined };
  const count = sizeOf(data);
  const shown = count > MOST_ROWS ? leading(data, MOST_ROWS) : data;
  const named = columns === undefined ? leadingColumns(valuesOf(shown)) : undefined;
  const missing = [
    ...(count > MOST_ROWS ? [`${(count - MOST_ROWS).toLocaleString("en")} more rows`] : []),
    ...(named ? [`no more than ${MOST_COLUMNS} columns`] : []),
  ];
  return {
    data: shown,
    columns: named ?? columns,
    rest: missing.length > 0 ? `… ${missing.join(", ")}` : undefined,
  };
}

const MOST_ROWS = 1000;
const MOST_COLUMNS = 100;

type Kind = readonly unknown[] | ReadonlyMap<unknown, unknown> | ReadonlySet<unknown> | NodeJS.TypedArray | object;

function sizeOf(data: Kind): number {
  if (Array.isArray(data) || types.isTypedArray(data)) return data.length;
  if (types.isMap(data) || types.isSet(data)) return data.size;
  return Object.keys(data).length;
}

function leading(data: Kind, count: number): unknown {
  if (Array.isArray(data) || types.isTypedArray(data)) return data.slice(0, count);
  if (types.isMap(data)) return new Map(first(data.entries(), count));
  if (types.isSet(data)) return new Set(first(data.values(), count));
  return Object.fromEntries(
    Object.keys(data)
      .slice(0, count)
      .map(key => [key, (data as Record<string, unknown>)[key]]),
  );
}

function first<Item>(items: Iterable<Item>, count: number): Item[] {
  const found: Item[] = [];
  for (const item of items) if (found.push(item) === count) break;
  return found;
}

function valuesOf(data: unknown): Iterable<unknown> {
  if (types.isMap(data) || types.isSet(data)) return data.values();
  return Array.isArray(data) ? data : Object.values(data as object);
}

/** The first names of columns, where there are more than can be written. */
function leadingColumns(rows: Iterable<unknown>): string[] | undefined {
  const seen = new Set<unknown>();
  const columns = new Set<string>();
  for (const row of rows) {
    if (typeof row !== "object" || row === null || types.isProxy(row) || seen.has(row)) continue;
    seen.add(row);
    const names = Object.keys(Array.isArray(row) ? row.slice(0, MOST_COLUMNS + 1) : row);
    for (const name of names) {
      columns.add(name);
      if (columns.size > MOST_COLUMNS) return [...columns].slice(0, MOST_COLUMNS);
    }
  }
  return undefined;
}
