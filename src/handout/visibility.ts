import { type Cell, hasTag } from "../notebook/index.ts";

/** A part of a cell as its reader gets it. */
export type Showing = "shown" | "folded" | "left out";

export interface Visibility {
  cell: Showing;
  input: Showing;
  output: Showing;
  /** What the figure shows, where the cell says so in Quarto's words. */
  alt: string | undefined;
  /** The cell without the lines that say all this. */
  rest: Cell;
}

/**
 * What of a cell is shown, in each of the ways in which notebooks say so: tags with hyphens or underscores
 * (`hide-input`, `remove_cell`), what JupyterLab and the classic notebook have folded, and Quarto's lines
 * (`#| echo: false`).
 */
export function visibilityOf(cell: Cell): Visibility {
  const { options, rest } = quartoOptions(cell);
  const { jupyter, collapsed, hide_input } = cell.metadata as Folded;
  const isOff = (option: string) => options.get(option) === "false";
  const of = (part: string, isOut: boolean, isFolded: boolean): Showing => {
    if (isOut || hasTag(cell, `remove-${part}`)) return "left out";
    return isFolded || hasTag(cell, `hide-${part}`) ? "folded" : "shown";
  };
  return {
    cell: of("cell", isOff("include"), false),
    input: of(
      "input",
      isOff("echo"),
      jupyter?.source_hidden === true || hide_input === true || options.get("code-fold") === "true",
    ),
    output: of("output", isOff("output"), jupyter?.outputs_hidden === true || collapsed === true),
    alt: options.get("fig-alt"),
    rest,
  };
}

/** The options at the head of a cell of code: comments that begin with a bar. */
function quartoOptions(cell: Cell): { options: ReadonlyMap<string, string>; rest: Cell } {
  const options = new Map<string, string>();
  if (cell.cell_type !== "code") return { options, rest: cell };
  const lines = cell.source.split("\n");
  let count = 0;
  for (const line of lines) {
    const [, name, value] = OPTION.exec(line) ?? [];
    if (name === undefined || value === undefined) break;
    options.set(name, value.replace(/^(["'])(.*)\1$/, "$2"));
    count++;
  }
  return { options, rest: count ? { ...cell, source: lines.slice(count).join("\n") } : cell };
}

interface Folded {
  jupyter?: { source_hidden?: unknown; outputs_hidden?: unknown } | null;
  collapsed?: unknown;
  hide_input?: unknown;
}

const OPTION = /^(?:#|\/\/|--|%)\| *([\w-]+) *: *(.*?) *$/;
