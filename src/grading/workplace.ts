import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readdir, realpath, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import type { Confinement } from "../kernel/index.ts";
import { findPackage } from "../notebook/package.ts";

/** How much a run of somebody else's cells may take. */
export interface Limits {
  /** For one cell. */
  timeoutSeconds: number;
  /** For one submission. */
  totalSeconds: number;
  memoryMegabytes: number;
  outputMegabytes: number;
}

export const defaultLimits: Limits = {
  timeoutSeconds: 120,
  totalSeconds: 1800,
  memoryMegabytes: 4096,
  outputMegabytes: 50,
};

/** Where answers run: a folder in which there is of a lecture's what its cells import and read, and nothing else. */
export interface Workplace {
  /** In the place of the lecture's folder. */
  directory: string;
  confinement: Confinement;
  /** Whether the network is cut off. */
  offline: boolean;
  remove(): Promise<void>;
}

/**
 * Makes a workplace for a lecture. The lecture's solutions, its other notebooks and what was handed in are not there,
 * and node refuses to read anything else, to write at all, and to start programs or threads.
 */
export async function makeWorkplace(lecture: string, limits: Limits): Promise<Workplace> {
  const folder = await realpath(dirname(resolve(lecture)));
  const { root } = await findPackage(folder);
  const place = await realpath(await mkdtemp(join(tmpdir(), "lectern-grade-")));
  const directory = join(place, "course", relative(root, folder));
  await mkdir(directory, { recursive: true });
  const targets = new Set<string>();
  const link = async (target: string, name: string) => {
    if (existsSync(name)) return;
    await symlink(target, name);
    targets.add(await realpath(target));
  };
  for (const name of SHARED)
    if (existsSync(join(root, name))) await link(join(root, name), join(place, "course", name));
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    const isShown = entry.isDirectory() ? !(await holdsNotebooks(path)) : entry.isFile() && !isPrivate(entry.name);
    if (isShown && !entry.name.startsWith(".") && entry.name !== "solutions")
      await link(path, join(directory, entry.name));
  }
  // Packages may lie further up, and those of this program elsewhere.
  const own = resolve(dirname(fileURLToPath(import.meta.url)), "../..");
  for (const from of [root, own]) for (const path of modulesAbove(from)) targets.add(await realpath(path));
  for (const name of SHARED) if (existsSync(join(own, name))) targets.add(await realpath(join(own, name)));
  const offline = canCutNetwork();
  return {
    directory,
    offline,
    confinement: {
      ...(offline ? { execPath: "unshare" } : { execPath: process.execPath }),
      execArgv: [...(offline ? [...UNSHARE, process.execPath] : []), ...nodeFlags([place, ...targets], limits)],
      env: environment(place),
      outputBytes: limits.outputMegabytes * 1e6,
    },
    remove: () => rm(place, { recursive: true, force: true }),
  };
}

function nodeFlags(readable: readonly string[], { memoryMegabytes }: Limits): string[] {
  const permission = process.allowedNodeEnvironmentFlags.has("--permission")
    ? "--permission"
    : "--experimental-permission";
  return [
    ...[permission, "--allow-addons", "--disable-warning=ExperimentalWarning", "--disable-warning=SecurityWarning"],
    ...readable.map(path => `--allow-fs-read=${path}`),
    `--max-old-space-size=${memoryMegabytes}`,
  ];
}

/** Nothing of who grades: no keys, no home. */
function environment(place: string): NodeJS.ProcessEnv {
  const kept = ["PATH", "LANG", "LC_ALL", "TZ", "SystemRoot"].flatMap(name =>
    process.env[name] === undefined ? [] : [[name, process.env[name]] as const],
  );
  return { ...Object.fromEntries(kept), HOME: place, TMPDIR: place };
}

/** Linux lets a process have a network of its own, with nothing in it, unless its administrator forbids it. */
function canCutNetwork(): boolean {
  if (process.platform !== "linux") return false;
  const [command = "", ...args] = ["unshare", ...UNSHARE, "true"];
  return spawnSync(command, args, { stdio: "ignore", timeout: 5000 }).status === 0;
}

const UNSHARE = ["--user", "--map-root-user", "--net", "--"];

function modulesAbove(folder: string): string[] {
  const paths: string[] = [];
  for (let at = folder; ; at = dirname(at)) {
    if (existsSync(join(at, "node_modules"))) paths.push(join(at, "node_modules"));
    if (at === dirname(at)) return paths;
  }
}

async function holdsNotebooks(folder: string): Promise<boolean> {
  const names = await readdir(folder, { recursive: true });
  return names.some(name => isPrivate(name));
}

/** Notebooks and handouts may have solutions in them. */
function isPrivate(name: string): boolean {
  return /\.(?:ipynb|html)$/.test(name);
}

/** What cells import and read of the folder of a package. Not its tests, nor its other folders. */
const SHARED = ["package.json", "package-lock.json", "tsconfig.json", "node_modules", "src", "dist", "lib", "data"];
