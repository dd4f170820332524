import { createHmac, timingSafeEqual } from "node:crypto";
import type { Connection } from "./connection.ts";
import type { Header, Message, Request } from "./message.ts";

const delimiter = "<IDS|MSG>";

/** Signs, packs and unpacks messages as frames: identities, delimiter, signature, four JSON parts, buffers. */
export class Wire {
  readonly #key: string;
  readonly #hash: string;

  constructor({ key, hash }: Pick<Connection, "key" | "hash">) {
    this.#key = key;
    this.#hash = hash;
    if (key !== "") createHmac(hash, key);
  }

  encode(identities: (Uint8Array | string)[], message: Message): (Uint8Array | string)[] {
    const { header, parent, metadata, content, buffers } = message;
    return this.seal(identities, [header, parent, metadata, content].map(encodeJson), buffers);
  }

  /** Frames of parts that are JSON already. */
  seal(
    identities: readonly (Uint8Array | string)[],
    parts: readonly (Uint8Array | string)[],
    buffers: readonly Uint8Array[],
  ): (Uint8Array | string)[] {
    return [...identities, delimiter, this.#sign(parts), ...parts, ...buffers];
  }

  /** Throws where the frames are not a message that was signed with the kernel's key. */
  decode(frames: Uint8Array[]): Request {
    const { identities, parts, buffers } = this.open(frames);
    const [header, parent, metadata, content] = parts.map(part => objectOf(part));
    if (typeof header?.msg_id !== "string" || typeof header.msg_type !== "string") {
      throw new Error("a message's header must have msg_id and msg_type, but lacks one");
    }
    return {
      identities,
      header: header as unknown as Header,
      parent: parent as unknown as Header,
      metadata: metadata ?? {},
      content: content ?? {},
      buffers,
    };
  }

  /** The parts of a message, its signature verified, as the JSON that they are. */
  open(frames: Uint8Array[]): { identities: Uint8Array[]; parts: Uint8Array[]; buffers: Uint8Array[] } {
    const at = frames.findIndex(frame => frame.length === delimiter.length && textOf(frame) === delimiter);
    if (at === -1) throw new Error(`a message must have a ${delimiter} frame, but got ${frames.length} others`);
    const [signature, ...rest] = frames.slice(at + 1);
    const parts = rest.slice(0, 4);
    if (signature === undefined || parts.length < 4) {
      throw new Error(`a message must have a signature and four parts, but got ${frames.length - at - 1} frames`);
    }
    this.#verify(textOf(signature), parts);
    return { identities: frames.slice(0, at), parts, buffers: rest.slice(4) };
  }

  #sign(parts: readonly (Uint8Array | string)[]): string {
    if (this.#key === "") return "";
    const hmac = createHmac(this.#hash, this.#key);
    for (const part of parts) hmac.update(part);
    return hmac.digest("hex");
  }

  #verify(signature: string, parts: Uint8Array[]): void {
    if (this.#key === "") return;
    const own = Buffer.from(this.#sign(parts));
    const theirs = Buffer.from(signature);
    if (own.length !== theirs.length || !timingSafeEqual(own, theirs)) {
      throw new Error("a message must be signed with the connection's key, but its signature is another");
    }
  }
}

function textOf(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("utf8");
}

function objectOf(bytes: Uint8Array): Record<string, unknown> {
  const value: unknown = JSON.parse(textOf(bytes));
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  throw new Error(`a message's parts must be JSON objects, but got ${textOf(bytes).slice(0, 40)}`);
}

/**
 * The JSON of one part of a message, such that every client can read it: text that is not well-formed
 * Unicode is mended, because others cannot write it out as UTF-8.
 */
function encodeJson(value: object): string {
  const json = JSON.stringify(value, bigIntsAsText);
  return loneSurrogate.test(json) ? JSON.stringify(value, mended) : json;
}

// JSON.stringify writes a surrogate as an escape only where it has no partner.
const loneSurrogate = /\\ud[89a-f]/;

function bigIntsAsText(_name: string, value: unknown): unknown {
  return typeof value === "bigint" ? String(value) : value;
}

function mended(name: string, value: unknown): unknown {
  return typeof value === "string" ? value.toWellFormed() : bigIntsAsText(name, value);
}
