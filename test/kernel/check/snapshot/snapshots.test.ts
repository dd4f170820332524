import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { projectOf, snapshotKey } from "../../../../src/kernel/check/snapshot/key.ts";
import { modulesFrom, snapshotEntry } from "../../../../src/kernel/check/snapshot/modules.ts";
import { Snapshots } from "../../../../src/kernel/check/snapshot/snapshots.ts";
import { makeWorkspace, repository, type Workspace } from "../../support.ts";

let workspace: Workspace;
beforeEach(() => {
  workspace = makeWorkspace({ "package.json": "{}" });
  vi.stubEnv("LECTERN_CACHE", path.join(workspace.root, "cache"));
});
afterEach(() => {
  vi.unstubAllEnvs();
  workspace.remove();
});

const blob = () => path.join(workspace.root, "cache/snapshots", `${snapshotKey(projectOf(workspace.notebooks))}.blob`);

describe("the snapshot of a folder", () => {
  it("is the one that lies in the cache, until it is refused", async () => {
    const snapshots = new Snapshots(workspace.notebooks);
    expect([snapshots.isOff, snapshots.find()]).toEqual([false, undefined]);
    workspace.write(path.relative(workspace.root, blob()), "a snapshot");
    fs.utimesSync(blob(), 1, 1);
    expect(snapshots.find()).toBe(blob());
    expect(fs.statSync(blob()).mtimeMs).toBeGreaterThan(Date.now() - 600_000);
    expect(await snapshots.buildNow()).toBe(true);
    snapshots.refuse(blob());
    expect(snapshots.find()).toBeUndefined();
  });

  it("is left to the builder that has begun it, and then is not there", async () => {
    workspace.write(path.relative(workspace.root, `${blob()}.lock`), String(process.pid));
    expect(await new Snapshots(workspace.notebooks).buildNow()).toBe(false);
    expect(fs.readdirSync(path.dirname(blob()))).toEqual([path.basename(`${blob()}.lock`)]);
  });

  it("is none where the user wants none", async () => {
    workspace.write(path.relative(workspace.root, blob()), "a snapshot");
    vi.stubEnv("LECTERN_SNAPSHOT", "off");
    const snapshots = new Snapshots(workspace.notebooks);
    expect([snapshots.isOff, snapshots.find(), await snapshots.buildNow()]).toEqual([true, undefined, false]);
  });
});

it("the snapshot of a folder is another where the checker's code is another", () => {
  const entry = path.join(repository, "dist/kernel/check/snapshot/entry.js");
  expect(snapshotEntry()).toBe(entry);
  const compiled = [...modulesFrom(entry).keys()].map(file => path.relative(path.dirname(entry), file));
  expect(compiled).toEqual(expect.arrayContaining(["entry.js", "../process/serve.js", "../checker.js"]));
});

describe("the project of a folder", () => {
  it("is the nearest that has a lock file, else the nearest that has a list of packages", () => {
    // The temporary folder of a run of tests is a project itself.
    const outside = fs.mkdtempSync(path.join(path.dirname(os.tmpdir()), "lectern-project-"));
    const write = (name: string) => fs.writeFileSync(path.join(outside, name), "{}");
    try {
      const deep = path.join(outside, "notebooks/part/one");
      fs.mkdirSync(deep, { recursive: true });
      write("package.json");
      expect(projectOf(deep)).toBe(outside);
      write("notebooks/part/package.json");
      expect(projectOf(deep)).toBe(path.join(outside, "notebooks/part"));
      write("notebooks/yarn.lock");
      expect(projectOf(deep)).toBe(path.join(outside, "notebooks"));
    } finally {
      fs.rmSync(outside, { recursive: true });
    }
  });
});
