import { mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { run } from "./command.ts";
import { compiler } from "./machine.ts";
import { nodeModules, tfjsNode } from "./places.ts";

/**
 * Compiles tfjs-node's addon against the libraries in `folder`/deps, as `folder`/lib.
 *
 * Two files, one call of the compiler: neither node-gyp nor its download of Node's sources is needed, for the addon
 * speaks Node-API, whose headers are the same for every version.
 */
export async function compileAddon(folder: string, headers: string): Promise<void> {
  const home = join(nodeModules, tfjsNode);
  const version = nodeApiVersion(readFileSync(join(home, "package.json"), "utf8"), process.versions.napi);
  const target = join(folder, "lib", `napi-v${version}`);
  mkdirSync(target, { recursive: true });
  const sources = readdirSync(join(home, "binding")).filter(name => name.endsWith(".cc"));
  const output = join(target, "tfjs_binding.node");
  await run(
    "the addon",
    compiler,
    [
      ...["-std=c++17", "-O2", "-fPIC", "-shared", `-DNAPI_VERSION=${version}`, "-o", output],
      ...[join(home, ".."), headers, join(folder, "deps", "include")].flatMap(include => ["-I", include]),
      ...sources.map(name => join(home, "binding", name)),
      ...["-L", join(folder, "deps", "lib"), "-ltensorflow", "-ltensorflow_framework"],
      // It finds the libraries beside itself, wherever the folder is moved.
      "-Wl,-rpath,$ORIGIN/../../deps/lib",
    ],
    { minutes: 10 },
  );
}

/** The Node-API for which tfjs-node looks: the newest that it names and that this Node has. */
export function nodeApiVersion(packageJson: string, newest: string | undefined): number {
  const { binary } = JSON.parse(packageJson) as { binary: { napi_versions: number[] } };
  return Math.max(...binary.napi_versions.filter(version => version <= Number(newest)));
}
