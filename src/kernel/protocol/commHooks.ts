import { randomUUID } from "node:crypto";
import { currentListener, type Listener, listen } from "../output/capture.ts";
import { CellRun } from "../output/cellRun.ts";
import type { CommMessage, FromMain } from "./exchange.ts";
import type { Header } from "./message.ts";

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

/**
 * Puts the hook in place; returns what takes the messages of clients.
 *
 * What answers a message is code of the cell that opened the comm or registered its target: what it prints and shows
 * appears there, and `report` is told there of what it throws.
 */
export function installComms(
  post: (message: FromMain) => void,
  report: (error: unknown) => void,
): (message: CommMessage, parent: Header) => void {
  const open = new Map<string, { comm: Comm; owner: Listener | undefined }>();
  const targets = new Map<string, { opened: (comm: Comm, data: unknown) => void; owner: Listener | undefined }>();
  /** The message that is being answered. */
  let parent: Header | undefined;
  const tell = (message: CommMessage) => {
    const listener = currentListener();
    post({ type: "comm", run: listener instanceof CellRun ? listener.id : undefined, message, parent });
  };
  const answer = (owner: Listener | undefined, work: () => unknown) => {
    const inCell = () => {
      try {
        Promise.resolve(work()).catch(report);
      } catch (error) {
        report(error);
      }
    };
    if (owner) listen(owner, inCell);
    else inCell();
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
    open.set(id, { comm, owner: currentListener() });
    return comm;
  };
  const comms: Comms = {
    open(target, data = {}, options = {}) {
      const comm = create(randomUUID());
      tell({ kind: "open", comm: comm.id, target, data, ...options });
      return comm;
    },
    register: (target, opened) => {
      targets.set(target, { opened, owner: currentListener() });
    },
  };
  Object.defineProperty(globalThis, Symbol.for("lectern.comms"), { value: comms, configurable: true });
  const receive = ({ kind, comm: id, target = "", data, buffers = [] }: CommMessage) => {
    const found = open.get(id);
    if (kind === "message" && found) answer(found.owner, () => found.comm.onMessage?.(data, buffers));
    else if (kind === "close" && found) {
      open.delete(id);
      answer(found.owner, () => found.comm.onClose?.(data));
    } else if (kind === "open") {
      const known = targets.get(target);
      if (known) answer(known.owner, () => known.opened(create(id), data));
      // As the protocol asks: who does not know the target closes.
      else tell({ kind: "close", comm: id, data: {} });
    }
  };
  return (message, header) => {
    parent = header;
    try {
      receive(message);
    } finally {
      parent = undefined;
    }
  };
}
