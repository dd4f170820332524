import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { availableParallelism, cpus, release, tmpdir } from "node:os";
import { join } from "node:path";
import { assertAgreement } from "./agreement.ts";
import { writeArrays } from "./arrays.ts";
import { Worker } from "./engine.ts";
import { findEngines } from "./engines.ts";
import { type Options, parseOptions, USAGE } from "./options.ts";
import { takeTurns, type Turn } from "./rounds.ts";
import { runCommand } from "../command.ts";
import { markdown, quantile, summarize } from "./table.ts";
import { workloads } from "./workloads.ts";

// `npm run bench:engine`: training steps by lectern and its peers in one run, in turns, as a Markdown table.
const folder = mkdtempSync(join(tmpdir(), "lectern-bench-"));
const workers: Worker[] = [];
try {
  await runCommand({ parse: parseOptions, usage: USAGE, measure });
} finally {
  for (const worker of workers) worker.stop();
  rmSync(folder, { recursive: true, force: true });
}

async function measure(options: Options): Promise<void> {
  writeArrays(folder);
  const { engines, lacks } = findEngines(folder, options.engines);
  for (const sentence of lacks) console.error(`bench:engine: without ${sentence}`);
  const [first] = engines;
  if (first === undefined)
    throw new RangeError("bench:engine: at least one engine must be here, but got none; see above");
  const versions: { name: string; version: string }[] = [];
  for (const engine of engines) {
    const { worker, version } = await Worker.start(engine);
    workers.push(worker);
    versions.push({ name: engine.name, version });
  }
  for (const workload of options.workloads) {
    const losses = await assertAgreement(workers, workload);
    console.error(`${workload}: all begin with ${losses.map(loss => loss.toFixed(3)).join(", ")}`);
  }
  const turns: Turn[] = [];
  for await (const turn of takeTurns(workers, options)) {
    turns.push(turn);
    tell(`${turn.workload}, round ${turn.round} of ${options.rounds}: ${turn.engine}`);
  }
  tell("");
  const results = summarize(turns, first.name);
  const titles = Object.fromEntries(Object.entries(workloads).map(([letter, { title }]) => [letter, title]));
  const conditions = conditionsOf(turns, options);
  console.log(`${markdown(results, versions, titles)}\n\n${conditions}`);
  if (options.json !== undefined) {
    writeFileSync(options.json, JSON.stringify({ conditions, engines: versions, lacks, turns }, undefined, 1));
  }
}

/** The facts by which a reader judges the numbers. */
function conditionsOf(turns: readonly Turn[], plan: Options): string {
  const others = turns.map(turn => turn.others);
  return [
    `Behind each time, how many times lectern's it is: above 1, lectern is faster.`,
    `${plan.rounds} rounds in turns of ${plan.seconds} s or more, each engine in a process of its own; the ratio is the median over the rounds.`,
    `Other processes used ${percent(quantile(others, 0.5))} of a core in the median turn, ${percent(Math.max(...others))} in the worst.`,
    `${availableParallelism()} cores, ${cpus()[0]?.model.trim()}, ${process.platform} ${release()}, Node ${process.versions.node}.`,
  ].join(" ");
}

function percent(share: number): string {
  return `${(100 * share).toFixed(0)} %`;
}

function tell(text: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${text}`);
}
