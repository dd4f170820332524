import { ChannelMessage, type ChannelName, isChannel } from "./message.ts";

/** The subprotocol in which a message is one binary frame, with a table of where its parts begin. */
export const protocolV1 = "v1.kernel.websocket.jupyter.org";

/** How messages stand in the frames of a websocket. */
export interface Framing {
  encode(message: ChannelMessage): { data: Buffer | string; isBinary: boolean };
  /** Throws where the frame is not a message. */
  decode(data: Buffer, isBinary: boolean): ChannelMessage;
}

/** The framing that a page and the server agreed on when the websocket was opened. */
export function framingOf({ protocol }: { protocol: string }): Framing {
  return protocol === protocolV1 ? framingV1 : framingJson;
}

/** `v1.kernel.websocket.jupyter.org`: parts go through as the kernel wrote them. */
export const framingV1: Framing = {
  encode({ channel, parts, buffers }) {
    const all = [Buffer.from(channel), ...parts, ...buffers];
    const head = Buffer.alloc(8 * (all.length + 2));
    head.writeBigUInt64LE(BigInt(all.length + 1), 0);
    let offset = head.length;
    for (const [index, part] of [...all, Buffer.alloc(0)].entries()) {
      head.writeBigUInt64LE(BigInt(offset), 8 * (index + 1));
      offset += part.length;
    }
    return { data: Buffer.concat([head, ...all]), isBinary: true };
  },
  decode(data, isBinary) {
    if (!isBinary) throw new Error("a message of the v1 protocol must be a binary frame, but got text");
    const count = countOf(data);
    const offsets = Array.from({ length: count }, (_, index) => Number(data.readBigUInt64LE(8 * (index + 1))));
    assertOrdered(offsets, data.length);
    const all = offsets.slice(0, -1).map((offset, index) => data.subarray(offset, offsets[index + 1]));
    const [channel, header, parent, metadata, content, ...buffers] = all;
    if (!header || !parent || !metadata || !content) throw new Error("a message must have a channel and four parts");
    return new ChannelMessage(channelOf(channel?.toString()), [header, parent, metadata, content], buffers);
  },
};

/** The framing without a subprotocol: JSON, or, with buffers, a binary frame that begins with JSON. */
export const framingJson: Framing = {
  encode(message) {
    const { parts, buffers, channel, header } = message;
    const [head, parent, metadata, content] = parts.map(String);
    const ids = `"msg_id":${JSON.stringify(header.msg_id)},"msg_type":${JSON.stringify(header.msg_type)}`;
    const json = `{"header":${head},"parent_header":${parent},"metadata":${metadata},"content":${content},"channel":"${channel}",${ids},"buffers":[]}`;
    if (buffers.length === 0) return { data: json, isBinary: false };
    const all = [Buffer.from(json), ...buffers];
    const table = Buffer.alloc(4 * (all.length + 1));
    table.writeUInt32BE(all.length, 0);
    let offset = table.length;
    for (const [index, part] of all.entries()) {
      table.writeUInt32BE(offset, 4 * (index + 1));
      offset += part.length;
    }
    return { data: Buffer.concat([table, ...all]), isBinary: true };
  },
  decode(data, isBinary) {
    if (!isBinary) return fromJson(data.toString("utf8"), []);
    const count = data.readUInt32BE(0);
    if (count < 1 || 4 * (count + 1) > data.length) throw new Error("a binary message must begin with its table");
    const offsets = Array.from({ length: count }, (_, index) => data.readUInt32BE(4 * (index + 1)));
    assertOrdered(offsets, data.length);
    const [json, ...buffers] = offsets.map((offset, index) => data.subarray(offset, offsets[index + 1] ?? data.length));
    return fromJson(json?.toString("utf8") ?? "", buffers);
  },
};

function fromJson(text: string, buffers: Buffer[]): ChannelMessage {
  const {
    channel,
    header,
    parent_header = {},
    metadata = {},
    content = {},
  } = JSON.parse(text) as Record<string, unknown>;
  const parts = [header, parent_header, metadata, content].map(part => Buffer.from(JSON.stringify(part ?? {})));
  return new ChannelMessage(channelOf(channel), parts as [Buffer, Buffer, Buffer, Buffer], buffers);
}

function channelOf(name: unknown): ChannelName {
  // Jupyter's server, too, takes what names no channel for the shell.
  if (name === undefined || name === null) return "shell";
  if (typeof name === "string" && isChannel(name)) return name;
  throw new Error(`a message's channel must be shell, control or stdin, but got ${JSON.stringify(name)}`);
}

function countOf(data: Buffer): number {
  const count = data.length < 8 ? 0 : Number(data.readBigUInt64LE(0));
  if (count < 6 || count > maxParts || 8 * (count + 1) > data.length) {
    throw new Error(`a message must begin with the number of its parts and where they are, but got ${count}`);
  }
  return count;
}

function assertOrdered(offsets: readonly number[], length: number): void {
  const isOrdered = offsets.every((offset, index) => offset <= (offsets[index + 1] ?? length));
  if (!isOrdered) throw new Error("the parts of a message must follow each other within the frame");
}

const maxParts = 100_000;
