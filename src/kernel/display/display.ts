import { attempt } from "../errors/attempt.ts";
import type { Bundle } from "./bundle.ts";
import { type ExploreLike, exploreBundle, isExplore } from "./explore.ts";
import { figureBundle, isFigure } from "./figure.ts";
import { inspectSafely } from "./inspectSafely.ts";
import { pictureBundle } from "./picture.ts";
import { tableBundle } from "./table.ts";
import { isTensor, tensorText } from "./tensor.ts";

/**
 * How the value of a cell is shown: as it says itself, as a figure, one that moves, a tensor, a picture or a table, or
 * as node's console would.
 *
 * An object says itself through a method named `Symbol.for("Jupyter.display")` that returns MIME
 * types to content, or a promise of it; what it throws is the cell's error. What a value is taken for is another
 * matter: one that throws where it is looked at is shown as node's console shows it.
 */
export async function bundleOf(value: unknown): Promise<Bundle> {
  const own = await ownBundle(value);
  if (own) return own;
  return attempt(() => isExplore(value), false) ? exploreBundle(value as ExploreLike) : bundleNow(value);
}

/** The same without what a value says itself, which may take its time. */
export function bundleNow(value: unknown): Bundle {
  return attempt(() => knownBundle(value), undefined) ?? plainBundle(value);
}

function knownBundle(value: unknown): Bundle | undefined {
  if (isFigure(value)) return figureBundle(value);
  if (isTensor(value)) return { data: { "text/plain": tensorText(value) }, metadata: {} };
  return pictureBundle(value) ?? tableBundle(value, inspectText);
}

function plainBundle(value: unknown): Bundle {
  return { data: { "text/plain": inspectText(value) }, metadata: {} };
}

/** Bytes become base64, as Jupyter carries them. */
export function encodeContent(content: string | Uint8Array): string {
  if (typeof content === "string") return content;
  return Buffer.from(content.buffer, content.byteOffset, content.byteLength).toString("base64");
}

const ownDisplay = Symbol.for("Jupyter.display");

async function ownBundle(value: unknown): Promise<Bundle | undefined> {
  if ((typeof value !== "object" && typeof value !== "function") || value === null) return undefined;
  const display = attempt(() => (value as Record<symbol, unknown>)[ownDisplay], undefined);
  if (typeof display !== "function") return undefined;
  const data: unknown = await display.call(value);
  // A Proxy may answer to any name.
  if (typeof data !== "object" || data === null || !Object.keys(data).every(type => type.includes("/")))
    return undefined;
  const encoded = Object.entries(data).map(([type, content]) => [
    type,
    content instanceof Uint8Array ? encodeContent(content) : content,
  ]);
  return { data: Object.fromEntries(encoded), metadata: {} };
}

function inspectText(value: unknown): string {
  return inspectSafely(value, { depth: 4, maxArrayLength: 100, maxStringLength: 10_000, breakLength: 100 });
}
