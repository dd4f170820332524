import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { packageFolder } from "../packageFolder.ts";
import { outcome, run } from "./command.ts";
import { nodeModules, tfjsNode } from "./places.ts";

/**
 * Installs tfjs-node's JavaScript, of the version and with the checksums of package-lock.json.
 *
 * npm took it away when its own installer failed. Scripts stay off: they are what failed.
 */
export async function installPackage(): Promise<void> {
  const args = ["install", "--no-save", "--ignore-scripts", "--include=optional", "--prefer-offline"];
  // The npm that runs this script, which need not be the first on the path.
  const npm = process.env.npm_execpath;
  const [command, ...first] = npm ? [process.execPath, npm] : ["npm"];
  await run("npm install", command as string, [...first, ...args], { minutes: 10, cwd: packageFolder });
}

/** The folders below node_modules, such as `a/node_modules/b`, that package-lock.json has and that are not here. */
export function missingPackages(lock = readFileSync(join(packageFolder, "package-lock.json"), "utf8")): string[] {
  const { packages } = JSON.parse(lock) as { packages: Record<string, unknown> };
  return Object.keys(packages)
    .filter(path => path !== "" && !existsSync(join(packageFolder, path)))
    .map(path => path.replace(/^node_modules\//, ""));
}

export function hasPackage(): boolean {
  return existsSync(join(nodeModules, tfjsNode, "package.json"));
}

/**
 * Runs tfjs-node's own installer, which downloads TensorFlow 2.9 and a compiled addon.
 *
 * @returns why it failed, in words; undefined where it did not. A network without its server is told within seconds.
 */
export async function runOwnInstaller(): Promise<string | undefined> {
  const home = join(nodeModules, tfjsNode);
  const { binary } = JSON.parse(readFileSync(join(home, "package.json"), "utf8")) as { binary: { host: string } };
  const { host } = new URL(process.env.TFJS_NODE_CDN_STORAGE ?? process.env.CDN_STORAGE ?? binary.host);
  try {
    await fetch(`https://${host}/`, { method: "HEAD", signal: AbortSignal.timeout(10_000) });
  } catch {
    return `${host} cannot be reached`;
  }
  const PATH = [join(nodeModules, ".bin"), process.env.PATH].join(process.platform === "win32" ? ";" : ":");
  const env = { ...process.env, PATH };
  return outcome(process.execPath, [join("scripts", "install.js")], { minutes: 10, cwd: home, env });
}
