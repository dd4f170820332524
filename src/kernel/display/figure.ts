import { types } from "node:util";
import type { Bundle } from "./bundle.ts";

/** A plotly figure: traces and layout, and optionally what it shows in words. */
export interface FigureLike {
  data: unknown[];
  layout: object;
  config?: object;
  alt?: string;
}

export const plotlyType = "application/vnd.plotly.v1+json";

export function isFigure(value: unknown): value is FigureLike {
  if (typeof value !== "object" || value === null) return false;
  const { data, layout } = value as Partial<FigureLike>;
  return Array.isArray(data) && typeof layout === "object" && layout !== null && !Array.isArray(layout);
}

/** The figure for a plotly renderer, and its words for everything else. */
export function figureBundle({ data, layout, config, alt }: FigureLike): Bundle {
  const figure = { data: plain(data), layout: plain(layout), ...(config ? { config: plain(config) } : {}) };
  const words = typeof alt === "string" ? alt : "plotly figure";
  const metadata = typeof alt === "string" ? { [plotlyType]: { alt } } : {};
  return { data: { [plotlyType]: figure, "text/plain": words }, metadata };
}

/**
 * The value as JSON can hold it. A typed array becomes an array: JSON would make an object of it,
 * which plotly draws, without a word, as 0, 1, 2 ….
 */
function plain(value: unknown): unknown {
  // Float32 holds seven digits; the others are noise that would make the file three times longer.
  if (value instanceof Float32Array) return Array.from(value, each => plain(Number(each.toPrecision(7))));
  if (ArrayBuffer.isView(value) && !(value instanceof DataView)) {
    return Array.from(value as unknown as ArrayLike<number | bigint>, plain);
  }
  if (typeof value === "bigint") return Number(value);
  if (typeof value === "number") return Number.isFinite(value) ? value : null;
  if (Array.isArray(value)) return value.map(each => plain(each) ?? null);
  if (types.isDate(value)) return value.toISOString();
  if (typeof value === "function" || typeof value === "symbol") return undefined;
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).map(([key, each]) => [key, plain(each)] as const);
  return Object.fromEntries(entries.filter(([, each]) => each !== undefined));
}
