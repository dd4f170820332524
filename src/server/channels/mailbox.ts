import type { WebSocket } from "ws";
import { newMessage } from "../../kernel/protocol/message.ts";
import { fromMessage } from "./compose.ts";
import { type Framing, framingJson, framingOf } from "./framing.ts";
import type { ChannelMessage } from "./message.ts";

export interface MailboxLimits {
  /** What may be on its way to a page before more waits here, in bytes. */
  inFlight: number;
  /** What may wait here, in bytes, before outputs are left out. */
  waiting: number;
}

export const defaultLimits: MailboxLimits = { inFlight: 8 * 2 ** 20, waiting: 64 * 2 ** 20 };

/**
 * What a kernel sends to one page: at once, and later where the page is slow, or away for a while. The page that comes
 * back gets what it missed, in order; past the limit the oldest outputs are left out, and the page is told.
 */
export class Mailbox {
  #waiting: ChannelMessage[] = [];
  #waitingSize = 0;
  #inFlight = 0;
  #socket: WebSocket | undefined;
  #framing: Framing = framingJson;
  /** Since when nobody reads. */
  absentSince: number | undefined = Date.now();

  constructor(
    /** The page's own name for its session with the kernel. */
    readonly key: string,
    readonly limits: MailboxLimits = defaultLimits,
  ) {}

  get socket(): WebSocket | undefined {
    return this.#socket;
  }

  get waiting(): number {
    return this.#waiting.length;
  }

  /** A page came, or came back over another socket. */
  open(socket: WebSocket): void {
    const before = this.#socket;
    this.#socket = socket;
    this.#framing = framingOf(socket);
    this.#inFlight = 0;
    this.absentSince = undefined;
    // Its other end has gone, or it would not be back.
    before?.terminate();
    this.#flush();
  }

  /** The socket closed; says whether it was the one in use. */
  close(socket: WebSocket): boolean {
    if (this.#socket !== socket) return false;
    this.#socket = undefined;
    this.absentSince = Date.now();
    return true;
  }

  post(message: ChannelMessage): void {
    if (this.#waiting.length === 0 && this.#canSend()) {
      this.#send(message);
      return;
    }
    this.#waiting.push(message);
    this.#waitingSize += message.size;
    if (this.#waitingSize > this.limits.waiting) this.#shorten();
  }

  #canSend(): boolean {
    const isOpen = this.#socket !== undefined && this.#socket.readyState === this.#socket.OPEN;
    return isOpen && this.#inFlight < this.limits.inFlight;
  }

  #send(message: ChannelMessage): void {
    const socket = this.#socket as WebSocket;
    const { data, isBinary } = this.#encode(message);
    const size = data.length;
    this.#inFlight += size;
    socket.send(data, { binary: isBinary }, () => {
      if (this.#socket !== socket) return;
      this.#inFlight -= size;
      this.#flush();
    });
  }

  /** What is no message, or too long to be one text, must not end the server, which sends it whenever a page is ready. */
  #encode(message: ChannelMessage): ReturnType<Framing["encode"]> {
    try {
      return this.#framing.encode(message);
    } catch {
      return this.#framing.encode(leftOut(1, message));
    }
  }

  #flush(): void {
    let sent = 0;
    while (sent < this.#waiting.length && this.#canSend()) {
      const message = this.#waiting[sent++] as ChannelMessage;
      this.#waitingSize -= message.size;
      this.#send(message);
    }
    this.#waiting.splice(0, sent);
  }

  /** Leaves the oldest outputs out until half of the limit is free; answers and states stay. */
  #shorten(): void {
    const enough = this.limits.waiting / 2;
    // What widgets say goes only where that is not enough.
    for (const types of [outputs, comms]) {
      if (this.#waitingSize <= enough) return;
      this.#waiting = shortened(this.#waiting, this.#waitingSize - enough, types);
      this.#waitingSize = this.#waiting.reduce((sum, { size }) => sum + size, 0);
    }
  }
}

/** The messages without the oldest of some types, as many as make up that size; a notice stands where they were. */
function shortened(messages: readonly ChannelMessage[], size: number, types: ReadonlySet<string>): ChannelMessage[] {
  let excess = size;
  const notices = new Map<string | undefined, { at: number; count: number; of: ChannelMessage }>();
  const kept: (ChannelMessage | undefined)[] = [];
  for (const message of messages) {
    if (excess <= 0 || !types.has(message.type)) {
      kept.push(message);
      continue;
    }
    excess -= message.size;
    const id = message.parent.msg_id;
    const notice = notices.get(id);
    if (notice) notice.count += countOf(message);
    else notices.set(id, { at: kept.push(undefined) - 1, count: countOf(message), of: message });
  }
  for (const { at, count, of } of notices.values()) kept[at] = leftOut(count, of);
  return kept as ChannelMessage[];
}

const outputs = new Set(["stream", "display_data", "update_display_data", "execute_result", "clear_output"]);
const comms = new Set(["comm_msg"]);

/** How many messages a notice stands for already. */
const counts = new WeakMap<ChannelMessage, number>();

function countOf(message: ChannelMessage): number {
  return counts.get(message) ?? 1;
}

function leftOut(count: number, of: ChannelMessage): ChannelMessage {
  const text = `[lectern: ${count} messages with output were left out here, because the page was away or too slow for them, or they were too long]\n`;
  const parent = of.parent as ChannelMessage["header"];
  const notice = fromMessage("iopub", newMessage("stream", { name: "stderr", text }, { parent }));
  counts.set(notice, count);
  return notice;
}
