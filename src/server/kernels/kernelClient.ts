import { randomUUID } from "node:crypto";
import { Dealer, Subscriber } from "zeromq";
import { addressOf, type Connection } from "../../kernel/protocol/connection.ts";
import { SendQueue } from "../../kernel/protocol/sockets.ts";
import { newMessage } from "../../kernel/protocol/message.ts";
import { Wire } from "../../kernel/protocol/wire.ts";
import { fromMessage } from "../channels/compose.ts";
import { log } from "../log.ts";
import { ChannelMessage, type ChannelName, type Parts } from "../channels/message.ts";

/** The client's side of a kernel's sockets. */
export class KernelClient {
  readonly #wire: Wire;
  readonly #sockets: Record<"shell" | "control" | "stdin", Dealer>;
  readonly #iopub = new Subscriber({ linger: 0, receiveHighWaterMark: 0 });
  readonly #queues: Record<"shell" | "control" | "stdin", SendQueue>;
  #isClosed = false;
  /** Settles when everything that the kernel publishes from then on arrives. */
  readonly subscribed: Promise<void>;
  #welcome = () => {};
  /** What was asked only to hear whether anything arrives. */
  readonly #nudges = new Set<string>();
  readonly #nudging: NodeJS.Timeout;

  constructor(
    connection: Connection,
    readonly receive: (message: ChannelMessage) => void,
  ) {
    this.#wire = new Wire(connection);
    // The kernel sends what it asks for to where the request came from.
    const routingId = randomUUID();
    const dealer = (channel: "shell" | "control" | "stdin") => {
      const socket = new Dealer({ linger: 0, routingId, sendHighWaterMark: 0, receiveHighWaterMark: 0 });
      socket.connect(addressOf(connection, channel));
      void this.#listen(channel, socket);
      return socket;
    };
    this.#sockets = { shell: dealer("shell"), control: dealer("control"), stdin: dealer("stdin") };
    const queue = (socket: Dealer) => new SendQueue(frames => socket.send(frames));
    const { shell, control, stdin } = this.#sockets;
    this.#queues = { shell: queue(shell), control: queue(control), stdin: queue(stdin) };
    this.subscribed = new Promise(resolve => {
      this.#welcome = resolve;
    });
    this.#nudging = setInterval(() => this.#nudge(), nudgePeriod);
    void this.subscribed.then(() => clearInterval(this.#nudging));
    this.#iopub.connect(addressOf(connection, "iopub"));
    this.#iopub.subscribe("");
    void this.#listen("iopub", this.#iopub);
  }

  send({ channel, parts, buffers }: ChannelMessage): void {
    if (this.#isClosed || channel === "iopub") return;
    this.#queues[channel].push(this.#wire.seal([], parts, buffers));
  }

  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    clearInterval(this.#nudging);
    for (const socket of [...Object.values(this.#sockets), this.#iopub]) socket.close();
  }

  async #listen(channel: ChannelName, socket: Dealer | Subscriber): Promise<void> {
    // Ends when the socket is closed.
    for await (const frames of socket as AsyncIterable<Uint8Array[]>) {
      if (this.#isClosed) return;
      try {
        const message = this.#read(channel, frames);
        if (channel === "iopub") this.#welcome();
        // It is for whoever subscribes, which is this client and no page.
        const isOwn = message.type === "iopub_welcome" || this.#nudges.has(message.parent.msg_id ?? "");
        if (!isOwn) this.receive(message);
      } catch (error) {
        log(`a kernel's message was dropped, because ${(error as Error).message}`);
      }
    }
  }

  /** Older kernels do not welcome who subscribes: that they are heard shows when they answer. */
  #nudge(): void {
    const message = fromMessage("shell", newMessage("kernel_info_request", {}, {}));
    this.#nudges.add(message.header.msg_id);
    this.send(message);
  }

  #read(channel: ChannelName, frames: Uint8Array[]): ChannelMessage {
    const { parts, buffers } = this.#wire.open(frames);
    return new ChannelMessage(channel, parts.map(asBuffer) as Parts, buffers);
  }
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** In milliseconds. */
const nudgePeriod = 500;
