import MarkdownIt from "markdown-it";
import { toFragment, toHtml } from "./fragment.ts";
import type { Highlight } from "./highlight.ts";
import { type Formula, replaceMarks, separateMath } from "./mathText.ts";
import type { Page } from "./page.ts";
import { inlinePictures, type PictureSources } from "./pictures.ts";
import { sanitise } from "./sanitise.ts";

/** What a text leads to. */
export interface Surroundings {
  pictures: PictureSources;
  /** What the names of other notebooks' handouts end in. */
  extension: string;
}

/** Markdown as safe HTML with a mark for each formula. Headings and formulas are noted in the page. */
export async function renderMarkdown(
  source: string,
  page: Page,
  highlight: Highlight,
  { pictures, extension }: Surroundings,
): Promise<string> {
  const { text, formulas } = separateMath(source, page.formulas.length);
  page.formulas.push(...formulas);
  const parser = new MarkdownIt({ html: true, highlight: (code, language) => highlight(code.trimEnd(), language) });
  // Links written as HTML pass by this check in any case; the sanitiser sees them all.
  parser.validateLink = () => true;
  const fragment = toFragment(parser.render(text));
  spellOutInAttributes(fragment, page.formulas);
  await inlinePictures(fragment, pictures);
  sanitise(fragment, "");
  for (const element of fragment.querySelectorAll("[id]")) element.id = page.uniqueId(element.id);
  anchorHeadings(fragment, page);
  linkHandouts(fragment, extension);
  return toHtml(fragment);
}

/** A link to a notebook leads to its handout, as that of a whole course lies in one folder. */
function linkHandouts(fragment: DocumentFragment, extension: string): void {
  for (const link of fragment.querySelectorAll("a[href]")) {
    const [, name, cell = ""] = NOTEBOOK.exec(link.getAttribute("href") ?? "") ?? [];
    if (name !== undefined) link.setAttribute("href", `${name}${extension}${cell}`);
  }
}

/** A relative address of a notebook, and what it names there. */
const NOTEBOOK = /^(?![a-z][a-z0-9+.-]*:|\/)([^?#]+)\.ipynb(#.*)?$/i;

/** Alt texts and titles hold no drawing, so a formula in them is its TeX. */
function spellOutInAttributes(fragment: DocumentFragment, formulas: readonly Formula[]): void {
  for (const element of fragment.querySelectorAll("[alt], [title]")) {
    for (const { name, value } of element.attributes) {
      element.setAttribute(
        name,
        replaceMarks(value, index => formulas[index]?.tex ?? ""),
      );
    }
  }
}

/** Anchors are made as Jupyter makes them, so a link inside a notebook leads to the same place here. */
function anchorHeadings(fragment: DocumentFragment, page: Page): void {
  for (const heading of fragment.querySelectorAll("h1, h2, h3, h4, h5, h6")) {
    const text = (heading.textContent ?? "").trim();
    const words = replaceMarks(text, index => page.formulas[index]?.tex ?? "");
    if (!heading.id) heading.id = page.uniqueId(words.replace(/\s+/g, "-") || "section");
    page.headings.push({ level: Number(heading.tagName.slice(1)), text, anchor: heading.id });
  }
}
