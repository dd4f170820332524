import { EXPLORE, type ExploreRecord, type RecordedFigure, readRecord } from "../explore/index.ts";
import type { MimeData } from "../notebook/index.ts";
import { Html } from "./html.ts";

export const PLOTLY = "application/vnd.plotly.v1+json";

/** Whether an output is only the controls of a figure that moves, which a handout has beside the figure. */
export function isOnlyControls(metadata: Record<string, unknown>): boolean {
  return (metadata.lectern as { explore?: unknown } | undefined)?.explore === "controls";
}

/** The words of the figure that is drawn, without those for what moves. */
export function altOfMoving(data: MimeData, metadata: Record<string, unknown>): string | undefined {
  if (!readRecord(data[EXPLORE])) return undefined;
  const noted = (metadata[PLOTLY] as { alt?: unknown } | undefined)?.alt;
  return typeof noted === "string" ? noted : undefined;
}

/** What the program of an interactive handout needs to draw a figure, as an inert part of the page. */
export function liveData(data: MimeData, alt: string): Html | undefined {
  const figure = data[PLOTLY] as Partial<RecordedFigure> | undefined;
  if (!Array.isArray(figure?.data)) return undefined;
  const written = readRecord(data[EXPLORE]) ? (data[EXPLORE] as unknown as ExploreRecord) : undefined;
  const needed = { data: figure.data, layout: figure.layout ?? {}, alt, ...(written && { [EXPLORE]: written }) };
  // A text in a figure must not end the element.
  const inert = JSON.stringify(needed).replaceAll("<", "\\u003c");
  return Html.of(`<script type="application/json">${inert}</script>`);
}
