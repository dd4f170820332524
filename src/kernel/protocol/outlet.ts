import type { CellError, KernelOutput } from "../result.ts";
import type { Drawer } from "./drawer.ts";
import { coloured } from "./errors.ts";
import type { History } from "./history.ts";
import type { Content } from "./message.ts";
import type { Publisher } from "./publisher.ts";
import type { Run, Runs } from "./runs.ts";

type Update = Extract<KernelOutput, { kind: "update" }>;

/** How long a figure must stand before it is drawn, in milliseconds. */
const quiet = 400;

/** Publishes what cells show, each output as a message of the request that it comes from, in order. */
export class Outlet {
  /** Outputs that wait for a drawing, or behind one that does. */
  #waiting: Promise<void> | undefined;
  /** Figures that were shown in the place of others, by that place, until they are drawn. */
  readonly #redrawn = new Map<string, { update: Update; timer: NodeJS.Timeout }>();
  readonly #drawings = new Set<Promise<void>>();

  constructor(
    readonly runs: Runs,
    readonly publisher: Publisher,
    readonly history: History,
    readonly drawer: Drawer,
  ) {}

  receive(output: KernelOutput): void {
    if (output.kind === "update" && this.drawer.wants(output)) this.#replace(output);
    else this.#inOrder(output, this.drawer.draw(output));
  }

  /**
   * Shows a figure at once in the place of another, which a control may want many times a second, and draws it when no
   * other follows.
   */
  #replace(update: Update): void {
    const { displayId } = update;
    // JupyterLab's plotly keeps the figure that it shows; it starts anew where something else stood between.
    this.#inOrder({ ...update, data: { "text/plain": "" }, metadata: {} });
    this.#inOrder(update);
    clearTimeout(this.#redrawn.get(displayId)?.timer);
    this.#redrawn.set(displayId, { update, timer: setTimeout(() => this.#draw(displayId), quiet) });
  }

  #draw(displayId: string): void {
    const update = this.#redrawn.get(displayId)?.update;
    clearTimeout(this.#redrawn.get(displayId)?.timer);
    this.#redrawn.delete(displayId);
    const drawing = update && this.drawer.draw(update);
    if (!drawing) return;
    const done = drawing.then(drawn => {
      if (!this.#redrawn.has(displayId)) this.#inOrder(drawn);
      this.#drawings.delete(done);
    });
    this.#drawings.add(done);
  }

  #inOrder(output: KernelOutput, drawing?: Promise<KernelOutput>): void {
    if (drawing === undefined && this.#waiting === undefined) {
      this.#deliver(output);
      return;
    }
    const before = this.#waiting;
    const waiting = Promise.all([drawing ?? output, before]).then(([drawn]) => this.#deliver(drawn));
    this.#waiting = waiting;
    void waiting.then(() => {
      if (this.#waiting === waiting) this.#waiting = undefined;
    });
  }

  /** Settles when all that was received is published. */
  async settled(): Promise<void> {
    for (const displayId of [...this.#redrawn.keys()]) this.#draw(displayId);
    await Promise.all(this.#drawings);
    while (this.#waiting) await this.#waiting;
  }

  #deliver(output: KernelOutput): void {
    const run = this.runs.of(output);
    if (run?.collect) run.collect(output);
    else if (run) this.#publish(output, run);
  }

  error(error: CellError, run: Run): void {
    const { name: ename, message: evalue, traceback } = error;
    this.receive({
      cell: run.number,
      run: run.id,
      kind: "output",
      output: { output_type: "error", ename, evalue, traceback },
    });
  }

  #publish(message: KernelOutput, run: Run): void {
    const { publisher } = this;
    if (message.kind === "clear") publisher.publish("clear_output", { wait: message.wait }, run.origin);
    else if (message.kind === "update") {
      const { data, metadata, displayId } = message;
      publisher.publish("update_display_data", { data, metadata, transient: { display_id: displayId } }, run.origin);
    } else if (message.output.output_type === "stream") {
      publisher.stream(run.origin, message.output.name, message.output.text);
    } else {
      const { output_type: type, ...content } = message.output;
      if (type === "execute_result" && "data" in content) {
        this.history.setOutput(run.number, String(content.data["text/plain"] ?? ""));
      }
      publisher.publish(type, withTransient(content, type, message.displayId), run.origin);
    }
  }
}

function withTransient(content: Content, type: string, displayId: string | undefined): Content {
  if (type === "error") return { ...content, traceback: coloured(content.traceback as string[]) };
  return { ...content, transient: displayId === undefined ? {} : { display_id: displayId } };
}
