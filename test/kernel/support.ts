import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { slowness as slownessNow } from "../../src/kernel/process/slowness.ts";
import { unchecked } from "./unchecked.ts";
import { CellEngine, type CellResult, type KernelOutput, OutputList } from "../../src/kernel/index.ts";

export const repository = fileURLToPath(new URL("../..", import.meta.url));

/** How many times longer everything takes than on a quiet machine: deadlines follow it. */
export const slowness = slownessNow();

/** A folder as a course has it: `notebooks/`, `src/` and the repository's packages. */
export interface Workspace {
  root: string;
  notebooks: string;
  write(file: string, text: string): string;
  remove(): void;
}

export function makeWorkspace(files: Record<string, string> = {}): Workspace {
  const root = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), "lectern-kernel-")));
  const notebooks = path.join(root, "notebooks");
  fs.mkdirSync(notebooks);
  fs.symlinkSync(path.join(repository, "node_modules"), path.join(root, "node_modules"));
  let edits = 0;
  const write = (file: string, text: string) => {
    const target = path.join(root, file);
    fs.mkdirSync(path.dirname(target), { recursive: true });
    fs.writeFileSync(target, text);
    // Two edits within one tick of the clock must still differ.
    const time = new Date(Date.now() + 1000 * ++edits);
    fs.utimesSync(target, time, time);
    return target;
  };
  for (const [file, text] of Object.entries(files)) write(file, text);
  return { root, notebooks, write, remove: () => fs.rmSync(root, { recursive: true, force: true }) };
}

/** An engine with its cells counted and its outputs at hand. */
export class Notebook {
  readonly messages: KernelOutput[] = [];
  readonly progress: unknown[] = [];
  readonly engine: CellEngine;
  #count = 0;

  constructor(directory: string) {
    this.engine = new CellEngine({
      directory,
      // Mutants of what runs are tried a thousand times, each in modules that know nothing yet.
      ...(process.env.LECTERN_TESTS_UNCHECKED ? { checker: unchecked(directory) } : {}),
      onOutput: output => this.messages.push(output),
      onProgress: progress => this.progress.push(progress),
    });
  }

  /** Runs one cell and returns its result and what it showed. */
  async run(source: string, signal?: AbortSignal): Promise<CellResult & { outputs: OutputList["outputs"] }> {
    const from = this.messages.length;
    const result = await this.engine.run(source, { number: ++this.#count }, signal);
    return { ...result, outputs: collect(this.messages.slice(from)) };
  }

  /** The text of the cell's value; throws when the cell failed. */
  async value(source: string): Promise<string | undefined> {
    const result = await this.run(source);
    if (result.status === "error") throw new Error(result.error.traceback.join("\n"));
    const shown = result.outputs.find(each => each.output_type === "execute_result");
    return shown && "data" in shown ? String(shown.data["text/plain"]) : undefined;
  }

  /** The error of a cell that must fail. */
  async error(source: string) {
    const result = await this.run(source);
    if (result.status === "ok") throw new Error("the cell should fail, but it ran");
    return result.error;
  }
}

export function collect(messages: KernelOutput[]): OutputList["outputs"] {
  const list = new OutputList();
  for (const message of messages) list.add(message);
  return list.outputs;
}
