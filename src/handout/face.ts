import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

/**
 * The book face of a page, in the page itself: of Source Serif 4, the weights and slopes that the page uses and of those the
 * scripts that its text has. Some 80 kB for English with a few Greek letters.
 */
export async function faceFor(page: string): Promise<string> {
  const text = page.replace(/<(style|script|svg|math|pre)\b[\s\S]*?<\/\1>/g, "").replace(/<[^>]*>/g, "");
  const characters = [...new Set(text)].map(character => character.codePointAt(0) ?? 0);
  const wanted = FACES.filter(({ isUsed }) => isUsed.test(page)).map(async ({ file }) => {
    const sheet = require.resolve(`@fontsource/source-serif-4/${file}.css`);
    const rules = (await readFile(sheet, "utf8")).match(/@font-face \{[^}]*\}/g) ?? [];
    const used = rules.filter(rule => characters.some(character => isIn(character, rangesOf(rule))));
    return await Promise.all(used.map(rule => embedded(rule, dirname(sheet))));
  });
  return (await Promise.all(wanted)).flat().join("\n");
}

/** A rule of the style sheet with the file that it names in its place. */
async function embedded(rule: string, folder: string): Promise<string> {
  const [, file = ""] = /url\((\.\/files\/[\w.-]+\.woff2)\)/.exec(rule) ?? [];
  const base64 = (await readFile(join(folder, file))).toString("base64");
  return rule
    .replace(/src:[^;]*;/, `src: url(data:font/woff2;base64,${base64}) format("woff2");`)
    .replace(/\s*\n\s*/g, " ");
}

type Range = readonly [first: number, last: number];

function rangesOf(rule: string): Range[] {
  const [, list = ""] = /unicode-range: ([^;]*);/.exec(rule) ?? [];
  return list.split(",").map(range => {
    const [first = "", last = first] = range.trim().replace("U+", "").split("-");
    return [Number.parseInt(first, 16), Number.parseInt(last, 16)];
  });
}

function isIn(character: number, ranges: readonly Range[]): boolean {
  return ranges.some(([first, last]) => character >= first && character <= last);
}

const require = createRequire(import.meta.url);

/** Headings of the fourth level and below are in italics. */
const FACES = [
  { file: "400", isUsed: /(?:)/ },
  { file: "400-italic", isUsed: /<(em|i|cite|dfn|h[456])\b/ },
  { file: "600", isUsed: /<(strong|b|h[123]|th)\b|figure-number/ },
];
