import { join, resolve } from "node:path";
import { readNotebook } from "../../src/notebook/index.ts";
import { readCourse } from "../../src/server/lecture/course.ts";
import { countsOf } from "./counts.ts";

// npm run counts              what each lecture weighs
// npm run counts -- --links   and which files of the library it uses without a link
const root = resolve(import.meta.dirname, "../..");
const columns = [
  "lecture",
  "words",
  "shown",
  "longest",
  "folded",
  "claims",
  "moving",
  "checks",
  "kB",
  "minutes",
  "unlinked",
];
const rows: string[][] = [];
for (const { notebook, minutes } of readCourse(root).lectures) {
  const counts = countsOf(await readNotebook(join(root, "notebooks", notebook)));
  const { words, shownLines, longestShown, foldedLines, claims, moving, exercises, bytes, unlinked } = counts;
  const kilobytes = (bytes / 1000).toFixed(0);
  const numbers = [words, shownLines, longestShown, foldedLines, claims, moving, exercises, kilobytes, minutes ?? "–"];
  rows.push([notebook.replace(/\.ipynb$/, ""), ...numbers.map(String), String(unlinked.length)]);
  if (process.argv.includes("--links")) for (const file of unlinked) rows.push([`  ${file}`]);
}
const widths = columns.map((name, i) =>
  Math.max(name.length, ...rows.filter(row => row.length > 1).map(row => row[i]?.length ?? 0)),
);
for (const row of [columns, ...rows])
  console.log(row.map((text, i) => (i === 0 ? text.padEnd(widths[i] ?? 0) : text.padStart(widths[i] ?? 0))).join("  "));
