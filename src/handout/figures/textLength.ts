import { runWidth } from "./layout.ts";

/**
 * Writes the width of every line of text into a drawing, but for the shortest, which have room in any font.
 *
 * A reader without the measured font sees another one, often a wider one, that would run out of its legend. With
 * its width stated the line is squeezed to fit; where the font is there, nothing changes.
 */
export function stateTextLengths(drawing: Element): void {
  for (const text of drawing.querySelectorAll("text")) {
    const lines = [...text.children].filter(child => child.classList.contains("line"));
    for (const line of lines.length > 0 ? lines : [text]) {
      const width = runWidth(line);
      if (width === 0 || [...(line.textContent ?? "")].length <= SHORT) continue;
      line.setAttribute("textLength", String(Math.round(width * 100) / 100));
      line.setAttribute("lengthAdjust", "spacingAndGlyphs");
    }
  }
}

/** Characters of a number at a tick. */
const SHORT = 5;
