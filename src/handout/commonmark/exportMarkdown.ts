import { mkdir } from "node:fs/promises";
import { basename, join } from "node:path";
import { type Edition, readEdition } from "../../notebook/editions/index.ts";
import { equationNumbers, type Notebook } from "../../notebook/index.ts";
import { writeWhole } from "../../notebook/writeWhole.ts";
import { renderClaimsSummary } from "../claims.ts";
import { toFragment } from "../fragment.ts";
import { languageOf, languageOfNotebook } from "../languages.ts";
import { type HandoutOptions, showCells } from "../lecture.ts";
import { blocks } from "./blocks.ts";
import { escapeText } from "./escape.ts";
import { FigureFiles, scopeDrawings } from "./figureFiles.ts";

/** A lecture as CommonMark, with the tables of its common extension, and its figures as files. */
export interface MarkdownHandout {
  text: string;
  /** What lies in the folder for figures, by its name. */
  figures: ReadonlyMap<string, string | Uint8Array>;
}

/** A notebook that ran as Markdown: what it shows is what its page shows, through the same sanitiser. */
export async function renderMarkdownHandout(
  notebook: Notebook,
  folder: string,
  options: HandoutOptions = {},
): Promise<MarkdownHandout> {
  const shown = await showCells(notebook, { extension: ".md", phones: false, ...options });
  const { page, title, cells } = shown;
  const numbers = equationNumbers(cells.map(({ cell }) => (cell.cell_type === "markdown" ? cell.source : "")));
  const figures = new FigureFiles(folder);
  const setting = { formulas: page.formulas, numbers, figures };
  const hasTitle = page.headings.some(({ level }) => level === 1);
  const parts: string[] = hasTitle ? [] : [`# ${escapeText(title)}`];
  for (const { cell, content } of cells) {
    const language = cell.cell_type === "code" ? languageOf(cell, languageOfNotebook(notebook)) : "";
    const fragment = toFragment(content.toString());
    scopeDrawings(fragment);
    parts.push(...blocks(fragment, { ...setting, language }));
  }
  parts.push(...blocks(toFragment(withoutAnchors(renderClaimsSummary(page).toString())), { ...setting, language: "" }));
  return { text: `${parts.join("\n\n")}\n`, figures: figures.files };
}

/** Writes a notebook as Markdown into a folder, its figures into one beside it, and returns the path of the text. */
export async function exportMarkdown(path: string, out: string, edition: Edition = "student"): Promise<string> {
  const ending = edition === "student" ? "" : `.${edition}`;
  const name = `${basename(path, ".ipynb")}${ending}`;
  const folder = `${name}-figures`;
  const handout = await renderMarkdownHandout(await readEdition(path, edition), folder, {
    source: path,
    extension: `${ending}.md`,
  });
  if (handout.figures.size > 0) await mkdir(join(out, folder), { recursive: true });
  for (const [file, content] of handout.figures) await writeWhole(join(out, folder, file), content);
  const target = join(out, `${name}.md`);
  await mkdir(out, { recursive: true });
  await writeWhole(target, handout.text);
  return target;
}

/** Claims have no names in Markdown to lead to. */
function withoutAnchors(summary: string): string {
  return summary.replace(/<a href="#claim[^"]*">/g, "<span>").replaceAll("</a>", "</span>");
}
