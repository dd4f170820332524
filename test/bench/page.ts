import { readFileSync } from "node:fs";
import { cpus } from "node:os";
import { fileURLToPath } from "node:url";
import { launch } from "../handout/chromium.ts";
import { Companion } from "../page/companion.ts";

// `npm run bench:page`: a browser with nothing stored opens a lecture, and a person runs its cells.
const TURNS = 10;
const notebook = "notebooks/05-latent-variables.ipynb";
const { cells } = JSON.parse(readFileSync(fileURLToPath(new URL(`../../${notebook}`, import.meta.url)), "utf8")) as {
  cells: { cell_type: string }[];
};
const companion = await Companion.start([
  { id: "title", text: "# A small lecture" },
  ...Array.from({ length: TURNS + 1 }, (_, turn) => ({
    id: `turn-${turn}`,
    code: `const turn${turn} = ${turn};\n\`the sum is \${turn${turn} + 1000}\``,
  })),
]);
const rows: [string, number[]][] = [];
try {
  rows.push([`cold page to a rendered lecture with ${cells.length} cells`, await opening()]);
  rows.push(["Shift+Enter to the first output", await stepping()]);
} finally {
  await companion.stop();
}
console.log(
  `\nThe page in Chromium, ${TURNS} turns, milliseconds (${cpus()[0]?.model.trim()}, ${cpus().length} cores)`,
);
for (const [name, times] of rows) {
  const [median, slowest] = [times[Math.floor(times.length / 2)] ?? Number.NaN, times.at(-1) ?? Number.NaN];
  console.log(
    `  ${name.padEnd(52)} median ${median.toFixed(0).padStart(6)}   slowest ${slowest.toFixed(0).padStart(6)}`,
  );
}

/** Each turn in a browser of its own, so that neither scripts nor fonts come from a cache. */
async function opening(): Promise<number[]> {
  const times: number[] = [];
  for (let turn = 0; turn < TURNS; turn++) {
    const browser = await launch();
    const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
    const start = performance.now();
    await page.goto(companion.urlOf(notebook), { waitUntil: "commit" });
    await page.locator(".jp-Notebook .jp-MarkdownOutput h1").first().waitFor();
    await page.locator(".jp-Notebook .jp-MarkdownOutput mjx-container").first().waitFor();
    await page.locator(".jp-Notebook .jp-CodeCell .cm-line span").first().waitFor();
    times.push(performance.now() - start);
    await browser.close();
  }
  return times.sort((a, b) => a - b);
}

/** Shift+Enter as a reader presses it, through cells of which the first is not counted. */
async function stepping(): Promise<number[]> {
  const lecture = await companion.open("notebooks/06-small.ipynb");
  await lecture.run(0);
  await lecture.select(1);
  const times: number[] = [];
  for (let turn = 1; turn <= TURNS; turn++) {
    const start = performance.now();
    await lecture.page.keyboard.press("Shift+Enter");
    await lecture
      .output(turn)
      .filter({ hasText: sentence(turn) })
      .waitFor();
    times.push(performance.now() - start);
    await lecture.idle();
  }
  return times.sort((a, b) => a - b);
}

function sentence(turn: number): string {
  return `the sum is ${turn + 1000}`;
}
