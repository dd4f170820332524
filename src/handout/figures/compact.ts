/**
 * Drops from a drawing what says nothing: groups and paths with nothing in them, styles that are the default, and a
 * font named on every label where naming it once will do. Notebooks keep their figures in git, so bytes count.
 */
export function compact(drawing: Element, fontFamily: string): void {
  for (const group of [...drawing.querySelectorAll("g, path")].reverse()) {
    const nothing =
      group.tagName === "path" ? /^(M0,0)?$/.test(group.getAttribute("d") ?? "") : group.childNodes.length === 0;
    if (nothing) group.remove();
  }
  for (const element of drawing.querySelectorAll("[style]")) {
    const style = (element.getAttribute("style") ?? "")
      .split(";")
      .map(declaration => declaration.trim())
      .filter(declaration => declaration !== "" && !isDefault(declaration, fontFamily, element));
    if (style.length === 0) element.removeAttribute("style");
    else element.setAttribute("style", style.join(";").replace(/rgb\((\d+), (\d+), (\d+)\)/g, hexadecimal));
  }
  drawing.setAttribute("font-family", fontFamily);
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

const DEFAULTS: Record<string, string> = {
  opacity: "1",
  "fill-opacity": "1",
  "stroke-opacity": "1",
  "vector-effect": "none",
  "stroke-width": "1px",
};
