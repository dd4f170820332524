import type { Finding } from "../../notebook/courseModels.ts";
import { type Cell, GREEK, plainText, plainWords } from "../../notebook/index.ts";
import { joinPath } from "../contents/paths.ts";
import type { Course } from "./course.ts";
import type { Lectures } from "./lectures.ts";

/**
 * The cells of all lectures that have all of the words, as they read and without case and accents: where a section is
 * named so, then other text, then code; each in the order of the course.
 */
export async function search(course: Course, lectures: Lectures, query: string): Promise<Finding[]> {
  const words = fold(query).split(/\s+/).filter(Boolean);
  if (words.length === 0) return [];
  const findings: Finding[] = [];
  for (const { notebook, title } of course.lectures) {
    const path = joinPath("notebooks", notebook);
    let heading = title;
    // What cannot be read must not take the rest away; the list of lectures says what is wrong with it.
    const { cells } = await lectures.current(path).catch(() => ({ cells: [] }));
    for (const cell of cells) {
      const named = cell.cell_type === "markdown" ? /^#{1,6} +(.+)$/m.exec(cell.source)?.[1]?.trim() : undefined;
      if (named !== undefined) heading = plainWords(named);
      const text = asRead(cell);
      const folded = fold(text);
      const searched = `${folded} ${namesOfLetters(folded)}`;
      if (!words.every(word => searched.includes(word))) continue;
      const isNamed = named !== undefined && words.every(word => fold(heading).includes(word));
      const kind = cell.cell_type === "code" ? "code" : isNamed ? "heading" : "text";
      const excerpt = excerptOf(text, Math.max(0, folded.indexOf(words[0] ?? "")));
      findings.push({ path, title, cell: cell.id, heading, kind, excerpt });
    }
  }
  return findings.sort((a, b) => RANKS[a.kind] - RANKS[b.kind]).slice(0, MOST);
}

/** What is read of a cell: text without its marks, code without what it imports. */
function asRead({ cell_type, source }: Cell): string {
  if (cell_type !== "code") return plainText(source);
  return source
    .replace(/^import\b(?:[^;"']|\n)*?(?:from\s*)?["'][^"'\n]*["'];?[ \t]*$/gm, "")
    .replace(/\s+/g, " ")
    .trim();
}

/** A reader may type theta where θ is written. */
function namesOfLetters(text: string): string {
  return Object.entries(GREEK)
    .flatMap(([name, letter]) => (text.includes(letter) ? name : []))
    .join(" ");
}

/** As long as before, so that places in the one are places in the other. */
function fold(text: string): string {
  return [...text.toLowerCase()]
    .map(each => each.normalize("NFD").replace(/\p{M}/gu, "").padEnd(each.length) || each)
    .join("");
}

function excerptOf(text: string, at: number): string {
  const from = Math.max(0, at - CONTEXT);
  const to = Math.min(text.length, at + CONTEXT);
  return `${from > 0 ? "…" : ""}${text.slice(from, to).trim()}${to < text.length ? "…" : ""}`;
}

const RANKS: Readonly<Record<Finding["kind"], number>> = { heading: 0, text: 1, code: 2 };
const CONTEXT = 80;
const MOST = 100;
