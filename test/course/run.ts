import { spawnSync } from "node:child_process";
import { join, resolve } from "node:path";
import { expect } from "vitest";
import type { NotebookReport, Report } from "../../src/cli/report.ts";

export const root = resolve(import.meta.dirname, "../..");
export const folder = join(root, "notebooks");

/** Runs a notebook as a person would, from the root of a checkout. */
export function run(notebook: string, ...options: string[]): NotebookReport {
  const { stdout, stderr } = spawnSync(
    process.execPath,
    [join(root, "dist/cli/main.js"), "run", join("notebooks", notebook), "--report", "json", ...options],
    { cwd: root, encoding: "utf8" },
  );
  expect(stdout, stderr).not.toBe("");
  const { notebooks } = JSON.parse(stdout) as Report;
  expect(notebooks.length).toBe(1);
  return notebooks[0] as NotebookReport;
}
