import { inspect } from "node:util";
import type { Bundle } from "./bundle.ts";
import { figureBundle, isFigure } from "./figure.ts";
import { isTensor, tensorText } from "./tensor.ts";

/**
 * How the value of a cell is shown: as it says itself, as a figure, as a tensor, or as node's console would.
 *
 * An object says itself through a method named `Symbol.for("Jupyter.display")` that returns MIME
 * types to content, or a promise of it.
 */
export async function bundleOf(value: unknown): Promise<Bundle> {
  const own = await ownBundle(value);
  if (own) return own;
  if (isFigure(value)) return figureBundle(value);
  if (isTensor(value)) return { data: { "text/plain": tensorText(value) }, metadata: {} };
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
  const display = (value as Record<symbol, unknown>)[ownDisplay];
  if (typeof display !== "function") return undefined;
  const data: unknown = await display.call(value);
  if (typeof data !== "object" || data === null) return undefined;
  const encoded = Object.entries(data).map(([type, content]) => [
    type,
    content instanceof Uint8Array ? encodeContent(content) : content,
  ]);
  return { data: Object.fromEntries(encoded), metadata: {} };
}

function inspectText(value: unknown): string {
  return inspect(value, { depth: 4, colors: false, maxArrayLength: 100, maxStringLength: 10_000, breakLength: 100 });
}
