import { createHash } from "node:crypto";
import { compact } from "./compact.ts";
import { figureFontFamily } from "./font.ts";
import { type Legibility, legibilityOf } from "./legibility.ts";
import { stateTextLengths } from "./textLength.ts";
import { parseDrawing, writeDrawing } from "./tree.ts";
import { figureWindow } from "./window.ts";

/** A plotly figure as a plain object; `alt` says in words what it shows. */
export interface Figure {
  data: unknown[];
  layout: object;
  alt?: string;
}

/** Pixels, used where the layout itself sets no size. */
export interface FigureOptions {
  width?: number;
  height?: number;
}

/**
 * A figure as one standalone SVG, without a browser. The same figure gives the same bytes on every machine,
 * and the ids inside come from the figure's content, so different figures can share a page.
 */
export async function renderFigure(figure: Figure, options: FigureOptions = {}): Promise<string> {
  const drawn = await drawFigure(figure, options);
  return drawn.finish();
}

/** A figure that was drawn, and may turn out not to be wanted. */
export interface DrawnFigure {
  legibility: Legibility;
  /** The drawing as `renderFigure` has it; once only. */
  finish(): string;
}

/** As `renderFigure`, for who looks at the drawing before it is kept: what makes it small is half of the work. */
export function drawFigure(figure: Figure, options: FigureOptions = {}): Promise<DrawnFigure> {
  // One at a time: the window's randomness is reset for each figure.
  const drawing = queue.then(() => draw(figure, { ...DEFAULTS, ...options }));
  queue = drawing.catch(() => undefined);
  return drawing;
}

async function draw(figure: Figure, options: Required<FigureOptions>): Promise<DrawnFigure> {
  if (!Array.isArray(figure.data) || figure.data.some(trace => typeof trace !== "object" || trace === null)) {
    throw new TypeError(
      `renderFigure: data must be an array of traces, but got ${JSON.stringify(figure.data)}; pass {data, layout}.`,
    );
  }
  const { data, layout } = JSON.parse(JSON.stringify({ data: figure.data, layout: figure.layout ?? {} }, plainNumbers));
  // The same traces, but for what paints them.
  for (const trace of data) if (trace.type === "scattergl") trace.type = "scatter";
  assertDrawable(data);
  assertOwnPictures(layout);
  const width = sizeOr(options.width, layout.width);
  const height = sizeOr(options.height, layout.height);
  const { plotly, seed } = figureWindow();
  seed(
    createHash("sha256")
      .update(JSON.stringify([data, layout, width, height]))
      .digest()
      .readInt32LE(),
  );
  const image = { format: "svg", width, height, imageDataOnly: true } as const;
  const drawable = { data, layout: withDefaults(layout, width, height), config: { staticPlot: true } };
  const svg = await inTime(plotly.toImage(drawable, image)).catch((error: Error) => {
    throw new Error(
      `renderFigure: plotly must be able to draw the figure, but got ${error.message}; check data and layout.`,
    );
  });
  const drawing = parseDrawing(svg);
  const words = figure.alt ?? layout.title?.text ?? "Figure";
  return {
    legibility: legibilityOf(drawing),
    finish: () => describe(drawing === undefined ? svg : finished(drawing), words),
  };
}

/** Plotly asks for pictures by their address, and for one it does not get it waits for ever. */
function assertOwnPictures(layout: Layout): void {
  const pictures = [layout.images, layout.template?.layout?.images].flat();
  const other = pictures.find(picture => picture && !String(picture.source ?? "data:").startsWith("data:"));
  if (!other) return;
  throw new TypeError(
    `renderFigure: the pictures of a layout must be in the figure itself, but got ${other.source}; it is shown in a live notebook only.`,
  );
}

/** The size that a layout states, where it is one that can be drawn. */
function sizeOr(usual: number, stated: unknown): number {
  return typeof stated === "number" && stated >= 10 && stated <= 10_000 ? stated : usual;
}

/** Whatever else plotly might wait for must not keep all other figures waiting. */
async function inTime(drawing: Promise<string>): Promise<string> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error("no drawing within a minute")), 60_000);
  });
  return await Promise.race([drawing, late]).finally(() => clearTimeout(timer));
}

/** Titles may be plain strings, as in most examples of plotly: its version 3 wants them as objects. */
function withTitles(layout: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(layout).map(([name, value]) => {
      if (name === "title" && typeof value === "string") return [name, { text: value }];
      const isAxis = /^[xy]axis\d*$/.test(name) && typeof value === "object" && value !== null;
      return [name, isAxis ? withTitles(value as Record<string, unknown>) : value];
    }),
  );
}

/** The drawing as it is kept: text that fits in any font, and nothing superfluous. */
function finished(drawing: Element): string {
  stateTextLengths(drawing);
  compact(drawing, figureFontFamily);
  return writeDrawing(drawing);
}

/** Typed arrays turn into objects with numbered keys in JSON, and plotly would then draw 0, 1, 2 … instead. */
function plainNumbers(_: string, value: unknown): unknown {
  return ArrayBuffer.isView(value) && !(value instanceof DataView) ? Array.from(value as Float32Array) : value;
}

/** Plotly draws nothing at all for a trace its bundle does not know, and says nothing. */
function assertDrawable(data: { type?: string }[]): void {
  const unknown = data.find(({ type }) => type !== undefined && !DRAWABLE.has(type));
  if (unknown === undefined) return;
  throw new TypeError(
    `renderFigure: a trace must be one of ${[...DRAWABLE].join(", ")}, but got ${unknown.type}; it is shown in a live notebook only.`,
  );
}

function withDefaults(
  layout: Record<string, unknown> & { font?: object; margin?: object },
  width: number,
  height: number,
): object {
  return {
    ...withTitles(layout),
    width,
    height,
    font: { family: figureFontFamily, ...layout.font },
    margin: { t: "title" in layout ? 48 : 24, r: 24, b: 48, l: 60, ...layout.margin },
  };
}

/** Screen readers speak the label; the title element is for viewers that open the file by itself. */
function describe(svg: string, alt: string): string {
  const text = alt
    .replace(/<[^>]*>/g, "")
    .replace(/&/g, "&amp;")
    .replace(/</g, "&lt;")
    .replace(/"/g, "&quot;");
  return svg.replace(
    /<svg\b[^>]*>/,
    opening => `${opening.slice(0, -1)} role="img" aria-label="${text}"><title>${text}</title>`,
  );
}

interface Layout {
  width?: unknown;
  height?: unknown;
  images?: { source?: unknown }[];
  template?: { layout?: Layout };
}

let queue: Promise<unknown> = Promise.resolve();

const DEFAULTS: Required<FigureOptions> = { width: 700, height: 420 };

/** The traces of plotly's cartesian bundle. */
const DRAWABLE = new Set(
  "bar box contour heatmap histogram histogram2d histogram2dcontour image pie scatter scatterternary violin".split(" "),
);
