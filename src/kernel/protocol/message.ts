import { randomUUID } from "node:crypto";

/** The version of the Jupyter messaging protocol that the kernel speaks. */
export const protocolVersion = "5.4";

export interface Header {
  msg_id: string;
  msg_type: string;
  session: string;
  username: string;
  date: string;
  version: string;
}

export type Content = Record<string, unknown>;

/** A message of the Jupyter protocol, without its routing. */
export interface Message {
  header: Header;
  /** The header of the request that this answers; empty where there was none. */
  parent: Header | Record<string, never>;
  metadata: Content;
  content: Content;
  buffers: Uint8Array[];
}

/** A message from a client, with the frames by which the answer finds back. */
export interface Request extends Message {
  identities: Uint8Array[];
}

/** What a new message may have besides its type and content. */
export interface Extras {
  parent?: Message["parent"];
  metadata?: Content;
  buffers?: Uint8Array[];
}

const session = randomUUID();
let messages = 0;

/** A new message of this kernel's session. */
export function newMessage(
  type: string,
  content: Content,
  { parent = {}, metadata = {}, buffers = [] }: Extras,
): Message {
  const header: Header = {
    msg_id: `${session}_${++messages}`,
    msg_type: type,
    session,
    username: "kernel",
    date: new Date().toISOString(),
    version: protocolVersion,
  };
  return { header, parent, metadata, content, buffers };
}
