import {
  EXPLORE,
  type ExploreRecord,
  figureAt,
  nameOf,
  type RecordedFigure,
  readRecord,
  stopInWords,
} from "../explore/index.ts";
import { DrawerEnded } from "./figures/index.ts";
import type { MimeData } from "../notebook/index.ts";
import { type Html, html, joined, NOTHING } from "./html.ts";
import { PLOTLY } from "./moving.ts";

/** Draws a figure as part of a page. */
export type Draw = (figure: RecordedFigure) => Promise<Html>;

/**
 * A figure that moves, at two of its other places, folded away: a text may ask what will come before one looks. On paper
 * and in a page without scripts this is what there is of its moving.
 */
export async function renderStills(data: MimeData, draw: Draw): Promise<Html> {
  const stills: Html[] = [];
  const places: string[] = [];
  for (const { figure, words } of stillsOf(data)) {
    try {
      stills.push(html`<div class="still">${await draw(figure)}<p>${words}</p></div>`);
      places.push(words);
    } catch (error) {
      if (error instanceof DrawerEnded) throw error;
      // Anybody may have written what is stored: a place that cannot be drawn is left out.
    }
  }
  if (!stills.length) return NOTHING;
  return html`<details class="stills"><summary>Moved: ${places.join(" · ")}</summary>\n<div class="still-row">${joined(stills)}</div>\n</details>`;
}

/** A figure at one of its other places, which are said in words. */
interface Still {
  figure: RecordedFigure;
  words: string;
}

export function stillsOf(data: MimeData): Still[] {
  const record = readRecord(data[EXPLORE]);
  const start = data[PLOTLY] as RecordedFigure | undefined;
  if (!record || !Array.isArray(start?.data)) return [];
  return placesOf(record).flatMap(at => {
    const figure = figureIn(record, start, at);
    if (figure === undefined) return [];
    const alt = typeof figure.alt === "string" ? figure.alt : "Figure without a description";
    return [{ figure: { ...figure, alt }, words: inWords(record, at) }];
  });
}

function figureIn(record: ExploreRecord, start: RecordedFigure, at: readonly number[]): RecordedFigure | undefined {
  try {
    return figureAt(record, start, at);
  } catch {
    return undefined;
  }
}

/** Two stored places, those of the first control that has them before those of others, and of a slide its ends. */
function placesOf({ controls, frames }: ExploreRecord): number[][] {
  const others = controls.map((_, moved) =>
    frames
      .filter(({ at }) => controls.every(({ start }, index) => (index === moved) !== (at[index] === start)))
      .map(({ at }) => at)
      .sort((one, other) => (one[moved] ?? 0) - (other[moved] ?? 0)),
  );
  return others.flatMap(ends).slice(0, MOST);
}

function ends(places: number[][]): number[][] {
  return places.length > MOST ? [places[0] as number[], places.at(-1) as number[]] : places;
}

function inWords({ controls }: ExploreRecord, at: readonly number[]): string {
  return controls
    .flatMap((control, index) =>
      at[index] === control.start ? [] : [`${nameOf(control)} at ${stopInWords(control, at[index] ?? 0)}`],
    )
    .join(", ");
}

const MOST = 2;
