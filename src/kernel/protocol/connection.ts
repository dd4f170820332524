import fs from "node:fs";

/** A connection file's content: where the kernel listens, and the key that signs its messages. */
export interface Connection {
  transport: "tcp" | "ipc";
  ip: string;
  ports: Record<ChannelName, number>;
  key: string;
  /** Name of the hash that signs messages, as node knows it. */
  hash: string;
}

export type ChannelName = "shell" | "iopub" | "stdin" | "control" | "hb";

const channels: readonly ChannelName[] = ["shell", "iopub", "stdin", "control", "hb"];

/** A kernel that cannot start for a reason outside of it. */
export class StartError extends Error {
  override readonly name = "StartError";
}

/** Reads the file that a client wrote for the kernel it starts. */
export function readConnection(file: string): Connection {
  const content = parse(file);
  const { transport = "tcp", ip, key = "", signature_scheme: scheme = "hmac-sha256" } = content;
  if (transport !== "tcp" && transport !== "ipc") throw fault(file, '"transport" must be "tcp" or "ipc"', transport);
  if (typeof ip !== "string") throw fault(file, '"ip" must be a string', ip);
  if (typeof key !== "string") throw fault(file, '"key" must be a string', key);
  if (typeof scheme !== "string" || !scheme.startsWith("hmac-")) {
    throw fault(file, '"signature_scheme" must be hmac-… with a hash, such as hmac-sha256', scheme);
  }
  const ports = Object.fromEntries(channels.map(each => [each, portOf(file, content, each)])) as Connection["ports"];
  return { transport, ip, ports, key, hash: scheme.slice("hmac-".length) };
}

/** The address of a channel as ZeroMQ writes it. */
export function addressOf({ transport, ip, ports }: Connection, channel: ChannelName): string {
  const separator = transport === "tcp" ? ":" : "-";
  return `${transport}://${ip}${separator}${ports[channel]}`;
}

function parse(file: string): Record<string, unknown> {
  let text: string;
  try {
    text = fs.readFileSync(file, "utf8");
  } catch (error) {
    throw new StartError(
      `lectern kernel: the connection file must be readable, but got ${(error as Error).message}; Jupyter writes it when it starts the kernel.`,
    );
  }
  try {
    const content: unknown = JSON.parse(text);
    if (typeof content === "object" && content !== null) return content as Record<string, unknown>;
  } catch {}
  throw fault(file, "the content must be a JSON object", text.slice(0, 60));
}

function portOf(file: string, content: Record<string, unknown>, channel: ChannelName): number {
  const port = content[`${channel}_port`];
  if (typeof port === "number" && Number.isInteger(port) && port > 0 && port < 65536) return port;
  throw fault(file, `"${channel}_port" must be a port number`, port);
}

function fault(file: string, rule: string, got: unknown): Error {
  return new StartError(
    `lectern kernel: in ${file} ${rule}, but got ${JSON.stringify(got)}; let a Jupyter client write it.`,
  );
}
