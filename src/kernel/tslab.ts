import { randomUUID } from "node:crypto";
import { createRequire } from "node:module";
import { encodeContent } from "./display/display.ts";

/** Shows content of one MIME type each. */
export interface Display {
  javascript(s: string): void;
  html(s: string): void;
  markdown(s: string): void;
  latex(s: string): void;
  svg(s: string): void;
  png(b: Uint8Array): void;
  jpeg(b: Uint8Array): void;
  gif(b: Uint8Array): void;
  pdf(b: Uint8Array): void;
  text(s: string): void;
  raw(contentType: string, b: string | Uint8Array): void;
}

/** Shows content below the cell. The same calls as in tslab, so that notebooks written for it run. */
export const display: Display = displayWith(undefined);

/** A display that fills one place: the second call replaces what the first showed, from whatever cell. */
export function newDisplay(): Display {
  return displayWith(randomUUID());
}

/** The version of tslab whose display calls these are, and what runs them. */
export const versions: { tslab: string; typescript: string; node: string } = {
  tslab: "1.0.22",
  typescript: createRequire(import.meta.url)("typescript/package.json").version,
  node: process.version,
};

type Show = (bundle: { data: Record<string, unknown> }, displayId?: string) => void;

function displayWith(displayId: string | undefined): Display {
  const raw = (contentType: string, content: string | Uint8Array): void => {
    const show = (globalThis as { [name: symbol]: Show | undefined })[Symbol.for("lectern.display")];
    if (!show)
      throw new Error(
        "tslab.display: must be called from a notebook cell, but no kernel is running here; open the notebook with lectern.",
      );
    show({ data: { [contentType]: encodeContent(content) } }, displayId);
  };
  return {
    javascript: s => raw("text/javascript", s),
    html: s => raw("text/html", s),
    markdown: s => raw("text/markdown", s),
    latex: s => raw("text/latex", s),
    svg: s => raw("image/svg+xml", s),
    png: b => raw("image/png", b),
    jpeg: b => raw("image/jpeg", b),
    gif: b => raw("image/gif", b),
    pdf: b => raw("application/pdf", b),
    text: s => raw("text/plain", s),
    raw,
  };
}
