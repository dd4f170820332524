import { plainWords } from "../../notebook/plainWords.ts";

/** A cell, as far as the outline of a lecture needs it. */
export interface OutlineCell {
  kind: "code" | "markdown" | "raw";
  source: string;
}

export interface Section {
  title: string;
  /** 1 for the title of the lecture, 2 and 3 for its parts. */
  level: number;
  /** The cell with the heading, and the first one that belongs to another section. */
  from: number;
  to: number;
}

/** The sections of a lecture, by the headings at the head of its text cells or inside them, three levels deep. */
export function sectionsOf(cells: readonly OutlineCell[]): Section[] {
  const sections: Section[] = [];
  for (const [index, { kind, source }] of cells.entries()) {
    if (kind !== "markdown") continue;
    for (const { level, title } of headingsOf(source)) {
      const last = sections.at(-1);
      if (last) last.to = Math.max(index, last.from);
      sections.push({ title, level, from: index, to: cells.length });
    }
  }
  return sections;
}

function headingsOf(source: string): { level: number; title: string }[] {
  const outsideCode = source.replace(/^(```|~~~)[\s\S]*?^\1/gm, "");
  return Array.from(outsideCode.matchAll(/^(#{1,3})\s+(.+?)\s*#*$/gm), ([, marks = "", title = ""]) => ({
    level: marks.length,
    title: plainWords(title),
  }));
}
