import { splitLines } from "./lines.ts";
import { normaliseNotebook } from "./parse.ts";
import type { Cell, Notebook } from "./types.ts";

/**
 * The one canonical text of a notebook: sorted keys, one-space indent, text as arrays of lines, LF and a
 * final newline, which is what Jupyter writes, less the times at which cells ran. Formatting the text of a
 * formatted notebook changes no byte, and nothing else that a notebook may hold is lost.
 */
export function formatNotebook(notebook: Notebook, name = "notebook.ipynb"): string {
  const valid = normaliseNotebook(notebook, name);
  const cells = valid.cells.map(cell => splitLines(withoutTimings(cell)));
  return `${serialise({ ...valid, cells }, "")}\n`;
}

/** Times differ from run to run, so they would make every run a change in version control. */
function withoutTimings(cell: Cell): Cell {
  const metadata = Object.fromEntries(
    Object.entries(cell.metadata).flatMap(([key, value]) => {
      if (key === "ExecuteTime" || isTiming(key)) return [];
      if (key !== "execution" || !Object.keys(value ?? {}).some(isTiming)) return [[key, value]];
      const kept = Object.entries(value as object).filter(([member]) => !isTiming(member));
      return kept.length ? [[key, Object.fromEntries(kept)]] : [];
    }),
  );
  return { ...cell, metadata };
}

function isTiming(key: string): boolean {
  return key.startsWith("iopub.") || key.startsWith("shell.");
}

/**
 * Like `JSON.stringify(value, null, 1)` with the keys in the order of their code points. Sorting the keys of
 * an object first would not do: JavaScript moves keys that look like array indices to the front.
 */
function serialise(value: unknown, indent: string): string {
  const inner = `${indent} `;
  const wrap = (open: string, parts: string[], close: string): string =>
    parts.length ? `${open}\n${inner}${parts.join(`,\n${inner}`)}\n${indent}${close}` : open + close;
  if (Array.isArray(value)) {
    return wrap(
      "[",
      value.map(item => serialise(item ?? null, inner)),
      "]",
    );
  }
  if (typeof value === "object" && value !== null) {
    const entries = Object.entries(value).filter(([, member]) => member !== undefined);
    entries.sort(([left], [right]) => compareCodePoints(left, right));
    return wrap(
      "{",
      entries.map(([key, member]) => `${JSON.stringify(key)}: ${serialise(member, inner)}`),
      "}",
    );
  }
  return JSON.stringify(value);
}

/** UTF-8 bytes sort as code points do; UTF-16 units, JavaScript's own order, do not. */
function compareCodePoints(left: string, right: string): number {
  return Buffer.compare(Buffer.from(left), Buffer.from(right));
}
