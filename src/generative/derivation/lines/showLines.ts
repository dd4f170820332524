import { ruleOf } from "../algebra/rules.ts";
import { brief } from "../language/excerpt.ts";
import { inWords, markdownTable } from "../showTable.ts";
import type { CheckedLine, ReadableLines } from "./checkLines.ts";
import type { UnreadLine } from "./line.ts";

/**
 * A derivation for a page and for a terminal: its lines with reasons and numbers, the one that could not be read as it
 * was typed, what names mean, and its sources.
 */
export function linesBundle(checked: ReadableLines): Record<"text/markdown" | "text/plain", string> {
  const { cases, lines, unread, definitions, posteriors, places } = checked;
  const rows = [
    ...lines.map((line, i) => [String(i + 1), formula(line, i), reason(line), ...line.values.map(inWords)]),
    ...(unread ? [asTyped(unread, cases)] : []),
  ];
  const paragraphs = [
    markdownTable(["line", "formula", "because", ...cases], rows, 3),
    ...(definitions.length > 0 ? [`where ${definitions.map(tex => `$${tex}$`).join(", ")}`] : []),
    ...(places.length > 0 ? [`<small>What depends on a place is shown at: ${places.join("; ")}.</small>`] : []),
    ...(posteriors.length > 0 ? [`<small>The posterior comes from: ${posteriors.join("; ")}.</small>`] : []),
  ];
  return {
    "text/markdown": paragraphs.join("\n\n"),
    "text/plain": [...lines.map(plain), ...(unread ? [plainAsTyped(unread)] : [])].join("\n"),
  };
}

function formula({ relation, tex, label, fault }: CheckedLine, i: number): string {
  const sign = i === 0 ? "" : `${SIGNS[relation]}\\;`;
  const number = label === undefined ? "" : ` (${label})`;
  return `${fault ? "**✗** " : ""}$${sign}${tex}$${number}`;
}

function reason({ because, note }: CheckedLine): string {
  return [because.map(inFull).join(", "), note].filter(Boolean).join(": ");
}

function plain({ relation, text, because, values, fault }: CheckedLine, i: number): string {
  const sign = i === 0 ? "" : `${relation} `;
  const why = because.length > 0 ? `  ${because.map(inFull).join(", ")}` : "";
  return `${i + 1}  ${fault ? "✗ " : ""}${sign}${text}  [${values.map(inWords).join(", ")}]${why}`;
}

function asTyped({ error: { place }, because }: UnreadLine, cases: readonly string[]): string[] {
  return [
    String(place.number),
    `**✗** ${code(place.text)}`,
    because.map(each => (ruleOf(each) ? inFull(each) : code(each))).join(", "),
    ...cases.map(() => ""),
  ];
}

function plainAsTyped({ error: { place }, because }: UnreadLine): string {
  const why = because.length > 0 ? `  ${because.map(inFull).join(", ")}` : "";
  return `${place.number}  ✗ ${brief(place.text)}${why}`;
}

/** As code in a cell of a table, which a bar would end, and a backtick the code. */
function code(text: string): string {
  const typed = brief(text).replaceAll("`", "'").replaceAll("|", "\\|");
  return typed.trim() === "" ? "" : `\`${typed}\``;
}

/** As it reads in a sentence. */
function inFull(reason: string): string {
  if (/^Bayes$/i.test(reason)) return "Bayes' rule";
  return /^Jensen$/i.test(reason) ? "Jensen's inequality" : reason.replace(">=", "≥");
}

const SIGNS = { "=": "=", ">=": "\\ge", "<=": "\\le" } as const;
