import { validateNotebook } from "./validate.ts";
import { identifyCells } from "./identify.ts";
import { parseJson } from "./json.ts";
import { joinLines } from "./lines.ts";
import type { Notebook } from "./types.ts";
import { type Tell, upgradeNotebook } from "./upgrade.ts";

/**
 * The text of an `.ipynb` file as a notebook. nbformat 3 and 4.0 to 4.4 are upgraded to 4.5 in memory: texts kept
 * as arrays of lines are joined, and cells without an id of their own get one that depends on content and position only.
 */
export function parseNotebook(text: string, name = "notebook.ipynb", tell?: Tell): Notebook {
  return normaliseNotebook(upgradeNotebook(parseJson(text.replace(/^\uFEFF/, ""), name), name, tell), name, tell);
}

/** Any value as a valid notebook of nbformat 4.5, or an error that says which rule it breaks. */
export function normaliseNotebook(value: unknown, name: string, tell?: Tell): Notebook {
  const raw = validateNotebook(value, name);
  const cells = identifyCells(raw.cells.map(joinLines), name, tell);
  return { ...raw, cells, nbformat: 4, nbformat_minor: 5 };
}
