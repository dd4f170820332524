import { runCommand } from "./command.ts";
import { benchKernel, type Measured } from "./kernel.ts";
import { benchTrainingStep } from "./trainingStep.ts";
import { walk } from "./walk/index.ts";
import { type Options, parseOptions, USAGE } from "./walk/options.ts";

// `npm run bench`: side by side, in one run, with the ratio of the last two rows of each table; then every public
// function of the mathematics, or, with options, only those.
await runCommand({ parse: parseOptions, usage: USAGE, measure });

async function measure(options: Options): Promise<void> {
  if (options.only === undefined && options.against === undefined) await sideBySide();
  await walk(options);
}

async function sideBySide(): Promise<void> {
  for (const [title, bench] of [
    ["A cell in the kernel, with tfjs and mathjs loaded", benchKernel],
    ["A training step", benchTrainingStep],
  ] as const) {
    const rows = await bench();
    console.log(`\n${title}`);
    for (const { name, milliseconds } of rows) console.log(row(name, milliseconds));
    const [slower, faster] = rows.slice(-2).sort((a, b) => b.milliseconds.median - a.milliseconds.median);
    if (slower && faster) {
      console.log(
        `  ${faster.name} is ${(slower.milliseconds.median / faster.milliseconds.median).toFixed(1)} times faster`,
      );
    }
  }
}

function row(name: string, { median, p95 }: Measured["milliseconds"]): string {
  return `  ${name.padEnd(48)} median ${median.toFixed(2).padStart(8)} ms   p95 ${p95.toFixed(2).padStart(8)} ms`;
}
