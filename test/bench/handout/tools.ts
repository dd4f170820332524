import { spawnSync } from "node:child_process";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { findPython } from "../../support/python.ts";

/** What makes a page of a notebook. */
export interface Tool {
  name: string;
  /** Runs it, and returns the page's file. */
  export(notebook: string, folder: string): string;
}

const cli = fileURLToPath(new URL("../../../dist/cli/main.js", import.meta.url));

/** Those that are here; of the others it is said why not. */
export function tools(): Tool[] {
  const lectern: Tool = {
    name: "lectern",
    export(notebook, folder) {
      run(process.execPath, [cli, "export", notebook, "--out", folder]);
      return join(folder, basename(notebook, ".ipynb").concat(".html"));
    },
  };
  const python = findPython(["nbconvert"]);
  if (python.path === undefined) {
    console.error(`bench:handouts: nbconvert is left out: ${python.lacks}`);
    return [lectern];
  }
  const { path } = python;
  const nbconvert: Tool = {
    name: "nbconvert",
    export(notebook, folder) {
      const output = basename(notebook, ".ipynb").concat(".nbconvert.html");
      run(path, ["-m", "nbconvert", "--to", "html", "--output-dir", folder, "--output", output, notebook]);
      return join(folder, output);
    },
  };
  return [lectern, nbconvert];
}

function run(program: string, args: string[]): void {
  const { status, stderr, error } = spawnSync(program, args, { encoding: "utf8" });
  if (error ?? status !== 0) throw new Error(`${program} ${args.join(" ")} ended with ${status}: ${error ?? stderr}`);
}
