import {
  cleanNotebook,
  formatNotebook,
  kernelMetadata,
  type Notebook,
  NotebookFormatError,
  parseNotebook,
} from "../../notebook/index.ts";
import { RequestError } from "../errors.ts";

/** A notebook as clients get it: texts joined; what is not valid comes as it is, with the reason. */
export function readNotebookText(text: string, apiPath: string): { content: unknown; message?: string } {
  try {
    return { content: parseNotebook(text, apiPath) };
  } catch (error) {
    if (!(error instanceof NotebookFormatError)) throw error;
    const content = asJson(text);
    if (content === undefined) throw new RequestError(400, `Unreadable notebook: ${error.message}`);
    return { content, message: invalid(error) };
  }
}

/**
 * The text to store: canonical, and without what only says how somebody looked at it, where `clean` says so. What is
 * not valid is stored as it came, so that nothing is lost, and the reason returned.
 */
export function notebookText(
  content: unknown,
  apiPath: string,
  { clean }: { clean: boolean },
): { text: string; message?: string } {
  if (typeof content !== "object" || content === null || Array.isArray(content)) {
    throw new RequestError(
      400,
      `${apiPath}: the content of a notebook must be an object, but got ${JSON.stringify(content)?.slice(0, 40)}; send the notebook.`,
    );
  }
  const raw = JSON.stringify(content, null, 1);
  try {
    const notebook = parseNotebook(raw, apiPath);
    const kept = clean ? cleanNotebook(notebook, { keepOutputs: true }) : withoutTrust(notebook);
    return { text: formatNotebook(kept, apiPath) };
  } catch (error) {
    if (!(error instanceof NotebookFormatError)) throw error;
    return { text: `${raw}\n`, message: invalid(error) };
  }
}

/** A notebook without cells, for the kernel of this server. */
export function emptyNotebook(): Notebook {
  return {
    cells: [],
    metadata: structuredClone(kernelMetadata),
    nbformat: 4,
    nbformat_minor: 5,
  };
}

/** Trust is of this machine, and never stored in the file. */
function withoutTrust(notebook: Notebook): Notebook {
  const cells = notebook.cells.map(cell => {
    const { trusted: _, ...metadata } = cell.metadata;
    return { ...cell, metadata };
  });
  return { ...notebook, cells };
}

function invalid(error: NotebookFormatError): string {
  return `Notebook validation failed: ${error.message}`;
}

function asJson(text: string): object | undefined {
  try {
    const value: unknown = JSON.parse(text.replace(/^\uFEFF/, ""));
    return typeof value === "object" && value !== null && !Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
