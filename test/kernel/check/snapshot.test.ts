import { spawn } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from "vitest";
import { projectOf, snapshotKey } from "../../../src/kernel/check/snapshot/key.ts";
import { CheckerProcess, LocalChecker } from "../../../src/kernel/index.ts";
import { makeWorkspace, repository, slowness, type Workspace } from "../support.ts";
import { cells, grid, mutantsOf } from "./cells.ts";

let workspace: Workspace;
let cache: string;
let good: string;
const open: CheckerProcess[] = [];

beforeAll(() => {
  workspace = makeWorkspace({ "package-lock.json": "{}", "package.json": "{}", "src/grid.ts": grid });
  cache = path.join(workspace.root, "cache");
  good = path.join(workspace.root, "good.blob");
});
afterAll(() => workspace.remove());
beforeEach(() => {
  vi.stubEnv("LECTERN_CACHE", cache);
  if (fs.existsSync(good)) fs.copyFileSync(good, blob());
});
afterEach(() => {
  for (const each of open.splice(0)) each.dispose();
  vi.unstubAllEnvs();
});

function start(quietMilliseconds = 600_000): CheckerProcess {
  const checker = new CheckerProcess(workspace.notebooks, { quietMilliseconds });
  open.push(checker);
  return checker;
}

async function codes(checker: CheckerProcess, source: string): Promise<number[]> {
  return (await checker.check({ id: 1, cell: 1, source })).problems.map(each => each.code);
}

const tfjs = 'import * as tf from "@tensorflow/tfjs"; const n: string = tf.ones([2]).rank;';
const blob = () => path.join(cache, "snapshots", `${snapshotKey(projectOf(workspace.notebooks))}.blob`);
const names = () => fs.readdirSync(path.join(cache, "snapshots"));

it("takes the place of a corrupt one, built in the background by one builder", {
  timeout: 120_000 * slowness,
}, async () => {
  workspace.write(path.relative(workspace.root, blob()), "not a snapshot at all");
  const first = start(0);
  const second = start(0);
  expect(await codes(first, tfjs)).toEqual([2322]);
  expect(await codes(second, tfjs)).toEqual([2322]);
  expect([first.fromSnapshot, second.fromSnapshot]).toEqual([false, false]);
  let builders = 0;
  for (let tries = 0; !fs.existsSync(blob()) && tries < 1000 * slowness; tries++) {
    builders = Math.max(builders, names().filter(each => each.endsWith(".cjs")).length);
    await new Promise(resolve => setTimeout(resolve, 100));
  }
  expect(builders).toBe(1);
  const third = start();
  expect(await codes(third, tfjs)).toEqual([2322]);
  expect(third.fromSnapshot).toBe(true);
  workspace.write("src/local.ts", "export const local = 1;\n");
  expect(await codes(third, 'import { local } from "../src/local.ts"; local.toFixed()')).toEqual([]);
  const { items } = await third.complete('import "../src/lo', 17);
  expect(items.map(each => each.text)).toEqual(["local.ts"]);
  await new Promise(resolve => setTimeout(resolve, 500));
  expect(names()).toEqual([path.basename(blob())]);
  fs.copyFileSync(blob(), good);
});

