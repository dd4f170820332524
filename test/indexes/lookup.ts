import { join, resolve } from "node:path";
import { type Notebook, readNotebook } from "../../src/notebook/index.ts";
import { readCourse } from "../../src/server/lecture/course.ts";
import { rows } from "../traceability.ts";
import { notes, type Place, type Question, type Slip } from "./row.ts";

const root = resolve(import.meta.dirname, "../..");
export const folder = join(root, "notebooks");

export const slipsFile = "12-slips-in-the-notes.ipynb";
export const questionsFile = "13-open-questions.ipynb";

export interface Lecture {
  notebook: string;
  /** As in "lecture 04b". */
  number: string;
  title: string;
  cells: Notebook["cells"];
}

/** The lectures, which the indexes lead to, in order. */
export const lectures: readonly Lecture[] = await Promise.all(
  readCourse(root)
    .lectures.filter(({ notebook }) => notebook !== slipsFile && notebook !== questionsFile)
    .map(async ({ notebook, title }) => ({
      notebook,
      number: (notebook.split("-")[0] ?? "").replace(/^0(?=\d)/, ""),
      title,
      cells: (await readNotebook(join(folder, notebook))).cells,
    })),
);

export interface Target {
  lecture: Lecture;
  cell: Notebook["cells"][number];
}

/** Where a row leads to: its own cell, else those that `traceability.ts` has for its item. The first is its place. */
export function targetsOf({ item, cell }: Slip | Question): [Target, ...Target[]] {
  const places = cell ? [cell] : rows.filter(row => row.item === item).map(row => row.cell);
  const [first, ...others] = places.map(([notebook, words]) => targetOf(item, notebook, words));
  if (!first) throw new Error(`indexes: item ${item} must have a row in traceability.ts, but has none; add one.`);
  return [first, ...others];
}

function targetOf(item: string, notebook: string, words: string): Target {
  const lecture = lectures.find(each => each.notebook === notebook);
  const code = lecture?.cells.find(({ cell_type, source }) => cell_type === "code" && source.includes(words));
  const cell = code ?? lecture?.cells.find(({ source }) => source.includes(words));
  if (!lecture || !cell)
    throw new Error(`indexes: a cell of ${notebook} must hold "${words}" for ${item}, but none does; look there anew.`);
  return { lecture, cell };
}

/** What a slip is called: the words of its first row. */
export function titleOf({ item }: Slip): string {
  return rows.find(row => row.item === item)?.says ?? item;
}

/** The section in which a cell stands: the words of the heading before it. */
export function sectionOf({ lecture, cell }: Target): string {
  const before = lecture.cells.slice(0, lecture.cells.indexOf(cell) + 1);
  const headings = before.flatMap(({ cell_type, source }) =>
    cell_type === "markdown" ? [...source.matchAll(/^#+ (.+)$/gm)] : [],
  );
  return (headings.at(-1)?.[1] ?? lecture.title).trim();
}

/** The address understands JupyterLab, the companion, and a handout once its name ends in .html. */
export function linkTo({ lecture, cell }: Target, words: string): string {
  return `[lecture ${lecture.number}, "${words}"](${lecture.notebook}#cell-id=${cell.id})`;
}

/** `Berkeley, lines 77 and 78`. */
export function placesOf(at: readonly Place[]): string {
  return at
    .map(
      ([name, ...lines]) =>
        `${name}, line${lines.length > 1 ? "s" : ""} ${new Intl.ListFormat("en-GB").format(lines.map(String))}`,
    )
    .join("; ");
}

/** How often each set of notes stands in the rows, in the order of `notes`. */
export function countByNotes(rows: readonly (Slip | Question)[]): [name: string, count: number][] {
  return Object.keys(notes).map(name => [name, rows.filter(({ at }) => at.some(([each]) => each === name)).length]);
}
