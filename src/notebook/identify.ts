import { createHash } from "node:crypto";
import { NotebookFormatError } from "./errors.ts";
import type { Cell } from "./types.ts";

/** The cells, each with an id of its own. Ids that are there are kept; two cells with the same id are an error. */
export function identifyCells(cells: readonly Cell[], file: string): Cell[] {
  const owners = new Map<string, number>();
  for (const [index, { id }] of cells.entries()) {
    if (id === undefined) continue;
    const owner = owners.get(id);
    if (owner !== undefined) {
      throw new NotebookFormatError(
        file,
        { cell: index + 1 },
        `each cell must have an id of its own, but got ${JSON.stringify(id)} in cell ${owner} and in cell ${index + 1}; delete the "id" line of one of the two and it will get a new one.`,
      );
    }
    owners.set(id, index + 1);
  }
  return cells.map((cell, index) => (cell.id === undefined ? { ...cell, id: freeId(cell, index, owners) } : cell));
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
