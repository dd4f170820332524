import { sanitise } from "./clean/sanitise.ts";
import { toFragment, toHtml } from "./fragment.ts";
import { type Html, html, joined } from "./html.ts";
import { noteMathInLinks, separateMath, withMarks } from "./mathText.ts";
import { assertShowable, NotShown } from "./notShown.ts";
import type { Page } from "./page.ts";
import { boxTables } from "./tables.ts";

/**
 * HTML that a cell has shown, without what could run. Formulas in it are set too, as the notebook page does.
 *
 * @throws NotShown where only a program would have shown something
 */
export function renderHtml(source: string, page: Page): Html {
  assertShowable("HTML", source);
  const scope = page.nextNamespace();
  const fragment = toFragment(source);
  const { scripts } = sanitise(fragment, { ids: `${scope}-`, scope });
  if (!isVisible(fragment)) {
    throw new NotShown(
      scripts ? "What a program draws here is shown in the notebook only." : "An output is shown in the notebook only.",
    );
  }
  setMathematics(fragment, page);
  const kind = hasColours(fragment) ? "html coloured" : "html";
  boxTables(fragment);
  const note = html`<p class="note">A program of this output is left out; the notebook runs it.</p>`;
  const shown = html`<div class="${kind}" data-scope="${scope}">${toHtml(fragment)}</div>`;
  return scripts ? joined([shown, note]) : shown;
}

/** A formula, or text with formulas in it. */
export function renderLatex(source: string, page: Page): Html {
  const found = separateMath(source, page.formulas.length);
  const { text, formulas } = found.formulas.length ? found : separateMath(`\\[${source}\\]`, page.formulas.length);
  page.formulas.push(...formulas);
  return html`<div class="latex">${withMarks(text)}</div>`;
}

function isVisible(fragment: DocumentFragment): boolean {
  const words = [...fragment.childNodes].some(node => node.nodeName !== "STYLE" && /\S/.test(node.textContent ?? ""));
  return words || fragment.querySelector("img, svg, hr, table") !== null;
}

/** Whether it says of itself in which colours it is; those were chosen for a white page. */
function hasColours(fragment: DocumentFragment): boolean {
  const marked = fragment.querySelectorAll("[bgcolor], [color], font, [style], style, svg");
  return [...marked].some(
    element => !element.hasAttribute("style") || /color|background|fill/i.test(element.getAttribute("style") ?? ""),
  );
}

function setMathematics(fragment: DocumentFragment, page: Page): void {
  const texts = fragment.ownerDocument.createTreeWalker(fragment, TEXT_NODES);
  for (let node = texts.nextNode(); node; node = texts.nextNode()) {
    if (node.parentElement?.closest("pre, code, svg, style")) continue;
    const { text, formulas } = separateMath(node.nodeValue ?? "", page.formulas.length);
    page.formulas.push(...formulas);
    node.nodeValue = text.replaceAll("&#36;", "$");
  }
  noteMathInLinks(fragment, page.formulas);
}

/** `NodeFilter.SHOW_TEXT`, which is a name of the browser's. */
const TEXT_NODES = 4;
