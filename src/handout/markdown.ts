import MarkdownIt from "markdown-it";
import { markAdmonitions } from "./admonitions.ts";
import { toFragment, toHtml } from "./fragment.ts";
import { highlight } from "./highlight.ts";
import type { Html } from "./html.ts";
import { type Formula, noteMathInLinks, replaceMarks, separateMath } from "./mathText.ts";
import type { Page } from "./page.ts";
import { inlinePictures, type PictureSources } from "./pictures.ts";
import { sanitise } from "./clean/sanitise.ts";
import { boxTables } from "./tables.ts";

/** What a text leads to. */
export interface Surroundings {
  pictures: PictureSources;
  /** What the names of other notebooks' handouts end in. */
  extension: string;
}

/** Markdown as safe HTML with a mark for each formula. Headings and formulas are noted in the page. */
export async function renderMarkdown(source: string, page: Page, { pictures, extension }: Surroundings): Promise<Html> {
  const { text, formulas } = separateMath(source, page.formulas.length);
  page.formulas.push(...formulas);
  const fragment = toFragment(await render(text));
  spellOutInAttributes(fragment, page.formulas);
  await inlinePictures(fragment, pictures);
  const scope = page.nextNamespace();
  sanitise(fragment, { ids: "", scope });
  keepStylesOfDrawings(fragment, scope);
  noteMathInLinks(fragment, page.formulas);
  for (const element of fragment.querySelectorAll("[id]")) element.id = page.uniqueId(element.id);
  anchorHeadings(fragment, page);
  linkHandouts(fragment, extension);
  markAdmonitions(fragment);
  markSlips(fragment, page.formulas);
  boxTables(fragment);
  return toHtml(fragment);
}

async function render(text: string): Promise<string> {
  const parser = new MarkdownIt({ html: true, linkify: true });
  // Links written as HTML pass by this check in any case; the sanitiser sees them all.
  parser.validateLink = () => true;
  // `notebook.md` and the like are files, not places in the web.
  parser.linkify.set({ fuzzyLink: false, fuzzyEmail: false });
  const environment = {};
  const tokens = parser.parse(text, environment);
  for (const token of tokens) {
    if (token.type !== "fence") continue;
    const [language = ""] = token.info.trim().split(/[\s,{]+/);
    token.type = "html_block";
    token.content = `${await highlight(token.content.trimEnd(), language)}\n`;
  }
  return parser.renderer.render(tokens, parser.options, environment);
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

/** A style sheet of a drawing is for that drawing; one beside it would change how the notebook looks, and goes. */
function keepStylesOfDrawings(fragment: DocumentFragment, scope: string): void {
  for (const style of fragment.querySelectorAll("style")) {
    const drawing = style.closest("svg");
    if (drawing) drawing.setAttribute("data-scope", scope);
    else style.remove();
  }
}

/** A paragraph on slips, by its first words in bold, has a place in the margin where that is wide, if all of it fits there. */
function markSlips(fragment: DocumentFragment, formulas: readonly Formula[]): void {
  for (const paragraph of fragment.querySelectorAll("p")) {
    const first = paragraph.firstElementChild;
    if (first?.localName !== "strong" || first.previousSibling || !/\bslips?\b/i.test(first.textContent ?? ""))
      continue;
    const within = replaceMarks(paragraph.textContent ?? "", index => (formulas[index]?.display ? "\n\n" : ""));
    if (!within.includes("\n\n") && within.length <= LONGEST_IN_MARGIN) paragraph.classList.add("slip");
  }
}

/** Characters. */
const LONGEST_IN_MARGIN = 500;

/** Alt texts and titles hold no drawing, so a formula in them is its TeX. */
function spellOutInAttributes(fragment: DocumentFragment, formulas: readonly Formula[]): void {
  for (const element of fragment.querySelectorAll("[alt], [title]")) {
    for (const attribute of element.attributes) {
      attribute.value = replaceMarks(attribute.value, index => formulas[index]?.tex ?? "");
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