it("does not change what is found", async () => {
  const withSnapshot = start();
  const without = new LocalChecker(workspace.notebooks);
  let id = 0;
  const found = async (source: string) => {
    const run = { id: ++id, cell: id, source };
    const answers = [await withSnapshot.check(run), await without.check(run)];
    if (answers[1]?.problems.length === 0) {
      const finished = Array.from({ length: 10 }, (_, index) => index);
      for (const checker of [withSnapshot, without]) await checker.commit({ id, finished });
    }
    // The words may name the members of a union in another order.
    return answers.map(({ problems }) => problems.map(({ line, column, code }) => `${line}:${column} TS${code}`));
  };
  // What packages declare globally is there only once a cell imports them.
  for (const source of ["const m: math.Matrix[] = [];", "const p: Plotly.Data[] = [];", "math.sqrt(4)", "valeu"]) {
    const [ours, expected] = await found(source);
    expect(ours?.length).toBe(1);
    expect(ours).toEqual(expected);
  }
  for (const [index, cell] of cells.entries()) {
    const mutants = mutantsOf(cell);
    for (const source of [mutants[index % mutants.length] as string, cell]) {
      const [ours, expected] = await found(source);
      expect(ours, source).toEqual(expected);
    }
  }
  expect(await found("const m: math.Matrix[] = []; const p: Plotly.Data[] = [];")).toEqual([[], []]);
  expect(withSnapshot.fromSnapshot).toBe(true);
});

