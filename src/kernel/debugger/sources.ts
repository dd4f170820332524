import fs from "node:fs";
import { codePath } from "./codeIds.ts";
import type { Scripts } from "./scripts.ts";

interface Module {
  id: string;
  name: string;
  path: string;
}

/** The texts of cells and files by the paths that their clients know. */
export class Sources {
  readonly #cells = new Map<string, string>();

  /** `scripts`: those that run, while somebody debugs. */
  constructor(readonly scripts: () => Scripts | undefined) {}

  /** The path that stands for a cell. */
  dump(code: string): { sourcePath: string } {
    const sourcePath = codePath(code);
    this.#cells.set(sourcePath, code);
    return { sourcePath };
  }

  /** Only of what runs: not every file of the machine is a client's to read by us. */
  async text(path: string): Promise<{ content: string; mimeType: string }> {
    const ran = (await this.scripts()?.all())?.find(each => each.path === path);
    const content = this.#cells.get(path) ?? ran?.facts.source ?? (ran && fs.readFileSync(path, "utf8"));
    if (content !== undefined) return { content, mimeType: "application/typescript" };
    throw new Error(`source: the path must be that of a cell or of a file that is in use, but got ${path}.`);
  }

  /** The local modules that run. */
  async modules(): Promise<{ modules: Module[]; totalModules: number }> {
    const scripts = (await this.scripts()?.all()) ?? [];
    const files = new Map(scripts.filter(each => "file" in each.facts.origin).map(each => [each.path, each.name]));
    const modules = [...files].map(([path, name]) => ({ id: path, name, path }));
    return { modules, totalModules: modules.length };
  }
}
