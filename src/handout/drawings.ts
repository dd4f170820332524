import type { Cell } from "../notebook/index.ts";
import { sanitise } from "./clean/sanitise.ts";
import { toFragment, toHtml } from "./fragment.ts";
import { type Html, html, NOTHING } from "./html.ts";
import { altOfMoving, liveData, movesCaption, PLOTLY } from "./moving.ts";
import { assertShowable } from "./notShown.ts";
import { dataAddress } from "./pictures.ts";
import type { OutputTools, Shown } from "./shown.ts";

/** A drawing in the page itself; of a plotly figure, with what makes it live where that is asked for. */
export function renderDrawing(svg: string, { data, alt }: Shown, { page, interactive }: OutputTools): Html {
  assertShowable("A drawing", svg);
  const scope = page.nextNamespace();
  const fragment = toFragment(svg);
  sanitise(fragment, { ids: `${scope}-`, scope });
  const root = fragment.querySelector("svg");
  root?.setAttribute("role", "img");
  root?.setAttribute("aria-label", alt);
  const live = interactive ? liveData(data, alt) : undefined;
  page.live ||= live !== undefined;
  const kind = data[PLOTLY] === undefined ? "drawing" : "drawing plotly";
  const mark = live ? html` data-live` : NOTHING;
  return html`<figure class="${kind}" data-scope="${scope}"${mark}>${toHtml(fragment)}${movesCaption(data)}${live ?? NOTHING}</figure>`;
}

/** A picture as large as its maker says. */
export function renderPicture(mime: string, base64: string, { alt, metadata }: Shown): Html {
  assertShowable("A picture", base64);
  const own = { ...metadata, ...(metadata[mime] as object | undefined) } as { width?: unknown; height?: unknown };
  const [width, height] = [own.width, own.height].map(size => (isSize(size) ? Math.round(size) : undefined));
  const size = [width && html` width="${width}"`, height && html` height="${height}"`].filter(
    each => each !== undefined,
  );
  const kind = isCoarse(mime, base64, width) ? "picture coarse" : "picture";
  return html`<figure class="${kind}"><img src="${dataAddress(mime, base64)}" alt="${alt}"${size[0] ?? NOTHING}${size[1] ?? NOTHING}></figure>`;
}

/** What an output shows, in words: from its own metadata, from the cell's, or from its plain text. */
export function describeOutput({ data, metadata }: Omit<Shown, "alt">, cell: Cell): string {
  const noted = ["image/svg+xml", PLOTLY, "image/png", "image/jpeg"].map(
    mime => metadata[mime] as { alt?: unknown } | null | undefined,
  );
  const words = [
    altOfMoving(data, metadata),
    ...noted.map(entry => entry?.alt),
    metadata.alt,
    cell.metadata.alt,
    data["text/plain"],
  ];
  return (
    (words.find(alt => typeof alt === "string" && alt.trim() !== "") as string | undefined) ??
    "Figure without a description"
  );
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
