import type { Content, Header } from "../../kernel/protocol/message.ts";

export type ChannelName = "shell" | "control" | "stdin" | "iopub";

const channels: readonly string[] = ["shell", "control", "stdin", "iopub"];

export function isChannel(name: string): name is ChannelName {
  return channels.includes(name);
}

export type Parts = [header: Buffer, parent: Buffer, metadata: Buffer, content: Buffer];

/** A message on its way between a kernel and a page: JSON as it was written, read only where somebody asks. */
export class ChannelMessage {
  #header: Header | undefined;
  #parent: Partial<Header> | undefined;
  #content: Content | undefined;

  constructor(
    readonly channel: ChannelName,
    readonly parts: Parts,
    readonly buffers: readonly Uint8Array[],
  ) {}

  /** Throws where the message has none. */
  get header(): Header {
    this.#header ??= headerOf(this.parts[0]);
    return this.#header;
  }

  get parent(): Partial<Header> {
    this.#parent ??= objectOf(this.parts[1]) as Partial<Header>;
    return this.#parent;
  }

  get metadata(): Content {
    return objectOf(this.parts[2]);
  }

  get content(): Content {
    this.#content ??= objectOf(this.parts[3]);
    return this.#content;
  }

  get type(): string {
    return this.header.msg_type;
  }

  /** In bytes, with what it costs to keep it. */
  get size(): number {
    const bytes = [...this.parts, ...this.buffers].reduce((sum, part) => sum + part.length, 0);
    return bytes + 500;
  }
}

function headerOf(bytes: Buffer): Header {
  const header = objectOf(bytes);
  if (typeof header.msg_id === "string" && typeof header.msg_type === "string") return header as unknown as Header;
  throw new Error("a message's header must have msg_id and msg_type, but lacks one");
}

function objectOf(bytes: Buffer): Content {
  const value: unknown = JSON.parse(bytes.toString("utf8"));
  return typeof value === "object" && value !== null ? (value as Content) : {};
}
