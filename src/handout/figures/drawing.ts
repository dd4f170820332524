import type { MimeData } from "../../notebook/index.ts";
import { type Figure, renderFigure } from "./render.ts";

const plotly = "application/vnd.plotly.v1+json";
const svg = "image/svg+xml";

/** What an output shows, with its metadata. */
export interface Shown {
  data: MimeData;
  metadata: Record<string, unknown>;
}

/** Whether this is a plotly figure without a static drawing. */
function wantsDrawing(data: MimeData): boolean {
  return data[plotly] !== undefined && data[svg] === undefined;
}

/**
 * A plotly figure with a static drawing beside it, for readers that have no plotly; its alt text is the figure's words.
 *
 * @throws TypeError for a figure that cannot be drawn
 */
export async function withDrawing({ data, metadata }: Shown): Promise<Shown> {
  if (!wantsDrawing(data)) return { data, metadata };
  const alt = String(data["text/plain"] ?? "figure");
  const drawing = await renderFigure({ ...(data[plotly] as unknown as Figure), alt });
  return { data: { ...data, [svg]: drawing }, metadata: { ...metadata, [svg]: { alt } } };
}
