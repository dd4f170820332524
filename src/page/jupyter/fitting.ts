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
      t: Math.min(t, 28 + 16 * title.lines),
      b: Math.min(b, 44),
    },
    ...(title.text === undefined
      ? {}
      : { title: { ...title.rest, text: title.text, font: { ...title.font, size: 13 } } }),
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
