import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { Stryker } from "@stryker-mutator/core";
import type { MutantResult } from "@stryker-mutator/api/core";
import { changeOf } from "./change.ts";
import { type Drawn, draw } from "./draw.ts";
import { type Room, rooms, sample } from "./rooms.ts";
import { notDrawn, sampled } from "./undrawn.ts";

export const root = resolve(import.meta.dirname, "../..");

export interface Options {
  /** Only files whose path holds one of these words; all where there are none. */
  words: readonly string[];
  /** Tests again what is known from an earlier run. */
  force: boolean;
  /** Processes at a time. */
  concurrency: number;
}

export interface Tested {
  file: string;
  line: number;
  from: string;
  to: string;
  status: MutantResult["status"];
}

/**
 * Tests the mutants of a room with StrykerJS, some files at a time, and keeps the results in `.lectern/mutants`.
 *
 * A later run tests again what changed: the mutated lines, or the files of the tests that reach them. It does not see
 * that a function which the mutated one calls has changed; `force` does.
 */
export async function* test(name: string, { words, force, concurrency }: Options): AsyncGenerator<Tested[]> {
  const room = rooms[name] as Room;
  const files = sourcesOf(room).filter(file => words.length === 0 || words.some(word => file.includes(word)));
  const drawn = room.drawn === undefined ? undefined : await sampleOf(room.drawn, room, files);
  mkdirSync(store, { recursive: true });
  const atOnce = drawn ? files.length : FILES_AT_ONCE;
  for (let from = 0; from < files.length; from += atOnce) {
    const some = files.slice(from, from + atOnce);
    const chosen = drawn?.filter(({ fileName }) => some.includes(fileName));
    const mutate = chosen?.map(rangeOf) ?? some;
    if (mutate.length === 0) continue;
    const sources = new Map(some.map(file => [file, readFileSync(join(root, file), "utf8")]));
    const keys = chosen && new Set(chosen.map(keyOf));
    sampled.mutants = chosen;
    writeFileSync(drawnFile, JSON.stringify(chosen ?? null));
    const results = await runStryker(name, room, { mutate, force, concurrency });
    if (chosen) forgetUndrawn(incrementalFileOf(name));
    yield results
      .map(result => ({ ...result, fileName: relative(root, result.fileName), location: fromZero(result.location) }))
      .filter(result => sources.has(result.fileName) && (!keys || keys.has(keyOf(result))))
      .map(result => ({
        file: result.fileName,
        line: result.location.start.line + 1,
        ...changeOf(sources.get(result.fileName) as string, result),
        status: result.status,
      }));
  }
}

const store = join(root, ".lectern/mutants");
const drawnFile = join(store, "drawn");

function incrementalFileOf(name: string): string {
  return join(store, `${name.replaceAll("/", "-")}.json`);
}

/** Mutants that were passed over are not known: another draw may hold them. */
function forgetUndrawn(file: string): void {
  const report = JSON.parse(readFileSync(file, "utf8")) as { files: Record<string, { mutants: MutantResult[] }> };
  for (const each of Object.values(report.files)) {
    each.mutants = each.mutants.filter(({ statusReason }) => !statusReason?.includes(notDrawn));
  }
  writeFileSync(file, JSON.stringify(report));
}
const FILES_AT_ONCE = 8;

/** What the tests find beside the mutated sources. */
const carried = ["!src/**", "!test/**", "!data/**", "!package.json", "!tsconfig.json", "!README.md"];

function runStryker(
  name: string,
  { tests, needsBuild, unchecked }: Room,
  options: { mutate: string[]; force: boolean; concurrency: number },
): Promise<MutantResult[]> {
  // The processes that Stryker starts load the plugin, which is TypeScript.
  process.env.NODE_OPTIONS = "--no-warnings --loader ts-node/esm";
  process.env.LECTERN_TESTS_DRAWN = drawnFile;
  process.env.LECTERN_TESTS_UNCHECKED = unchecked ? "1" : "";
  return new Stryker({
    ...options,
    testFiles: [...tests],
    plugins: [join(import.meta.dirname, "plugin.ts")],
    testRunner: "in-process",
    ignorers: ["messages", "undrawn"],
    coverageAnalysis: "perTest",
    maxTestRunnerReuse: 400,
    // Endless tests end by themselves, by the limit of each: these are for what hangs before there is a test.
    timeoutMS: 60_000,
    timeoutFactor: 4,
    // On a busy machine the tests of the checker take longer than the five minutes that Stryker gives them.
    dryRunTimeoutMinutes: 60,
    ignorePatterns: ["**", ...carried, ...(needsBuild ? ["!dist/**"] : [])],
    tempDirName: ".lectern/mutants/sandbox",
    cleanTempDir: "always",
    incremental: true,
    incrementalFile: incrementalFileOf(name),
    reporters: ["progress-append-only"],
    allowConsoleColors: false,
    logLevel: "warn" as never,
  }).runMutationTest();
}

/** Those of the room's own sample, or of the one over all rooms that share it, that are in these files. */
async function sampleOf(drawn: number | "shared", room: Room, files: readonly string[]): Promise<Drawn[]> {
  const sharing = Object.values(rooms).filter(each => (drawn === "shared" ? each.drawn === drawn : each === room));
  const mutants = await draw(sharing.flatMap(sourcesOf), drawn === "shared" ? sample.size : drawn, sample.seed);
  return mutants.filter(({ fileName }) => files.includes(fileName));
}

function sourcesOf({ folder, programs = [], prefix = "" }: Room): string[] {
  return readdirSync(join(root, "src", folder), { recursive: true, encoding: "utf8" })
    .map(name => name.replaceAll("\\", "/"))
    .filter(name => name.startsWith(prefix) && name.endsWith(".ts"))
    .filter(name => !name.endsWith("index.ts") && !programs.includes(name))
    .map(name => `src/${folder}/${name}`)
    .sort();
}

function rangeOf({ fileName, location: { start, end } }: Drawn): string {
  return `${fileName}:${start.line + 1}:${start.column}-${end.line + 1}:${end.column}`;
}

/** Stryker counts lines and columns from 0 before the test and from 1 after it. */
function fromZero({ start, end }: MutantResult["location"]): MutantResult["location"] {
  return {
    start: { line: start.line - 1, column: start.column - 1 },
    end: { line: end.line - 1, column: end.column - 1 },
  };
}

function keyOf({ fileName, location: { start, end }, replacement }: Drawn): string {
  return [fileName, start.line, start.column, end.line, end.column, replacement].join(" ");
}
