import type { CodeCell, Notebook } from "../../notebook/index.ts";

/**
 * The notebook with a word in each code cell whether its outputs are trusted, which is what Jupyter's pages read. What
 * the file itself says of that counts for nothing: whoever wrote it may have written that too. Takes what is no valid
 * notebook as well.
 */
export function withTrust<T>(notebook: T, isTrusted: boolean): T {
  return mapMetadata(notebook, ({ trusted: _, ...metadata }, type) =>
    type === "code" ? { ...metadata, trusted: isTrusted } : metadata,
  );
}

/** The notebook as it is stored: trust is of this machine, and no part of the file. */
export function withoutTrust<T>(notebook: T): T {
  return mapMetadata(notebook, ({ trusted: _, ...metadata }) => metadata);
}

/** Whether a page says of all outputs that they are trusted, or has none that could be otherwise. */
export function isAllTrusted({ cells }: Notebook): boolean {
  return cells.every(cell => cell.cell_type !== "code" || cell.metadata.trusted === true || isHarmless(cell));
}

/** As Jupyter has it: streams and errors are text, all else may hold anything. */
function isHarmless({ outputs }: CodeCell): boolean {
  return outputs.every(({ output_type: type }) => type === "stream" || type === "error");
}

type Metadata = Record<string, unknown>;

function mapMetadata<T>(notebook: T, map: (metadata: Metadata, type: unknown) => Metadata): T {
  const { cells } = notebook as { cells?: unknown };
  if (!Array.isArray(cells)) return notebook;
  return { ...notebook, cells: cells.map(cell => mapCell(cell, map)) };
}

function mapCell(cell: unknown, map: (metadata: Metadata, type: unknown) => Metadata): unknown {
  if (typeof cell !== "object" || cell === null) return cell;
  const { metadata, cell_type: type } = cell as { metadata?: unknown; cell_type?: unknown };
  if (metadata !== undefined && (typeof metadata !== "object" || metadata === null)) return cell;
  return { ...cell, metadata: map((metadata ?? {}) as Metadata, type) };
}
