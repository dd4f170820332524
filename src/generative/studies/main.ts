import { mkdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import writeFileAtomic from "write-file-atomic";
import { chooseBackend } from "../../engine/index.ts";
import { flowMnist } from "./flowMnist.ts";
import { flows } from "./flows.ts";
import { made } from "./made.ts";
import { pixelCnn } from "./pixelCnn.ts";
import { renderTable } from "./renderTable.ts";
import type { Study, Target } from "./study.ts";

// `npm run study flows` trains, and writes data/studies/flows.json and the table in the README; `npm run study flows steps=200` tries something
// and writes beside its checkpoints only. Cut off and started again unchanged, a study goes on where it was.
const studies = [made, pixelCnn, flows, flowMnist] as unknown as Study<{ name: string; target: Target }>[];

const [name = "", ...pairs] = process.argv.slice(2);
const study = studies.find(each => each.name === name);
const overrides = Object.fromEntries(pairs.map(pair => [pair.split("=")[0], Number(pair.split("=")[1])]));
if (study === undefined || Object.values(overrides).some(value => !Number.isFinite(value))) {
  const names = studies.map(({ name }) => name).join(", ");
  console.error(
    `study: name one of ${names}, then settings as steps=200, but got ${[name, ...pairs].join(" ") || "nothing"}`,
  );
  process.exitCode = 2;
} else {
  await chooseBackend();
  const checkpoints = resolve(".lectern/studies", pairs.join(",") || "own");
  const result = await study.run({ checkpoints, overrides, onProgress: line => console.log(`${name}: ${line}`) });
  const folder = pairs.length > 0 ? checkpoints : resolve("data/studies");
  await mkdir(folder, { recursive: true });
  await writeFileAtomic(join(folder, `${name}.json`), `${JSON.stringify(result, null, 1)}\n`);
  if (pairs.length === 0) await renderTable(resolve("README.md"), folder);
  console.log(study.table(result));
  console.log(`${result.target.reached ? "reached" : "missed"}: ${result.target.why}`);
  process.exitCode = result.target.reached ? 0 : 1;
}
