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
    isColour(color) && color !== FOREGROUND ? `color: ${isColour(bgColor) ? color : onEither(color)}` : "",
    fontStyle & BOLD ? "font-weight: bold" : "",
    fontStyle & ITALIC ? "font-style: italic" : "",
    fontStyle & UNDERLINE ? "text-decoration: underline" : "",
  ].filter(Boolean);
  return styles.length ? html`<span style="${styles.join("; ")}">${content}</span>` : html`${content}`;
}

/** A colour as dark as a white page needs it, and as light as a black one does. */
function onEither(colour: string): string {
  const [dark, light] = [0, 255].map(end => toward(colour, end));
  return dark === light ? `${dark}` : `light-dark(${dark}, ${light})`;
}

/** A colour moved toward black or white until it stands out by 4.5 : 1 from a page of the other. */
function toward(colour: string, end: number): string {
  let channels = [1, 3, 5].map(at => Number.parseInt(colour.slice(at, at + 2), 16));
  while (contrast(channels, end === 0 ? LIGHT_PAGE : DARK_PAGE) < 4.5)
    channels = channels.map(channel =>
      end === 0 ? Math.floor(channel * 0.9) : Math.ceil(channel + (255 - channel) * 0.1),
    );
  return `#${channels.map(channel => channel.toString(16).padStart(2, "0")).join("")}`;
}

function contrast(channels: readonly number[], page: number): number {
  const [darker = 0, lighter = 0] = [luminance(channels), page].sort((a, b) => a - b);
  return (lighter + 0.05) / (darker + 0.05);
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
/** The luminance of the lightest ground that a page in the dark has. */
const DARK_PAGE = 0.02;

/** That of the darkest ground in the light, which is that of errors. */
const LIGHT_PAGE = 0.9;
/** Characters; the parser takes a second for a few million. */
const MOST_COLOURED = 200_000;
const [ITALIC, BOLD, UNDERLINE] = [1, 2, 4];
