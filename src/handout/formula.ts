import type { MmlNode } from "@mathjax/src/js/core/MmlTree/MmlNode.js";
import { cleanDeclarations } from "./clean/css.ts";
import { cleanAttribute } from "./clean/sanitise.ts";
import { Html, html } from "./html.ts";
import type { Formula } from "./mathText.ts";

/**
 * Takes out of a formula, before it is drawn, what TeX can carry into a page: addresses, styles, classes, ids that are not
 * those of equations, and the TeX of each part, which is of no use to a reader.
 */
export function cleanFormula(root: MmlNode): void {
  root.walkTree(node => {
    const own = node.attributes?.getAllAttributes();
    for (const name of Object.keys(own ?? {})) {
      const value = own?.[name];
      if (typeof value !== "string") continue;
      const kept = clean(node.kind, name, value);
      if (kept === undefined) node.attributes.unset(name);
      else if (kept !== value) node.attributes.set(name, kept);
    }
  });
}

function clean(kind: string, name: string, value: string): string | undefined {
  if (name === "data-latex" || name === "class" || name === "src") return undefined;
  if (name === "id") return value.startsWith("mjx-eqn:") ? value : undefined;
  // A link is an element of its own once it is drawn.
  if (name === "href") return cleanAttribute("a", name, value, "");
  if (name === "style") return cleanDeclarations(value, "") || undefined;
  // What else MathJax knows is a length, a colour or a word, and nothing that could be loaded.
  return kind !== "TeXAtom" && /url\s*\(|[<\\;]|script:/i.test(value) ? undefined : value;
}

/** A formula that cannot be read, as it was written, and why. */
export function renderTexError({ tex, display }: Formula, error: string): Html {
  const shown = html`<code class="tex-error">${tex}</code> <span class="note">(TeX: ${error})</span>`;
  return display ? html`<span class="display-math">${shown}</span>` : shown;
}

/** What MathJax says of a formula that it cannot read. */
export function texErrorOf(root: MmlNode): string | undefined {
  let message: string | undefined;
  root.walkTree(node => {
    if (node.isKind("merror")) message ??= String(node.attributes.get("data-mjx-error") ?? "it cannot be read");
  });
  return message;
}

/**
 * A drawing, hidden from screen readers, and MathML for them. A reference is one link around both; where a formula has
 * several links, or may have none, those in its drawing are out of the keyboard's way.
 */
export function linked(drawing: string, around: (drawing: Html) => Html, mayLink: boolean): Html {
  const addresses = new Set([...drawing.matchAll(LINK)].map(([, address]) => address ?? ""));
  if (!addresses.size) return around(Html.of(drawing));
  const [address = ""] = addresses;
  if (mayLink && addresses.size > 1) return around(Html.of(drawing.replace(LINK, '<a tabindex="-1" href="$1"')));
  const plain = around(Html.of(drawing.replace(LINK, "<g").replaceAll("</a>", "</g>")));
  return mayLink
    ? Html.of(`<a class="reference" href="${address}" aria-label="${spokenIn(plain)}">${plain}</a>`)
    : plain;
}

/** What the MathML of a formula says, since not every reader takes it for the name of a link. */
function spokenIn(formula: Html): string {
  const [math = ""] = /<math[\s\S]*<\/math>/.exec(formula.toString()) ?? [];
  return math.replace(/<[^>]*>/g, "").replaceAll('"', "&quot;");
}

const LINK = /<a href="([^"]*)"/g;
