import type { StreamName } from "../output/capture.ts";
import { type Content, type Extras, type Message, newMessage } from "./message.ts";
import type { SendQueue } from "./sockets.ts";
import type { Wire } from "./wire.ts";

/** Text of one stream, of one request, that was not sent yet. */
interface PendingText {
  /** Compared by identity. */
  origin: Extras;
  name: StreamName;
  chunks: string[];
  length: number;
}

/** How long text may wait for more of its stream, in milliseconds. */
const patience = 25;

/** A stream message is sent when it is that long, in UTF-16 units. */
const fullLength = 1 << 20;

/**
 * What the kernel broadcasts on iopub, in one order. Text of a stream is joined for a moment; any
 * other message sends it first, so nothing overtakes it, `idle` least of all.
 */
export class Publisher {
  #text: PendingText | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(
    readonly wire: Wire,
    readonly out: SendQueue,
  ) {}

  publish(type: string, content: Content, extras: Extras = {}, topic = type): void {
    this.flush();
    this.#send(type, content, extras, topic);
  }

  stream(origin: Extras, name: StreamName, text: string): void {
    if (this.#text && (this.#text.origin !== origin || this.#text.name !== name)) this.flush();
    this.#text ??= { origin, name, chunks: [], length: 0 };
    this.#text.chunks.push(text);
    this.#text.length += text.length;
    if (this.#text.length >= fullLength) this.flush();
    else this.#timer ??= setTimeout(() => this.flush(), patience);
  }

  status(state: "starting" | "busy" | "idle", parent?: Message["parent"]): void {
    this.publish("status", { execution_state: state }, parent ? { parent } : {});
  }

  /** Sends the text that waits for more. */
  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const text = this.#text;
    this.#text = undefined;
    if (text) this.#send("stream", { name: text.name, text: text.chunks.join("") }, text.origin, "stream");
  }

  #send(type: string, content: Content, extras: Extras, topic: string | Uint8Array): void {
    this.out.push(this.wire.encode([topic], newMessage(type, content, extras)));
  }

  /** Greets whoever subscribed, so that clients know that nothing will be missed from now on. */
  welcome(subscription: Uint8Array): void {
    this.#send("iopub_welcome", { subscription: Buffer.from(subscription).toString() }, {}, subscription);
  }
}
