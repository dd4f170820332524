import type { Cell } from "./types.ts";

/** The tag of a code cell of which a reader says what will come out before it is shown. */
export const PREDICT = "predict";

/** Whether the cell carries the tag, for example `remove-input`, which other tools write as `remove_input`. */
export function hasTag(cell: Cell, tag: string): boolean {
  return cell.metadata.tags?.some(each => hyphened(each) === hyphened(tag)) ?? false;
}

const hyphened = (tag: string) => tag.replaceAll("_", "-");

/**
 * What a reader said would come out of a cell tagged `predict`, kept in `metadata.lectern.prediction`; empty where
 * they looked without saying, undefined as long as they did neither.
 */
export function predictionIn({ lectern }: Record<string, unknown>): string | undefined {
  const said = (lectern as { prediction?: unknown } | undefined)?.prediction;
  return typeof said === "string" ? said : undefined;
}
