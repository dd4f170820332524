import childProcess, { type ChildProcess, type SpawnSyncOptions } from "node:child_process";
import { syncBuiltinESMExports } from "node:module";
import type { Readable } from "node:stream";
import { StringDecoder } from "node:string_decoder";
import { currentListener, type Listener, type StreamName } from "./capture.ts";
import { counted } from "./counted.ts";

/**
 * From now on what a child process writes to the streams that it inherits goes to the listener of the code that
 * started it. Returns a function that undoes it; nested uses are counted.
 *
 * Where the parent waits for the child (`spawnSync`, `execSync`) the text comes when the child has ended.
 */
export const captureChildren: () => () => void = counted(() => {
  const undo = [patchSpawn(), ...(["spawnSync", "execFileSync", "execSync"] as const).map(patchWaiting)];
  syncBuiltinESMExports();
  return () => {
    for (const each of undo) each();
    syncBuiltinESMExports();
  };
});

type Options = Record<string, unknown>;

/** `spawn`, `fork`, `exec` and `execFile` all come through here. */
function patchSpawn(): () => void {
  const prototype = childProcess.ChildProcess.prototype as unknown as { spawn(options: Options): unknown };
  const spawn = prototype.spawn;
  prototype.spawn = function (this: ChildProcess, options) {
    const listener = currentListener();
    const wiring = listener && wiringOf(options.stdio);
    if (!wiring) return Reflect.apply(spawn, this, [options]);
    const result = Reflect.apply(spawn, this, [{ ...options, stdio: wiring.stdio }]);
    for (const { name, index } of wiring.inherited) forward(this, name, index, listener);
    return result;
  };
  return () => {
    prototype.spawn = spawn;
  };
}

/** Reads a pipe of the child for the listener; the child looks as if it had inherited the stream. */
function forward(child: ChildProcess, name: StreamName, index: number, listener: Listener): void {
  const pipe = child.stdio?.[index] as Readable | null | undefined;
  if (!pipe) return;
  const decoder = new StringDecoder("utf8");
  let last = "";
  pipe.on("data", (chunk: Buffer) => {
    const text = decoder.write(chunk);
    last = (last + text).slice(-2000);
    listener.write(name, text);
  });
  pipe.on("end", () => listener.write(name, decoder.end() + wayOut(name, last)));
  (child.stdio as unknown[])[index] = null;
  if (index === 1) child.stdout = null;
  if (index === 2) child.stderr = null;
}

type Call = (...values: unknown[]) => unknown;
type Waiting = "spawnSync" | "execFileSync" | "execSync";

function patchWaiting(name: Waiting): () => void {
  const module = childProcess as unknown as Record<Waiting, Call>;
  const original = module[name];
  module[name] = (...values) => {
    const listener = currentListener();
    const at = values.findIndex((value, i) => i > 0 && isOptions(value));
    const options = values[at] as Options | undefined;
    const wiring = listener && options && wiringOf(options.stdio);
    if (!wiring) return Reflect.apply(original, childProcess, values);
    const [command, args = []] = values.slice(0, at) as [string, string[]?];
    const shell = name === "execSync" ? { shell: options.shell ?? true } : {};
    // A stream that was not to be kept has no limit of length.
    const piped = { ...options, ...shell, stdio: wiring.stdio, maxBuffer: Number.POSITIVE_INFINITY };
    const result = spawnSync(command, args, piped as SpawnSyncOptions);
    hand(result, wiring.inherited, listener);
    return name === "spawnSync" ? result : checked(result, [command, ...args].join(" "));
  };
  return () => {
    module[name] = original;
  };
}

const { spawnSync } = childProcess;
type Result = ReturnType<typeof spawnSync>;

function isOptions(value: unknown): boolean {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Hands on what a child wrote, and leaves in its result what there is where it inherits. */
function hand(result: Result, inherited: readonly Inherited[], listener: Listener): void {
  for (const { name, index } of inherited) {
    const text = textOf(result.output?.[index]);
    listener.write(name, text + wayOut(name, text));
    if (result.output) result.output[index] = null;
    Object.assign(result, { [index === 1 ? "stdout" : "stderr"]: null });
  }
}

/** What `execSync` and `execFileSync` return, and what they throw. */
function checked(result: Result, command: string): unknown {
  if (result.error) throw Object.assign(result.error, result);
  if (result.status === 0) return result.stdout;
  const said = textOf(result.stderr);
  throw Object.assign(new Error(`Command failed: ${command}${said && `\n${said}`}`), result);
}

/** Node's pipes are sockets, which the system does not open by their names. */
function wayOut(name: StreamName, text: string): string {
  const stream =
    name === "stderr" && /\/dev\/(?:stdout|stderr)\b.*(?:No such device|ENXIO)|ENXIO.*\/dev\/std/.test(text);
  return stream
    ? "(a child's output goes to its cell, where /dev/stdout is not a file; write to the stream: >&1, >&2)\n"
    : "";
}

function textOf(content: unknown): string {
  if (typeof content === "string") return content;
  return content instanceof Uint8Array ? Buffer.from(content).toString("utf8") : "";
}

interface Inherited {
  name: StreamName;
  index: 1 | 2;
}

/** The `stdio` with pipes in place of our standard output and error; undefined where the child inherits neither. */
function wiringOf(stdio: unknown): { stdio: unknown[]; inherited: Inherited[] } | undefined {
  const entries = typeof stdio === "string" ? [stdio, stdio, stdio] : Array.isArray(stdio) ? [...stdio] : [];
  const inherited: Inherited[] = [];
  for (const index of [1, 2] as const) {
    const name = streamOf(entries[index], index);
    if (name === undefined) continue;
    inherited.push({ name, index });
    entries[index] = "pipe";
  }
  return inherited.length > 0 ? { stdio: entries, inherited } : undefined;
}

/** Which of our streams an entry of `stdio` means. */
function streamOf(entry: unknown, index: 1 | 2): StreamName | undefined {
  if (entry === "inherit") return index === 1 ? "stdout" : "stderr";
  if (entry === 1 || entry === process.stdout) return "stdout";
  if (entry === 2 || entry === process.stderr) return "stderr";
  return undefined;
}
