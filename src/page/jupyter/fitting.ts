type Layout = Record<string, unknown>;

/**
 * The layout of a figure for a place that may be narrower than the figure was made for: it takes the place's width,
 * and where that is small its margins shrink, its title breaks and its legend goes below, so that axes stay legible.
 */
export function fitted(layout: Layout, width: number): Layout {
  const { width: made, ...rest } = layout;
  if (width >= NARROW) return made === undefined || Number(made) <= width ? layout : { ...rest, autosize: true };
  const { l = 80, r = 80, t = 100, b = 80, ...margin } = (layout.margin ?? {}) as Record<string, number>;
  const title = titleOf(layout, width);
  const isLegendShown = layout.showlegend !== false;
  return {
    ...rest,
    autosize: true,
    margin: {
      ...margin,
      l: Math.min(l, 46),
      r: Math.min(r, 10),
      t: roomAbove(t, 28 + 16 * title.lines, isTold(layout), title.lines),
      b: Math.min(b, 44),
    },
    ...(title.text === undefined
      ? {}
      : { title: { ...title.rest, text: title.text, font: { ...title.font, size: 13 } } }),
    ...(Array.isArray(layout.annotations) && {
      annotations: (layout.annotations as Annotation[]).map(each => narrowNote(each, width)),
    }),
    ...(isLegendShown && {
      legend: {
        ...(layout.legend as object),
        orientation: "h",
        x: 0,
        xanchor: "left",
        y: -0.24,
        yanchor: "top",
        font: { size: 11 },
      },
    }),
    ...Object.fromEntries(
      Object.entries(layout).flatMap(([name, axis]) => (AXIS.test(name) ? [[name, narrowAxis(axis)]] : [])),
    ),
  };
}

/** What stands above the plot keeps its room, and a title in several lines gets what it needs. */
function roomAbove(made: number, needed: number, isTold: boolean, lines: number): number {
  if (isTold) return Math.max(made, needed);
  return lines > 1 ? needed : Math.min(made, needed);
}

interface Annotation {
  text?: string;
  font?: { size?: number };
  xref?: string;
  yref?: string;
  y?: number;
}

/** Whether there are words between the title and the plot. */
function isTold({ annotations }: Layout): boolean {
  return Array.isArray(annotations) && annotations.some(({ yref, y = 0 }: Annotation) => yref === "paper" && y > 1);
}

/** Words that stand across the figure break; those at a point of it are short. */
function narrowNote(note: Annotation, width: number): Annotation {
  if (note.xref !== "paper" || note.text === undefined) return note;
  const most = Math.floor((width - 56) / (0.55 * (note.font?.size ?? 12)));
  const lines = note.text.split("<br>").flatMap(line => broken(line, most));
  return { ...note, text: lines.join("<br>") };
}

/** Room for its numbers, however long they are. */
function narrowAxis(axis: unknown): object {
  const { title, ...rest } = axis as { title?: unknown };
  const text = textOf(title);
  return {
    ...rest,
    automargin: true,
    nticks: 5,
    ...(text === undefined ? {} : { title: { ...(title as object), text, font: { size: 11 }, standoff: 6 } }),
  };
}

function titleOf({ title }: Layout, width: number) {
  const text = textOf(title);
  const { font, ...rest } = (typeof title === "object" ? title : {}) as { font?: object };
  const lines = text === undefined ? [] : broken(text, Math.floor(width / 7.5));
  return { text: text === undefined ? undefined : lines.join("<br>"), lines: lines.length, font, rest };
}

function textOf(title: unknown): string | undefined {
  const text = typeof title === "object" && title !== null ? (title as { text?: unknown }).text : title;
  return typeof text === "string" && text !== "" ? text : undefined;
}

/** A text in lines of at most so many letters, where its words allow it. */
function broken(text: string, most: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(/<br>|\s+/)) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= most) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}

const AXIS = /^[xy]axis\d*$/;

/** In pixels. */
const NARROW = 480;