it("shows the documentation of packages, whose texts it does not hold", async () => {
  const checker = start();
  const source = 'import * as tf from "@tensorflow/tfjs"; tf.tensor1d([1]); [1].flatMap(x => x);';
  const shown = async (name: string) => (await checker.inspect(source, source.indexOf(name) + 1, 0))?.text;
  expect(await shown("tensor1d")).toMatch(/^function tensor1d\(.*\n\nCreates rank-1 `tf.Tensor`/);
  expect(await shown("flatMap")).toMatch(/Calls a defined callback function on each element/);
  expect(checker.fromSnapshot).toBe(true);
});

it.runIf(fs.existsSync("/proc/self/status"))("leaves most of the memory to the notebook", async () => {
  const checker = start();
  expect(await codes(checker, tfjs)).toEqual([2322]);
  expect(checker.fromSnapshot).toBe(true);
  const [, kilobytes] = /^VmRSS:\s+(\d+)/m.exec(fs.readFileSync(`/proc/${checker.pid}/status`, "utf8")) ?? [];
  expect(Number(kilobytes) * 1024).toBeLessThan(310e6);
});

it("is kept when a check is interrupted while it starts", async () => {
  const checker = start();
  const { error } = await checker.check({ id: 1, cell: 1, source: "1" }, AbortSignal.timeout(20));
  expect(error?.kind).toBe("interrupted");
  expect(await codes(checker, tfjs)).toEqual([2322]);
  expect(checker.fromSnapshot).toBe(true);
});

it("follows another tsconfig than the one it was built under", async () => {
  workspace.write("notebooks/tsconfig.json", '{ "compilerOptions": { "noUncheckedIndexedAccess": true } }');
  const checker = start();
  expect(await codes(checker, "[1, 2][0].toFixed()")).toEqual([2532]);
  expect(await codes(checker, tfjs)).toEqual([2322]);
  expect(checker.fromSnapshot).toBe(true);
  fs.rmSync(path.join(workspace.notebooks, "tsconfig.json"));
});

it("dies with its parent, although it is busy", async () => {
  const slow = Array.from(
    { length: 150_000 },
    (_, i) => `const v${i} = [${i}].map(x => ({ x })).filter(x => x.x > ${i});`,
  );
  const script = workspace.write(
    "parent.mjs",
    `
    const { CheckerProcess } = await import(${JSON.stringify(`${repository}/dist/kernel/index.js`)});
    const checker = new CheckerProcess(${JSON.stringify(workspace.notebooks)});
    await checker.check({ id: 1, cell: 1, source: "1" });
    checker.check({ id: 2, cell: 2, source: ${JSON.stringify(slow.join("\n"))} });
    console.log(checker.fromSnapshot, checker.pid);
    setInterval(() => {}, 1000);`,
  );
  const parent = spawn(process.execPath, [script], { stdio: ["ignore", "pipe", "inherit"] });
  const said = await new Promise<string>(resolve => parent.stdout.once("data", data => resolve(String(data))));
  expect(said).toMatch(/^true \d+/);
  const stat = `/proc/${said.trim().split(" ")[1]}/stat`;
  parent.kill("SIGKILL");
  const start = Date.now();
  while (fs.existsSync(stat) && Date.now() - start < 10_000 * slowness)
    await new Promise(resolve => setTimeout(resolve, 20));
  expect(Date.now() - start).toBeLessThan(4000 * slowness);
});

it.each([
  ["empty", () => Buffer.alloc(0)],
  ["cut off", () => fs.readFileSync(good).subarray(0, 1_000_000)],
  ["of another node", () => Buffer.concat([fs.readFileSync(good).subarray(0, 16), fs.readFileSync(good).subarray(64)])],
])("is ignored and removed when it is %s", async (_, contents) => {
  fs.writeFileSync(blob(), contents());
  const checker = start();
  expect(await codes(checker, "const a: string = 1")).toEqual([2322]);
  expect(checker.fromSnapshot).toBe(false);
  expect(fs.existsSync(blob())).toBe(false);
});

it("reads a package again that was changed under the same lock file, and is removed", async () => {
  const types = fs.realpathSync(path.join(repository, "node_modules/@types/d3-random/index.d.ts"));
  const { atime, mtime } = fs.statSync(types);
  fs.utimesSync(types, atime, new Date(mtime.getTime() + 1000));
  const checker = start();
  expect(await codes(checker, tfjs)).toEqual([2322]);
  fs.utimesSync(types, atime, mtime);
  expect(fs.existsSync(blob())).toBe(false);
});

it("is not built any further when the cache is cleared meanwhile", async () => {
  const file = path.join(workspace.root, "cleared", "snapshots", "some.blob");
  const program = path.join(repository, "dist/kernel/check/snapshot/build.js");
  const builder = spawn(process.execPath, [program, file, workspace.root, "50"], {
    stdio: ["ignore", "ignore", "pipe"],
  });
  let said = "";
  builder.stderr.on("data", text => {
    said += text;
  });
  const ended = new Promise(resolve => builder.once("exit", resolve));
  const building = () => fs.existsSync(path.dirname(file)) && fs.readdirSync(path.dirname(file)).length > 1;
  while (!building()) await new Promise(resolve => setTimeout(resolve, 20));
  fs.rmSync(path.join(workspace.root, "cleared"), { recursive: true, force: true });
  const since = Date.now();
  expect([await ended, said]).toEqual([0, ""]);
  expect(Date.now() - since).toBeLessThan(3000 * slowness);
  expect(fs.existsSync(path.dirname(file))).toBe(false);
});

it("is not used with LECTERN_SNAPSHOT=off", async () => {
  vi.stubEnv("LECTERN_SNAPSHOT", "off");
  const checker = start(0);
  expect(await codes(checker, "1")).toEqual([]);
  expect(checker.fromSnapshot).toBe(false);
});

it("has a name that changes with the lock file, the tsconfig and node's flags", () => {
  const before = snapshotKey(workspace.root);
  expect(snapshotKey(workspace.root)).toBe(before);
  const after: string[] = [before];
  workspace.write("package-lock.json", '{ "changed": true }');
  after.push(snapshotKey(workspace.root));
  workspace.write("tsconfig.json", "{}");
  after.push(snapshotKey(workspace.root));
  vi.stubEnv("NODE_OPTIONS", "--max-old-space-size=300");
  after.push(snapshotKey(workspace.root));
  expect(new Set(after).size).toBe(4);
});

it("is there after an installation", { timeout: 120_000 * slowness }, async () => {
  fs.rmSync(cache, { recursive: true, force: true });
  const program = path.join(repository, "dist/kernel/check/snapshot/prepare.js");
  const install = spawn(process.execPath, [program], { cwd: workspace.notebooks, stdio: "ignore" });
  expect(await new Promise(resolve => install.once("exit", resolve))).toBe(0);
  const checker = start();
  expect(await codes(checker, tfjs)).toEqual([2322]);
  expect(checker.fromSnapshot).toBe(true);
});
