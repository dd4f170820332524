import path from "node:path";
import { afterAll, expect, it } from "vitest";
import { makeWorkspace, repository } from "../kernel/support.ts";
import { until } from "../server/support.ts";
import { hasTerminal, Terminal } from "./terminal.ts";

const code = (id: string, source: string, tags: string[] = []) => ({
  cell_type: "code",
  id,
  metadata: { tags },
  source,
  outputs: [],
  execution_count: null,
});
const cells = [
  { cell_type: "markdown", id: "m", metadata: {}, source: "word ".repeat(60) },
  code("a", "const seed = 6;"),
  code("b", "const twice = seed * 2;\nconst scaled = (k: number) => k * twice;"),
  code("c", "[1, 2].map(each => scaled(each) + twice)"),
  code("d", "await new Promise(done => setTimeout(done, 2000));\nconsole.log('slept');"),
  code("e", "console.log('guessed');", ["predict"]),
  code("f", "throw new Error('at the end')"),
];
const workspace = makeWorkspace({
  "a.ipynb": JSON.stringify({ cells, metadata: {}, nbformat: 4, nbformat_minor: 5 }),
});
let terminal: Terminal | undefined;
afterAll(() => {
  terminal?.child.kill("SIGKILL");
  workspace.remove();
});

const question = (cell: number) => new RegExp(`\\[${cell}/6\\] Enter [^\\n]*\\? helps: `);

it.skipIf(!hasTerminal)(
  "in a terminal of unknown width says what goes on, and takes no key for an answer to come",
  async () => {
    const program = path.join(repository, "dist/cli/main.js");
    const at = new Terminal([process.execPath, program, "step", "a.ipynb"], { cwd: workspace.root, columns: 0 });
    terminal = at;
    const lines = (await at.sees(question(1))).split("\n").filter(line => line.startsWith("word"));
    expect(Math.max(...lines.map(line => line.length))).toBeGreaterThan(70);
    at.type("b\r");
    expect(await at.sees(question(1))).toContain("This is the first cell.");
    at.type("?\r");
    expect(await at.sees(question(1))).toMatch(/Enter {2}runs.*\n {2}s .*\n {2}b .*\n {2}q /);
    at.type("s\rs\r");
    await at.sees(question(3));
    at.type("\r");
    await at.sees(/\[3\/6\] Starting the kernel/);
    await at.sees(/\[3\/6\] Waiting for the type checker/);
    const failed = await at.sees(question(3));
    expect(failed).toContain("It needs cell 2 (scaled, twice), which did not run.");
    expect(failed).not.toContain("TS2304");
    expect(failed).toContain("Enter runs cell 2 first");
    // Pressed twice, before what it starts has ended.
    at.type("\r\r");
    const ran = await at.sees(question(4));
    expect(ran).toContain("Cell 2 runs first.");
    expect(ran).toContain("It needs cell 1 (seed), which did not run.");
    expect(ran).toContain("[ 24, 36 ]");
    at.type("\r");
    await at.sees(/Running, 1 s/);
    at.type("s\rsome");
    await at.sees(/slept/);
    // Another of the same press, when the next cell is not there yet.
    at.type("\r");
    await at.sees(question(5));
    at.type("\r\r");
    await at.sees(/Predict first: what will come out\? /);
    at.type("one line\r");
    expect(await at.sees(question(6))).toMatch(/guessed[\s\S]*You predicted: one line/);
    at.type("\r");
    expect(await at.sees(/Enter runs it again.*helps: /)).toContain("Error: at the end");
    at.type("b\r");
    expect(await at.sees(question(5))).toContain("console.log('guessed');");
    at.type("q\r");
    await until(() => at.child.exitCode === 0, "the end");
  },
);
