import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { type Mutant, mutants } from "./mutants.ts";

const root = resolve(import.meta.dirname, "../..");

/**
 * Applies each of the mutants that were chosen by hand to a copy of the sources and runs its test, which must then
 * fail. Only those whose file contains the words; says how many were not killed.
 */
export function curated(words: readonly string[]): number {
  const chosen = mutants.filter(({ file }) => words.every(word => file.includes(word)));
  const copy = mkdtempSync(join(tmpdir(), "lectern-mutants-"));
  process.on("exit", () => rmSync(copy, { recursive: true, force: true }));
  for (const name of ["src", "test", "package.json", "tsconfig.json"]) {
    cpSync(join(root, name), join(copy, name), { recursive: true });
  }
  symlinkSync(join(root, "node_modules"), join(copy, "node_modules"), "dir");
  let survivors = 0;
  for (const mutant of chosen) {
    const verdict = judge(mutant, copy);
    if (verdict !== "killed") survivors++;
    console.log(`${verdict.padEnd(9)} ${mutant.file}: ${mutant.from} → ${mutant.to}\n          by "${mutant.title}"`);
  }
  console.log(`${chosen.length - survivors} of ${chosen.length} mutants killed`);
  return survivors;
}

/** "killed", "survived", or what is wrong with the entry itself. */
function judge({ file, from, to, test, title }: Mutant, copy: string): string {
  const path = join(copy, file);
  const source = readFileSync(path, "utf8");
  if (source.split(from).length !== 2) return "misplaced";
  if (outcome(copy, test, title) !== "passed") return "mistitled";
  writeFileSync(
    path,
    source.replace(from, () => to),
  );
  const verdict = outcome(copy, test, title);
  writeFileSync(path, source);
  return verdict === "failed" ? "killed" : "survived";
}

/** How the tests of that title end; "none" where there is none. */
function outcome(copy: string, test: string, title: string): "passed" | "failed" | "none" {
  const pattern = title.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  const { stdout } = spawnSync(
    process.execPath,
    [
      "node_modules/vitest/vitest.mjs",
      "run",
      "--config",
      "test/vitest.config.ts",
      "--reporter=json",
      "-t",
      pattern,
      test,
    ],
    { cwd: copy, encoding: "utf8", maxBuffer: 2 ** 28 },
  );
  const report = JSON.parse(stdout.slice(stdout.indexOf('{"num'))) as {
    numPassedTests: number;
    numFailedTests: number;
  };
  if (report.numFailedTests > 0) return "failed";
  return report.numPassedTests > 0 ? "passed" : "none";
}
