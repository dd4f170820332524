import { isDeepStrictEqual } from "node:util";
import { hasTag } from "./tags.ts";
import type { Cell, CodeCell, MimeData, Notebook, NotebookMetadata, Output } from "./types.ts";

export interface CleanOptions {
  /** Whether outputs, execution counts and the state of widgets stay. */
  keepOutputs?: boolean;
  /** The notebook as version control has it: a figure that is in it takes its drawing from there. */
  before?: Notebook | undefined;
}

/**
 * A notebook as version control should have it: without what differs from run to run and from editor to editor.
 *
 * Always goes what only says how somebody looked at it, and what a front end adds when it saves: its picture of a
 * figure that has a drawing, the versions of the language; and of a figure that moves, what only its kernel knew. Without `keepOutputs` the outputs go too, but for cells, and
 * notebooks, whose metadata or tags say `keep_output`.
 */
export function cleanNotebook(notebook: Notebook, { keepOutputs = false, before }: CleanOptions = {}): Notebook {
  const keeps = keepOutputs || notebook.metadata.keep_output === true;
  const earlier = new Map(before?.cells.map(cell => [cell.id, cell]));
  const cells = notebook.cells.map(cell => {
    const seen = without(cell, lookedAt);
    if (seen.cell_type !== "code") return seen;
    const from = earlier.get(seen.id);
    const outputs = seen.outputs
      .filter(output => !isOfSession(output))
      .map(output => withoutSession(withOneDrawing(output, from?.cell_type === "code" ? from.outputs : [])));
    if (keepOutputs) return { ...seen, outputs };
    return keepsOwn(seen, keeps) ? withoutCounts({ ...seen, outputs }) : withoutCounts({ ...seen, outputs: [] });
  });
  return { ...notebook, cells, metadata: cleanMetadata(notebook.metadata, keeps) };
}

/** Whether a figure has only a front end's picture, in whose place `before` may have a drawing. */
export function lacksDrawing(notebook: Notebook): boolean {
  return notebook.cells.some(cell => cell.cell_type === "code" && cell.outputs.some(isPictured));
}

/** Metadata of cells that only says how somebody looked at them. */
export const lookedAt = ["ExecuteTime", "collapsed", "heading_collapsed", "hidden", "scrolled", "trusted"];

function without(cell: Cell, keys: readonly string[]): Cell {
  const entries = Object.entries(cell.metadata).filter(([key]) => !keys.includes(key));
  return { ...cell, metadata: Object.fromEntries(entries) };
}

function keepsOwn(cell: CodeCell, others: boolean): boolean {
  const { keep_output: said, init_cell: isInit } = cell.metadata;
  if (typeof said === "boolean") return said;
  return others || isInit === true || hasTag(cell, "keep_output");
}

function withoutCounts(cell: CodeCell): CodeCell {
  const outputs = cell.outputs.map(each =>
    each.output_type === "execute_result" ? { ...each, execution_count: null } : each,
  );
  return { ...cell, outputs, execution_count: null };
}

const explore = "application/vnd.lectern.explore+json";

/** The controls of a figure that moves, which a kernel has that is long gone. */
function isOfSession(output: Output): boolean {
  return "metadata" in output && (output.metadata.lectern as { explore?: unknown } | undefined)?.explore === "controls";
}

/** A figure that moves, without the name by which that kernel knew it. */
function withoutSession(output: Output): Output {
  const moving = dataOf(output)?.[explore];
  if (typeof moving !== "object" || moving === null || !("id" in moving)) return output;
  const { id: _, ...record } = moving;
  return { ...output, data: { ...dataOf(output), [explore]: record } } as Output;
}

const [plotly, svg, png] = ["application/vnd.plotly.v1+json", "image/svg+xml", "image/png"] as const;

/** A front end that draws figures puts a picture beside them, as large as its window, or in the drawing's place. */
function withOneDrawing(output: Output, before: readonly Output[]): Output {
  const data = dataOf(output);
  if (data?.[plotly] === undefined || data[png] === undefined) return output;
  if (!isPictured(output)) {
    const { [png]: _, ...others } = data;
    return { ...output, data: others } as Output;
  }
  const same = before.find(each => isDeepStrictEqual(dataOf(each)?.[plotly], data[plotly]));
  const drawn = same && !isPictured(same) ? dataOf(same) : undefined;
  return drawn ? ({ ...output, data: drawn } as Output) : output;
}

function isPictured(output: Output): boolean {
  const data = dataOf(output);
  return data?.[plotly] !== undefined && data[png] !== undefined && data[svg] === undefined;
}

function dataOf(output: Output): MimeData | undefined {
  return "data" in output ? output.data : undefined;
}

function cleanMetadata(metadata: NotebookMetadata, keeps: boolean): NotebookMetadata {
  const { signature: _, widgets, lectern, ...others } = metadata;
  // Only what says what the outputs came from goes with them.
  const { fingerprint, ...own } = (lectern ?? {}) as Record<string, unknown>;
  const left = keeps && fingerprint !== undefined ? { ...own, fingerprint } : own;
  const { name, file_extension, mimetype } = (metadata.language_info ?? {}) as Record<string, string>;
  return {
    ...others,
    ...(keeps && widgets !== undefined ? { widgets } : {}),
    ...(Object.keys(left).length > 0 ? { lectern: left } : {}),
    // Other kernels need the rest, for nbconvert.
    ...(name === "typescript" ? { language_info: { name, file_extension, mimetype } } : {}),
  };
}
