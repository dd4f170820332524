import type { Finding } from "../../notebook/courseModels.ts";
import { type Cell, GREEK, plainText, underHeadings } from "../../notebook/index.ts";
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
    // What cannot be read must not take the rest away; the list of lectures says what is wrong with it.
    const { cells } = await lectures.current(path).catch(() => ({ cells: [] }));
    const { placed, numbers } = underHeadings(cells, title);
    for (const { cell, heading, isNamed } of placed) {
      const text = asRead(cell, numbers);
      const folded = fold(text);
      const searched = `${folded} ${namesOfLetters(folded)}`;
      if (!words.every(word => searched.includes(word))) continue;
      const isHeading = isNamed && words.every(word => fold(heading).includes(word));
      const kind = cell.cell_type === "code" ? "code" : isHeading ? "heading" : "text";
      const excerpt = excerptOf(text, placeIn(text, folded.indexOf(words[0] ?? "")));
      findings.push({ path, title, cell: cell.id, heading, kind, excerpt });
    }
  }
  return findings.sort((a, b) => RANKS[a.kind] - RANKS[b.kind]).slice(0, MOST);
}

/** What is read of a cell: text without its marks, code without what it imports. */
function asRead({ cell_type, source }: Cell, numbers: ReadonlyMap<string, string>): string {
  if (cell_type !== "code") return plainText(source, numbers);
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

function fold(text: string): string {
  return [...text].map(foldLetter).join("");
}

function foldLetter(letter: string): string {
  return letter.toLowerCase().normalize("NFD").replace(/\p{M}/gu, "");
}

/** The place in a text of what is at a place of it folded, where accents may be gone. */
function placeIn(text: string, folded: number): number {
  let [at, passed] = [0, 0];
  for (const letter of text) {
    if (passed >= folded) break;
    passed += foldLetter(letter).length;
    at += letter.length;
  }
  return at;
}

function excerptOf(text: string, at: number): string {
  const from = Math.max(0, at - CONTEXT);
  const to = Math.min(text.length, at + CONTEXT);
  return `${from > 0 ? "…" : ""}${text.slice(from, to).trim()}${to < text.length ? "…" : ""}`;
}

const RANKS: Readonly<Record<Finding["kind"], number>> = { heading: 0, text: 1, code: 2 };
const CONTEXT = 80;
const MOST = 100;
