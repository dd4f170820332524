import type { FromMain, InputReply } from "./exchange.ts";
import { newMessage, type Request } from "./message.ts";
import type { Runs } from "./runs.ts";
import type { Channel } from "./sockets.ts";
import type { Wire } from "./wire.ts";

type Question = Extract<FromMain, { type: "input" }>;

/** Carries questions of cells to the client that runs them, and the answers back. */
export class Input {
  #waiting: number | undefined;

  constructor(
    readonly wire: Wire,
    readonly channel: Channel,
    readonly runs: Runs,
    readonly answer: (reply: InputReply) => void,
    /** Shows what was printed before the question. */
    readonly flush: () => void,
  ) {}

  ask({ id, run: runId, text, password }: Question): void {
    const run = this.runs.of({ run: runId });
    if (!run?.stdin) {
      this.answer({ id, refused: true });
      return;
    }
    this.#waiting = id;
    this.flush();
    const message = newMessage("input_request", { prompt: text, password }, { parent: run.origin.parent });
    this.channel.out.push(this.wire.encode(run.stdin, message));
  }

  receive({ header, content }: Request): void {
    if (header.msg_type !== "input_reply" || this.#waiting === undefined) return;
    const id = this.#waiting;
    this.#waiting = undefined;
    this.answer({ id, value: String(content.value ?? "") });
  }

  /** Ends the wait for an answer. */
  interrupt(): void {
    if (this.#waiting === undefined) return;
    const id = this.#waiting;
    this.#waiting = undefined;
    this.answer({ id, interrupted: true });
  }
}
