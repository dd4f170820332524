import type { Cell, MimeData, Output } from "./types.ts";

/** Jupyter stores long text as an array of lines that keep their line ends; in memory it is one string. */
export function joinLines(cell: Cell): Cell {
  return mapTexts(cell, (_, value) => (Array.isArray(value) ? value.join("") : value));
}

/** The inverse of {@link joinLines}, for the same fields as Jupyter's own writer, so that its files do not change. */
export function splitLines(cell: Cell): Cell {
  return mapTexts(cell, (mime, value) => (typeof value === "string" && isKeptAsLines(mime) ? lines(value) : value));
}

/** Types whose content is a JSON value: an array there is an array, never lines of text. */
export function isJsonMime(mime: string): boolean {
  return mime === "application/json" || mime.endsWith("+json");
}

function isKeptAsLines(mime: string): boolean {
  return mime.startsWith("text/") || mime === "application/javascript" || mime === "image/svg+xml";
}

/** Split after every line end that Python's `splitlines` knows: Jupyter's writer uses it. */
function lines(text: string): string[] {
  return text === "" ? [] : text.split(LINE_END);
}

type MapText = (mime: string, value: unknown) => unknown;

function mapTexts(cell: Cell, map: MapText): Cell {
  const mapped: Record<string, unknown> = { ...cell, source: map("text/plain", cell.source) };
  if (cell.cell_type === "code") mapped.outputs = cell.outputs.map(output => mapOutput(output, map));
  else if (cell.attachments) mapped.attachments = mapValues(cell.attachments, bundle => mapBundle(bundle, map));
  return mapped as unknown as Cell;
}

function mapOutput(output: Output, map: MapText): Output {
  if (output.output_type === "stream") return { ...output, text: map("text/plain", output.text) as string };
  if (output.output_type === "error") return output;
  return { ...output, data: mapBundle(output.data, map) };
}

function mapBundle(bundle: MimeData, map: MapText): MimeData {
  return mapValues(bundle, (value, mime) => (isJsonMime(mime) ? value : map(mime, value)));
}

/** `Object.fromEntries` defines its keys, so a key such as `__proto__` stays a key. */
function mapValues<Value>(record: Record<string, Value>, map: (value: Value, key: string) => Value) {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value, key)]));
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: Python ends lines at file, group and record separators too
const LINE_END = /(?<=[\n\v\f\x1c-\x1e\x85\u2028\u2029]|\r(?!\n))/;
