import { CLAIM, type Cell, isFailedClaim, type MimeData, type Output, VERDICT } from "../notebook/index.ts";
import { type ClaimRecord, renderClaim, renderFailedClaim } from "./claims.ts";
import { describeOutput, drawAhead, renderDrawing, renderPicture } from "./drawings.ts";
import { type Html, html, joined, NOTHING } from "./html.ts";
import { renderMarkdown } from "./markdown.ts";
import { DrawerEnded, type Figure } from "./figures/index.ts";
import { isOnlyControls, PLOTLY } from "./moving.ts";
import { inPart, noteFor, otherForms } from "./notShown.ts";
import { renderHtml, renderLatex } from "./richText.ts";
import type { OutputTools, Shown } from "./shown.ts";
import { terminalText } from "./terminal.ts";
import { renderVerdict, type VerdictRecord } from "./verdicts.ts";

/** One output of a cell as HTML: of the forms it came in, the one that reads best on paper. */
export async function renderOutput(output: Output, cell: Cell, tools: OutputTools): Promise<Html> {
  switch (output.output_type) {
    case "stream":
      return preformatted(output.name === "stderr" ? "stderr" : "stdout", overwrite(output.text));
    case "error": {
      const told = await preformatted("error", output.traceback.join("\n") || `${output.ename}: ${output.evalue}`);
      return isFailedClaim(output) ? renderFailedClaim(output.evalue, told, tools.page) : told;
    }
    default:
      if (isOnlyControls(output.metadata)) return NOTHING;
      return renderData({ ...output, ...describeOutput(output, cell) }, tools);
  }
}

/** Has the drawings begun that an output will need. */
export function drawOutputAhead(output: Output, cell: Cell, tools: OutputTools): void {
  if (!("data" in output) || isOnlyControls(output.metadata)) return;
  const svg = output.data["image/svg+xml"];
  if (svg !== undefined) drawAhead(String(svg), { ...output, ...describeOutput(output, cell) }, tools);
}

/** A form that cannot be shown must not take the whole handout away: the next stands in its place, with a note. */
async function renderData(output: Shown, tools: OutputTools): Promise<Html> {
  let note = NOTHING;
  for (const [mime, render] of RENDERERS) {
    const content = output.data[mime];
    if (content === undefined) continue;
    try {
      const shown = await render(content, output, tools);
      return joined([note.isEmpty ? otherForms(output.data, mime) : note, shown]);
    } catch (error) {
      if (error instanceof DrawerEnded) throw error;
      if (note.isEmpty) note = noteFor(mime, error as Error);
    }
  }
  return note.isEmpty ? otherForms(output.data) : note;
}

type Render = (content: unknown, output: Shown, tools: OutputTools) => Html | Promise<Html>;

const RENDERERS: readonly (readonly [mime: string, render: Render])[] = [
  [CLAIM, (record, _, { page }) => renderClaim(record as ClaimRecord, page)],
  [VERDICT, verdict => renderVerdict(verdict as VerdictRecord)],
  ["image/svg+xml", (svg, output, tools) => renderDrawing(String(svg), output, tools)],
  [
    PLOTLY,
    async (figure, output, tools) =>
      renderDrawing(await tools.drawer.whole({ ...(figure as Figure), alt: output.alt }), output, tools),
  ],
  ...["image/png", "image/jpeg", "image/gif", "image/webp"].map((mime): [string, Render] => [
    mime,
    (base64, output, { page }) => renderPicture(mime, String(base64), output, page),
  ]),
  ["text/html", (source, _, { page }) => renderHtml(String(source), page)],
  [
    "text/markdown",
    (source, _, { page, extension }) => renderMarkdown(String(source), page, { pictures: {}, extension }),
  ],
  ["text/latex", (source, _, { page }) => renderLatex(String(source), page)],
  ["application/json", (value, { data }) => json(value, data)],
  ["text/plain", text => preformatted("result", String(text))],
];

/** What is beside a table or words in JSON says the same. */
function json(value: unknown, data: MimeData): Promise<Html> {
  if (data["text/plain"] !== undefined && otherForms(data).isEmpty)
    return preformatted("result", String(data["text/plain"]));
  return preformatted("result", JSON.stringify(value, null, 1));
}

async function preformatted(kind: "stdout" | "stderr" | "error" | "result", text: string): Promise<Html> {
  const { part, rest } = inPart(text.trimEnd());
  const shown = html`<pre class="${kind}" tabindex="0">${await terminalText(part)}</pre>`;
  return joined([shown, rest]);
}

/** A carriage return starts the line again: of a progress bar, the last state remains. */
function overwrite(text: string): string {
  return text
    .replace(/\r\n/g, "\n")
    .replace(/^.*\r(?!$)/gm, "")
    .replace(/\r/g, "");
}
