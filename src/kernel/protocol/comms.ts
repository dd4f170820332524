import type { CommMessage, ToMain } from "./exchange.ts";
import type { Content, Extras, Request } from "./message.ts";
import type { Publisher } from "./publisher.ts";

/** Carries comm messages between clients and the code that answers them. */
export class Comms {
  readonly #targets = new Map<string, string>();
  readonly #answering = new Map<string, Answering>();

  constructor(
    readonly publisher: Publisher,
    readonly tell: (message: ToMain) => void,
  ) {}

  /** The `comms` of a `comm_info_reply`. */
  open(target: unknown): Content {
    const wanted = [...this.#targets].filter(([, name]) => typeof target !== "string" || target === name);
    return Object.fromEntries(wanted.map(([id, name]) => [id, { target_name: name }]));
  }

  /** Lets the kernel itself answer all comms to a target, also while a cell runs. */
  answer(target: string, answering: Answering): void {
    this.#answering.set(target, answering);
  }

  /** From a client. */
  receive({ header, content, metadata, buffers }: Request): void {
    const comm = String(content.comm_id ?? "");
    const kind = kinds[header.msg_type];
    if (!kind || comm === "") return;
    const target = typeof content.target_name === "string" ? content.target_name : (this.#targets.get(comm) ?? "");
    if (kind === "open") this.#targets.set(comm, target);
    if (kind === "close") this.#targets.delete(comm);
    const message = { kind, comm, target, data: content.data ?? {}, metadata, buffers };
    const answering = this.#answering.get(target);
    if (answering) answering(message, { parent: header });
    else this.tell({ type: "comm", message, parent: header });
  }

  /** From code in a cell. */
  publish({ kind, comm, target = "", data, metadata = {}, buffers = [] }: CommMessage, origin: Extras): void {
    if (kind === "open") this.#targets.set(comm, target);
    if (kind === "close") this.#targets.delete(comm);
    const content = { comm_id: comm, data, ...(kind === "open" ? { target_name: target } : {}) };
    this.publisher.publish(messageTypes[kind], content, { ...origin, metadata, buffers });
  }
}

type Answering = (message: CommMessage, origin: Extras) => void;

const messageTypes = { open: "comm_open", message: "comm_msg", close: "comm_close" } as const;

const kinds: Record<string, CommMessage["kind"] | undefined> = {
  comm_open: "open",
  comm_msg: "message",
  comm_close: "close",
};
