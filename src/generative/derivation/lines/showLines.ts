import { markdownTable } from "../showTable.ts";
import type { CheckedLine, CheckedLines } from "./checkLines.ts";

/** A derivation for a page and for a terminal: its lines with reasons and numbers, what names mean, and its sources. */
export function linesBundle(checked: CheckedLines): Record<"text/markdown" | "text/plain", string> {
  const { cases, lines, definitions, posteriors, places } = checked;
  const rows = lines.map((line, i) => [String(i + 1), formula(line, i), reason(line), ...line.values.map(inWords)]);
  const paragraphs = [
    markdownTable(["line", "formula", "because", ...cases], rows, 3),
    ...(definitions.length > 0 ? [`where ${definitions.map(tex => `$${tex}$`).join(", ")}`] : []),
    ...(places.length > 0 ? [`<small>What depends on a place is shown at: ${places.join("; ")}.</small>`] : []),
    ...(posteriors.length > 0 ? [`<small>The posterior comes from: ${posteriors.join("; ")}.</small>`] : []),
  ];
  return { "text/markdown": paragraphs.join("\n\n"), "text/plain": lines.map(plain).join("\n") };
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

/** As it reads in a sentence. */
function inFull(reason: string): string {
  if (/^Bayes$/i.test(reason)) return "Bayes' rule";
  return /^Jensen$/i.test(reason) ? "Jensen's inequality" : reason.replace(">=", "≥");
}

function inWords(value: number): string {
  return Number.isNaN(value) ? "?" : value.toFixed(6).replace("-", "−");
}

const SIGNS = { "=": "=", ">=": "\\ge", "<=": "\\le" } as const;
