import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { createCanvas, GlobalFonts } from "@napi-rs/canvas";
import { coveredCharacters } from "./coverage.ts";

/**
 * The fonts figures are set in. Arial, Liberation Sans, Arimo and Helvetica have the same widths, and one of
 * them is on nearly every machine, so text measured in Arimo here fits wherever the figure is read.
 */
export const figureFontFamily = "Arial, Liberation Sans, Arimo, Helvetica, sans-serif";

export interface FontStyle {
  size: number;
  bold: boolean;
  italic: boolean;
}

/** Rounded like a browser rounds them, so that boxes are as high as a browser's. */
export function ascent({ size }: FontStyle): number {
  return Math.round(ASCENT * size);
}

export function descent({ size }: FontStyle): number {
  return Math.round(DESCENT * size);
}

/** The width of one run of text, in pixels; the same on every machine, whatever fonts it has. */
export function textWidth(text: string, { size, bold, italic }: FontStyle): number {
  const face = `${italic ? "italic " : ""}${bold ? "bold " : ""}`;
  const key = face + text;
  let width = widths.get(key);
  if (width === undefined) {
    width = measure(text, face);
    widths.set(key, width);
  }
  return width * size;
}

/** In ems. Characters the font lacks would be taken from whatever else is installed: they get a fixed width. */
function measure(text: string, face: string): number {
  const { context, covered } = registered();
  context.font = `${face}${UNITS}px "${REGISTERED_NAME}"`;
  const known = [...text].filter(character => covered.has(character.codePointAt(0) ?? 0)).join("");
  const missing = [...text].length - [...known].length;
  return context.measureText(known).width / UNITS + missing * MISSING_WIDTH;
}

function registered() {
  if (!registration) {
    const resolve = createRequire(import.meta.url).resolve;
    const paths = FACES.map(face => resolve(`@expo-google-fonts/arimo/${face.replace("/", "/Arimo_")}.ttf`));
    for (const path of paths) GlobalFonts.registerFromPath(path, REGISTERED_NAME);
    const context = createCanvas(1, 1).getContext("2d");
    registration = { context, covered: coveredCharacters(readFileSync(paths[0] ?? "")) };
  }
  return registration;
}

let registration:
  | { context: ReturnType<ReturnType<typeof createCanvas>["getContext"]>; covered: Set<number> }
  | undefined;
const widths = new Map<string, number>();

const REGISTERED_NAME = "Lectern Figure Sans";
const FACES = [
  "400Regular/400Regular",
  "700Bold/700Bold",
  "400Regular_Italic/400Regular_Italic",
  "700Bold_Italic/700Bold_Italic",
];
const UNITS = 1000;
const ASCENT = 0.905;
const DESCENT = 0.212;
const MISSING_WIDTH = 0.7;
