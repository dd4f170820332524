import type { Finding } from "../../notebook/courseModels.ts";
import { plainWords } from "../../notebook/index.ts";
import { joinPath } from "../contents/paths.ts";
import type { Course } from "./course.ts";
import type { Lectures } from "./lectures.ts";

/** The cells of all lectures that have all of the words, in order; without case and accents. */
export async function search(course: Course, lectures: Lectures, query: string): Promise<Finding[]> {
  const words = fold(query).split(/\s+/).filter(Boolean);
  if (words.length === 0) return [];
  const findings: Finding[] = [];
  for (const { notebook, title } of course.lectures) {
    const path = joinPath("notebooks", notebook);
    let heading = title;
    for (const { id, cell_type, source } of (await lectures.current(path)).cells) {
      if (cell_type === "markdown") heading = /^#{1,6} +(.+)$/m.exec(source)?.[1]?.trim() ?? heading;
      const text = fold(source);
      if (!words.every(word => text.includes(word))) continue;
      // Nothing is typeset in a list of places.
      const plain = cell_type === "markdown" ? plainWords(source) : source;
      const excerpt = excerptOf(plain, Math.max(0, fold(plain).indexOf(words[0] ?? "")));
      findings.push({ path, title, cell: id, heading: plainWords(heading), excerpt });
      if (findings.length === most) return findings;
    }
  }
  return findings;
}

/** As long as before, so that places in the one are places in the other. */
function fold(text: string): string {
  return [...text.toLowerCase()]
    .map(each => each.normalize("NFD").replace(/\p{M}/gu, "").padEnd(each.length) || each)
    .join("");
}

function excerptOf(source: string, at: number): string {
  const from = Math.max(0, at - context);
  const to = Math.min(source.length, at + context);
  const text = source.slice(from, to).replace(/\s+/g, " ").trim();
  return `${from > 0 ? "…" : ""}${text}${to < source.length ? "…" : ""}`;
}

const context = 80;

const most = 100;
