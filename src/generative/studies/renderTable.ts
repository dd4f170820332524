import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import writeFileAtomic from "write-file-atomic";
import type { AnyStudy } from "./commandLine.ts";
import { type NllResult, nllTable } from "./nll.ts";

/**
 * Puts the tables of all results that are stored in `folder` between two marks of a Markdown file.
 *
 * Likelihoods of binary images share the first table; every other study has its own, in the order of `studies`.
 *
 * @throws Error where the file lacks the marks
 */
export async function renderTable(file: string, folder: string, studies: readonly AnyStudy[]): Promise<void> {
  const document = await readFile(file, "utf8");
  const [from, to] = [document.indexOf(BEGIN), document.indexOf(END)];
  if (from < 0 || to < from) {
    throw new Error(`${file}: must have ${BEGIN} and ${END} after it, but got none; they say where the table goes.`);
  }
  const likelihoods: NllResult[] = [];
  const tables: string[] = [];
  for (const study of studies) {
    const path = join(folder, `${study.name}.json`);
    if (!existsSync(path)) continue;
    const result = JSON.parse(await readFile(path, "utf8"));
    if ("testNll" in result) likelihoods.push(result);
    else tables.push(`${study.title} (\`npm run study ${study.name}\`):\n\n${study.table(result)}`);
  }
  const table = `${BEGIN}\n${[nllTable(likelihoods), ...tables].join("\n\n")}\n`;
  await writeFileAtomic(file, document.slice(0, from) + table + document.slice(to));
}

const BEGIN = "<!-- studies -->";
const END = "<!-- /studies -->";
