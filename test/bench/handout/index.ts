import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { basename, join } from "node:path";
import { parseArgs } from "node:util";
import { chromiumPath, launch, needsChromium } from "../../handout/chromium.ts";
import { runCommand } from "../command.ts";
import { measure } from "./measure.ts";
import { type Row, table } from "./table.ts";
import { type Tool, tools } from "./tools.ts";

// `npm run bench:handouts`: the same notebooks made into pages by lectern and by nbconvert, in turn.
await runCommand({ parse, usage: "npm run bench:handouts -- [notebook.ipynb …]   (default: the course)", measure: run });

function parse(args: readonly string[]): { notebooks: string[] } | undefined {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { help: { type: "boolean", default: false } },
  });
  if (values.help) return undefined;
  const wrong = positionals.find(path => !path.endsWith(".ipynb"));
  if (wrong) throw new RangeError(`bench:handouts: what is exported must be notebooks, but got ${wrong}; name .ipynb files.`);
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
  const rows = new Map<Tool, Row[]>(present.map(tool => [tool, []]));
  try {
    for (const notebook of notebooks) {
      for (const tool of present) {
        const row = await measure(tool, notebook, folder, browser);
        rows.get(tool)?.push(row);
        console.error(`${tool.name.padEnd(10)} ${basename(notebook).padEnd(44)} ${JSON.stringify(row)}`);
      }
    }
  } finally {
    await browser.close();
    rmSync(folder, { recursive: true });
  }
  console.log(`\n${notebooks.length} notebooks (${cpus()[0]?.model.trim()}, ${cpus().length} cores)\n`);
  console.log(table([...rows].map(([tool, measured]) => ({ name: tool.name, rows: measured }))));
}
