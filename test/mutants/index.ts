import { availableParallelism } from "node:os";
import { parseArgs } from "node:util";
import { curated } from "./curated.ts";
import { rooms } from "./rooms.ts";
import { test } from "./systematic.ts";
import { table, tally } from "./table.ts";

// npm run mutants                           every room, and those that were chosen by hand
// npm run mutants exact data                these rooms
// npm run mutants exact logSumExp.ts        the files of the room whose path holds the word
// npm run mutants curated em.ts             of those chosen by hand, the ones of a file
// npm run mutants -- --force exact          also what is known from an earlier run
// npm run mutants -- --concurrency 2 exact  in two processes
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    force: { type: "boolean", default: false },
    concurrency: { type: "string", default: `${availableParallelism()}` },
  },
});
const known = ["curated", ...Object.keys(rooms)];
const named = positionals.filter(word => known.includes(word));
const words = positionals.filter(word => !known.includes(word));
const chosen = named.length > 0 ? named : known;

let alive = 0;
const tallies = new Map<string, ReturnType<typeof tally> & { seconds: number }>();
for (const name of chosen) {
  if (name === "curated") {
    alive += curated(words);
    continue;
  }
  const start = Date.now();
  const result = tally(await test(name, { words, force: values.force, concurrency: Number(values.concurrency) }));
  if (result.mutants === 0) continue;
  tallies.set(name, { ...result, seconds: (Date.now() - start) / 1000 });
  for (const { file, line, from, to, status } of result.alive) {
    console.log(
      `${status === "NoCoverage" ? "unreached" : "survived"}  ${file}:${line}\n  ${short(from)}\n  ${short(to)}`,
    );
  }
  for (const { file, line, to } of result.contradicted)
    console.log(`killed, but said to be equivalent: ${file}:${line} ${to}`);
  alive += result.alive.length;
}
if (tallies.size > 0) console.log(`\n${table(tallies)}`);
process.exitCode = alive === 0 ? 0 : 1;

function short(text: string): string {
  return text.length > 160 ? `${text.slice(0, 120)} … ${text.slice(-38)}` : text;
}
