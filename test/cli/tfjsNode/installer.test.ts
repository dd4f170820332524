import { execFileSync, spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { nodeApiVersion } from "../../../src/cli/tfjsNode/addon.ts";
import type { Machine } from "../../../src/cli/tfjsNode/machine.ts";
import { missingPackages } from "../../../src/cli/tfjsNode/package.ts";
import { plan } from "../../../src/cli/tfjsNode/plan.ts";
import { problems } from "../../../src/cli/tfjsNode/prerequisites.ts";
import { note, stepAside, undo } from "../../../src/cli/tfjsNode/undo.ts";
import { unpackWheel } from "../../../src/cli/tfjsNode/wheel.ts";

const able: Machine = {
  platform: "linux",
  architecture: "x64",
  glibc: "2.36",
  pip: "pip 23.2.1",
  compiler: "g++ 12.2.0",
  headers: "/include",
  freeBytes: 5e9,
};

describe("what the build needs", () => {
  it("is all there on an able machine", () => expect(problems(able)).toEqual([]));

  it.each<[Partial<Machine>, RegExp]>([
    [{ platform: "darwin", architecture: "arm64" }, /^platform: .* linux x64, but got darwin arm64; stay with Web/],
    [{ architecture: "arm64" }, /^platform: .* but got linux arm64; /],
    [{ glibc: "2.26" }, /^C library: .* glibc 2\.27 or later, but got 2\.26; /],
    [{ glibc: "1.99" }, /^C library: .* but got 1\.99; /],
    [{ glibc: undefined }, /^C library: .* but got another library; /],
    [{ pip: undefined }, /^pip: python3 with pip must run, but got none; apt install python3-pip/],
    [{ compiler: undefined }, /^compiler: g\+\+ must run, but got none; apt install g\+\+/],
    [{ headers: undefined }, /^Node's headers: node-api-headers must be installed, but got none; run npm ci\.$/],
    [{ freeBytes: 1e9 }, /^disk: 1\.18 GB must be free beside node_modules, but got 1\.00 GB; make room\.$/],
  ])("is said in one line where it is missing: %j", (lack, message) => {
    expect(problems({ ...able, ...lack })).toEqual([expect.stringMatching(message)]);
  });

  it("is not asked of a platform that the wheel cannot serve", () => {
    expect(problems({ ...able, platform: "win32", pip: undefined, compiler: undefined })).toHaveLength(1);
  });

  it("is said all at once", () => {
    expect(problems({ ...able, pip: undefined, compiler: undefined })).toHaveLength(2);
  });
});

describe("the plan", () => {
  it("says what is downloaded, and how large it is", () => {
    const text = plan(able);
    expect(text).toMatch(/tensorflow-cpu==2\.21\.0, 0\.27 GB to download .*, 0\.85 GB on disk/);
    expect(text).not.toContain("not possible");
  });

  it("leaves the wheel out where it cannot serve, and says why", () => {
    const text = plan({ ...able, platform: "darwin" });
    expect(text).not.toContain("0.27 GB");
    expect(text).toMatch(/not possible here: platform: .* but got darwin x64/);
  });
});

it("looks for the addon where tfjs-node will: the newest Node-API that both know", () => {
  const file = JSON.stringify({ binary: { napi_versions: [3, 7, 8] } });
  expect([nodeApiVersion(file, "10"), nodeApiVersion(file, "7"), nodeApiVersion(file, "6")]).toEqual([8, 7, 3]);
});

it("finds the packages of a lock file that are not here", () => {
  const packages = { "": {}, "node_modules/vitest": {}, "node_modules/absent/node_modules/b": {} };
  expect(missingPackages(JSON.stringify({ packages }))).toEqual(["absent/node_modules/b"]);
});

describe("in a folder of packages", () => {
  const folders: string[] = [];
  afterEach(() => {
    for (const folder of folders.splice(0)) fs.rmSync(folder, { recursive: true });
  });

  /** A node_modules of these files. */
  function modulesOf(files: Record<string, string>): string {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), "lectern-modules-"));
    folders.push(folder);
    write(folder, files);
    return folder;
  }

  function write(folder: string, files: Record<string, string>): void {
    for (const [name, text] of Object.entries(files)) {
      fs.mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
      fs.writeFileSync(path.join(folder, name), text);
    }
  }

  function everything(folder: string): string[] {
    const names = fs.readdirSync(folder, { recursive: true, encoding: "utf8" }).sort();
    return names.map(name => {
      const file = path.join(folder, name);
      return fs.statSync(file).isFile() ? `${name}: ${fs.readFileSync(file, "utf8")}` : name;
    });
  }

  it("undo takes away packages, their scopes and commands, and nothing else", () => {
    const modules = modulesOf({ "kept/index.js": "1", ".bin/kept": "2" });
    const before = everything(modules);
    stepAside(modules);
    write(modules, { "@tensorflow/tfjs-node/package.json": "{}", "@mapbox/gyp/bin.js": "", "tar/index.js": "" });
    fs.symlinkSync("../@mapbox/gyp/bin.js", path.join(modules, ".bin", "gyp"));
    note(modules, ["@tensorflow/tfjs-node", "@mapbox/gyp", "tar"]);
    write(modules, { "@tensorflow/tfjs-node/deps/lib/tensorflow.so": "", ".tfjs-node/deps/half": "" });
    expect(undo(modules)).toBe(true);
    expect(everything(modules)).toEqual(before);
    expect(undo(modules)).toBe(false);
  });

  it("undo brings back an installation that did not run, also after two attempts", () => {
    const modules = modulesOf({
      "@tensorflow/tfjs-node/package.json": "{}",
      "@tensorflow/tfjs-node/deps/lib/old": "1",
    });
    const before = everything(modules);
    for (let attempt = 1; attempt <= 2; attempt++) {
      stepAside(modules);
      write(modules, { "@tensorflow/tfjs-node/deps/lib/new": "", "@tensorflow/tfjs-node/lib/addon": "" });
    }
    undo(modules);
    expect(everything(modules)).toEqual(before);
  });

  const python = spawnSync("python3", ["--version"]).status === 0;
  it.skipIf(!python)("takes TensorFlow's libraries and C headers out of the wheel, and no more", async () => {
    const modules = modulesOf({
      "tensorflow/libtensorflow_cc.so.2": "cc",
      "tensorflow/libtensorflow_framework.so.2": "framework",
      "tensorflow/python/large.so": "",
      "tensorflow/include/tensorflow/c/c_api.h": "c",
      "tensorflow/include/tensorflow/c/c_api.cc": "",
      "tensorflow/include/tensorflow/core/graph/graph.h": "",
      "tensorflow/include/tsl/platform/ctstring.h": "string",
    });
    execFileSync("python3", ["-m", "zipfile", "-c", "a.whl", "tensorflow/"], { cwd: modules });
    const target = path.join(modules, "deps");
    await unpackWheel(path.join(modules, "a.whl"), target);
    expect(everything(target).filter(entry => entry.includes(": "))).toEqual([
      "include/tensorflow/c/c_api.h: c",
      "include/tsl/platform/ctstring.h: string",
      "lib/libtensorflow.so: cc",
      "lib/libtensorflow_cc.so.2: cc",
      "lib/libtensorflow_framework.so: framework",
      "lib/libtensorflow_framework.so.2: framework",
    ]);
  });
});
