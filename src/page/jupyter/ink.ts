/** Colours of lines, dots and letters; those of areas and scales mean what they are. */
const OF_INK = /^(color|colorway|arrowcolor)$/;

const BLACK = /^(black|#000|#000000|rgb\( ?0 ?, ?0 ?, ?0 ?\))$/i;

/** A part of a figure in which what is black has the colour of the page's letters: on a dark page it would not be seen. */
export function inked<Part>(part: Part, ink: string): Part {
  return changed("", part, ink) as Part;
}

function changed(key: string, part: unknown, ink: string): unknown {
  if (typeof part === "string") return OF_INK.test(key) && BLACK.test(part) ? ink : part;
  // Data are long, and hold no colours.
  if (Array.isArray(part))
    return OF_INK.test(key) || typeof part[0] === "object" ? part.map(each => changed(key, each, ink)) : part;
  if (typeof part !== "object" || part === null || ArrayBuffer.isView(part)) return part;
  return Object.fromEntries(Object.entries(part).map(([name, each]) => [name, changed(name, each, ink)]));
}
