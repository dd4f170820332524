import { execFileSync, spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { program, stopAll, TestKernel } from "../kernel/protocol/client.ts";
import { makeWorkspace } from "../kernel/support.ts";

const workspace = makeWorkspace();
let home: string;
let homes = 0;

beforeEach(() => {
  home = path.join(workspace.root, `a home ${++homes}`);
  fs.mkdirSync(home);
});
afterAll(async () => {
  await stopAll();
  workspace.remove();
});

/** Runs the command for somebody with this home and nothing of Jupyter in the environment. */
function lectern(args: string[], extra: NodeJS.ProcessEnv = {}): { code: number | null; out: string; err: string } {
  const { PATH } = process.env;
  const env = { PATH, HOME: home, USERPROFILE: home, ...extra };
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...args], {
    cwd: home,
    env,
    encoding: "utf8",
  });
  return { code: status, out: stdout, err: stderr };
}

const specIn = (...folders: string[]) =>
  JSON.parse(fs.readFileSync(path.join(...folders, "kernels", "lectern", "kernel.json"), "utf8"));

describe("lectern install", () => {
  it("registers the kernel with its logos for the user, by default", () => {
    const data = path.join(home, "jupyter");
    const { code, out } = lectern(["install"], { JUPYTER_DATA_DIR: data });
    expect([code, out]).toEqual([0, `Installed the kernel lectern in ${path.join(data, "kernels", "lectern")}\n`]);
    expect(fs.readdirSync(path.join(data, "kernels", "lectern")).sort()).toEqual([
      "kernel.json",
      "logo-32x32.png",
      "logo-64x64.png",
      "logo-svg.svg",
    ]);
    expect(specIn(data)).toEqual({
      argv: [
        process.execPath,
        "--no-force-async-hooks-checks",
        "--no-warnings",
        fs.realpathSync(program),
        "kernel",
        "{connection_file}",
      ],
      display_name: "TypeScript (lectern)",
      language: "typescript",
      interrupt_mode: "message",
      metadata: { debugger: true, lectern: true },
      env: { MALLOC_ARENA_MAX: "2" },
    });
  });

  it.runIf(process.platform === "linux")("finds the user's folder as Jupyter does", () => {
    expect(lectern(["install", "--user"]).code).toBe(0);
    expect(specIn(home, ".local", "share", "jupyter").language).toBe("typescript");
    expect(lectern(["install"], { XDG_DATA_HOME: path.join(home, "xdg") }).code).toBe(0);
    expect(specIn(home, "xdg", "jupyter").language).toBe("typescript");
  });

  it("goes below --prefix, from where it is called, and into the Python environment", () => {
    expect(lectern(["install", "--prefix", "some where"]).code).toBe(0);
    expect(specIn(home, "some where", "share", "jupyter").language).toBe("typescript");
    const environment = path.join(home, "venv");
    fs.mkdirSync(environment);
    expect(lectern(["install", "--sys-prefix"], { VIRTUAL_ENV: environment }).code).toBe(0);
    expect(specIn(environment, "share", "jupyter").language).toBe("typescript");
  });

  it("takes a name for Jupyter and one for readers, and replaces what was there", () => {
    const folder = path.join(home, "p", "share", "jupyter", "kernels", "mine");
    fs.mkdirSync(folder, { recursive: true });
    fs.writeFileSync(path.join(folder, "old"), "");
    expect(lectern(["install", "--prefix", "p", "--name", "Mine", "--display-name", "TS"]).code).toBe(0);
    expect(fs.existsSync(path.join(folder, "old"))).toBe(false);
    expect(JSON.parse(fs.readFileSync(path.join(folder, "kernel.json"), "utf8")).display_name).toBe("TS");
  });

  it.each([
    [["--sys-prefix"], /--sys-prefix needs an active Python environment, but neither/],
    [["--user", "--prefix", "x"], /one of --user, --prefix and --sys-prefix may be given, but got several/],
    [["--name", "../../etc"], /--name must be of letters, .* but got "..\/..\/etc"/],
    [["--prefix", ""], /--prefix must not be empty, but got ""/],
    [["there"], /only options may be given, but got there/],
    [["--globally"], /unknown option '--globally'/],
  ])("says what is wrong with %j, in one line", (args, message) => {
    for (const command of ["install", "uninstall"]) {
      const { code, err } = lectern([command, ...args]);
      expect(code).toBe(2);
      expect(err).toMatch(message);
      expect(err).toMatch(new RegExp(`^lectern ${command}: .*\n$`));
    }
  });
});

describe("what is not ours", () => {
  it("stays: another kernel of the same name", () => {
    const folder = path.join(home, "p", "share", "jupyter", "kernels", "python3");
    fs.mkdirSync(folder, { recursive: true });
    fs.writeFileSync(path.join(folder, "kernel.json"), '{ "argv": ["python"], "language": "python" }');
    for (const command of ["install", "uninstall"]) {
      const { code, err } = lectern([command, "--prefix", "p", "--name", "python3"]);
      expect([code, err]).toEqual([2, expect.stringMatching(/--name must be that of a kernel of lectern, but .* has/)]);
    }
    expect(fs.readdirSync(folder)).toEqual(["kernel.json"]);
  });

  it("stays: an environment that is not there is not made", () => {
    const { code, err } = lectern(["install", "--sys-prefix"], { VIRTUAL_ENV: path.join(home, "gone") });
    expect([code, err]).toEqual([2, expect.stringMatching(/--sys-prefix needs .*, but there is no .*gone; activate/)]);
    expect(fs.existsSync(path.join(home, "gone"))).toBe(false);
  });

  it("is said in one line: a place that cannot be written", () => {
    fs.writeFileSync(path.join(home, "file"), "");
    const { code, err } = lectern(["install", "--prefix", "file"]);
    expect([code, err]).toEqual([1, expect.stringMatching(/^lectern install: .* must be a folder .* ENOTDIR.*\n$/)]);
  });
});

describe("lectern uninstall", () => {
  it("takes the kernel away, and nothing else", () => {
    lectern(["install", "--prefix", "p"]);
    lectern(["install", "--prefix", "p", "--name", "other"]);
    expect(lectern(["uninstall", "--prefix", "p"]).code).toBe(0);
    expect(fs.readdirSync(path.join(home, "p", "share", "jupyter", "kernels"))).toEqual(["other"]);
  });

  it("says that there is nothing to take away", () => {
    const { code, err } = lectern(["uninstall", "--prefix", "p"]);
    expect([code, err]).toEqual([2, expect.stringMatching(/the kernel must be installed, but there is none in/)]);
  });
});

it("stands in lectern --help, with uninstall", () => {
  const help = execFileSync(process.execPath, [program, "--help"], { encoding: "utf8" });
  expect(help).toMatch(/lectern install .*register the kernel/);
  expect(help).toContain("--user | --prefix FOLDER | --sys-prefix");
  expect(help).toMatch(/lectern uninstall/);
});

it("starts the kernel by what it registered, in a folder with spaces", async () => {
  lectern(["install", "--prefix", "p"]);
  const { argv } = specIn(home, "p", "share", "jupyter");
  fs.symlinkSync(path.join(workspace.root, "node_modules"), path.join(home, "node_modules"));
  const kernel = await TestKernel.start({ directory: home, argv });
  expect((await kernel.run("process.cwd()")).value).toBe(`'${home}'`);
});
