import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import { type Drawer, DrawerEnded, drawHere } from "./drawer.ts";
import type { Legibility } from "./legibility.ts";
import { type Drawing, needsNarrow } from "./narrow.ts";
import type { Figure } from "./render.ts";

/** What a thread is asked. */
export interface Order {
  kind: "whole" | "narrow" | "small";
  figure: Figure;
  wide?: Legibility | undefined;
}

/** What it answers. */
export type Answer = { value: unknown } | { problem: string };

interface Task {
  order: Order;
  resolve(value: unknown): void;
  reject(error: Error): void;
}

/** Draws figures in threads, one for each core as long as there is work for it. They end with the process. */
export class Crew implements Drawer {
  readonly #program: URL;
  readonly #most: number;
  readonly #begun = new Map<string, Promise<unknown>>();
  readonly #waiting: Task[] = [];
  /** Each thread, with what it draws. */
  readonly #threads = new Map<Worker, Task | undefined>();
  #ended: DrawerEnded | undefined;

  /** @param program that of a thread; see `crewThread.ts` */
  constructor(program: URL, most: number) {
    this.#program = program;
    this.#most = most;
  }

  whole(figure: Figure): Promise<string> {
    return this.#ask({ kind: "whole", figure }) as Promise<string>;
  }

  async narrow(figure: Figure, wide: Legibility): Promise<string | undefined> {
    return needsNarrow(wide) ? ((await this.#ask({ kind: "narrow", figure, wide })) as string | undefined) : undefined;
  }

  small(figure: Figure, wide: Legibility): Promise<Drawing> {
    return this.#ask({ kind: "small", figure, wide }) as Promise<Drawing>;
  }

  ahead(kind: "narrow" | "small", figure: Figure, wide: Legibility): void {
    if (kind === "narrow" && !needsNarrow(wide)) return;
    const order = { kind, figure, wide };
    const key = JSON.stringify(order);
    if (this.#begun.has(key)) return;
    const drawing = this.#draw(order);
    // Who asks for it is told; nobody may.
    drawing.catch(() => undefined);
    this.#begun.set(key, drawing);
  }

  #ask(order: Order): Promise<unknown> {
    const key = JSON.stringify(order);
    const begun = this.#begun.get(key);
    this.#begun.delete(key);
    return begun ?? this.#draw(order);
  }

  #draw(order: Order): Promise<unknown> {
    return new Promise((resolve, reject) => {
      if (this.#ended) return reject(this.#ended);
      this.#waiting.push({ order, resolve, reject });
      this.#handOut();
    });
  }

  #handOut(): void {
    while (this.#waiting.length > 0) {
      const idle = [...this.#threads].find(([, task]) => task === undefined)?.[0];
      const thread = idle ?? (this.#threads.size < this.#most ? this.#start() : undefined);
      if (thread === undefined) return;
      const task = this.#waiting.shift() as Task;
      this.#threads.set(thread, task);
      thread.ref();
      thread.postMessage(task.order);
    }
  }

  #start(): Worker {
    const thread = new Worker(this.#program, { execArgv: [], resourceLimits: { maxYoungGenerationSizeMb: YOUNG } });
    this.#threads.set(thread, undefined);
    thread.on("message", (answer: Answer) => {
      const task = this.#threads.get(thread);
      this.#threads.set(thread, undefined);
      // A thread without work must not keep the process.
      thread.unref();
      if ("problem" in answer) task?.reject(new Error(answer.problem));
      else task?.resolve(answer.value);
      this.#handOut();
    });
    thread.on("error", error => this.#end(error.message));
    thread.on("exit", code => this.#end(`exit code ${code}`));
    return thread;
  }

  /** A figure that is missing must not go unnoticed, and what ends one thread may end the next. */
  #end(reason: string): void {
    if (this.#ended) return;
    this.#ended = new DrawerEnded(
      `drawing: every thread must go on to the last figure, but one ended (${reason}); try again, one notebook at a time if memory is short.`,
    );
    for (const task of [...this.#threads.values(), ...this.#waiting]) task?.reject(this.#ended);
    this.#waiting.length = 0;
    for (const thread of this.#threads.keys()) void thread.terminate();
    this.#threads.clear();
  }
}

/** The one of this process. Where the program of a thread has not been built, as in a test of the source, it draws here. */
export function drawer(): Drawer {
  shared ??= import.meta.url.endsWith(".js")
    ? new Crew(new URL("./crewThread.js", import.meta.url), availableParallelism())
    : drawHere;
  return shared;
}

let shared: Drawer | undefined;

/** Megabytes: a drawing leaves much behind that soon is of no use, and collecting it took an eighth of the time. */
const YOUNG = 64;
