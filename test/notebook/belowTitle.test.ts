import { expect, it } from "vitest";
import { belowTitle, type Cell } from "../../src/notebook/index.ts";

const text = (id: string, source: string): Cell => ({ cell_type: "markdown", id, metadata: {}, source });
const ids = (cells: readonly Cell[]) => belowTitle(cells, text("added", "")).map(({ id }) => id);

it.each<[string, Cell[], string[]]>([
  ["below a title", [text("a", "# Title\n\nWords"), text("b", "")], ["a", "added", "b"]],
  ["before cells without one", [text("a", "Words"), text("b", "# Later")], ["added", "a", "b"]],
  ["before a smaller heading", [text("a", "## Section")], ["added", "a"]],
  ["where nothing is", [], ["added"]],
])("a cell is put %s", (_, cells, expected) => expect(ids(cells)).toEqual(expected));
