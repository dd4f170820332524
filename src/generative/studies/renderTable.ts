import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import writeFileAtomic from "write-file-atomic";
import { type IwaeResult, iwaeTable } from "./iwaeResult.ts";
import { type NllResult, nllTable } from "./nll.ts";

/**
 * Puts the tables of all likelihoods of binary images that are stored in `folder` between two marks of a Markdown file.
 *
 * @throws Error where the file lacks the marks
 */
export async function renderTable(file: string, folder: string): Promise<void> {
  const names = (await readdir(folder)).filter(name => name.endsWith(".json")).sort();
  const texts = await Promise.all(names.map(name => readFile(join(folder, name), "utf8")));
  const stored = texts.map(text => JSON.parse(text) as object);
  const results = stored.filter((result): result is NllResult => "testNll" in result);
  const document = await readFile(file, "utf8");
  const [from, to] = [document.indexOf(BEGIN), document.indexOf(END)];
  if (from < 0 || to < from) {
    throw new Error(`${file}: must have ${BEGIN} and ${END} after it, but got none; they say where the table goes.`);
  }
  const bounds = stored.filter((result): result is IwaeResult => "name" in result && result.name === "iwae");
  const tables = [nllTable(results), ...bounds.map(iwaeTable)];
  const table = `${BEGIN}\n${tables.join("\n\n")}\n`;
  await writeFileAtomic(file, document.slice(0, from) + table + document.slice(to));
}

const BEGIN = "<!-- studies -->";
const END = "<!-- /studies -->";
