import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { type Edition, readEdition } from "../../notebook/editions/index.ts";
import type { Notebook } from "../../notebook/index.ts";
import { writeWhole } from "../../notebook/writeWhole.ts";
import { pageOf } from "../handout.ts";
import { renderLecture } from "../lecture.ts";
import { withoutDeadLinks } from "../site/links.ts";
import { needChromium, printPdf } from "./chromium.ts";
import { printStyle, runningHead } from "./printStyle.ts";

/**
 * Prints the handout of a notebook into a folder, made if need be, and returns the path of the PDF.
 *
 * @throws Error where no Chromium is installed
 */
export async function exportPdf(path: string, out: string, edition: Edition = "student"): Promise<string> {
  const ending = edition === "student" ? ".pdf" : `.${edition}.pdf`;
  const page = await printable(await readEdition(path, edition), path);
  return writePdf(page, join(out, basename(path, ".ipynb") + ending));
}

/** The page of a notebook as it is printed. A PDF has no place that addresses of files could start from: they go. */
export async function printable(notebook: Notebook, source: string): Promise<string> {
  const lecture = await renderLecture(notebook, { source, phones: false });
  const cells = lecture.cells.map(({ cell, content }) => ({ cell, content: withoutDeadLinks(content, new Set()) }));
  return pageOf({ ...lecture, cells }, { style: `${printStyle}${runningHead(lecture.title)}` });
}

/** Prints a page that needs nothing else into a file, which is written whole or not at all. */
export async function writePdf(page: string, target: string): Promise<string> {
  const browser = needChromium();
  const folder = await mkdtemp(join(tmpdir(), "lectern-pdf-"));
  try {
    await writeFile(join(folder, "page.html"), page);
    await printPdf(browser, join(folder, "page.html"), join(folder, "page.pdf"));
    await mkdir(join(target, ".."), { recursive: true });
    await writeWhole(target, await readFile(join(folder, "page.pdf")));
    return target;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
