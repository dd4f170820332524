import {
  cleanNotebook,
  formatNotebook,
  kernelMetadata,
  type Notebook,
  NotebookFormatError,
  parseNotebook,
} from "../../notebook/index.ts";
import { RequestError } from "../errors.ts";
import { isAllTrusted, withoutTrust, withTrust } from "../trust/marks.ts";
import type { Notary } from "../trust/notary.ts";
import type { SavedModel } from "./model.ts";

/**
 * A notebook as clients get it: texts joined, and each cell with a word on whether its outputs are trusted; what is not
 * valid comes as it is, with the reason.
 */
export async function readNotebookText(
  text: string,
  apiPath: string,
  notary: Notary,
): Promise<{ content: unknown; message?: string }> {
  try {
    const notebook = parseNotebook(text, apiPath);
    return { content: withTrust(notebook, await notary.isTrusted(notebook)) };
  } catch (error) {
    if (!(error instanceof NotebookFormatError)) throw error;
    const content = asJson(text);
    if (content === undefined) throw new RequestError(400, `Unreadable notebook: ${error.message}`);
    return { content: withTrust(content, false), message: invalid(error) };
  }
}

/**
 * The text to store: canonical, and without what only says how somebody looked at it, where `clean` says so. What is
 * not valid is stored as it came, so that nothing is lost, and the reason returned. `trusted` is what is stored, where
 * all of it was run here, or is trusted.
 */
export function notebookText(
  content: unknown,
  apiPath: string,
  { clean }: { clean: boolean },
): { text: string; message?: string; trusted?: Notebook } {
  if (typeof content !== "object" || content === null || Array.isArray(content)) {
    throw new RequestError(
      400,
      `${apiPath}: the content of a notebook must be an object, but got ${JSON.stringify(content)?.slice(0, 40)}; send the notebook.`,
    );
  }
  try {
    const notebook = parseNotebook(JSON.stringify(content), apiPath);
    const kept = clean ? cleanNotebook(notebook, { keepOutputs: true }) : withoutTrust(notebook);
    return { text: formatNotebook(kept, apiPath), ...(isAllTrusted(notebook) ? { trusted: kept } : {}) };
  } catch (error) {
    if (!(error instanceof NotebookFormatError)) throw error;
    return { text: `${JSON.stringify(withoutTrust(content), null, 1)}\n`, message: invalid(error) };
  }
}

/** A notebook without cells, for the kernel of this server. */
function emptyNotebook(): Notebook {
  return {
    cells: [],
    metadata: structuredClone(kernelMetadata),
    nbformat: 4,
    nbformat_minor: 5,
  };
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

/** What is saved, with the kind and the content that a new file has where nothing is said. */
export function withDefaults(model: SavedModel, apiPath: string): SavedModel {
  const type = model.type || (apiPath.endsWith(".ipynb") ? "notebook" : "file");
  const content = model.content ?? (type === "notebook" ? emptyNotebook() : "");
  return { ...model, type, content };
}
