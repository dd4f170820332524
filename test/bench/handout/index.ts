import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { basename, join } from "node:path";
import { parseArgs } from "node:util";
import { chromiumPath, launch, needsChromium } from "../../handout/chromium.ts";
import { runCommand } from "../command.ts";
import { measure } from "./measure.ts";
import { type Row, table } from "./table.ts";
import { tools } from "./tools.ts";

// `npm run bench:handouts`: the same notebooks made into pages by lectern and by nbconvert, in turn.
await runCommand({
  parse,
  usage: "npm run bench:handouts -- [notebook.ipynb …]   (default: the course)",
  measure: run,
});

function parse(args: readonly string[]): { notebooks: string[] } | undefined {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { help: { type: "boolean", default: false } },
  });
  if (values.help) return undefined;
  const wrong = positionals.find(path => !path.endsWith(".ipynb"));
  if (wrong)
    throw new RangeError(`bench:handouts: what is exported must be notebooks, but got ${wrong}; name .ipynb files.`);
  return { notebooks: positionals.length > 0 ? positionals : course() };
}

function course(): string[] {
  return readdirSync("notebooks")
    .filter(name => name.endsWith(".ipynb"))
    .map(name => join("notebooks", name));
}

async function run({ notebooks }: { notebooks: string[] }): Promise<void> {
  if (!chromiumPath) throw new RangeError(`bench:handouts: pages are opened in Chromium${needsChromium}`);
  const present = tools();
  const folder = mkdtempSync(join(tmpdir(), "lectern-bench-handouts-"));
  const browser = await launch();
  const tried = present.map(tool => ({ tool, name: tool.name, rows: [] as Row[], failed: 0 }));
  try {
    for (const notebook of notebooks) {
      for (const each of tried) {
        const row = await measure(each.tool, notebook, folder, browser).catch((error: Error) => error.message);
        if (typeof row === "string") each.failed++;
        else each.rows.push(row);
        console.error(`${each.name.padEnd(10)} ${basename(notebook).padEnd(44)} ${JSON.stringify(row).slice(0, 300)}`);
      }
    }
  } finally {
    await browser.close();
    rmSync(folder, { recursive: true });
  }
  console.log(`\n${notebooks.length} notebooks (${cpus()[0]?.model.trim()}, ${cpus().length} cores)\n`);
  console.log(table(tried));
}
