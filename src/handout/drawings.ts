import type { Cell } from "../notebook/index.ts";
import { sanitise } from "./clean/sanitise.ts";
import { toFragment, toHtml } from "./fragment.ts";
import { type Html, html, NOTHING } from "./html.ts";
import { renderCaption } from "./captions.ts";
import { EXPLORE, readRecord } from "../explore/index.ts";
import { type Figure, type Legibility, legibility, PHONE_COLUMN, READABLE } from "./figures/index.ts";
import { altOfMoving, liveData, PLOTLY } from "./moving.ts";
import { assertShowable } from "./notShown.ts";
import type { Page } from "./page.ts";
import { dataAddress } from "./pictures.ts";
import type { OutputTools, Shown } from "./shown.ts";
import { renderStills, stillsOf } from "./stills.ts";

/**
 * A drawing in the page itself, and a second one for phones where its letters would be too small there; of a plotly figure
 * with what makes it live where that is asked for.
 */
export async function renderDrawing(svg: string, { data, alt, caption }: Shown, tools: OutputTools): Promise<Html> {
  assertShowable("A drawing", svg);
  const { page, interactive, drawer, phones } = tools;
  const wide = cleanDrawing(svg, alt, page);
  const figure = data[PLOTLY] as Figure | undefined;
  const legible = legibility(svg);
  const narrow = figure && phones ? await drawer.narrow({ ...figure, alt }, legible) : undefined;
  const forPhones = narrow === undefined ? NOTHING : cleanDrawing(narrow, alt, page, "narrow");
  const live = interactive ? liveData(data, alt) : undefined;
  page.live ||= live !== undefined;
  const kind = `drawing${figure === undefined ? "" : " plotly"}${forPhones.isEmpty ? "" : " has-narrow"}`;
  const mark = live ? html` data-live` : NOTHING;
  const words = renderCaption(data, caption, page);
  // A page that plays the figure has all its places.
  const stills = live
    ? NOTHING
    : await renderStills(data, async still => {
        const small = await drawer.small(still, legible);
        return html`<div class="scrolls"${scrollable(small.legibility, false)}>${cleanDrawing(small.svg, still.alt, page)}</div>`;
      });
  if (!words.isEmpty && readRecord(data[EXPLORE])) page.moving = true;
  return html`<figure class="${kind}"${mark}><div class="scrolls"${scrollable(legible, !(forPhones.isEmpty && phones))}>${wide}${forPhones}</div>${words}${stills}${live ?? NOTHING}</figure>`;
}

/** Has begun what `renderDrawing` will ask for. */
export function drawAhead(
  svg: string,
  { data, alt }: Omit<Shown, "caption">,
  { drawer, interactive, phones }: OutputTools,
): void {
  const figure = data[PLOTLY] as Figure | undefined;
  if (figure === undefined || drawer.ahead === undefined) return;
  const legible = legibility(svg);
  if (phones) drawer.ahead("narrow", { ...figure, alt }, legible);
  if (interactive && liveData(data, alt)) return;
  for (const still of stillsOf(data)) drawer.ahead("small", still.figure, legible);
}

/** A drawing without what could run, by itself in its scope. */
function cleanDrawing(svg: string, alt: string, page: Page, name = ""): Html {
  const scope = page.nextNamespace();
  const fragment = toFragment(svg);
  sanitise(fragment, { ids: `${scope}-`, scope });
  const root = fragment.querySelector("svg");
  root?.setAttribute("role", "img");
  root?.setAttribute("aria-label", alt);
  return html`<div class="${`sheet ${name}`.trimEnd()}" data-scope="${scope}">${toHtml(fragment)}</div>`;
}

/** A drawing that no second one stands in for keeps letters that can be read, and is scrolled, by keys too. */
function scrollable({ width, smallest }: Legibility, hasNarrow: boolean): Html {
  const least = Math.ceil((width * READABLE) / smallest);
  if (hasNarrow || least <= PHONE_COLUMN) return NOTHING;
  return html` style="--least: ${Math.min(least, width)}px" tabindex="0" role="group" aria-label="Figure"`;
}

/** A picture as large as its maker says. */
export function renderPicture(mime: string, base64: string, { alt, caption, data, metadata }: Shown, page: Page): Html {
  assertShowable("A picture", base64);
  const own = { ...metadata, ...(metadata[mime] as object | undefined) } as { width?: unknown; height?: unknown };
  const [width, height] = [own.width, own.height].map(size => (isSize(size) ? Math.round(size) : undefined));
  const size = [width && html` width="${width}"`, height && html` height="${height}"`].filter(
    each => each !== undefined,
  );
  const kind = isCoarse(mime, base64, width) ? "picture coarse" : "picture";
  return html`<figure class="${kind}"><img src="${dataAddress(mime, base64)}" alt="${alt}"${size[0] ?? NOTHING}${size[1] ?? NOTHING}>${renderCaption(data, caption, page)}</figure>`;
}

/** What an output shows, in words: from its own metadata, from the cell's, or from its plain text. */
export function describeOutput(output: Omit<Shown, "alt" | "caption">, cell: Cell): Pick<Shown, "alt" | "caption"> {
  const { data, metadata } = output;
  const noted = ["image/svg+xml", PLOTLY, "image/png", "image/jpeg"].map(
    mime => metadata[mime] as { alt?: unknown } | null | undefined,
  );
  const words = [altOfMoving(data, metadata), ...noted.map(entry => entry?.alt), metadata.alt, cell.metadata.alt];
  const isSaid = (alt: unknown) => typeof alt === "string" && alt.trim() !== "";
  const caption = words.find(isSaid) as string | undefined;
  const plain = isSaid(data["text/plain"]) ? String(data["text/plain"]) : "Figure without a description";
  return { alt: caption ?? plain, caption };
}

function isSize(value: unknown): value is number {
  return typeof value === "number" && value >= 1 && value <= 10_000;
}

/** Whether a picture is one whose pixels are to be seen, as a digit of a data set is, and no photograph or plot. */
function isCoarse(mime: string, base64: string, width: number | undefined): boolean {
  if (mime !== "image/png") return false;
  const head = Buffer.from(base64.slice(0, 48), "base64");
  if (head.length < 24) return false;
  const own = head.readUInt32BE(PNG_WIDTH);
  return own <= 64 || (width !== undefined && width >= 2 * own);
}

/** Where the head of a PNG says how wide it is. */
const PNG_WIDTH = 16;
