import type { Cell } from "./types.ts";

/** Whether the cell carries the tag, for example `remove-input` or `raises-exception`. */
export function hasTag(cell: Cell, tag: string): boolean {
  return cell.metadata.tags?.includes(tag) ?? false;
}
