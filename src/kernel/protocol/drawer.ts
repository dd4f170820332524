import { type ChildProcess, fork } from "node:child_process";
import path from "node:path";
import type { MimeData } from "../../notebook/types.ts";
import { slowness } from "../process/slowness.ts";
import type { KernelOutput } from "../result.ts";

/** How long a drawing may take, in milliseconds; the first one loads the library. */
const patience = 15_000;

interface Shown {
  data: MimeData;
  metadata: Record<string, unknown>;
}

type Answer = { id: number } & ({ shown: Shown } | { problem: string });

/**
 * Puts a static drawing beside each plotly figure, for front ends that have no plotly. A process of its own draws; it
 * starts with the first figure. A figure that cannot be drawn is shown without.
 */
export class Drawer {
  readonly #open = new Map<number, (answer: Answer | undefined) => void>();
  #process: ChildProcess | undefined;
  #asked = 0;

  /** With the program that answers `{ id, shown }` with the same and its drawing; without one, nothing is drawn. */
  constructor(readonly program: string | undefined) {}

  /** The output with its drawing; nothing for an output that needs none. */
  draw(output: KernelOutput): Promise<KernelOutput> | undefined {
    const shown = shownBy(output);
    if (this.program === undefined || shown === undefined || !this.wants(output)) return undefined;
    return this.#ask(this.program, shown).then(answer => {
      if (answer === undefined || !("shown" in answer)) return output;
      return output.kind === "update"
        ? { ...output, ...answer.shown }
        : ({ ...output, output: { ...("output" in output && output.output), ...answer.shown } } as KernelOutput);
    });
  }

  /** Whether the output is a figure without a drawing. */
  wants(output: KernelOutput): boolean {
    const shown = shownBy(output);
    return shown !== undefined && wantsDrawing(shown.data);
  }

  dispose(): void {
    this.#process?.kill("SIGKILL");
  }

  #ask(program: string, shown: Shown): Promise<Answer | undefined> {
    this.#process ??= this.#start(program);
    const drawing = this.#process;
    return new Promise(resolve => {
      const id = ++this.#asked;
      const timer = setTimeout(() => drawing.kill("SIGKILL"), patience * slowness());
      this.#open.set(id, answer => {
        clearTimeout(timer);
        this.#open.delete(id);
        resolve(answer);
      });
      drawing.send({ id, shown });
    });
  }

  #start(program: string): ChildProcess {
    const child = fork(program, {
      // What a cell left as ours may be gone, and no process starts there.
      cwd: path.dirname(program),
      execArgv: [],
      serialization: "advanced",
      stdio: ["ignore", "ignore", "inherit", "ipc"],
    });
    child.on("message", (answer: Answer) => this.#open.get(answer.id)?.(answer));
    const gone = () => {
      if (this.#process === child) this.#process = undefined;
      for (const end of [...this.#open.values()]) end(undefined);
    };
    child.on("exit", gone);
    child.on("error", gone);
    child.unref();
    return child;
  }
}

function shownBy(output: KernelOutput): Shown | undefined {
  if (output.kind === "update") return output;
  return output.kind === "output" && "data" in output.output ? output.output : undefined;
}

function wantsDrawing(data: MimeData): boolean {
  return data["application/vnd.plotly.v1+json"] !== undefined && data["image/svg+xml"] === undefined;
}
