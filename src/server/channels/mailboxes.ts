import { WebSocket } from "ws";
import { defaultLimits, Mailbox, type MailboxLimits } from "./mailbox.ts";
import type { ChannelMessage } from "./message.ts";
import { closeWith } from "./sockets.ts";

/** The pages of one kernel: those that are there, and those that were there a while ago and may come back. */
export class Mailboxes {
  readonly #all = new Map<string, Mailbox>();
  /** Which page sent a request, until it is answered. */
  readonly #askers = new Map<string, string>();

  constructor(readonly limits: MailboxLimits = defaultLimits) {}

  /** How many pages are there. */
  get connected(): number {
    // Who said goodbye is gone, though the socket may take its time.
    return [...this.#all.values()].filter(({ socket }) => socket?.readyState === WebSocket.OPEN).length;
  }

  open(key: string, socket: WebSocket): Mailbox {
    this.#forgetOld();
    const mailbox = this.#all.get(key) ?? new Mailbox(key, this.limits);
    this.#all.set(key, mailbox);
    mailbox.open(socket);
    return mailbox;
  }

  /** A page that has no name cannot come back. */
  close(mailbox: Mailbox, socket: WebSocket, { mayReturn }: { mayReturn: boolean }): void {
    if (mailbox.close(socket) && !mayReturn) this.#all.delete(mailbox.key);
  }

  /** Notes who is to get the answer. */
  asked(message: ChannelMessage, mailbox: Mailbox): void {
    if (message.channel !== "stdin") this.#askers.set(message.header.msg_id, mailbox.key);
  }

  /** To all pages, or to the one that asked. */
  post(message: ChannelMessage): void {
    if (message.channel === "iopub") {
      for (const mailbox of this.#all.values()) mailbox.post(message);
      return;
    }
    const id = message.parent.msg_id ?? "";
    const key = this.#askers.get(id);
    // A cell may ask for several inputs before it is answered.
    if (message.channel !== "stdin") this.#askers.delete(id);
    if (key !== undefined) this.#all.get(key)?.post(message);
  }

  /** The kernel is another one now: nothing of the one before will be answered. */
  forget(): void {
    this.#askers.clear();
  }

  /** Closes every socket. */
  end(): void {
    for (const { socket } of this.#all.values()) if (socket) closeWith(socket, 1001, "the kernel has ended");
    this.#all.clear();
  }

  #forgetOld(): void {
    const absent = [...this.#all.values()]
      .filter(({ absentSince }) => absentSince !== undefined)
      .sort((left, right) => (right.absentSince ?? 0) - (left.absentSince ?? 0));
    for (const [index, { key, absentSince = 0 }] of absent.entries()) {
      if (index >= mostAbsent || Date.now() - absentSince > longestAbsence) this.#all.delete(key);
    }
  }
}

/** Pages that are away for longer come back as new ones, which get what there is from the kernel's runs. */
const longestAbsence = 60 * 60 * 1000;

const mostAbsent = 8;
