/**
 * Drops from a drawing what says nothing: groups and paths with nothing in them, boxes that only a mouse would find,
 * styles that are the default or the same on all of a group, a font named on every label, and digits that no screen
 * shows. Notebooks keep their figures in git, so bytes count.
 */
export function compact(drawing: Element, fontFamily: string): void {
  for (const element of [...drawing.querySelectorAll("g, path, rect")].reverse()) {
    if (saysNothing(element)) element.remove();
  }
  for (const element of drawing.querySelectorAll("[style]")) {
    const spaced = /^\s|\s\s|\s$/.test(element.textContent ?? "");
    const style = (element.getAttribute("style") ?? "")
      .split(";")
      .map(declaration => declaration.trim())
      .filter(declaration => declaration !== "" && !isDefault(declaration, fontFamily, element))
      // Without spaces side by side there is nothing to preserve.
      .filter(declaration => spaced || declaration !== "white-space: pre");
    if (style.length === 0) element.removeAttribute("style");
    else element.setAttribute("style", style.join(";").replace(/rgb\((\d+), (\d+), (\d+)\)/g, hexadecimal));
  }
  const used = new Set([...drawing.outerHTML.matchAll(/url\(['"]?(?:&quot;)?#([^'")&]*)/g)].map(([, id]) => id));
  for (const clip of drawing.querySelectorAll("clipPath")) if (!used.has(clip.id)) clip.remove();
  for (const text of drawing.querySelectorAll("text[text-anchor]")) {
    declare(text, new Map([...declarations(text), ["text-anchor", text.getAttribute("text-anchor") ?? ""]]));
    text.removeAttribute("text-anchor");
  }
  for (const group of [...drawing.querySelectorAll("g")].reverse()) stateOnce(group);
  for (const element of drawing.querySelectorAll("*")) {
    shortenNumbers(element);
    dropEmptyAttributes(element);
  }
  dropEmptyAttributes(drawing);
  for (const group of [...drawing.querySelectorAll("g")].reverse()) {
    if (group.attributes.length === 0) group.replaceWith(...group.childNodes);
  }
  drawing.setAttribute("font-family", fontFamily);
}

function saysNothing(element: Element): boolean {
  if (element.tagName === "path") return /^(M0,0)?$/.test(element.getAttribute("d") ?? "");
  if (element.tagName === "g") return element.childNodes.length === 0;
  const edge = /stroke-width: 0(px)?(;|$)/.test(element.getAttribute("style") ?? "") ? ["cbbg", "cboutline"] : [];
  return ["legendtoggle", "scrollbar", ...edge].some(name => element.classList.contains(name));
}

/**
 * A style that children inherit, and that all of a group's children have, moves to the group; a style of text moves
 * where all that have text have it.
 */
function stateOnce(group: Element): void {
  const own = declarations(group);
  const children = [...group.children];
  for (const [name, value] of new Map(children.flatMap(child => [...declarations(child)]))) {
    const concerned = TEXT.has(name) ? children.filter(hasText) : INHERITED.has(name) ? children : [];
    const shared = concerned.length > 0 && concerned.every(child => declarations(child).get(name) === value);
    if (own.has(name) || !shared) continue;
    own.set(name, value);
    for (const child of group.children) declare(child, new Map([...declarations(child)].filter(([n]) => n !== name)));
  }
  declare(group, own);
}

function hasText(element: Element): boolean {
  return element.tagName === "text" || element.querySelector("text") !== null;
}

function declarations(element: Element): Map<string, string> {
  const style = element.getAttribute("style") ?? "";
  return new Map(
    style
      .split(";")
      .filter(declaration => declaration.includes(":"))
      .map(declaration => {
        const colon = declaration.indexOf(":");
        return [declaration.slice(0, colon).trim(), declaration.slice(colon + 1).trim()];
      }),
  );
}

function declare(element: Element, style: Map<string, string>): void {
  if (style.size === 0) element.removeAttribute("style");
  else element.setAttribute("style", [...style].map(([name, value]) => `${name}: ${value}`).join(";"));
}

/** Positions to a thousandth of a pixel; what is multiplied with them keeps its digits. */
function shortenNumbers(element: Element): void {
  for (const name of ["x", "y", "width", "height", "d", "transform"]) {
    const value = element.getAttribute(name);
    if (value === null || /scale|matrix/.test(value)) continue;
    const short = value.replace(/-?\d+\.\d{4,}/g, number => String(Math.round(Number(number) * 1000) / 1000));
    if (short !== value) element.setAttribute(name, short);
  }
}

/** A default may go where nothing above the element says otherwise. */
function isDefault(declaration: string, fontFamily: string, element: Element): boolean {
  const [name = "", value = ""] = declaration.split(/:\s*/);
  if (name === "font-family") return plainNames(value) === plainNames(fontFamily);
  return DEFAULTS[name] === value && !element.parentElement?.closest(`[style*="${name}:"]`);
}

function plainNames(families: string): string {
  return families.replace(/["']/g, "");
}

function hexadecimal(_: string, ...channels: string[]): string {
  return `#${channels
    .slice(0, 3)
    .map(channel => Number(channel).toString(16).padStart(2, "0"))
    .join("")}`;
}

/** What plotly writes for its own use, and what is so without being said. */
function dropEmptyAttributes(element: Element): void {
  const kept = [...element.classList].filter(name => KEPT_CLASSES.has(name) || name === element.id);
  if (kept.length > 0) element.setAttribute("class", kept.join(" "));
  else element.removeAttribute("class");
  for (const [name, value] of [
    ["style", ""],
    ["transform", ""],
    ["opacity", "1"],
    ["stop-opacity", "1"],
  ] as const) {
    if (element.getAttribute(name) === value) element.removeAttribute(name);
  }
  for (const name of ["pointer-events", "data-index"]) element.removeAttribute(name);
}

/** By which a reader of the drawing finds it, its panels, traces, marks and boxes. */
const KEPT_CLASSES = new Set(["main-svg", "scatterlayer", "trace", "plot", "js-line", "point", "bg", "legendtext"]);

const TEXT = new Set(["font-size", "font-weight", "text-anchor"]);
const INHERITED = new Set(["fill", "stroke", "stroke-width"]);

const DEFAULTS: Record<string, string> = {
  opacity: "1",
  "fill-opacity": "1",
  "stroke-opacity": "1",
  "vector-effect": "none",
  "stroke-width": "1px",
};
