import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";

const root = resolve(import.meta.dirname, "../../..");
const folder = join(root, "node_modules/@tensorflow/tfjs-node");

/** The installer, as `npm run install:tfjs-node` runs it. */
function installer(...args: string[]): { code: number | null; out: string; err: string } {
  const program = join(root, "dist/cli/tfjsNode/main.js");
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...args], { encoding: "utf8" });
  return { code: status, out: stdout, err: stderr };
}

it("says in a dry run what it would do, and does nothing", () => {
  const before = existsSync(folder);
  const { code, out } = installer("--dry-run");
  expect(code).toBe(0);
  expect(out).toMatch(/Nothing to do\. TensorFlow|Nothing was done, for --dry-run\./);
  expect(existsSync(folder)).toBe(before);
});

it.each([[["--fast"]], [["there"]], [["--undo", "--dry-run"]]])("refuses %j with the usage", args => {
  const { code, err } = installer(...args);
  expect(code).toBe(2);
  expect(err).toMatch(/^install:tfjs-node: .*\nnpm run install:tfjs-node /s);
});

const wanted = process.env.LECTERN_INSTALL_TFJS_NODE === "1" && !existsSync(folder);

describe.skipIf(!wanted)("the whole way (set LECTERN_INSTALL_TFJS_NODE=1, without tfjs-node, and run it alone)", () => {
  it("installs, finds nothing more to do, and takes itself away", { timeout: 900_000 }, () => {
    const first = installer();
    expect(first.err).not.toMatch(/^install:tfjs-node/m);
    expect([first.code, first.out]).toEqual([0, expect.stringMatching(/TensorFlow [\d.]+ runs: \d+ GFLOP\/s/)]);
    expect(installer().out).toMatch(/^Nothing to do\. TensorFlow [\d.]+ runs/);
    expect(installer("--undo").out).toBe("Taken away: node_modules is as it was.\n");
    expect(existsSync(folder)).toBe(false);
    expect(installer("--undo").out).toBe("Nothing to undo.\n");
  });
});
