import crypto from "node:crypto";
import fs from "node:fs";
import { createRequire } from "node:module";
import os from "node:os";
import path from "node:path";
import { modulesFrom, snapshotEntry } from "./modules.ts";

/** The folder of the nearest lock file or package list: notebooks below it share a snapshot. */
export function projectOf(directory: string): string {
  for (const names of [lockFiles, ["package.json"]]) {
    for (let folder = directory; ; folder = path.dirname(folder)) {
      if (names.some(name => fs.existsSync(path.join(folder, name)))) return folder;
      if (folder === path.dirname(folder)) break;
    }
  }
  return directory;
}

/**
 * A name that changes with everything that a snapshot holds or depends on: node and its flags, the
 * compiler, the packages of the project, its tsconfig, our own code.
 */
export function snapshotKey(project: string): string {
  const hash = crypto.createHash("sha256");
  const add = (text: string | Buffer) => hash.update(text).update("\0");
  const { node, v8 } = process.versions;
  for (const each of [node, v8, process.platform, process.arch, process.execPath, process.env.NODE_OPTIONS ?? ""])
    add(each);
  const require = createRequire(import.meta.url);
  add(require("typescript/package.json").version);
  // Where things lie is in it as well.
  for (const each of [require.resolve("typescript"), snapshotEntry(), project]) add(each);
  for (const name of [...lockFiles, "node_modules/.package-lock.json", "tsconfig.json"]) {
    add(contentsOf(path.join(project, name)));
  }
  // Our version is in what we are: the code itself.
  for (const text of modulesFrom(snapshotEntry()).values()) add(text);
  return hash.digest("hex").slice(0, 24);
}

/** Where snapshots are kept. */
export function cacheFolder(): string {
  const { LECTERN_CACHE, XDG_CACHE_HOME } = process.env;
  return path.resolve(LECTERN_CACHE || path.join(XDG_CACHE_HOME || path.join(os.homedir(), ".cache"), "lectern"));
}

function contentsOf(file: string): string | Buffer {
  try {
    return fs.readFileSync(file);
  } catch {
    return "none";
  }
}

const lockFiles = ["package-lock.json", "npm-shrinkwrap.json", "yarn.lock", "pnpm-lock.yaml", "bun.lock"];
