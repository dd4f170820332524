import { type ChildProcess, spawn } from "node:child_process";
import { createHmac, randomUUID } from "node:crypto";
import fs from "node:fs";
import net from "node:net";
import os from "node:os";
import path from "node:path";
import { Dealer, Request, Subscriber } from "zeromq";
import { repository, slowness } from "../support.ts";

/** The command, as it is installed; `npm test` builds it first. */
export const program = path.join(repository, "dist/cli/main.js");

/** A message as the tests look at it. */
export interface Received {
  channel: string;
  type: string;
  /** The id of the request that it answers. */
  parent: string | undefined;
  header: Record<string, string>;
  // biome-ignore lint/suspicious/noExplicitAny: a message of any type; what it should hold is what the tests say.
  content: any;
  metadata: Record<string, unknown>;
  buffers: Buffer[];
  /** When it came. */
  time: number;
}

export interface ClientOptions {
  directory: string;
  key?: string;
  /** Of a kernel that ended, to start another in its place. */
  connection?: Connection;
  /** How to start it, as a kernelspec says. */
  argv?: string[];
}

type Content = Record<string, unknown>;
type Connection = Record<string, string | number>;

const started = new Set<TestKernel>();

/** Ends every kernel of this test file. */
export async function stopAll(): Promise<void> {
  await Promise.all([...started].map(each => each.stop()));
}

/** A kernel in a process of its own and a client of it, written against the protocol and not our code. */
export class TestKernel {
  /** How a kernelspec starts it. */
  static readonly argv = [process.execPath, "--no-force-async-hooks-checks", program, "kernel", "{connection_file}"];
  readonly messages: Received[] = [];
  readonly session = randomUUID();
  stderr = "";
  exit: { code: number | null; signal: string | null; time: number } | undefined;
  /** How long to wait for a message, in milliseconds. */
  patience = 45_000 * slowness;
  /** Answers input requests; none: they wait. */
  answer: ((content: { prompt: string; password: boolean }) => string) | undefined;
  readonly #waiting = new Set<() => void>();
  readonly #sockets: Record<"shell" | "control" | "stdin", Dealer>;
  readonly #iopub = new Subscriber({ linger: 0 });

