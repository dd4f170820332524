import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import type { Logger } from "@stryker-mutator/api/logging";
import type { Mutant } from "@stryker-mutator/api/core";
import { Instrumenter } from "@stryker-mutator/instrumenter";
import { changeOf } from "./change.ts";
import { messages } from "./messages.ts";

export interface Drawn extends Pick<Mutant, "fileName" | "location" | "replacement"> {}

/**
 * A sample without replacement of the mutants of these files.
 *
 * Each mutant has its lot by a hash of the seed, its file and its change, and the smallest lots are drawn: a change
 * elsewhere in the sources draws the others again.
 */
export async function draw(files: readonly string[], size: number, seed: number): Promise<Drawn[]> {
  const sources = new Map(files.map(file => [file, readFileSync(file, "utf8")]));
  const { mutants } = await new Instrumenter(silent).instrument(
    [...sources].map(([name, content]) => ({ name, content, mutate: true })),
    { ignorers: [messages], excludedMutations: [], plugins: null },
  );
  const seen = new Map<string, number>();
  return mutants
    .filter(({ status }) => status !== "Ignored")
    .map(mutant => {
      const { from, to } = changeOf(sources.get(mutant.fileName) as string, mutant);
      const key = `${mutant.fileName}\n${from}\n${to}`;
      const times = (seen.get(key) ?? 0) + 1;
      seen.set(key, times);
      return { mutant, lot: createHash("sha256").update(`${seed}\n${key}\n${times}`).digest("hex") };
    })
    .sort((a, b) => (a.lot < b.lot ? -1 : 1))
    .slice(0, size)
    .map(({ mutant }) => mutant);
}

const nothing = () => {};
const silent = {
  isTraceEnabled: () => false,
  isDebugEnabled: () => false,
  isInfoEnabled: () => false,
  isWarnEnabled: () => false,
  isErrorEnabled: () => false,
  isFatalEnabled: () => false,
  trace: nothing,
  debug: nothing,
  info: nothing,
  warn: nothing,
  error: nothing,
  fatal: nothing,
} as Logger;
