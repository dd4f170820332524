import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { chooseBackend } from "../../../src/engine/index.ts";
import { drawArrays, readArrays, writeArrays } from "./arrays.ts";
import { train } from "./training.ts";
import { workloads } from "./workloads.ts";

const folder = mkdtempSync(join(tmpdir(), "lectern-bench-"));
beforeAll(async () => {
  await chooseBackend();
  writeArrays(folder);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe.each(Object.entries(workloads))("workload %s of the benchmark", (letter, workload) => {
  it("is read as it was written", async () => {
    const [drawn, read] = [drawArrays(workload), readArrays(folder, letter)];
    expect(read.parameters.map(({ shape }) => shape)).toEqual(workload.parameters);
    const pairs = [
      [drawn.batch, read.batch],
      [drawn.parameters.at(-1), read.parameters.at(-1)],
      [drawn.noise, read.noise],
    ];
    for (const [a, b] of pairs) {
      expect(await b?.data().then(values => Array.from(values))).toEqual(
        await a?.data().then(values => Array.from(values)),
      );
    }
  });

  it("takes the same steps compiled as eager", () => {
    const [compiled, eager] = [true, false].map(how => train(workload, readArrays(folder, letter), how));
    for (let step = 0; step < 3; step++) {
      const loss = eager?.stepWithGivenNoise() as number;
      expect(compiled?.stepWithGivenNoise()).toBeCloseTo(loss, Math.abs(loss) > 100 ? 2 : 4);
    }
  });
});
