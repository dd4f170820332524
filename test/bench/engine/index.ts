import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { availableParallelism, cpus, release, tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { assertAgreement } from "./agreement.ts";
import { writeArrays } from "./arrays.ts";
import { Worker } from "./engine.ts";
import { engineNames, findEngines } from "./engines.ts";
import { takeTurns, type Turn } from "./rounds.ts";
import { markdown, quantile, summarize } from "./table.ts";
import { workloads } from "./workloads.ts";

// `npm run bench:engine -- [--workloads abcdef] [--rounds 7] [--seconds 0.4] [--patience 4] [--engines compiled,torch,jax] [--json FILE]`:
// training steps by lectern and its peers in one run, in turns, as a Markdown table.
const { values } = parseArgs({
  options: {
    workloads: { type: "string", default: Object.keys(workloads).join("") },
    rounds: { type: "string", default: "7" },
    seconds: { type: "string", default: "0.4" },
    patience: { type: "string", default: "4" },
    engines: { type: "string", default: engineNames.join(",") },
    json: { type: "string" },
  },
});
const plan = {
  workloads: [...values.workloads],
  rounds: Number(values.rounds),
  seconds: Number(values.seconds),
  patience: Number(values.patience),
};
const folder = mkdtempSync(join(tmpdir(), "lectern-bench-"));
const workers: Worker[] = [];
try {
  writeArrays(folder);
  const { engines, lacks } = findEngines(folder, values.engines.split(","));
  for (const sentence of lacks) console.error(`bench:engine: without ${sentence}`);
  const versions: { name: string; version: string }[] = [];
  for (const engine of engines) {
    const { worker, version } = await Worker.start(engine);
    workers.push(worker);
    versions.push({ name: engine.name, version });
  }
  for (const workload of plan.workloads) {
    const losses = await assertAgreement(workers, workload);
    console.error(`${workload}: all begin with ${losses.map(loss => loss.toFixed(3)).join(", ")}`);
  }
  const turns: Turn[] = [];
  for await (const turn of takeTurns(workers, plan)) {
    turns.push(turn);
    tell(`${turn.workload}, round ${turn.round} of ${plan.rounds}: ${turn.engine}`);
  }
  tell("");
  const first = (engines[0] as { name: string }).name;
  const results = summarize(turns, first);
  const titles = Object.fromEntries(Object.entries(workloads).map(([letter, { title }]) => [letter, title]));
  const conditions = conditionsOf(turns);
  console.log(`${markdown(results, versions, titles)}\n\n${conditions}`);
  if (values.json !== undefined) {
    writeFileSync(values.json, JSON.stringify({ conditions, engines: versions, lacks, turns }, undefined, 1));
  }
} finally {
  for (const worker of workers) worker.stop();
  rmSync(folder, { recursive: true, force: true });
}

/** The facts by which a reader judges the numbers. */
function conditionsOf(turns: readonly Turn[]): string {
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
