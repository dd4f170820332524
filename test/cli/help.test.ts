import { spawnSync } from "node:child_process";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { commands } from "../../src/cli/usageTable.ts";
import { nearest } from "../../src/cli/nearest.ts";
import { repository } from "../kernel/support.ts";

function lectern(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [path.join(repository, "dist/cli/main.js"), ...args], {
    encoding: "utf8",
  });
  return { status, stdout, stderr };
}

const optionsIn = (text: string) => [...new Set(text.match(/--[a-z-]+/g) ?? [])].sort();

describe("help", () => {
  it.each(commands)("of $name is its own, with every option that it takes and an example", ({ name, examples }) => {
    const { status, stdout } = lectern(name, "--help");
    expect(status).toBe(0);
    expect(stdout.startsWith(`lectern ${name}`)).toBe(true);
    expect(examples.length).toBeGreaterThan(0);
    for (const example of examples) expect(stdout).toContain(`  ${example}\n`);
    expect(lectern("help", name).stdout).toBe(stdout);
    const complaint = lectern(name, "--0123456789");
    expect(complaint.status).toBe(2);
    expect(complaint.stderr).toMatch(/; its options are |; it has no options\./);
    const taken = optionsIn(complaint.stderr.replace(/.*;/, ""));
    expect(optionsIn(stdout.replace(/\nExamples?:[\s\S]*/, ""))).toEqual(taken);
  });

  it("of all is one list, by --help, -h and help", () => {
    const { status, stdout } = lectern("--help");
    expect(status).toBe(0);
    for (const { name } of commands) expect(stdout).toContain(`\n  lectern ${name}`);
    for (const asked of ["-h", "help"]) expect(lectern(asked).stdout).toBe(stdout);
  });

  it.each([
    [["rnu", "x.ipynb"], /but got rnu; did you mean run\?$/m],
    [["help", "exprt"], /but got exprt; did you mean export\?$/m],
    [["xyzzy"], /but got xyzzy; try lectern --help\.$/m],
    [["run", "--wirte", "x.ipynb"], /unknown option '--wirte'; did you mean --write\?$/m],
    [["open", "--no-brower"], /unknown option '--no-brower'; did you mean --no-browser\?$/m],
    [["export", "--output", "x"], /unknown option '--output'; did you mean --out\?$/m],
    [["trust", "--all"], /unknown option '--all'; it has no options\.$/m],
  ])("names what was meant: %j", (args, words) => {
    const { status, stderr } = lectern(...args);
    expect([status, stderr]).toEqual([2, expect.stringMatching(words)]);
  });

  it("behind -- is none", () => {
    expect(lectern("run", "--", "--help").stderr).toContain("there is no such file");
  });
});

it.each([
  ["--ot", "--to"],
  ["--prot", "--port"],
  ["stpe", "step"],
  ["qqqq", undefined],
  ["", undefined],
])("the nearest to %j is %j", (word, wanted) => {
  expect(nearest(word, ["--to", "--port", "step", "data"])).toBe(wanted);
});
