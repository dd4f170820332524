import { element } from "../element.ts";

/** What is written on to a formula without a space: a full stop behind it, a bracket before it, the rest of a word. */
const AFTER = /^[^\s\p{Pd}]+\p{Pd}?/u;
const BEFORE = /[^\s\p{Pd}]+$/u;

/**
 * Keeps a formula in a text on one line with what is written on to it: a browser breaks lines at either end of it.
 * One that is wider than the text may be broken behind a relation.
 */
export function holdTogether(node: HTMLElement): void {
  for (const formula of node.querySelectorAll("mjx-container:not([display])")) {
    if (!formula.closest("table")) breakAtRelations(formula);
    if (formula.parentElement?.matches(".held")) continue;
    const before = taken(formula.previousSibling, BEFORE);
    const after = taken(formula.nextSibling, AFTER);
    if (!before && !after) continue;
    const held = element("span", { class: "held" });
    formula.replaceWith(held);
    held.append(before, formula, after);
  }
}

/** MathJax puts this space at both sides of a relation. */
function breakAtRelations(formula: Element): void {
  for (const after of formula.querySelectorAll('mjx-math > mjx-mo[space="4"] + [space="4"]'))
    after.before(element("wbr"));
}

/** Takes out of a text what matches, and gives it. */
function taken(text: ChildNode | null, pattern: RegExp): string {
  if (!(text instanceof Text)) return "";
  const [found = ""] = pattern.exec(text.data) ?? [];
  text.data = text.data.replace(pattern, "");
  return found;
}
