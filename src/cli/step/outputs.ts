import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { CLAIM, type MimeData, type Output, toldOf } from "../../notebook/index.ts";

/**
 * Output as text: streams and values as they are, claims with their mark, figures in words with a link to the SVG; of
 * an error what the output `before` has not told of it.
 */
export async function renderOutput(output: Output, figures: FigureFolder, before?: MimeData): Promise<string> {
  if (output.output_type === "stream") return output.text;
  if (output.output_type === "error") return errorText(output, before);
  const { data } = output;
  const claim = data[CLAIM] as { text: string; holds: boolean } | undefined;
  if (claim) return `${claim.holds ? "✓" : "✗"} ${claim.text}\n`;
  const words = String(data["text/plain"] ?? "");
  const link = await figures.save(output);
  if (link !== undefined) return `▣ ${words}\n  ${link}\n`;
  return words === "" ? "" : `${words}\n`;
}

function errorText(error: Extract<Output, { output_type: "error" }>, before: MimeData | undefined): string {
  const told = toldOf(error, before);
  if (told === "all") return "";
  return told === "part" ? `  ${error.evalue}\n` : `${error.traceback.join("\n")}\n`;
}

/** Where the figures of a session are written, so that a viewer can show them. */
export class FigureFolder {
  #count = 0;

  constructor(readonly folder: string) {}

  /** The address of the drawing; undefined for what is no figure, or cannot be drawn. */
  async save(output: Extract<Output, { data: unknown }>): Promise<string | undefined> {
    const isPlotly = output.data["application/vnd.plotly.v1+json"] !== undefined;
    if (!isPlotly && output.data["image/svg+xml"] === undefined) return undefined;
    // It takes long to load, and not every cell draws.
    const { withDrawing } = await import("../../handout/index.ts");
    const drawn = await withDrawing(output).catch(() => output);
    const svg = drawn.data["image/svg+xml"];
    if (typeof svg !== "string") return undefined;
    mkdirSync(this.folder, { recursive: true });
    const file = join(this.folder, `figure-${++this.#count}.svg`);
    writeFileSync(file, svg);
    return pathToFileURL(file).href;
  }
}
