import { mkdir } from "node:fs/promises";
import { basename, join } from "node:path";
import writeFileAtomic from "write-file-atomic";
import { readNotebook } from "../notebook/index.ts";
import { renderHandout } from "./handout.ts";

/** Writes the handout of a notebook into a folder, made if need be, and returns the path of the page. */
export async function exportHtml(path: string, out: string): Promise<string> {
  const html = await renderHandout(await readNotebook(path), { source: path });
  await mkdir(out, { recursive: true });
  const target = join(out, `${basename(path, ".ipynb")}.html`);
  await writeFileAtomic(target, html);
  return target;
}
