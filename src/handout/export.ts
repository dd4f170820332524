import { mkdir } from "node:fs/promises";
import { basename, join } from "node:path";
import { type Edition, readEdition } from "../notebook/editions/index.ts";
import { writeWhole } from "../notebook/writeWhole.ts";
import { type HandoutOptions, renderHandout } from "./handout.ts";

export interface ExportOptions extends Omit<HandoutOptions, "source" | "extension"> {
  /** For whom it is. Default: `"student"` */
  edition?: Edition;
}

/**
 * Writes the handout of a notebook into a folder, made if need be, and returns the path of the page. That with the
 * solutions has another name, so that neither takes the place of the other.
 */
export async function exportHtml(
  path: string,
  out: string,
  { edition = "student", ...options }: ExportOptions = {},
): Promise<string> {
  const extension = edition === "student" ? ".html" : `.${edition}.html`;
  const html = await renderHandout(await readEdition(path, edition), { ...options, source: path, extension });
  await mkdir(out, { recursive: true });
  const target = join(out, basename(path, ".ipynb") + extension);
  await writeWhole(target, html);
  return target;
}
