import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { describeWeights } from "../../../src/generative/data/index.ts";

it("weights of studies are described: here, damaged or missing, with what to do", async () => {
  const directory = mkdtempSync(join(tmpdir(), "lectern-weights-"));
  for (const folder of ["studies", "weights"]) mkdirSync(join(directory, folder));
  const content = Buffer.from("weights");
  const weights = { bytes: content.length, sha256: createHash("sha256").update(content).digest("hex") };
  for (const name of ["a", "b", "c"]) {
    writeFileSync(join(directory, `studies/${name}.json`), JSON.stringify({ name, weights }));
  }
  writeFileSync(join(directory, "studies/without.json"), JSON.stringify({ name: "without" }));
  writeFileSync(join(directory, "weights/a.weights"), content);
  writeFileSync(join(directory, "weights/b.weights"), "Weights");
  const rows = await describeWeights(directory);
  expect(rows.map(({ name, status }) => [name, status])).toEqual([
    ["a.weights", "present"],
    ["b.weights", "damaged"],
    ["c.weights", "missing"],
  ]);
  expect(rows[1]?.problem).toMatch(/b\.weights: must have the sha256 .* git checkout, or npm run study b\.$/);
  expect(rows[2]?.problem).toMatch(
    /c\.weights: must be there to be read, but got .*; git checkout, or npm run study c\.$/,
  );
});

it("those of the course are whole", async () => {
  const rows = await describeWeights();
  expect(rows.map(({ name }) => name)).toContain("flow-mnist.weights");
  expect(rows.filter(({ status }) => status !== "present")).toEqual([]);
});
