import { type ChildProcessByStdio, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import type { Readable, Writable } from "node:stream";

/** What a worker is told to do with a workload. */
export type Request =
  /** So many steps with the noise that came with the arrays. */
  | { workload: string; losses: number }
  /** Some steps that do not count, then at least so many, and as many as fit into so many seconds. */
  | { workload: string; warm: number; steps: number; seconds: number };

export type Reply = { version: string } | { losses: number[] } | Block | { error: string };

/** The steps of one turn. */
export interface Block {
  milliseconds: number[];
  /** Seconds of processor time that the worker had used, over all its threads. */
  cpu: { before: number; after: number };
}

/** How an engine is started, and what it is called in tables. */
export interface Engine {
  name: string;
  command: readonly string[];
}

/** An engine in a process of its own, which sleeps until it is asked. */
export class Worker {
  private readonly process: ChildProcessByStdio<Writable, Readable, null>;
  private readonly replies: AsyncIterator<string>;

  private constructor(readonly engine: Engine) {
    const [program, ...given] = engine.command as [string, ...string[]];
    this.process = spawn(program, given, { stdio: ["pipe", "pipe", "inherit"] });
    this.replies = createInterface({ input: this.process.stdout })[Symbol.asyncIterator]();
  }

  /** The worker, once it is ready, and the version of what it runs. */
  static async start(engine: Engine): Promise<{ worker: Worker; version: string }> {
    const worker = new Worker(engine);
    const { version } = (await worker.next()) as { version: string };
    return { worker, version };
  }

  losses(workload: string, steps: number): Promise<{ losses: number[] } | { error: string }> {
    return this.ask({ workload, losses: steps }) as Promise<{ losses: number[] } | { error: string }>;
  }

  async block(workload: string, length: { warm: number; steps: number; seconds: number }): Promise<Block> {
    const reply = await this.ask({ workload, ...length });
    if ("error" in reply) throw new Error(`${this.engine.name}, workload ${workload}: ${reply.error}`);
    return reply as Block;
  }

  stop(): void {
    this.process.stdin.end();
    this.process.kill();
  }

  private ask(request: Request): Promise<Reply> {
    this.process.stdin.write(`${JSON.stringify(request)}\n`);
    return this.next();
  }

  /** The next line that is a reply: libraries print others. */
  private async next(): Promise<Reply> {
    for (;;) {
      const { value, done } = await this.replies.next();
      if (done) throw new Error(`${this.engine.name}: the worker must reply, but ended`);
      if (value.startsWith("{")) return JSON.parse(value);
    }
  }
}