  private constructor(
    readonly connection: Connection,
    readonly child: ChildProcess | undefined,
  ) {
    started.add(this);
    const routingId = randomUUID();
    const dealer = () => new Dealer({ linger: 0, routingId });
    this.#sockets = { shell: dealer(), control: dealer(), stdin: dealer() };
    child?.stderr?.on("data", text => {
      this.stderr += text;
    });
    child?.once("exit", (code, signal) => {
      this.exit = { code, signal, time: Date.now() };
      this.#wake();
    });
    for (const [name, socket] of Object.entries(this.#sockets)) {
      socket.connect(this.address(name));
      void this.#listen(name, socket);
    }
    this.#iopub.connect(this.address("iopub"));
    this.#iopub.subscribe("");
    void this.#listen("iopub", this.#iopub);
  }

  static async start(options: ClientOptions): Promise<TestKernel> {
    const { directory, key = randomUUID(), argv = TestKernel.argv } = options;
    const connection = options.connection ?? (await newConnection(key));
    const file = writeConnection(connection);
    const [command = "", ...args] = argv.map(each => each.replace("{connection_file}", file));
    const child = spawn(command, args, {
      cwd: directory,
      env: { ...process.env, JPY_PARENT_PID: String(process.pid) },
      stdio: ["ignore", "ignore", "pipe"],
    });
    try {
      return await TestKernel.connect(connection, child);
    } catch (error) {
      // Ports that were free a moment ago: another program of this machine may have taken one.
      const isTaken = options.connection === undefined && /Address already in use/.test(String(error));
      if (!isTaken) throw error;
      return TestKernel.start(options);
    }
  }

  /** A client of a kernel that is being started, by `child` or by somebody else. */
  static async connect(connection: Connection, child?: ChildProcess): Promise<TestKernel> {
    const kernel = new TestKernel(connection, child);
    // Nothing is missed once the subscription has arrived.
    await kernel.until(({ type }) => type === "iopub_welcome");
    return kernel;
  }

  get process(): ChildProcess {
    if (!this.child) throw new Error("this client did not start its kernel");
    return this.child;
  }

  address(channel: string): string {
    return `tcp://127.0.0.1:${this.connection[`${channel}_port`]}`;
  }

  /** Sends a request; returns its id. */
  send(
    type: string,
    content: Content = {},
    channel: "shell" | "control" | "stdin" = "shell",
    buffers: Buffer[] = [],
    metadata: Content = {},
  ): string {
    const id = randomUUID();
    void this.sendFrames(channel, [...this.frames(type, content, id, undefined, metadata), ...buffers]);
    return id;
  }

  sendFrames(channel: "shell" | "control" | "stdin", frames: (string | Buffer)[]): Promise<void> {
    this.#queue = this.#queue.then(() => this.#sockets[channel].send(frames));
    return this.#queue;
  }
  #queue: Promise<void> = Promise.resolve();

  /** A signed request as frames. */
  frames(
    type: string,
    content: Content,
    id: string = randomUUID(),
    key = String(this.connection.key),
    metadata: Content = {},
  ): (string | Buffer)[] {
    const header = {
      msg_id: id,
      msg_type: type,
      session: this.session,
      username: "tester",
      date: new Date().toISOString(),
      version: "5.4",
    };
    const parts = [header, {}, metadata, content].map(part => JSON.stringify(part));
    return ["<IDS|MSG>", this.sign(parts, key), ...parts];
  }

  sign(parts: string[], key: string = String(this.connection.key)): string {
    if (key === "") return "";
    const hmac = createHmac("sha256", key);
    for (const part of parts) hmac.update(part);
    return hmac.digest("hex");
  }

  /** Waits for a message; those that came before count. */
  async until(wanted: (message: Received) => boolean): Promise<Received> {
    const deadline = Date.now() + this.patience;
    for (let seen = 0; ; ) {
      for (; seen < this.messages.length; seen++) {
        const message = this.messages[seen] as Received;
        if (wanted(message)) return message;
      }
      await this.#news(deadline);
    }
  }

  /** Sends a request and waits for its reply. */
  async ask(type: string, content: Content = {}, channel: "shell" | "control" = "shell"): Promise<Received> {
    return this.reply(this.send(type, content, channel));
  }

  reply(id: string): Promise<Received> {
    return this.until(({ channel, parent }) => parent === id && channel !== "iopub" && channel !== "stdin");
  }

  /** Starts a cell; returns the request's id. */
  start(code: string, options: Content = {}, metadata: Content = {}): string {
    const defaults = {
      silent: false,
      store_history: true,
      user_expressions: {},
      allow_stdin: false,
      stop_on_error: true,
    };
    return this.send("execute_request", { code, ...defaults, ...options }, "shell", [], metadata);
  }

  /** Runs a cell to its reply and idle. */
  async run(code: string, options: Content = {}): Promise<Ran> {
    return this.finished(this.start(code, options));
  }

  async finished(id: string): Promise<Ran> {
    const reply = await this.reply(id);
    await this.until(
      ({ type, parent, content }) => type === "status" && parent === id && content.execution_state === "idle",
    );
    return new Ran(id, reply, this.broadcast(id));
  }

  /** What came on iopub for a request, but what a cell says while it waits, as on a machine with much to do. */
  broadcast(id: string): Received[] {
    const own = this.messages.filter(({ channel, parent }) => channel === "iopub" && parent === id);
    const waiting = own.findIndex(({ content }) => content.metadata?.lectern?.waiting);
    if (waiting === -1) return own;
    const cleared = own.findIndex(({ type }, index) => index > waiting && type === "clear_output");
    return own.filter((_, index) => index !== waiting && index !== cleared);
  }

  async running(id: string): Promise<void> {
    await this.until(({ type, parent }) => type === "execute_input" && parent === id);
  }

  /** Milliseconds that the heartbeat takes. */
  async heartbeat(): Promise<number> {
    const socket = new Request({ linger: 0, receiveTimeout: 5000 * slowness });
    socket.connect(this.address("hb"));
    const since = performance.now();
    await socket.send("ping");
    const [echo] = await socket.receive();
    const time = performance.now() - since;
    socket.close();
    if (String(echo) !== "ping") throw new Error(`the heartbeat answered ${echo}`);
    return time;
  }

  /** How the process ended. */
  async ended(milliseconds = 10_000 * slowness): Promise<{ code: number | null; signal: string | null }> {
    const deadline = Date.now() + milliseconds;
    while (!this.exit) await this.#news(deadline);
    const { code, signal } = this.exit;
    return { code, signal };
  }

  async stop(): Promise<void> {
    started.delete(this);
    if (this.child && !this.exit) {
      this.child.kill("SIGKILL");
      await this.ended();
    }
    for (const socket of [...Object.values(this.#sockets), this.#iopub]) socket.close();
  }

  async #listen(channel: string, socket: Dealer | Subscriber): Promise<void> {
    for await (const frames of socket) {
      const message = this.#decode(channel, frames);
      this.messages.push(message);
      if (message.type === "input_request" && this.answer) {
        this.send("input_reply", { value: this.answer(message.content), status: "ok" }, "stdin");
      }
      this.#wake();
    }
  }

  #decode(channel: string, frames: Buffer[]): Received {
    const at = frames.findIndex(frame => String(frame) === "<IDS|MSG>");
    const parts = frames.slice(at + 2, at + 6).map(String);
    if (String(frames[at + 1]) !== this.sign(parts)) throw new Error("the kernel's signature is wrong");
    const [header, parent, metadata, content] = parts.map(part => JSON.parse(part));
    return {
      channel,
      type: header.msg_type,
      parent: parent.msg_id,
      header,
      content,
      metadata,
      buffers: frames.slice(at + 6),
      time: performance.now(),
    };
  }

  async #news(deadline: number): Promise<void> {
    // What the kernel sent before it ended may still be on its way.
    const left = (this.exit ? Math.min(deadline, this.exit.time + 2000) : deadline) - Date.now();
    if (left <= 0) {
      const why = this.exit ? `the kernel ended by ${JSON.stringify(this.exit)}` : "nothing came in time";
      const last = this.messages.slice(-5).map(each => `${each.type} ${JSON.stringify(each.content).slice(0, 300)}`);
      throw new Error(`${why}; the last messages: ${last.join("; ")}\n${this.stderr}`);
    }
    let timer: NodeJS.Timeout | undefined;
    await new Promise<void>(resolve => {
      this.#waiting.add(resolve);
      timer = setTimeout(resolve, left);
    });
    clearTimeout(timer);
  }

  #wake(): void {
    for (const each of this.#waiting) each();
    this.#waiting.clear();
  }
}

/** A cell that ran. */
export class Ran {
  constructor(
    readonly id: string,
    readonly reply: Received,
    readonly broadcast: Received[],
  ) {}

