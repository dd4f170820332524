import { mkdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import writeFileAtomic from "write-file-atomic";
import { chooseBackend } from "../../engine/index.ts";
import { type AnyStudy, type Command, parseCommand } from "./commandLine.ts";
import { renderTable } from "./renderTable.ts";
import { studies } from "./studies.ts";

// `npm run study flows` trains, and writes data/studies/flows.json and the table in the README; `npm run study flows
// steps=200` tries something and writes beside its checkpoints only; `npm run study` says what there is.
const words = process.argv.slice(2);
const command = parse();
if (typeof command === "string") {
  console.error(command);
  process.exitCode = 2;
} else if ("help" in command) {
  console.log(command.help);
  // Without a name, nothing was done.
  process.exitCode = words.length > 0 ? 0 : 2;
} else {
  await run(command.study, command.overrides);
}

/** What is asked for, or a sentence on what is wrong with it. */
function parse(): Command | string {
  try {
    return parseCommand(words, studies);
  } catch (error) {
    return (error as RangeError).message;
  }
}

async function run(study: AnyStudy, overrides: Record<string, number>): Promise<void> {
  const { name } = study;
  const pairs = Object.entries(overrides).map(pair => pair.join("="));
  await chooseBackend();
  const checkpoints = resolve(".lectern/studies", pairs.join(",") || "own");
  const weights = pairs.length > 0 ? checkpoints : resolve("data/weights");
  const onProgress = (line: string) => console.log(`${name}: ${line}`);
  const result = await study.run({ checkpoints, weights, overrides, onProgress });
  const folder = pairs.length > 0 ? checkpoints : resolve("data/studies");
  await mkdir(folder, { recursive: true });
  await writeFileAtomic(join(folder, `${name}.json`), `${JSON.stringify(result, null, 1)}\n`);
  if (pairs.length === 0) await renderTable(resolve("README.md"), folder, studies);
  console.log(study.table(result));
  console.log(`${result.target.reached ? "reached" : "missed"}: ${result.target.why}`);
  process.exitCode = result.target.reached ? 0 : 1;
}
