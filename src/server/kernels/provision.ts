import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import fs from "node:fs/promises";
import net from "node:net";
import os from "node:os";
import path from "node:path";
import { type Connection, readConnection } from "../../kernel/protocol/connection.ts";
import type { KernelSpec } from "../../kernel/protocol/kernelSpec.ts";

export interface ProvisionOptions {
  /** The folder in which the kernel runs. */
  directory: string;
  /** The notebook that it is for. */
  notebook?: string | undefined;
  onExit: (how: string, lastWords: string) => void;
}

/** A kernel's process, and where it listens. */
export class KernelProvision {
  readonly child: ChildProcess;
  #isEnded = false;
  #lastWords = "";

  private constructor(
    spec: KernelSpec,
    readonly connection: Connection,
    readonly folder: string,
    readonly options: ProvisionOptions,
  ) {
    const [command = "", ...args] = spec.argv.map(each => each.replace("{connection_file}", fileIn(folder)));
    this.child = spawn(command, args, {
      cwd: options.directory,
      env: environment(spec, options),
      stdio: ["ignore", "pipe", "pipe"],
      // A group of its own: Ctrl-C in the terminal is for the server, and what the kernel started ends with it.
      detached: process.platform !== "win32",
    });
    for (const stream of [this.child.stdout, this.child.stderr]) {
      stream?.setEncoding("utf8").on("data", (text: string) => {
        this.#lastWords = (this.#lastWords + text).slice(-4000);
      });
    }
    living.add(this);
    this.child.once("error", error => this.#end(`could not start (${error.message})`));
    this.child.once("exit", (code, signal) =>
      this.#end(signal ? `was ended by ${signal}` : `exited with code ${code}`),
    );
  }

  static async start(spec: KernelSpec, options: ProvisionOptions): Promise<KernelProvision> {
    // Only its owner may look into a folder that `mkdtemp` makes: the key is in there.
    const folder = await fs.mkdtemp(path.join(os.tmpdir(), "lectern-kernel-"));
    await fs.writeFile(fileIn(folder), JSON.stringify(await newConnection(folder)), { mode: 0o600 });
    return new KernelProvision(spec, readConnection(fileIn(folder)), folder, options);
  }

  get pid(): number | undefined {
    return this.#isEnded ? undefined : this.child.pid;
  }

  /** Settles when the process has ended by itself, or after that time; says whether it has. */
  async ended(milliseconds: number): Promise<boolean> {
    if (this.#isEnded) return true;
    const timeout = AbortSignal.timeout(Math.round(milliseconds));
    await once(this.child, "exit", { signal: timeout }).catch(() => {});
    return this.#isEnded;
  }

  /** Asks for an interrupt as terminals do, of the process and what it started. */
  interrupt(): void {
    if (!this.#isEnded) this.#signal("SIGINT");
  }

  /** Lets a process go on that was stopped, so that it hears what it is asked. */
  wake(): void {
    if (!this.#isEnded && process.platform !== "win32") this.#signal("SIGCONT");
  }

  /** Ends the process and what it started, whatever they do. */
  kill(): void {
    this.#signal("SIGKILL");
  }

  #signal(signal: NodeJS.Signals): void {
    const { pid } = this.child;
    if (pid === undefined) return;
    try {
      if (process.platform === "win32") this.child.kill(signal);
      else process.kill(-pid, signal);
    } catch {
      // All of them are gone.
    }
  }

  #end(how: string): void {
    if (this.#isEnded) return;
    this.#isEnded = true;
    living.delete(this);
    this.kill();
    void fs.rm(this.folder, { recursive: true, force: true });
    this.options.onExit(how, this.#lastWords);
  }
}

/** A kernel notices that the server is gone, but not where it is stopped: what ends the server ends all of them. */
const living = new Set<KernelProvision>();
process.on("exit", () => {
  for (const provision of living) provision.kill();
});

function fileIn(folder: string): string {
  return path.join(folder, "connection.json");
}

function environment(spec: KernelSpec, { notebook }: ProvisionOptions): NodeJS.ProcessEnv {
  return {
    ...process.env,
    ...spec.env,
    // The kernel ends when this process does, even if it is killed.
    JPY_PARENT_PID: String(process.pid),
    ...(notebook === undefined ? {} : { JPY_SESSION_NAME: notebook }),
  };
}

async function newConnection(folder: string): Promise<Record<string, unknown>> {
  const common = { key: randomBytes(32).toString("hex"), signature_scheme: "hmac-sha256" };
  const prefix = path.join(folder, "channel");
  // Sockets in a folder cannot be taken by another program between choosing and binding, as ports can.
  if (process.platform !== "win32" && prefix.length < longestSocketPath) {
    return { ...common, transport: "ipc", ip: prefix, ...portsOf([1, 2, 3, 4, 5]) };
  }
  return { ...common, transport: "tcp", ip: "127.0.0.1", ...portsOf(await freePorts(5)) };
}

function portsOf(ports: number[]): Record<string, number | undefined> {
  const [shell_port, iopub_port, stdin_port, control_port, hb_port] = ports;
  return { shell_port, iopub_port, stdin_port, control_port, hb_port };
}

async function freePorts(count: number): Promise<number[]> {
  const servers = Array.from({ length: count }, () => net.createServer().listen(0, "127.0.0.1"));
  await Promise.all(servers.map(server => once(server, "listening")));
  const ports = servers.map(server => (server.address() as net.AddressInfo).port);
  await Promise.all(servers.map(server => once(server.close(), "close")));
  return ports;
}

/** The system allows 104 bytes at least, of which the channel's number takes some. */
const longestSocketPath = 98;
