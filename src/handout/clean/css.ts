import { type CssNode, generate, parse, walk } from "css-tree";
import { isPicture } from "./addresses.ts";

/** The declarations of a `style` attribute that may stay. `ids` is put before the ids that they refer to. */
export function cleanDeclarations(text: string, ids: string): string {
  const list = parse(text, { context: "declarationList", parseCustomProperty: true });
  return declarationsIn(list, ids).join("; ");
}

/** A style sheet whose rules apply to nothing but the element with that `data-scope`, and what is in it. */
export function cleanStyleSheet(text: string, scope: string, ids: string): string {
  const sheet = parse(text, { context: "stylesheet", parseCustomProperty: true });
  return rulesIn(sheet, `:where([data-scope="${scope}"], [data-scope="${scope}"] *)`, ids).join("\n");
}

function rulesIn(parent: CssNode, within: string, ids: string): string[] {
  return [...(parent.children ?? [])].flatMap(node => {
    if (node.type === "Rule") return rule(node, within, ids);
    // Others load something, name something for the whole page, or move.
    if (node.type !== "Atrule" || node.name?.toLowerCase() !== "media" || !node.prelude || !node.block) return [];
    const media = generate(node.prelude);
    const rules = rulesIn(node.block, within, ids);
    return isInert(media) && rules.length ? [`@media ${media} {\n${rules.join("\n")}\n}`] : [];
  });
}

function rule({ prelude, block }: CssNode, within: string, ids: string): string[] {
  const selectors = [...(prelude?.children ?? [])].flatMap(selector => scoped(selector, within, ids));
  const declarations = block ? declarationsIn(block, ids) : [];
  return selectors.length && declarations.length ? [`${selectors.join(", ")} { ${declarations.join("; ")} }`] : [];
}

/** A selector of elements that are in the scope: what they stand in or beside may be outside. */
function scoped(selector: CssNode, within: string, ids: string): string[] {
  let isPlain = true;
  walk(selector, node => {
    if (node.type === "Raw" || node.type === "NestingSelector") isPlain = false;
    if (node.type === "IdSelector") node.name = ids + node.name;
  });
  const parts = [...(selector.children ?? [])];
  if (!isPlain || parts[0]?.type === "Combinator") return [];
  const last = parts.findLastIndex(({ type }) => type === "Combinator") + 1;
  const pseudo = parts.findIndex((part, index) => index >= last && isPseudoElement(part));
  const end = pseudo < 0 ? parts.length : pseudo;
  const written = [...parts.slice(0, end).map(generate), within, ...parts.slice(end).map(generate)].join("");
  return isInert(written) ? [written] : [];
}

function isPseudoElement({ type, name = "" }: CssNode): boolean {
  return type === "PseudoElementSelector" || /^(before|after|first-line|first-letter)$/i.test(name);
}

function declarationsIn(parent: CssNode, ids: string): string[] {
  return [...(parent.children ?? [])].flatMap(node => {
    if (node.type !== "Declaration" || !isHarmless(node, ids)) return [];
    const written = generate(node);
    return isInert(written) ? [written] : [];
  });
}

/** Whether a declaration loads nothing, runs nothing and stays in its place. References in it get the prefix. */
function isHarmless(declaration: CssNode, ids: string): boolean {
  const property = (declaration.property ?? "").toLowerCase();
  if (FORBIDDEN.test(property)) return false;
  let harmless = true;
  walk(declaration, node => {
    const name = (node.name ?? "").toLowerCase();
    if (node.type === "Raw") harmless = false;
    else if (node.type === "Function" && !FUNCTIONS.has(name)) harmless = false;
    else if (node.type === "Identifier" && property === "position" && !PLACES.has(name)) harmless = false;
    else if (node.type === "Url") {
      const address = String(node.value);
      if (address.startsWith("#")) node.value = `#${ids}${address.slice(1)}`;
      else if (!isPicture(address)) harmless = false;
    }
  });
  return harmless;
}

/** No end of an element, nothing escaped: what was checked is what a browser reads, in HTML and in SVG. */
function isInert(css: string): boolean {
  return !/[<&\\]|--\s*>|@|javascript:|https?:/i.test(css);
}

const FORBIDDEN = /^(behavior|-moz-binding|src|-ms-.*|-o-link.*)$/;
const PLACES = new Set(["static", "relative", "absolute"]);
const FUNCTIONS = new Set(
  `rgb rgba hsl hsla hwb lab lch oklab oklch color color-mix light-dark var calc min max clamp abs round
   linear-gradient radial-gradient conic-gradient repeating-linear-gradient repeating-radial-gradient
   repeating-conic-gradient translate translatex translatey translatez translate3d scale scalex scaley scale3d
   rotate rotatex rotatey rotatez rotate3d skew skewx skewy matrix matrix3d perspective
   blur brightness contrast drop-shadow grayscale hue-rotate invert opacity saturate sepia
   circle ellipse inset polygon path rect minmax repeat fit-content cubic-bezier steps counter counters`
    .trim()
    .split(/\s+/),
);
