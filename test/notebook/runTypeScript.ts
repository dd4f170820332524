import { type ChildProcess, spawn } from "node:child_process";
import { pathToFileURL } from "node:url";

/**
 * Runs a module in a fresh Node process straight from its TypeScript source. `code` may import by absolute
 * address: see {@link addressOf}.
 */
export function runTypeScript(code: string): ChildProcess {
  const loader = `data:text/javascript,${encodeURIComponent(LOADER)}`;
  const register = `data:text/javascript,${encodeURIComponent(`import { register } from "node:module"; register(${JSON.stringify(loader)});`)}`;
  return spawn(process.execPath, ["--import", register, "--input-type=module", "--eval", code], {
    stdio: ["ignore", "pipe", "inherit"],
  });
}

/** What a module wrote to its standard output. */
export async function outputOf(code: string): Promise<string> {
  const child = runTypeScript(code);
  let output = "";
  child.stdout?.on("data", chunk => {
    output += chunk;
  });
  await new Promise(resolve => child.on("close", resolve));
  return output;
}

/** The address of a source file, given relative to the repository's `src` folder. */
export function addressOf(source: string): string {
  return new URL(`../../src/${source}`, import.meta.url).href;
}

const LOADER = `
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { transform } from ${JSON.stringify(pathToFileURL(new URL("../../node_modules/oxc-transform/index.js", import.meta.url).pathname).href)};

export async function load(url, context, next) {
  if (!url.endsWith(".ts")) return next(url, context);
  const path = fileURLToPath(url);
  const { code } = await transform(path, await readFile(path, "utf8"), {});
  return { format: "module", source: code, shortCircuit: true };
}
`;
