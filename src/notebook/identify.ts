import { createHash } from "node:crypto";
import type { Cell } from "./types.ts";
import type { Tell } from "./upgrade.ts";

/** The cells, each with an id of its own. Ids that are there are kept, but for one that an earlier cell has: it gets another. */
export function identifyCells(cells: readonly Cell[], file: string, tell?: Tell): Cell[] {
  const owners = new Map<string, number>();
  for (const [index, { id }] of cells.entries()) {
    if (id !== undefined && !owners.has(id)) owners.set(id, index + 1);
  }
  return cells.map((cell, index) => {
    if (cell.id !== undefined && owners.get(cell.id) === index + 1) return cell;
    const id = freeId(cell, index, owners);
    if (cell.id !== undefined) {
      const owner = owners.get(cell.id);
      tell?.(
        `${file}, cell ${index + 1}: each cell must have an id of its own, but got ${JSON.stringify(cell.id)}, which is cell ${owner}'s; it was read as ${id}, and is stored so when the notebook is written.`,
      );
    }
    return { ...cell, id };
  });
}

/** The same notebook always gets the same ids; a clash (one in 4 billion, or a copied id) moves to the next. */
function freeId(cell: Cell, index: number, owners: Map<string, number>): string {
  for (let attempt = 0; ; attempt++) {
    const content = JSON.stringify([index, cell.cell_type, cell.source, attempt]);
    const id = createHash("sha256").update(content).digest("hex").slice(0, 8);
    if (!owners.has(id)) {
      owners.set(id, index + 1);
      return id;
    }
  }
}
