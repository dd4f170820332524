import { stripVTControlCharacters } from "node:util";
import { highlighter, THEME } from "./highlight.ts";
import { type Html, html, joined } from "./html.ts";

/** Text that was meant for a terminal, in its colours; all that moves a cursor or names a window is left out. */
export async function terminalText(text: string): Promise<Html> {
  // Line by line, since colours are rare and what has none needs no parser.
  const plain = stripVTControlCharacters(text);
  if (plain === text || text.length > MOST_COLOURED) return html`${plain}`;
  const coloured = text
    .split(COLOUR)
    .map(part => (COLOUR_ONLY.test(part) ? part.replaceAll(":", ";") : stripVTControlCharacters(part)))
    .join("");
  const lines = (await highlighter()).codeToTokensBase(coloured, { lang: "ansi", theme: THEME });
  return joined(
    lines.map(line => joined(line.map(renderToken), "")),
    "\n",
  );
}

function renderToken({ content, color, bgColor, fontStyle = 0 }: Token): Html {
  const styles = [
    isColour(bgColor) ? `background-color: ${bgColor}` : "",
    isColour(color) && color !== FOREGROUND ? `color: ${isColour(bgColor) ? color : readable(color)}` : "",
    fontStyle & BOLD ? "font-weight: bold" : "",
    fontStyle & ITALIC ? "font-style: italic" : "",
    fontStyle & UNDERLINE ? "text-decoration: underline" : "",
  ].filter(Boolean);
  return styles.length ? html`<span style="${styles.join("; ")}">${content}</span>` : html`${content}`;
}

/** A colour that was chosen for a dark terminal, as dark as a white page needs it: at least 4.5 : 1. */
function readable(colour: string): string {
  let channels = [1, 3, 5].map(at => Number.parseInt(colour.slice(at, at + 2), 16));
  while (1.05 / (luminance(channels) + 0.05) < 4.5) channels = channels.map(channel => Math.floor(channel * 0.9));
  return `#${channels.map(channel => channel.toString(16).padStart(2, "0")).join("")}`;
}

/** WCAG 2's relative luminance. */
function luminance(channels: readonly number[]): number {
  const [red = 0, green = 0, blue = 0] = channels.map(channel => {
    const part = channel / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function isColour(colour: string | undefined): colour is string {
  return colour !== undefined && /^#[\da-f]{6}$/i.test(colour);
}

interface Token {
  content: string;
  color?: string | undefined;
  bgColor?: string | undefined;
  fontStyle?: number | undefined;
}

// biome-ignore-start lint/suspicious/noControlCharactersInRegex: an escape character is what begins a colour
const COLOUR = /(\x1b\[[\d;:]*m)/;
const COLOUR_ONLY = /^\x1b\[[\d;:]*m$/;
// biome-ignore-end lint/suspicious/noControlCharactersInRegex: an escape character is what begins a colour
const FOREGROUND = "#1f2328";
/** Characters; the parser takes a second for a few million. */
const MOST_COLOURED = 200_000;
const [ITALIC, BOLD, UNDERLINE] = [1, 2, 4];
