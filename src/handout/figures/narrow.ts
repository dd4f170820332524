import { type DrawnFigure, drawFigure, type Figure } from "./render.ts";
import { textWidth } from "./font.ts";
import { type Legibility, looksRight } from "./legibility.ts";

/** A drawing of a figure, and how its words stand in it. */
export interface Drawing {
  svg: string;
  legibility: Legibility;
}

/** The text column of a small phone, in pixels: 320 less the margins of the page. */
export const PHONE_COLUMN = 288;

/** What the letters of a drawing are high at least where it is read, in pixels. */
export const READABLE = 9;

/**
 * The same figure laid out for a phone: as wide as its column, its legend and title in more lines, panels that stood side
 * by side below each other. Undefined where the drawing can be read there as it is, or where words would run into each
 * other; then it has to be scrolled.
 */
export async function narrowFigure(figure: Figure, wide: Legibility): Promise<string | undefined> {
  return needsNarrow(wide) ? (await fitting(figure, wide))?.finish() : undefined;
}

/** Whether the letters of a drawing would be too small on a phone. */
export function needsNarrow({ width, smallest }: Legibility): boolean {
  return width > 0 && (smallest * PHONE_COLUMN) / width < READABLE;
}

/** A figure for half of a page, as for a phone where that has no fault that the drawing of another place has not; else as it is. */
export async function smallFigure(figure: Figure, wide: Legibility): Promise<Drawing> {
  const drawn = (await fitting(figure, wide)) ?? (await drawFigure(figure));
  return { svg: drawn.finish(), legibility: drawn.legibility };
}

async function fitting(figure: Figure, wide: Legibility): Promise<DrawnFigure | undefined> {
  try {
    for (const layout of layouts(figure.layout as Layout, wide.width, wide.height)) {
      const drawn = await drawFigure({ ...figure, layout });
      if (looksRight(drawn.legibility, wide)) return drawn;
    }
  } catch {
    // A layout may be anything; what cannot be laid out anew stands as it is.
  }
  return undefined;
}

/**
 * What is tried, the best first: little room at the sides, or as much as before. Higher ones were tried as well: of the 35
 * drawings of the course that the first does not fit, they fitted none.
 */
function layouts(layout: Layout, width: number, height: number): Layout[] {
  const stacked = stackPanels(layout);
  const high = stacked === undefined ? height : Math.min(height, NARROW * 0.95) * axesOf(layout, "x").length;
  return [
    { most: LITTLE, room: 1, height: Math.round(high) },
    { most: 200, room: 0.75, height: Math.round(high) },
  ].map(attempt => narrowed(stacked ?? layout, { width, height }, attempt));
}

interface Attempt {
  /** The most that may be left free at either side. */
  most: number;
  height: number;
  /** The share of its axis that a title may take. */
  room: number;
}

function narrowed(layout: Layout, before: { width: number; height: number }, { most, height, room }: Attempt): Layout {
  const { margin = {}, legend, title, annotations } = layout;
  const left = Math.min(margin.l ?? 60, most);
  const right = Math.min(margin.r ?? 24, most === LITTLE ? 14 : most);
  const column = NARROW - left - right;
  const heading = narrowTitle(title, 15, NARROW - 20);
  const more = (heading.text.split("<br>").length - 1) * 15 * 1.3;
  const axes = Object.fromEntries(
    Object.entries(layout)
      .filter(([name]) => AXIS.test(name))
      .map(([name, axis]) => [
        name,
        narrowAxis(axis as Axis, name.startsWith("x"), (name.startsWith("x") ? column : height * 0.7) * room),
      ]),
  );
  // Below the drawing, a legend stands as far from it as before, in pixels and not in shares of its height.
  const below = legend && Number(legend.y) < 0 ? { y: (Number(legend.y) * before.height) / height - 0.04 } : {};
  return {
    ...layout,
    ...axes,
    width: NARROW,
    height: height + more,
    margin: { ...margin, l: left, r: right, t: (margin.t ?? (heading.text ? 48 : 24)) + more },
    ...(heading.text && { title: heading }),
    ...(legend && { legend: { ...legend, ...below, orientation: "h", x: 0 } }),
    ...(annotations && { annotations: annotations.map(each => narrowAnnotation(each, column, column / before.width)) }),
  };
}

