import type { Message } from "../../kernel/protocol/message.ts";
import { ChannelMessage, type ChannelName } from "./message.ts";

/** A message of the server's own, as a kernel would send it. */
export function fromMessage(
  channel: ChannelName,
  { header, parent, metadata, content, buffers }: Message,
): ChannelMessage {
  const [head, parentHeader, meta, body] = [header, parent, metadata, content].map(part =>
    Buffer.from(JSON.stringify(part)),
  );
  return new ChannelMessage(channel, [head, parentHeader, meta, body] as ChannelMessage["parts"], buffers);
}
