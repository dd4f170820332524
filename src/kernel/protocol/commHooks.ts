import { randomUUID } from "node:crypto";
import { currentListener } from "../output/capture.ts";
import { CellRun } from "../output/cellRun.ts";
import type { CommMessage, FromMain } from "./exchange.ts";

/** One end of a comm: a two-way connection between code in a cell and a widget in the page. */
export interface Comm {
  readonly id: string;
  send(data: unknown, options?: { metadata?: Record<string, unknown>; buffers?: Uint8Array[] }): void;
  close(data?: unknown): void;
  onMessage: ((data: unknown, buffers: Uint8Array[]) => void) | undefined;
  onClose: ((data: unknown) => void) | undefined;
}

/** What a library finds on `globalThis` under `Symbol.for("lectern.comms")`. */
export interface Comms {
  /** Opens a comm to the page's side of the target. */
  open(target: string, data?: unknown, options?: { metadata?: Record<string, unknown>; buffers?: Uint8Array[] }): Comm;
  /** Says who answers when the page opens a comm to this target. */
  register(target: string, opened: (comm: Comm, data: unknown) => void): void;
}

/** Puts the hook in place; returns what takes the messages of clients. */
export function installComms(post: (message: FromMain) => void): (message: CommMessage) => void {
  const open = new Map<string, Comm>();
  const targets = new Map<string, (comm: Comm, data: unknown) => void>();
  const tell = (message: CommMessage) => {
    const listener = currentListener();
    post({ type: "comm", run: listener instanceof CellRun ? listener.id : undefined, message });
  };
  const create = (id: string): Comm => {
    const comm: Comm = {
      id,
      send: (data, options = {}) => tell({ kind: "message", comm: id, data, ...options }),
      close: (data = {}) => {
        if (open.delete(id)) tell({ kind: "close", comm: id, data });
      },
      onMessage: undefined,
      onClose: undefined,
    };
    open.set(id, comm);
    return comm;
  };
  const comms: Comms = {
    open(target, data = {}, options = {}) {
      const comm = create(randomUUID());
      tell({ kind: "open", comm: comm.id, target, data, ...options });
      return comm;
    },
    register: (target, opened) => {
      targets.set(target, opened);
    },
  };
  Object.defineProperty(globalThis, Symbol.for("lectern.comms"), { value: comms, configurable: true });
  return message => {
    const { kind, comm: id, data, buffers = [] } = message;
    const comm = open.get(id);
    if (kind === "message") comm?.onMessage?.(data, buffers);
    else if (kind === "close") {
      open.delete(id);
      comm?.onClose?.(data);
    } else {
      const opened = targets.get(message.target ?? "");
      if (opened) opened(create(id), data);
      // As the protocol asks: who does not know the target closes.
      else tell({ kind: "close", comm: id, data: {} });
    }
  };
}
