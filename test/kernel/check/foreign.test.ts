import fs from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { makeWorkspace } from "../support.ts";
import { withWayOut } from "../../../src/kernel/check/foreign.ts";
import type { CellDiagnostic } from "../../../src/kernel/result.ts";

const problem = (part: Partial<CellDiagnostic> = {}): CellDiagnostic => ({
  line: 1,
  column: 3,
  code: 1109,
  message: "Expression expected.",
  ...part,
});
const told = (source: string, part: Partial<CellDiagnostic> = {}) =>
  withWayOut([problem(part)], source, "/course")[0]?.message;

describe("a line of IPython", () => {
  it.each([
    ["%timeit 1 + 1", "%timeit"],
    ["  %%html", "%%html"],
    ["%t", "%t"],
    ["%matplotlib2 inline", "%matplotlib2"],
  ])("is called a magic: %s", (source, magic) => {
    expect(told(source)).toBe(
      `${magic} is a magic of IPython, and cells here are TypeScript; leave the line out, or write what it does as code.`,
    );
  });

  it.each([
    ["!ls", "ls"],
    ["!!pwd", "pwd"],
    ["! ls -l", "ls -l"],
    ["  !pip install x", "pip install x"],
    ["!python3.11 -m venv", "python3.11 -m venv"],
    ['!echo "a"', 'echo "a"'],
  ])("is a shell command: %s", (source, command) => {
    expect(told(source)).toBe(
      `!${command} is a shell command as IPython has them; write: import { execSync } from "node:child_process"; execSync(${JSON.stringify(command)}, { encoding: "utf8" })`,
    );
  });

  it.each(["!done", "!a == b", "!f (x)", "!x && y", "!Ls -l", "a % b", "x!ls", "5 %d", "!ls; 1", "%1", "!x * 2", "!"])(
    "is none: %s",
    source => expect(told(source)).toBe("Expression expected."),
  );

  it("is told of once, at its first character", () => {
    const problems = [problem(), problem({ column: 8 }), problem({ line: 2 }), problem({ line: 3, column: 1 })];
    expect(withWayOut(problems, "  %who\n%who\n1 +", "/course").map(({ line, column }) => [line, column])).toEqual([
      [1, 3],
      [2, 1],
      [3, 1],
    ]);
    expect(withWayOut([problem({ line: 9 })], "%who", "/course")).toEqual([problem({ line: 9 })]);
  });

  it("is no business of a local file", () => {
    const inFile = problem({ file: "/course/src/a.ts", code: 2307, message: "Cannot find module 'npm:ms'." });
    expect(withWayOut([inFile], "%who", "/course")).toEqual([inFile]);
  });
});

describe("a module of another runtime", () => {
  const missing = (specifier: string, code = 2307) =>
    told("import x", { code, message: `Cannot find module '${specifier}' or its types.` });

  it.each([
    ["npm:ms", 'npm install ms, and import from "ms"'],
    ["npm:ms@2.0.0", 'npm install ms@2.0.0, and import from "ms"'],
    ["npm:/ms/sub/x", 'npm install ms, and import from "ms/sub/x"'],
    ["npm:@scope/a@^1/b", 'npm install @scope/a@^1, and import from "@scope/a/b"'],
  ])("is to be installed: %s", (specifier, advice) => {
    expect(missing(specifier)).toBe(`Cannot find module '${specifier}': npm: is Deno's; ${advice}.`);
  });

  it("is to be added from JSR, or saved from the network", () => {
    expect(missing("jsr:@std/path@1/posix", 2792)).toBe(
      `Cannot find module 'jsr:@std/path@1/posix': jsr: is Deno's; npx jsr add @std/path@1, and import from "@std/path/posix".`,
    );
    for (const address of ["https://esm.sh/a", "http://esm.sh/a"]) {
      expect(missing(address, 2882)).toBe(
        `Cannot find module '${address}': modules are not loaded from the network; npm install the package, or save the file and import it by its path.`,
      );
    }
  });

  it("is looked for from the notebook's folder up, and is to be installed there", () => {
    const workspace = makeWorkspace();
    try {
      const told = (specifier: string, directory: string) => {
        const message = `Cannot find module '${specifier}' or its types.`;
        return withWayOut([problem({ code: 2307, message })], "import x", directory)[0]?.message;
      };
      for (const [specifier, name] of [
        ["left-pad", "left-pad"],
        ["@nobody/at-all/sub", "@nobody/at-all"],
      ] as const) {
        expect(told(specifier, workspace.notebooks)).toBe(
          `Cannot find module '${specifier}': there is none in the node_modules of ${workspace.notebooks}, nor of the folders above it; npm install ${name} in that folder.`,
        );
      }
      expect(told("lectern", workspace.notebooks)).toContain("npm install the folder of lectern in");
      // A package of the folder above has no such path; a file of one's own, and what Node lacks, is no package.
      for (const specifier of ["mathjs/nowhere", "./mathjs", "/mathjs", "node:mathjs", "fs/nowhere", "#mathjs"]) {
        expect(told(specifier, workspace.notebooks)).toBe(`Cannot find module '${specifier}' or its types.`);
      }
    } finally {
      workspace.remove();
    }
  });

  it("is there where it lies at the root of the disk", () => {
    const packages = path.join(path.parse(process.cwd()).root, "node_modules", "left-pad");
    const { existsSync } = fs;
    Object.assign(fs, { existsSync: (file: fs.PathLike) => file === packages });
    try {
      expect(missing("left-pad")).toBe("Cannot find module 'left-pad' or its types.");
    } finally {
      Object.assign(fs, { existsSync });
    }
  });

  it.each(["./https:/x", "npm:", "deno:ms", "xnpm:ms", "httpx://a"])("may be any other: %s", specifier => {
    expect(missing(specifier)).toBe(`Cannot find module '${specifier}' or its types.`);
    expect(told("x", { code: 2305, message: "Module 'npm:ms' has no member." })).toBe("Module 'npm:ms' has no member.");
    expect(told("x", { code: 2307, message: "Cannot find it." })).toBe("Cannot find it.");
  });
});

describe("a name of another runtime", () => {
  const named = (name: string, kind = "name", code = 2304) =>
    told("x", { code, message: `Cannot find ${kind} '${name}'.` });

  it("has a way out in Node", () => {
    const wayOut = (name: string) =>
      `Cannot find name '${name}': cells run on Node; node:fs reads and writes files, process.env has the environment, node:child_process runs commands.`;
    expect([named("Deno"), named("Bun"), named("Deno", "namespace", 2503)]).toEqual(
      ["Deno", "Bun", "Deno"].map(wayOut),
    );
    expect(named("Denon")).toBe("Cannot find name 'Denon'.");
    expect(named("Deno", "name", 1999)).toBe("Cannot find name 'Deno'.");
    expect(told("x", { code: 2304, message: "So: Cannot find name 'Deno'." })).toBe("So: Cannot find name 'Deno'.");
  });

  it("is of a page, which is not there", () => {
    const help = "Do you need to change your target library? Try changing the 'lib' compiler option to include 'dom'.";
    const page = (name: string, code = 2584) => told("x", { code, message: `Cannot find name '${name}'. ${help}` });
    expect(page("document")).toBe("Cannot find name 'document': cells run on Node, which has no page.");
    expect(page("console")).toBe(`Cannot find name 'console'. ${help}`);
    for (const name of ["document", "window", "alert", "confirm", "customElements", "matchMedia", "indexedDB"]) {
      expect(page(name, 2304)).toBe(`Cannot find name '${name}': cells run on Node, which has no page.`);
    }
  });
});
