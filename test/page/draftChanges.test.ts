import { describe, expect, it } from "vitest";
import {
  bringBack,
  countWork,
  exceptWritten,
  type WrittenCell,
  workInWords,
} from "../../src/page/lecture/draftChanges.ts";
import { Random } from "../../src/engine/index.ts";

/** `a1 b2` are two cells, a and b, and what is written in them; a capital is a cell of text. */
function cells(text: string): WrittenCell[] {
  return text.split(" ").map(each => {
    const id = (each[0] as string).toLowerCase();
    return { id, type: each[0] === id ? "code" : "markdown", source: each.slice(1) };
  });
}

describe("unsaved work that is brought back", () => {
  it.each([
    ["an edited cell", "a1 b1 c1", "a1 b2 c1", "a1 b1 c1", "a1 b2 c1"],
    ["a new cell, after the one that it was written below", "a1 b1", "a1 x9 b1", "a1 b1", "a1 x9 b1"],
    ["new cells at the head", "a1 b1", "x9 y9 a1 b1", "a1 b1", "x9 y9 a1 b1"],
    ["a cell that was removed", "a1 b1 c1", "a1 c1", "a1 b1 c1", "a1 c1"],
    ["an order", "a1 b1 c1", "c1 a1 b1", "a1 b1 c1", "c1 a1 b1"],
    ["another kind of cell", "a1 b1", "a1 B1", "a1 b1", "a1 B1"],
    ["nothing that was written elsewhere and not here", "a1 b1", "a2 b1", "a1 b7", "a2 b7"],
    ["no cell less, where another page added one", "a1 b1", "a2 b1", "a1 n5 b1", "a2 n5 b1"],
    ["the work, where both wrote a cell", "a1 b1", "a2 b1", "a3 b1", "a2 b1"],
    ["a cell that was removed here and written elsewhere", "a1 b1", "a1", "a1 b7", "a1 b7"],
    ["a cell that was written here and removed elsewhere", "a1 b1", "a1 b2", "a1", "a1 b2"],
    ["no cell that was removed elsewhere and left alone here", "a1 b1 c1", "a2 b1 c1", "a1 c1", "a2 c1"],
    ["an order, beside what another page added", "a1 b1 c1", "c1 a1 b1", "a1 b1 n5 c1", "c1 a1 n5 b1"],
  ])("is %s", (_, base, work, now, then) => {
    expect(bringBack(cells(now), { base: cells(base), cells: cells(work) })).toEqual(cells(then));
  });

  it("is no cell in which something was written since it was offered", () => {
    const work = { base: cells("a1 b1"), cells: cells("a2 b2 x9") };
    const now = cells("a1 b5");
    expect(bringBack(now, exceptWritten(work, cells("a1 b1"), now))).toEqual(cells("a2 b5 x9"));
  });

  it("is all of it where nothing happened elsewhere, whatever was done", () => {
    const random = new Random(1);
    const below = (n: number) => random.integer(n);
    for (let round = 0; round < 500; round++) {
      const base = Array.from({ length: below(6) }, (_, i) => ({ id: `c${i}`, type: "code", source: "1" }));
      const work = [...base];
      for (let step = 0; step < 6; step++) {
        const at = below(work.length + 1);
        const deed = below(4);
        if (deed === 0) work.splice(at, 0, { id: `n${step}`, type: "code", source: "new" });
        else if (deed === 1) work.splice(at, 1);
        else if (deed === 2 && work[at]) work[at] = { ...work[at], source: `${step}` };
        else if (work.length > 0) work.splice(at, 0, ...work.splice(below(work.length), 1));
      }
      expect(bringBack(base, { base, cells: work })).toEqual(work);
      expect(countWork(work, { base, cells: work })).toBe(undefined);
    }
  });

  it.each([
    ["a1 b1", "a2 b1", "One cell was edited at 10:12 and not saved."],
    ["a1 b1 c1", "a2 b2 x1 c1", "2 cells were edited and 1 was added at 10:12 and not saved."],
    ["a1 b1 c1", "a1", "2 cells were removed at 10:12 and not saved."],
    ["a1 b1 c1", "b1 a1 c1", "Cells were moved at 10:12 and not saved."],
    ["a1 b1 c1", "b1 a1 x1", "One cell was added, 1 was removed, and cells were moved at 10:12 and not saved."],
  ])("is told: %s to %s", (base, work, words) => {
    const counts = countWork(cells(base), { base: cells(base), cells: cells(work) });
    expect(counts && workInWords(counts, "10:12")).toBe(words);
  });
});
