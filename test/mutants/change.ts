import type { Mutant } from "@stryker-mutator/api/core";

/** A mutant as a reader sees it: the lines that it touches, before and after, in one line. */
export interface Change {
  from: string;
  to: string;
}

export function changeOf(
  source: string,
  { location: { start, end }, replacement }: Pick<Mutant, "location" | "replacement">,
): Change {
  const lines = source.split("\n").slice(start.line, end.line + 1);
  const before = (lines[0] as string).slice(0, start.column);
  const after = (lines.at(-1) as string).slice(end.column);
  return { from: inOneLine(lines.join("\n")), to: inOneLine(before + replacement + after) };
}

export function inOneLine(text: string): string {
  return text.trim().replace(/\s+/g, " ");
}
