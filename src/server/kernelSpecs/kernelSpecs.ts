import fs from "node:fs/promises";
import path from "node:path";
import type { KernelSpec } from "../../kernel/protocol/kernelSpec.ts";

/** A kernel that this server can start. */
export interface InstalledKernel {
  name: string;
  spec: KernelSpec;
  /** With its pictures; absent where it has none. */
  folder?: string | undefined;
}

/** The kernels that this server can start: its own, and those that are installed for Jupyter. */
export class KernelSpecs {
  constructor(
    readonly own: InstalledKernel,
    /** Where to look for others, the first first. */
    readonly dataFolders: readonly string[] = [],
  ) {}

  /** Looked for each time, as one may be installed meanwhile. */
  async all(): Promise<InstalledKernel[]> {
    const found = new Map([[this.own.name, this.own]]);
    for (const folder of this.dataFolders) {
      for (const kernel of await kernelsIn(path.join(folder, "kernels")))
        if (!found.has(kernel.name)) found.set(kernel.name, kernel);
    }
    return [...found.values()];
  }

  /** Names are the same whatever their case. */
  async find(name: string): Promise<InstalledKernel | undefined> {
    const wanted = name.toLowerCase();
    return wanted === this.own.name ? this.own : (await this.all()).find(each => each.name === wanted);
  }
}

async function kernelsIn(folder: string): Promise<InstalledKernel[]> {
  const names = await fs.readdir(folder).catch(() => []);
  const kernels = await Promise.all(
    names
      .filter(name => /^[\w.-]+$/.test(name))
      .sort()
      .map(name => readKernel(path.join(folder, name))),
  );
  return kernels.filter(each => each !== undefined);
}

/** Undefined for a folder that holds no kernel that could be started: others must not suffer from it. */
async function readKernel(folder: string): Promise<InstalledKernel | undefined> {
  try {
    const given = JSON.parse(await fs.readFile(path.join(folder, "kernel.json"), "utf8")) as Partial<KernelSpec>;
    const { argv, display_name = path.basename(folder), language = "", interrupt_mode, metadata = {}, env } = given;
    if (!Array.isArray(argv) || argv.length === 0 || !argv.every(each => typeof each === "string")) return undefined;
    const spec: KernelSpec = {
      argv: await resolved(argv, folder),
      display_name,
      language,
      interrupt_mode: interrupt_mode === "message" ? "message" : "signal",
      metadata,
      ...(env === undefined ? {} : { env }),
    };
    return { name: path.basename(folder).toLowerCase(), spec, folder };
  } catch {
    return undefined;
  }
}

/** The command with its folders. A kernel of a Python environment is for the Python of that environment. */
async function resolved(argv: readonly string[], folder: string): Promise<string[]> {
  const prefix = path.resolve(folder, "../../../..");
  const full = argv.map(each => each.replaceAll("{resource_dir}", folder).replaceAll("{prefix}", prefix));
  const [command = "", ...args] = full;
  if (!/^python(\d[\d.]*)?$/.test(command)) return full;
  const own = path.join(prefix, process.platform === "win32" ? "python.exe" : "bin/python");
  return fs.access(own).then(
    () => [own, ...args],
    () => full,
  );
}
