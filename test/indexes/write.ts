import { existsSync } from "node:fs";
import { join } from "node:path";
import { type Notebook, readNotebook, writeNotebook } from "../../src/notebook/index.ts";
import { folder, questionsFile, slipsFile } from "./lookup.ts";
import { questionsNotebook } from "./questionsNotebook.ts";
import { slipsNotebook } from "./slipsNotebook.ts";

// npm run indexes    writes the notebooks 12 and 13 from slips.ts, questions.ts and traceability.ts
//
// A notebook whose cells stay as they are keeps its outputs. One that changed has none: run it, as is said.
for (const [file, notebook] of [
  [slipsFile, slipsNotebook()],
  [questionsFile, questionsNotebook()],
] as const) {
  const path = join(folder, file);
  if (existsSync(path) && sourcesOf(await readNotebook(path)) === sourcesOf(notebook)) {
    console.log(`${file}: as it was`);
  } else {
    await writeNotebook(path, notebook);
    console.log(`${file}: written; now npx lectern run notebooks/${file} --write`);
  }
}

function sourcesOf({ cells }: Notebook): string {
  return JSON.stringify(cells.map(({ id, cell_type, source, metadata }) => [id, cell_type, source, metadata]));
}
