import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { Html } from "./html.ts";
import { exploreStyle } from "../explore/index.ts";

/** What makes the figures of a page live: scripts for its end, and how its policy names them. */
export interface Program {
  scripts: Html;
  /** The hashes of the scripts, so that the page runs these and no others. */
  sources: string;
  style: Html;
}

/**
 * Plotly and the program that plays figures, to be put into a page.
 *
 * @throws Error where the program has not been built
 */
export async function loadProgram(): Promise<Program> {
  const plotly = createRequire(import.meta.url).resolve("plotly.js/dist/plotly-cartesian.min.js");
  const own = fileURLToPath(new URL("../../dist/page/handout.js", import.meta.url));
  const texts = await Promise.all([
    readFile(plotly, "utf8"),
    readFile(own, "utf8").catch(() => {
      throw new Error(
        `handout: the program of an interactive page must have been built, but ${own} is not there; npm run build:page.`,
      );
    }),
  ]);
  return {
    ...asScripts(texts),
    style: Html.of(`${exploreStyle}
@media screen { figure.alive > :not(.live) { display: none; } }
@media print { figure > .live { display: none; } }
`),
  };
}

/** Programs as they stand at the end of a page, and what its policy knows them by. */
export function asScripts(texts: readonly string[]): Pick<Program, "scripts" | "sources"> {
  const inert = texts.map(text => text.replaceAll("</script", "<\\/script").replaceAll("<!--", "<\\!--"));
  return {
    scripts: Html.of(inert.map(text => `<script>${text}</script>`).join("\n")),
    sources: inert.map(text => `'sha256-${createHash("sha256").update(text).digest("base64")}'`).join(" "),
  };
}
