import type { CellResult } from "../result.ts";
import type { SeenValue } from "../runtimeValues.ts";
import type { FromMain, ToMain } from "./exchange.ts";

/** How long a look at a value may take, in milliseconds: a thread that runs no cell answers as soon as the machine lets it. */
const patience = { busy: 200, idle: 3000 };

/** How a cell ended on the main thread. */
export interface Done {
  result: CellResult;
  finished: number[];
}

type Handlers = { [Type in Exclude<FromMain["type"], "ready" | "done" | "pong" | "seen">]: Handler<Type> };
type Handler<Type> = (message: Extract<FromMain, { type: Type }>) => void;

/** The main thread as the worker sees it: it runs one cell at a time and tells what happens. */
export class MainThread {
  readonly ready: Promise<void>;
  isReady = false;
  #setReady: () => void = () => {};
  readonly #runs = new Map<number, (done: Done) => void>();
  readonly #pings = new Map<number, () => void>();
  readonly #looks = new Map<number, (seen: SeenValue | undefined) => void>();
  #pinged = 0;

  constructor(
    readonly tell: (message: ToMain) => void,
    readonly handlers: Handlers,
  ) {
    this.ready = new Promise(resolve => {
      this.#setReady = resolve;
    });
  }

  receive(message: FromMain): void {
    if (message.type === "ready") {
      this.isReady = true;
      this.#setReady();
    } else if (message.type === "done") {
      this.#runs.get(message.id)?.(message);
      this.#runs.delete(message.id);
    } else if (message.type === "pong") {
      this.#pings.get(message.id)?.();
      this.#pings.delete(message.id);
    } else if (message.type === "seen") {
      this.#looks.get(message.id)?.(message.seen);
      this.#looks.delete(message.id);
    } else (this.handlers[message.type] as (message: FromMain) => void)(message);
  }

  execute(cell: Omit<Extract<ToMain, { type: "execute" }>, "type">): Promise<Done> {
    return new Promise(resolve => {
      this.#runs.set(cell.id, resolve);
      this.tell({ type: "execute", ...cell });
    });
  }

  /** The run whose code is there now. */
  get running(): number | undefined {
    return [...this.#runs.keys()].at(-1);
  }

  /** A value as it is now; undefined where there is none, and while a cell keeps the thread busy. */
  look(path: string[]): Promise<SeenValue | undefined> {
    return new Promise(resolve => {
      const id = ++this.#pinged;
      this.#looks.set(id, resolve);
      this.tell({ type: "look", id, path });
      const milliseconds = this.#runs.size > 0 ? patience.busy : patience.idle;
      setTimeout(() => resolve(undefined), milliseconds).unref();
    });
  }

  ping(): Promise<void> {
    return new Promise(resolve => {
      const id = ++this.#pinged;
      this.#pings.set(id, resolve);
      this.tell({ type: "ping", id });
    });
  }
}
