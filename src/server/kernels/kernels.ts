import { randomUUID } from "node:crypto";
import fs from "node:fs/promises";
import path from "node:path";
import { folderOf, normalisePath } from "../contents/paths.ts";
import type { Places } from "../contents/places.ts";
import { RequestError } from "../errors.ts";
import type { InstalledKernel, KernelSpecs } from "../kernelSpecs/kernelSpecs.ts";
import { Kernel } from "./kernel.ts";
import type { Run } from "./run.ts";

/** The name under which this server's kernel is known. */
export const kernelName = "lectern";

export interface KernelsOptions {
  /** The folder that was opened. */
  root: string;
  specs: KernelSpecs;
  /** Where a notebook's kernel runs: its original folder, so that what it imports is found. */
  places: Pick<Places, "read">;
  /** Ends kernels that were idle so long and that no page watches; 0: never. */
  cullIdleSeconds: number;
  onEvent?: (event: KernelEvent) => void;
  /** Called when a cell of the notebook at this contents path has come to its end. */
  onRun?: (apiPath: string, run: Run) => void;
}

export interface KernelEvent {
  action: "start" | "interrupt" | "restart" | "shutdown";
  kernel_id: string;
  kernel_name: string;
  status: "success" | "error";
  msg: string;
}

/** The kernels of this server. */
export class Kernels {
  readonly #kernels = new Map<string, Kernel>();
  readonly #paths = new Map<string, string>();
  #culling: NodeJS.Timeout | undefined;
  #isClosing = false;

  constructor(readonly options: KernelsOptions) {
    const { cullIdleSeconds: limit } = options;
    if (limit > 0) this.#culling = setInterval(() => this.#cull(limit), Math.min(60, limit / 2) * 1000).unref();
  }

  get all(): Kernel[] {
    return [...this.#kernels.values()];
  }

  has(id: string): boolean {
    return this.#kernels.has(id);
  }

  /** Throws a RequestError (404) where there is none. */
  get(id: string): Kernel {
    const kernel = this.#kernels.get(id);
    if (kernel) return kernel;
    throw new RequestError(404, `Kernel does not exist: ${id}`);
  }

  /** The contents path of what it runs. */
  pathOf(id: string): string {
    return this.#paths.get(id) ?? "";
  }

  /** What it runs is at another path now: JupyterLab asks for a kernel under a name of its own, and tells the notebook's then. */
  move(id: string, apiPath: string): void {
    if (this.#paths.has(id)) this.#paths.set(id, apiPath);
  }

  /** The contents path of a folder; the root's for one that is elsewhere. */
  pathTo(folder: string | undefined): string {
    if (folder === undefined) return "";
    const relative = path.relative(this.options.root, folder);
    const isInside = !relative.startsWith("..") && !path.isAbsolute(relative);
    return isInside ? relative.split(path.sep).join("/") : "";
  }

  /** `path` is of a notebook, or of a folder. The kernel answers when its process is there; see `ready`. */
  async start({
    name,
    id,
    path: given = "",
  }: {
    name?: string | null;
    id?: string | null;
    path?: string;
  }): Promise<Kernel> {
    if (this.#isClosing) throw new RequestError(503, "the server is ending; start it again.");
    const { name: kind, spec } = await this.#kindOf(name || kernelName);
    if (id && this.#kernels.has(id)) throw new RequestError(409, `Kernel already exists: ${id}`);
    const { directory, notebook } = await this.#placeOf(given);
    const kernel = new Kernel({
      id: id || randomUUID(),
      name: kind,
      spec,
      directory,
      notebook,
      onRun: run => this.options.onRun?.(this.pathOf(kernel.id), run),
    });
    // Another request may have taken the name while the files were looked at.
    if (this.#kernels.has(kernel.id)) {
      await kernel.shutdown();
      throw new RequestError(409, `Kernel already exists: ${kernel.id}`);
    }
    this.#kernels.set(kernel.id, kernel);
    this.#paths.set(kernel.id, given);
    this.#tell("start", kernel);
    return kernel;
  }

  async restart(id: string): Promise<Kernel> {
    const kernel = this.get(id);
    await kernel.restart();
    this.#tell("restart", kernel);
    return kernel;
  }

  interrupt(id: string): void {
    const kernel = this.get(id);
    kernel.interrupt();
    this.#tell("interrupt", kernel);
  }

  async shutdown(id: string): Promise<void> {
    const kernel = this.get(id);
    this.#kernels.delete(id);
    this.#paths.delete(id);
    await kernel.shutdown();
    this.#tell("shutdown", kernel);
  }

  /** Ends all of them; none starts after that. */
  async close(): Promise<void> {
    this.#isClosing = true;
    clearInterval(this.#culling);
    await Promise.all([...this.#kernels.keys()].map(id => this.shutdown(id)));
  }

  async #kindOf(name: string): Promise<InstalledKernel> {
    const { specs } = this.options;
    const found = await specs.find(name);
    if (found) return found;
    const names = (await specs.all()).map(each => each.name).join(" or ");
    throw new RequestError(
      501,
      `the kernel must be ${names}, but got ${name}, which is not installed here; install it for Jupyter, or choose another.`,
    );
  }

  #cull(limit: number): void {
    for (const kernel of this.all) {
      const idle = (Date.now() - kernel.lastActivity.getTime()) / 1000;
      const isWorking = kernel.state !== "idle" && kernel.state !== "dead";
      if (idle > limit && !isWorking && kernel.mailboxes.connected === 0) void this.shutdown(kernel.id);
    }
  }

  async #placeOf(given: string): Promise<{ directory: string; notebook?: string }> {
    const apiPath = normalisePath(given);
    const find = (each: string) => this.options.places.read(each);
    const own = await find(apiPath);
    if (await isFolder(own)) return { directory: own };
    const folder = await find(folderOf(apiPath));
    // A console or a notebook that is not saved yet may name a folder that is not there.
    const directory = (await isFolder(folder)) ? folder : await find("");
    return { directory, notebook: own };
  }

  #tell(action: KernelEvent["action"], { id, name }: Kernel): void {
    this.options.onEvent?.({
      action,
      kernel_id: id,
      kernel_name: name,
      status: "success",
      msg: `Kernel ${id}: ${action}.`,
    });
  }
}

async function isFolder(file: string): Promise<boolean> {
  return fs.stat(file).then(
    stats => stats.isDirectory(),
    () => false,
  );
}
