import { runWidth } from "./layout.ts";
import { figureWindow } from "./window.ts";

/**
 * The drawing with the width of every line of text written into it.
 *
 * A reader without the measured font sees another one, often a wider one, that would run out of its legend. With
 * its width stated the line is squeezed to fit; where the font is there, nothing changes.
 */
export function withTextLengths(svg: string): string {
  const { document } = figureWindow();
  const holder = document.createElement("div");
  holder.innerHTML = svg;
  for (const text of holder.querySelectorAll("text")) {
    const lines = [...text.children].filter(child => child.classList.contains("line"));
    for (const line of lines.length > 0 ? lines : [text]) {
      const width = runWidth(line);
      if (width === 0) continue;
      line.setAttribute("textLength", String(Math.round(width * 100) / 100));
      line.setAttribute("lengthAdjust", "spacingAndGlyphs");
    }
  }
  const [drawing] = holder.children;
  return drawing === undefined
    ? svg
    : new (document.defaultView as unknown as SerializerWindow).XMLSerializer().serializeToString(drawing);
}

interface SerializerWindow {
  XMLSerializer: typeof XMLSerializer;
}
