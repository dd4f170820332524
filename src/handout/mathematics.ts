import { MathJaxNewcmFont } from "@mathjax/mathjax-newcm-font/js/svg.js";
import type { LiteElement } from "@mathjax/src/js/adaptors/lite/Element.js";
import { liteAdaptor } from "@mathjax/src/js/adaptors/liteAdaptor.js";
import { SerializedMmlVisitor } from "@mathjax/src/js/core/MmlTree/SerializedMmlVisitor.js";
import { RegisterHTMLHandler } from "@mathjax/src/js/handlers/html.js";
import { TeX } from "@mathjax/src/js/input/tex.js";
import { mathjax } from "@mathjax/src/js/mathjax.js";
import { SVG } from "@mathjax/src/js/output/svg.js";
import "@mathjax/src/js/input/tex/ams/AmsConfiguration.js";
import "@mathjax/src/js/input/tex/base/BaseConfiguration.js";
import "@mathjax/src/js/input/tex/boldsymbol/BoldsymbolConfiguration.js";
import "@mathjax/src/js/input/tex/braket/BraketConfiguration.js";
import "@mathjax/src/js/input/tex/cancel/CancelConfiguration.js";
import "@mathjax/src/js/input/tex/color/ColorConfiguration.js";
import "@mathjax/src/js/input/tex/enclose/EncloseConfiguration.js";
import "@mathjax/src/js/input/tex/mathtools/MathtoolsConfiguration.js";
import "@mathjax/src/js/input/tex/newcommand/NewcommandConfiguration.js";
import "@mathjax/src/js/input/tex/noundefined/NoUndefinedConfiguration.js";
import "@mathjax/src/js/input/tex/textmacros/TextMacrosConfiguration.js";
import { cleanFormula, linked, renderTexError, texErrorOf } from "./formula.ts";
import { Html, html, NOTHING } from "./html.ts";
import type { Formula } from "./mathText.ts";
import { numberedFormula } from "./numbered.ts";

export interface TypesetMath {
  /** HTML for each formula, in order. */
  formulas: Html[];
  /** The same where no link may be. */
  unlinked: Html[];
  /** The shapes of the glyphs, drawn once and used by all formulas: it must be on the page. */
  glyphs: Html;
}

/**
 * Sets the formulas of one page in SVG. They share macros, equation numbers and labels, and a reference may
 * come before its label. Beside each drawing lies MathML for screen readers.
 */
export async function typesetMath(formulas: readonly Formula[]): Promise<TypesetMath> {
  if (!formulas.length) return { formulas: [], unlinked: [], glyphs: NOTHING };
  const tex = new TeX({ packages: PACKAGES, tags: "ams", noundefined: { color: "#b42318" } });
  const svg = new SVG({
    fontData: MathJaxNewcmFont,
    fontCache: "global",
    linebreaks: { inline: false },
    displayOverflow: "linebreak",
    dynamicPrefix: DYNAMIC_GLYPHS,
  });
  const page = mathjax.document("", { InputJax: tex, OutputJax: svg });
  const items = formulas.map(({ tex: source, display }) => {
    const item = new page.options.MathItem(source, tex, display);
    item.setMetrics(EM, EX, CONTAINER, 1);
    page.math.push(item);
    return item;
  });
  await mathjax.handleRetriesFor(() => {
    page.compile();
    for (const item of items) cleanFormula(item.root);
    page.typeset();
  });
  const visitor = new SerializedMmlVisitor();
  const drawings = items.map(item => adaptor.outerHTML(item.typesetRoot));
  const set = (mayLink: boolean) =>
    items.map((item, index) => {
      const formula = formulas[index] as Formula;
      const error = texErrorOf(item.root);
      if (error !== undefined) return renderTexError(formula, error);
      const around = (drawing: Html) => wrap(drawing, visitor.visitTree(item.root), formula);
      return linked(drawings[index] ?? "", around, mayLink && !formula.inLink);
    });
  const glyphs = Html.of(adaptor.outerHTML(svg.pageElements(page) as LiteElement));
  return { formulas: set(true), unlinked: set(false), glyphs };
}

function wrap(drawn: Html, mathml: string, { tex: source, display }: Formula): Html {
  const drawing = drawn.toString();
  // The ids are in the drawing already, and the TeX of each part is of no use to a reader.
  const lean = mathml.replace(/ (?:id|data-[\w-]+)="[^"]*"/g, "").replace(/\s*\n\s*/g, "");
  const spoken = html`<span class="spoken">${Html.of(lean.replace("<math", () => html`<math alttext="${source}"`.toString()))}</span>`;
  const numbered = display ? numberedFormula(drawing) : undefined;
  if (numbered) {
    const { formula, number, width, numberWidth } = numbered;
    return html`<span class="display-math numbered" style="--width: ${width}ex; --number: ${numberWidth}ex"><span class="scrolls"${scrollable(width + numberWidth)}><mjx-container aria-hidden="true" display="true">${Html.of(formula)}</mjx-container>${spoken}</span><span class="number" aria-hidden="true">${Html.of(number)}</span></span>`;
  }
  const width = Number(/<svg[^>]* width="([\d.]+)ex"/.exec(drawing)?.[1]);
  const hidden = Html.of(drawing.replace("<mjx-container", () => '<mjx-container aria-hidden="true"'));
  if (display) {
    const size = Number.isFinite(width) ? html` style="--width: ${width}ex"` : NOTHING;
    return html`<span class="display-math"${size}><span class="scrolls"${scrollable(width)}>${hidden}${spoken}</span></span>`;
  }
  const isWide = width > PHONE;
  // What scrolls has no baseline of its own.
  const down = /vertical-align: (-?[\d.]+(?:ex)?)/.exec(drawing)?.[1] ?? 0;
  const below = isWide ? html` style="vertical-align: ${down}"` : NOTHING;
  return html`<span class="inline-math${isWide ? " wide" : ""}"${below}${scrollable(width)}>${hidden}${spoken}</span>`;
}

/** What scrolls on a phone can be scrolled by keys. */
function scrollable(width: number): Html {
  return width > PHONE ? html` tabindex="0" role="group" aria-label="Formula"` : NOTHING;
}

const adaptor = liteAdaptor();
RegisterHTMLHandler(adaptor);

// Rare glyphs come in files of their own, which MathJax loads when a formula asks for one.
mathjax.asyncLoad = (name: string) => import(name);

const DYNAMIC_GLYPHS = "@mathjax/mathjax-newcm-font/js/svg/dynamic";
const PACKAGES = [
  "base",
  "ams",
  "newcommand",
  "boldsymbol",
  "braket",
  "cancel",
  "color",
  "enclose",
  "mathtools",
  "noundefined",
  "textmacros",
];
const EM = 18;
const EX = 8.55;
/** What a small phone is wide, in ex. */
const PHONE = 30;
/** The column of a handout. Displays that are wider go on in the next line. */
const CONTAINER = 37 * EM;
