import { plainText, plainTex } from "../../notebook/index.ts";
import { Html } from "../html.ts";
import type { Lecture } from "../lecture.ts";
import { typesetMath } from "../mathematics.ts";
import { type Formula, replaceMarks, separateMath, withMarks } from "../mathText.ts";

/** What each of several lectures begins with, for a page that has them all, and the signs of the formulas in it. */
export async function firstWordsOf(lectures: readonly Lecture[]): Promise<{ words: Html[]; glyphs: Html }> {
  const formulas: Formula[] = [];
  const marked = lectures.map(lecture => {
    const separated = separateMath(firstParagraph(lecture), formulas.length);
    formulas.push(...separated.formulas.map(formula => ({ ...formula, display: false })));
    // A dollar that begins no formula stands there as an entity.
    return shortened(plainText(separated.text).replaceAll("&#36;", "$"), formulas);
  });
  const { unlinked, glyphs } = await typesetMath(formulas);
  const drawn = (text: string) => replaceMarks(withMarks(text).toString(), index => unlinked[index]?.toString() ?? "");
  return { words: marked.map(text => Html.of(drawn(text))), glyphs };
}

function firstParagraph({ cells }: Lecture): string {
  for (const { cell, content } of cells) {
    if (cell.cell_type !== "markdown" || content.isEmpty) continue;
    const paragraph = cell.source
      .split(/\n\s*\n/)
      .map(each => each.trim())
      .find(each => /^[^#<>|`$!\-*\d\s]/.test(each) || /^[*_]{1,2}\p{L}/u.test(each));
    if (paragraph !== undefined) return paragraph;
  }
  return "";
}

/** As much of a text as makes whole sentences; a formula is as long as it is in words. */
function shortened(text: string, formulas: readonly Formula[]): string {
  const length = (part: string) => replaceMarks(part, index => plainTex(formulas[index]?.tex ?? "")).length;
  let kept = "";
  for (const sentence of text.split(/(?<=[.?!…:;]) +(?=\p{Lu})/u)) {
    if (kept !== "" && length(kept) + length(sentence) > FIRST_WORDS) break;
    kept += `${kept && " "}${sentence}`;
  }
  return length(kept) > 2 * FIRST_WORDS ? `${kept.slice(0, FIRST_WORDS).replace(/\s\S*$/, "")} …` : kept;
}

const FIRST_WORDS = 240;
