import { type MessagePort, receiveMessageOnPort } from "node:worker_threads";
import { currentListener } from "../output/capture.ts";
import { CellRun } from "../output/cellRun.ts";
import { Interrupted } from "../output/interrupted.ts";
import type { FromMain, InputReply } from "./exchange.ts";
import type { SharedState } from "./sharedState.ts";

/** Asks the reader of the notebook, through the thread that speaks to the client. */
export class Questions {
  #asked = 0;
  /** Those whose answers are not waited for in place. */
  readonly #open = new Map<number, (reply: InputReply) => void>();

  constructor(
    readonly shared: SharedState,
    readonly replies: MessagePort,
    readonly post: (message: FromMain) => void,
  ) {
    replies.on("message", (reply: InputReply) => this.#receive(reply));
    replies.unref();
  }

  /** Blocks this thread until the answer is there; the one that speaks to the client goes on. */
  ask(text: string, password: boolean): string {
    const id = this.#send(text, password);
    for (;;) {
      this.shared.block("input", 1000);
      // One to an earlier question, which was interrupted, is dropped.
      for (let reply = this.#take(); reply; reply = this.#take()) {
        if (reply.id === id) return textOf(reply);
        this.#receive(reply);
      }
    }
  }

  /** Goes on, and calls back with a line. */
  askLater(text: string, answered: (reply: InputReply) => void): void {
    this.#open.set(this.#send(text, false), answered);
  }

  #send(text: string, password: boolean): number {
    const listener = currentListener();
    const run = listener instanceof CellRun ? listener.id : undefined;
    const id = ++this.#asked;
    this.shared.arm("input");
    this.post({ type: "input", id, run, text, password });
    return id;
  }

  #take(): InputReply | undefined {
    return (receiveMessageOnPort(this.replies) as { message: InputReply } | undefined)?.message;
  }

  #receive(reply: InputReply): void {
    const answered = this.#open.get(reply.id);
    this.#open.delete(reply.id);
    answered?.(reply);
  }
}

export function textOf(reply: InputReply): string {
  if ("value" in reply) return reply.value;
  if ("interrupted" in reply) throw new Interrupted();
  throw new Error(
    "prompt: the client must be able to ask its reader, but it runs this cell without input (allow_stdin is false); give the value in the code instead.",
  );
}
