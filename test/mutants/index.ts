import { availableParallelism } from "node:os";
import { parseArgs } from "node:util";
import { curated } from "./curated.ts";
import { rooms } from "./rooms.ts";
import { type Tested, test } from "./systematic.ts";
import { type Tally, table, tally } from "./table.ts";

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
const tallies = new Map<string, Tally & { seconds: number }>();
for (const name of chosen) {
  if (name === "curated") {
    alive += curated(words);
    continue;
  }
  const start = Date.now();
  const tested: Tested[] = [];
  for await (const some of test(name, { words, force: values.force, concurrency: Number(values.concurrency) })) {
    report(tally(some));
    tested.push(...some);
  }
  if (tested.length === 0) continue;
  const result = tally(tested);
  tallies.set(name, { ...result, seconds: (Date.now() - start) / 1000 });
  alive += result.alive.length;
}
if (tallies.size > 0) console.log(`\n${table(tallies)}`);
process.exitCode = alive === 0 ? 0 : 1;

/** What asks for a test, or for a line in equivalent.ts. */
function report({ alive, contradicted }: Tally): void {
  for (const { file, line, from, to, status } of alive) {
    const fate = { NoCoverage: "unreached", Survived: "survived" }[status as string] ?? "untested";
    console.log(`${fate}  ${file}:${line}\n  ${short(from)}\n  ${short(to)}`);
  }
  for (const { file, line, to } of contradicted) {
    console.log(`killed, but said to be equivalent: ${file}:${line} ${to}`);
  }
}

function short(text: string): string {
  return text.length > 160 ? `${text.slice(0, 120)} … ${text.slice(-38)}` : text;
}
