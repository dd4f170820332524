import type { ChannelMessage } from "../channels/message.ts";
import type { RunModel } from "../../notebook/courseModels.ts";
import { Run } from "./run.ts";

/**
 * What the cells of a kernel came to since it started: the last run of each, with its outputs, for a page that was not
 * there to see it.
 */
export class Runs {
  readonly #runs = new Map<string, Run>();
  #size = 0;
  #input: { msg_id: string | undefined; content: unknown } | null = null;

  constructor(
    /** Called when a run has come to its end. */
    readonly onDone: (run: Run) => void = () => {},
    /** Of all outputs together, in bytes; past it no more are kept. */
    readonly limit = 64 * 2 ** 20,
  ) {}

  get model(): { runs: RunModel[]; input: unknown } {
    return { runs: [...this.#runs.values()].map(run => run.model), input: this.#input };
  }

  /** The requests to execute that are not answered yet, in order. */
  get open(): Run[] {
    return [...this.#runs.values()].filter(({ state }) => state !== "done");
  }

  /** A page sent a request. */
  request(message: ChannelMessage): void {
    if (message.type === "input_reply") this.#input = null;
    if (message.type !== "execute_request" || message.content.silent === true) return;
    const run = new Run(message);
    for (const [id, { cell }] of this.#runs) if (cell !== null && cell === run.cell) this.#remove(id);
    this.#runs.set(run.id, run);
  }

  /** The kernel sent something. */
  receive(message: ChannelMessage): void {
    if (message.type === "input_request") {
      const { parent, content } = message;
      this.#input = { msg_id: parent.msg_id, content };
    }
    const run = this.#runs.get(message.parent.msg_id ?? "");
    if (message.type === "update_display_data") {
      // It may be for the output of another cell.
      for (const each of this.#runs.values()) this.#add(each, message);
    } else if (run) this.#add(run, message);
    if (run?.state === "done" && this.#input?.msg_id === run.id) this.#input = null;
  }

  clear(): void {
    this.#runs.clear();
    this.#size = 0;
    this.#input = null;
  }

  #add(run: Run, message: ChannelMessage): void {
    const { size, state } = run;
    run.receive(message, this.#size < this.limit);
    this.#size += run.size - size;
    if (state !== "done" && run.state === "done") this.onDone(run);
  }

  #remove(id: string): void {
    this.#size -= this.#runs.get(id)?.size ?? 0;
    this.#runs.delete(id);
  }
}
