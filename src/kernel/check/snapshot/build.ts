import { type ChildProcess, spawn } from "node:child_process";
import crypto from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { CheckerChild } from "../process/child.ts";
import { bundle } from "./bundle.ts";
import { snapshotEntry } from "./modules.ts";

/**
 * The program that builds one snapshot: `build.js <file> <project> [<milliseconds between two beats>]`.
 *
 * It writes beside the file, tries what it wrote, and moves it into place in one step; of several
 * builders of one file, the first works and the others leave.
 */

/** Packages that notebooks import often, where the project has them. */
const packages = ["@tensorflow/tfjs", "mathjs", "plotly.js", "d3-random"];

/** A builder touches its lock so often, in milliseconds: on a busy machine it may take long. */
const usualBeat = 20_000;

/** One that has not done so for this time is gone, and a snapshot that takes as long to start is none. */
const longest = 180_000;

/** So many snapshots are kept. */
const kept = 3;

const [file = "", project = "", beat = usualBeat] = process.argv.slice(2);
const lock = `${file}.lock`;
// Builders in two containers may have the same process id.
const own = crypto.randomUUID();
const script = `${file}.${own}.cjs`;
const blob = `${file}.${own}.tmp`;
let running: ChildProcess | undefined;

process.on("disconnect", () => leave());
process.on("SIGTERM", () => leave());
process.on("SIGINT", () => {});

// What is in there is run: nobody else may write to it.
fs.mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
if (!taken()) process.exit(0);
setInterval(() => {
  try {
    fs.utimesSync(lock, new Date(), new Date());
  } catch {
    // The cache was cleared: what is built would have no place, and the next builder may be at work already.
    leave();
  }
}, Number(beat)).unref();
try {
  fs.writeFileSync(script, bundle(snapshotEntry(), { name: "prepare", with: [project, packages] }));
  if ((await build()) && (await starts())) fs.renameSync(blob, file);
  removeOld();
} finally {
  leave();
}

function build(): Promise<boolean> {
  const args = ["--snapshot-blob", blob, "--build-snapshot", script];
  running = spawn(process.execPath, args, {
    stdio: ["ignore", "ignore", process.env.LECTERN_SNAPSHOT_LOG ? "inherit" : "ignore"],
  });
  return new Promise(resolve => {
    running?.once("exit", code => resolve(code === 0));
    running?.once("error", () => resolve(false));
  });
}

/** Whether a checker comes up from what was built. */
function starts(): Promise<boolean> {
  return new Promise(resolve => {
    const child = new CheckerChild(
      project,
      blob,
      message => {
        resolve(message.type === "ready" && !message.stale);
        child.end();
      },
      () => resolve(false),
      longest,
    );
    running = child.process;
  });
}

/** Takes the lock; one that an ended builder left behind is taken over. */
function taken(): boolean {
  for (const attempt of [1, 2]) {
    try {
      fs.writeFileSync(lock, String(process.pid), { flag: "wx" });
      return true;
    } catch {
      if (attempt === 1 && !isHeld()) fs.rmSync(lock, { force: true });
    }
  }
  return false;
}

function isHeld(): boolean {
  try {
    if (Date.now() - fs.statSync(lock).mtimeMs > longest) return false;
    process.kill(Number(fs.readFileSync(lock, "utf8")), 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/** Each takes 100 MB: the latest few are kept, and nothing that a killed builder left. */
function removeOld(): void {
  const folder = path.dirname(file);
  const age = (name: string) => Date.now() - fs.statSync(path.join(folder, name)).mtimeMs;
  const all = fs.readdirSync(folder).map(name => ({ name, age: age(name) }));
  const blobs = all.filter(each => each.name.endsWith(".blob")).sort((a, b) => a.age - b.age);
  const left = all.filter(each => /\.(tmp|cjs|lock)$/.test(each.name) && each.age > longest);
  for (const { name } of [...blobs.slice(kept), ...left]) fs.rmSync(path.join(folder, name), { force: true });
}

function leave(): never {
  running?.kill("SIGKILL");
  for (const each of [script, blob]) fs.rmSync(each, { force: true });
  if (fs.existsSync(lock) && fs.readFileSync(lock, "utf8") === String(process.pid)) fs.rmSync(lock, { force: true });
  process.exit(0);
}