  get types(): string[] {
    return this.broadcast.map(each => each.type);
  }

  text(name = "stdout"): string {
    return this.broadcast
      .filter(({ type, content }) => type === "stream" && content.name === name)
      .map(({ content }) => content.text)
      .join("");
  }

  /** The text of the cell's value. */
  get value(): string | undefined {
    return this.broadcast.find(({ type }) => type === "execute_result")?.content.data["text/plain"];
  }

  /** The error that it showed. */
  get error(): { ename: string; evalue: string; traceback: string[] } | undefined {
    return this.broadcast.find(({ type }) => type === "error")?.content;
  }

  /** Its error as a reader sees it: without colours. */
  get traceback(): string {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: colours start with one.
    return (this.error?.traceback ?? []).join("\n").replace(/\u001b\[[\d;]*m/g, "");
  }
}

/** What a client puts in a connection file. */
export async function newConnection(key: string = randomUUID()): Promise<Connection> {
  const names = ["shell", "iopub", "stdin", "control", "hb"];
  const ports = await freePorts(names.length);
  const byName = names.map((name, index) => [`${name}_port`, ports[index] as number] as const);
  return {
    ip: "127.0.0.1",
    transport: "tcp",
    signature_scheme: "hmac-sha256",
    key,
    ...Object.fromEntries(byName),
  };
}

/** Returns the path of the connection file; its name has a space, as people's folders have. */
export function writeConnection(connection: Connection): string {
  const file = path.join(fs.mkdtempSync(path.join(os.tmpdir(), "lectern-connection ")), "connection.json");
  fs.writeFileSync(file, JSON.stringify(connection));
  return file;
}

/** Ports that nobody uses just now. */
async function freePorts(count: number): Promise<number[]> {
  const servers = await Promise.all(
    Array.from({ length: count }, () => {
      const server = net.createServer();
      return new Promise<net.Server>(resolve => server.listen(0, "127.0.0.1", () => resolve(server)));
    }),
  );
  const ports = servers.map(server => (server.address() as net.AddressInfo).port);
  await Promise.all(servers.map(server => new Promise(resolve => server.close(resolve))));
  return ports;
}

export const pause = (milliseconds: number) => new Promise(resolve => setTimeout(resolve, milliseconds));
