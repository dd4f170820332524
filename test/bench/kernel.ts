import { fileURLToPath } from "node:url";
import { NotebookTypes } from "../../src/kernel/check/notebookTypes.ts";
import { CellEngine } from "../../src/kernel/index.ts";
import { parseCell } from "../../src/kernel/transform/parse.ts";
import { cells, grid } from "../kernel/check/cells.ts";
import { LanguageServiceChecker } from "../kernel/check/languageService.ts";
import { makeWorkspace } from "../kernel/support.ts";

export interface Measured {
  name: string;
  milliseconds: { median: number; p95: number };
}

/**
 * A whole cell, from text to shown value, with the types of tfjs and mathjs loaded, beside the check
 * alone by a language service, on the same cells in the same run.
 */
export async function benchKernel(rounds = 4): Promise<Measured[]> {
  const workspace = makeWorkspace({ "src/grid.ts": grid });
  const engine = new CellEngine({ directory: workspace.notebooks });
  const service = new LanguageServiceChecker(workspace.notebooks);
  const types = new NotebookTypes();
  const warm: number[] = [];
  const baseline: number[] = [];
  const first = await timed(() => engine.run("1 + 1", { number: 0 }));
  let count = 0;
  for (let round = 0; round < rounds; round++) {
    for (const cell of runnable) {
      const number = ++count;
      const ours = await timed(async () => {
        const result = await engine.run(cell, { number });
        if (result.status === "error") throw new Error(result.error.traceback.join("\n"));
      });
      const parsed = parseCell(cell);
      const { text } = types.moduleFor(parsed);
      const theirs = await timed(async () => service.check(`__cell_${number}.ts`, text));
      types.commit(parsed.declarations, `__cell_${number}.ts`);
      // The first round loads packages and warms both up.
      if (round === 0) continue;
      warm.push(ours);
      baseline.push(theirs);
    }
  }
  engine.dispose();
  workspace.remove();
  return [
    { name: "first cell", milliseconds: { median: first, p95: first } },
    { name: "warm cell: check, transform, run, show", milliseconds: quantiles(warm) },
    { name: "language service: check alone", milliseconds: quantiles(baseline) },
  ];
}

/** plotly.js itself wants a browser; only its types are wanted in a notebook. */
const runnable = cells.filter(cell => !/\bPlotly\b|\b(trace|layout)\b/.test(cell));

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

function quantiles(values: number[]): { median: number; p95: number } {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (share: number) => sorted[Math.floor(share * (sorted.length - 1))] ?? Number.NaN;
  return { median: at(0.5), p95: at(0.95) };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const measured = await benchKernel();
  for (const { name, milliseconds } of measured) {
    console.log(`${name}: median ${milliseconds.median.toFixed(2)} ms, p95 ${milliseconds.p95.toFixed(2)} ms`);
  }
  const [, ours, theirs] = measured;
  if (ours && theirs) console.log(`ratio ${(theirs.milliseconds.median / ours.milliseconds.median).toFixed(0)}`);
}
