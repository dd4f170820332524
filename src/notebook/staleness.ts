import { fingerprint } from "./fingerprint.ts";
import { hasTag } from "./tags.ts";
import type { Notebook } from "./types.ts";

/** Whether the outputs in the file are still what the code would give, and if not, why not. */
export interface Staleness {
  stale: boolean;
  reason?: string;
}

/** Notes, in `metadata.lectern.fingerprint`, what the outputs were computed from. Call it after a whole run. */
export async function setFingerprint(path: string, notebook: Notebook): Promise<Notebook> {
  notebook.metadata.lectern = { ...lecternMetadata(notebook), fingerprint: await fingerprint(path, notebook) };
  return notebook;
}

/** Compares the noted fingerprint with today's; runs nothing. */
export async function staleness(path: string, notebook: Notebook): Promise<Staleness> {
  const disorder = executionDisorder(notebook);
  if (disorder) return { stale: true, reason: disorder };
  const noted = lecternMetadata(notebook).fingerprint;
  if (typeof noted !== "string") return { stale: true, reason: "no fingerprint is noted; run the notebook once." };
  const changed = changedParts(noted, await fingerprint(path, notebook));
  if (!changed.length) return { stale: false };
  const names = changed.map(part => PART_NAMES[part] ?? part).join(" and ");
  return { stale: true, reason: `${names} changed since the outputs were made; run the notebook again.` };
}

function executionDisorder(notebook: Notebook): string | undefined {
  let expected = 1;
  for (const [index, cell] of notebook.cells.entries()) {
    if (cell.cell_type !== "code") continue;
    const mayBeSkipped = cell.source.trim() === "" || hasTag(cell, "skip-execution");
    if (cell.execution_count === null && mayBeSkipped) continue;
    if (cell.execution_count !== expected) {
      return `execution counts must be 1, 2, 3 … in order, but got ${cell.execution_count ?? "none"} in cell ${index + 1} where ${expected} is due; run the notebook from top to bottom.`;
    }
    expected++;
  }
  return undefined;
}

function changedParts(noted: string, current: string): string[] {
  const before = new Set(noted.split("."));
  return current.split(".").flatMap(part => (before.has(part) ? [] : [part.slice(0, part.indexOf("-"))]));
}

function lecternMetadata(notebook: Notebook): Record<string, unknown> {
  return (notebook.metadata.lectern ?? {}) as Record<string, unknown>;
}

const PART_NAMES: Record<string, string> = {
  cells: "the code",
  files: "an imported file",
  data: "the data manifest",
  packages: "the version of an imported package",
};
