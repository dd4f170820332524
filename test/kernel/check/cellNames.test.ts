import { expect, it } from "vitest";
import { withoutCells } from "../../../src/kernel/check/cellNames.ts";

it("a name of another cell is only its name, whichever cell that is", () => {
  for (const cell of ["cell_3", "cell_12.ts", "cell_1040_again", "editing", "editing_27.ts"]) {
    expect(withoutCells(`Map<import("/course/__${cell}").Row, typeof import("/a/__${cell}").x>`)).toBe("Map<Row, x>");
  }
  expect(withoutCells('import("/course/rows").Row')).toBe('import("/course/rows").Row');
});
