import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { dependenciesOf } from "./dependencies.ts";
import type { Notebook } from "./types.ts";

/** What the outputs of a notebook depend on, each as its own digest, so that staleness can say what changed. */
export const fingerprintParts = ["cells", "files", "data", "packages"] as const;

/**
 * `cells-….files-….data-….packages-…`: sha256 digests of the code cells; of the local files they reach through
 * imports; of the data manifest; and of the locked versions of the packages they import. Nothing is run,
 * so it takes milliseconds, and paths are relative, so it is the same on every machine.
 */
export async function fingerprint(path: string, notebook: Notebook): Promise<string> {
  const { home, sources, files, packages, inside } = await dependenciesOf(path, notebook);
  const manifest = await readFile(join(home.root, "data", "README.md"), "utf8").catch(() => "");
  const digests = {
    cells: digest(sources),
    files: digest([...files].map(([file, text]): [string, string] => [inside(file), text]).sort(byName)),
    data: digest(manifest),
    packages: digest([...packages].map((name): [string, string] => [name, home.lockedVersion(name)]).sort(byName)),
  };
  return fingerprintParts.map(part => `${part}-${digests[part]}`).join(".");
}

/** Half of a sha256 is plenty against accidents. Line ends may differ between checkouts and mean nothing. */
function digest(content: unknown): string {
  const text = JSON.stringify(content).replaceAll("\\r\\n", "\\n");
  return createHash("sha256").update(text).digest("hex").slice(0, 32);
}

function byName([left]: [string, string], [right]: [string, string]): number {
  return left < right ? -1 : 1;
}
