import type { CellError, KernelOutput } from "../result.ts";
import type { Drawer } from "./drawer.ts";
import { coloured } from "./errors.ts";
import type { History } from "./history.ts";
import type { Content } from "./message.ts";
import type { Publisher } from "./publisher.ts";
import type { Run, Runs } from "./runs.ts";

/** Publishes what cells show, each output as a message of the request that it comes from, in order. */
export class Outlet {
  /** Outputs that wait for a drawing, or behind one that does. */
  #waiting: Promise<void> | undefined;

  constructor(
    readonly runs: Runs,
    readonly publisher: Publisher,
    readonly history: History,
    readonly drawer: Drawer,
  ) {}

  receive(output: KernelOutput): void {
    const drawing = this.drawer.draw(output);
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