function narrowTitle(title: Title | undefined, size: number, room: number) {
  const own = typeof title === "object" ? title : {};
  const text = typeof title === "string" ? title : (title?.text ?? "");
  return { ...own, text: wrapped(text, size, room), font: { ...own.font, size } };
}

function narrowAxis(axis: Axis, isAcross: boolean, room: number): Axis {
  const title = narrowTitle(axis.title, 13, room);
  // Between powers of ten, plotly writes 2 and 5 in three quarters of the size.
  const ticks = axis.type === "log" ? { tickfont: { ...axis.tickfont, size: 14.5 } } : {};
  return { ...axis, ...(title.text && { title }), ...(isAcross && { automargin: true }), ...ticks };
}

/** A label with a pointer is as far from its point as the drawing is smaller; words break where they are too wide. */
function narrowAnnotation(annotation: Annotation, room: number, scale: number): Annotation {
  const words = wrapped(annotation.text ?? "", annotation.font?.size ?? 12, room);
  const pointer =
    typeof annotation.ax === "number" && annotation.axref === undefined ? annotation.ax * scale : undefined;
  return { ...annotation, text: words, ...(pointer !== undefined && { ax: pointer }) };
}

/** Panels side by side, each with axes of its own as high as the drawing, below each other; undefined for all others. */
function stackPanels(layout: Layout): Layout | undefined {
  const xs = axesOf(layout, "x");
  const ys = axesOf(layout, "y");
  const isRow =
    xs.length > 1 &&
    xs.length === ys.length &&
    ys.every(([, { domain = [0, 1], overlaying }]) => !overlaying && domain[0] === 0 && domain[1] === 1) &&
    xs.every(([, { domain }], index) => index === 0 || (domain?.[0] ?? 0) >= (xs[index - 1]?.[1].domain?.[1] ?? 1));
  const isPlaced = [layout.annotations, layout.images, layout.shapes].some(list =>
    list?.some(({ xref, yref }) => xref === "paper" || yref === "paper"),
  );
  if (!isRow || isPlaced) return undefined;
  const gap = 0.16;
  const share = (1 - gap * (xs.length - 1)) / xs.length;
  const stacked = xs.flatMap(([name, axis], index) => {
    const top = 1 - index * (share + gap);
    const [yName = "", yAxis = {}] = ys[index] ?? [];
    return [
      [name, { ...axis, domain: [0, 1] }],
      [yName, { ...yAxis, domain: [Math.max(0, top - share), top] }],
    ];
  });
  return { ...layout, ...Object.fromEntries(stacked) };
}

function axesOf(layout: Layout, letter: "x" | "y"): [string, Axis][] {
  return Object.entries(layout)
    .filter(([name]) => AXIS.test(name) && name.startsWith(letter))
    .sort(([one], [other]) => one.localeCompare(other, "en", { numeric: true })) as [string, Axis][];
}

/** Words in lines that are no wider than there is room, by plotly's mark for a new line. */
export function wrapped(text: string, size: number, room: number): string {
  if (text === "") return "";
  const width = (words: string) => textWidth(words.replace(/<[^>]*>/g, ""), { size, bold: false, italic: false });
  const lines = text.split(/<br\s*\/?>/).flatMap(line => {
    const broken: string[] = [];
    for (const word of line.split(" ")) {
      const last = broken.at(-1);
      if (last !== undefined && width(`${last} ${word}`) <= room) broken[broken.length - 1] = `${last} ${word}`;
      else broken.push(word);
    }
    return broken;
  });
  return lines.join("<br>");
}

type Title = string | { text?: string; font?: { size?: number } };
interface Axis {
  domain?: [number, number];
  overlaying?: string;
  type?: string;
  tickfont?: { size?: number };
  title?: Title;
}
interface Placed {
  xref?: string;
  yref?: string;
}
interface Annotation extends Placed {
  text?: string;
  font?: { size?: number };
  ax?: unknown;
  axref?: string;
}
interface Layout {
  width?: number;
  height?: number;
  title?: Title;
  margin?: { l?: number; r?: number; t?: number; b?: number };
  legend?: { y?: unknown; [name: string]: unknown };
  annotations?: Annotation[];
  images?: Placed[];
  shapes?: Placed[];
}

const AXIS = /^[xy]axis\d*$/;
const NARROW = 340;
/** Pixels: enough for numbers at ticks and the title of an axis. */
const LITTLE = 48;
