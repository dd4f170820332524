import { types } from "node:util";
import type { Bundle } from "./bundle.ts";
import { inspectSafely } from "./inspectSafely.ts";

/** A table, however its library holds it: names of columns, and rows on demand. */
interface Table {
  columns: string[];
  rows: number;
  cell(row: number, column: number): unknown;
}

/**
 * Values that are tables: an array of records with the same few keys, a table of Arrow or of arquero.
 * Undefined for any other value. A long one is shown by its ends; `text` is how it reads without HTML.
 */
export function tableBundle(value: unknown, text: (value: unknown) => string): Bundle | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  const table = ofRecords(value) ?? ofArquero(value) ?? ofArrow(value);
  if (!table) return undefined;
  return { data: { "text/html": html(table), "text/plain": text(value) }, metadata: {} };
}

const mostColumns = 40;
const mostRows = 30;
const ends = 10;

function ofRecords(value: object): Table | undefined {
  if (!Array.isArray(value) || value.length === 0) return undefined;
  const first: unknown = value[0];
  if (!isRecord(first)) return undefined;
  const columns = Object.keys(first);
  if (columns.length === 0 || columns.length > mostColumns) return undefined;
  const same = (row: unknown) =>
    isRecord(row) && Object.keys(row).length === columns.length && columns.every(name => Object.hasOwn(row, name));
  if (!value.every(same)) return undefined;
  return { columns, rows: value.length, cell: (row, column) => value[row][columns[column] as string] };
}

/** A plain object whose entries are values of a cell: a nested object is better read as node shows it. */
function isRecord(value: unknown): value is Record<string, unknown> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) return false;
  return Object.values(value).every(each => typeof each !== "function" && !isNested(each));
}

function isNested(value: unknown): boolean {
  return typeof value === "object" && value !== null && !types.isDate(value);
}

interface ArqueroTable {
  columnNames(): string[];
  numRows(): number;
  get(name: string, row: number): unknown;
}

function ofArquero(value: object): Table | undefined {
  const { columnNames, numRows, get } = value as Partial<ArqueroTable>;
  if (typeof columnNames !== "function" || typeof numRows !== "function" || typeof get !== "function") return undefined;
  const table = value as ArqueroTable;
  const columns = table.columnNames();
  return { columns, rows: table.numRows(), cell: (row, column) => table.get(columns[column] as string, row) };
}

interface ArrowTable {
  numRows: number;
  schema: { fields: { name: string }[] };
  getChildAt(column: number): { get(row: number): unknown } | null;
}

function ofArrow(value: object): Table | undefined {
  const { numRows, schema, getChildAt } = value as Partial<ArrowTable>;
  if (typeof numRows !== "number" || typeof getChildAt !== "function" || !Array.isArray(schema?.fields))
    return undefined;
  const table = value as ArrowTable;
  return {
    columns: table.schema.fields.map(({ name }) => name),
    rows: numRows,
    cell: (row, column) => table.getChildAt(column)?.get(row),
  };
}

function html({ columns, rows, cell }: Table): string {
  const shown = columns.slice(0, mostColumns);
  const more = columns.length > shown.length ? "<th>…</th>" : "";
  const head = `<tr><th></th>${shown.map(name => `<th>${escaped(name)}</th>`).join("")}${more}</tr>`;
  const line = (row: number) => {
    const cells = shown.map((_, column) => `<td>${escaped(cellText(cell(row, column)))}</td>`).join("");
    return `<tr><th>${row}</th>${cells}${more && "<td>…</td>"}</tr>`;
  };
  const all = rows <= mostRows;
  const lines = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => line(from + i)).join("");
  const gap = `<tr><th>…</th><td colspan="${shown.length + (more ? 1 : 0)}">…</td></tr>`;
  const body = all ? lines(0, rows) : lines(0, ends) + gap + lines(rows - ends, rows);
  const size = all ? "" : `<p>${rows} rows × ${columns.length} columns</p>`;
  return `<table><thead>${head}</thead><tbody>${body}</tbody></table>${size}`;
}

function cellText(value: unknown): string {
  if (typeof value === "string") return value.length > longest ? `${value.slice(0, longest)}…` : value;
  if (value === undefined) return "";
  return inspectSafely(value, { depth: 1, breakLength: Infinity, maxArrayLength: 10, maxStringLength: longest });
}

const longest = 200;

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, each => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[each] as string);
}
