import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it, vi } from "vitest";
import { hasSolutionsApart } from "../../src/notebook/editions/index.ts";
import { indexes, lectures } from "./lectures.ts";
import { folder, run } from "./run.ts";

// Lectures that train on MNIST take a minute, on a busy machine several.
vi.setConfig({ testTimeout: 900_000 });

const scratch = mkdtempSync(join(tmpdir(), "lectern course "));
afterAll(() => rmSync(scratch, { recursive: true }));

/** The whole course, run: `npm run test:course`. `npm test` looks at what is stored, and runs two lectures. */
describe.each([...lectures, ...indexes])("$notebook", lecture => {
  const { notebook, claims } = lecture;
  const bytes = (name: string) => readFileSync(join(scratch, name), "utf8");

  it("runs with every claim true, and writes the same bytes again", () => {
    const report = run(notebook, "--out", join(scratch, notebook));
    expect(report.error).toBeUndefined();
    expect(report.claims.length).toBeGreaterThanOrEqual(claims);
    expect(report.claims.every(({ holds }) => holds)).toBe(true);
    // Another processor may round otherwise than the one that stored the outputs; one processor never does.
    if (bytes(notebook) === readFileSync(join(folder, notebook), "utf8")) return;
    run(notebook, "--out", join(scratch, `again-${notebook}`));
    expect(bytes(`again-${notebook}`)).toBe(bytes(notebook));
  });

  it.runIf(hasSolutionsApart(join(folder, notebook)))("has every exercise right with the solutions in", () => {
    const { error, exercises } = run(notebook, "--for", "instructor");
    expect(error).toBeUndefined();
    expect(exercises.length).toBeGreaterThanOrEqual(3);
    expect(exercises.filter(({ state }) => state !== "right")).toEqual([]);
  });

  // The indexes draw nothing.
  it.skipIf(indexes.includes(lecture)).each([21, 22])("holds for seed %d as well", seed => {
    const report = run(notebook, "-p", `seed=${seed}`);
    expect(report.error).toBeUndefined();
    expect(report.claims.length).toBeGreaterThanOrEqual(claims);
  });
});
