import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import type { Timed } from "./table.ts";

/** What a worker is asked. */
export interface Request {
  name: string;
  /** How long the calls of a turn are to take. */
  milliseconds: number;
}

export type Reply = "ready" | { microseconds: number } | { error: string };

/** How long to look. */
export interface Plan {
  rounds: number;
  milliseconds: number;
}

/**
 * Times the calls of a part by turns, in a process for each checkout.
 *
 * The checkout that begins changes with the round. The first round warms up and does not count.
 */
export async function* takeTurns(
  part: string,
  names: Iterable<string>,
  folders: readonly string[],
  { rounds, milliseconds }: Plan,
): AsyncGenerator<Timed> {
  const workers = folders.map(folder => new Worker(folder, part));
  try {
    await Promise.all(workers.map(worker => worker.ready));
    for (const name of names) {
      const turns: (number | string)[][] = folders.map(() => []);
      for (let round = 0; round <= rounds; round++) {
        const order = folders.map((_, i) => i);
        for (const i of round % 2 === 0 ? order : order.reverse()) {
          const own = turns[i] as (number | string)[];
          if (typeof own[0] === "string") continue;
          const reply = await (workers[i] as Worker).ask({ name, milliseconds });
          if (reply === "ready") continue;
          if ("error" in reply) turns[i] = [reply.error];
          else if (round > 0) own.push(reply.microseconds);
        }
      }
      yield {
        name,
        part,
        sides: turns.map(own => (typeof own[0] === "string" ? { error: own[0] } : { turns: own as number[] })),
      };
    }
  } finally {
    for (const worker of workers) worker.stop();
  }
}

class Worker {
  private readonly process: ChildProcess;
  readonly ready: Promise<Reply>;

  constructor(
    private readonly folder: string,
    private readonly part: string,
  ) {
    const script = join(import.meta.dirname, "worker.ts");
    this.process = fork(script, [folder, part], { stdio: ["ignore", "ignore", "inherit", "ipc"] });
    this.ready = this.next();
  }

  ask(request: Request): Promise<Reply> {
    this.process.send(request);
    return this.next();
  }

  stop(): void {
    this.process.kill();
  }

  private async next(): Promise<Reply> {
    const ended = new AbortController();
    const exit = once(this.process, "exit", { signal: ended.signal }).then(() => {
      throw new RangeError(`bench: ${this.folder}: the worker of ${this.part} must reply, but ended`);
    });
    exit.catch(() => {});
    try {
      const [reply] = await Promise.race([once(this.process, "message", { signal: ended.signal }), exit]);
      return reply as Reply;
    } finally {
      ended.abort();
    }
  }
}
