import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";

/** The npm package that a notebook lives in: where it is, what it calls itself, what its lock file says. */
export interface Home {
  root: string;
  name?: string;
  lockedVersion(packageName: string): string;
  /** The source file behind an import of the package by its own name, such as `lectern` in its own notebooks. */
  ownSource(specifier: string): string | undefined;
}

/** The nearest folder upward with a package.json; the folder itself where there is none. */
export async function findPackage(folder: string): Promise<Home> {
  for (let root = folder; ; root = dirname(root)) {
    const manifest = await readJson(join(root, "package.json"));
    if (manifest) return describePackage(root, manifest, (await readJson(join(root, "package-lock.json"))) ?? {});
    if (root === dirname(root)) return describePackage(folder, {}, {});
  }
}

interface PackageManifest {
  name?: string;
  exports?: Record<string, string | Record<string, string>>;
}

interface LockFile {
  packages?: Record<string, { version?: string }>;
}

function describePackage(root: string, manifest: PackageManifest, lock: LockFile): Home {
  return {
    root,
    ...(manifest.name === undefined ? {} : { name: manifest.name }),
    lockedVersion: name => lock.packages?.[`node_modules/${name}`]?.version ?? "not locked",
    ownSource: specifier => {
      if (!manifest.name || (specifier !== manifest.name && !specifier.startsWith(`${manifest.name}/`)))
        return undefined;
      const entry = manifest.exports?.[`.${specifier.slice(manifest.name.length)}`];
      const built = typeof entry === "string" ? entry : entry?.default;
      return built && join(root, built.replace(/^\.\/dist\//, "src/").replace(/\.js$/, ".ts"));
    },
  };
}

async function readJson<Content>(path: string): Promise<Content | undefined> {
  try {
    return JSON.parse(await readFile(path, "utf8"));
  } catch {
    return undefined;
  }
}
