import { type Cell, claimsIn, GREEK, plainText, plainWords, toldOnce, underHeadings } from "../../notebook/index.ts";
import type { Lecture } from "../lecture.ts";

/** What can be found: the pages, and of each its cells with what is read in them. */
export interface SearchIndex {
  pages: { title: string; file: string }[];
  /** The number of the page, the id of the cell, the heading above it and its text. */
  cells: [page: number, cell: string, heading: string, text: string][];
  /** The names of letters, which a reader may type. */
  letters: Readonly<Record<string, string>>;
}

/** The index of a site. It is of what its pages show, and of nothing else in the notebooks. */
export function searchIndex(pages: readonly { file: string; lecture: Lecture }[]): SearchIndex {
  return {
    pages: pages.map(({ file, lecture }) => ({ title: lecture.title, file })),
    cells: pages.flatMap(({ lecture }, page) => cellsOf(lecture).map(each => [page, ...each] as [number, ...Entry])),
    letters: GREEK,
  };
}

type Entry = [cell: string, heading: string, text: string];

function cellsOf({ title, cells }: Lecture): Entry[] {
  const shown = cells.filter(({ content }) => !content.isEmpty).map(({ cell }) => cell);
  const { placed, numbers } = underHeadings(shown, title);
  return placed.flatMap(({ cell, heading }): Entry[] => {
    const text = asRead(cell, numbers);
    return text === "" ? [] : [[cell.id, heading, text]];
  });
}

/** Text without its marks, and of code what it declares and claims: all of it would weigh more than it helps. */
function asRead(cell: Cell, numbers: ReadonlyMap<string, string>): string {
  if (cell.cell_type === "markdown") return plainText(cell.source, numbers);
  if (cell.cell_type !== "code") return "";
  const declared = [...cell.source.matchAll(DECLARED)].map(([, name]) => name);
  const claims = claimsIn(toldOnce(cell.outputs)).map(({ text }) => plainWords(String(text), numbers));
  return [...new Set(declared), ...claims].join(" · ");
}

const DECLARED =
  /^(?:export )?(?:async )?(?:function\*?|class|const|let|type|interface|def) +([\p{L}_$][\p{L}\p{N}_$]*)/gmu;
