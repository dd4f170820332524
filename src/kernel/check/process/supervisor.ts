import { type CheckerChild, type StartChild, startChild } from "./child.ts";
import type { Snapshots } from "../snapshot/snapshots.ts";
import type { FromChecker, Questions, RanCell, ToChecker } from "./messages.ts";

/** What became of a question. */
export type Outcome = { kind: "answer"; answer: unknown } | { kind: "aborted" } | { kind: "none"; reason: string };

/** A question without an answer so far. */
interface Open {
  message: ToChecker;
  /** How many processes died while they had it. */
  deaths: number;
  end: (outcome: Outcome) => void;
}

/**
 * Keeps a checker process running: when it dies, another takes its place, is told of the cells that
 * ran and gets the open questions again. A question that ends two processes gets no answer; after
 * too many deaths in a row no question does.
 */
export class Supervisor {
  readonly #open = new Map<number, Open>();
  #child: CheckerChild | undefined;
  #questions = 0;
  /** Since the last answer. */
  #deaths = 0;
  #broken: string | undefined;

  constructor(
    readonly directory: string,
    readonly snapshots: Snapshots,
    readonly ran: () => RanCell[],
    readonly begin: StartChild = startChild,
  ) {
    this.#start();
  }

  get child(): CheckerChild | undefined {
    return this.#child;
  }

  ask<Name extends keyof Questions>(ask: Name, args: Questions[Name], signal?: AbortSignal): Promise<Outcome> {
    if (signal?.aborted) return Promise.resolve({ kind: "aborted" });
    if (this.#broken !== undefined) return Promise.resolve({ kind: "none", reason: this.#broken });
    return new Promise(resolve => {
      const id = ++this.#questions;
      const message = { id, ask, with: args } as ToChecker;
      const end = (outcome: Outcome) => {
        this.#open.delete(id);
        signal?.removeEventListener("abort", abort);
        if (this.#open.size === 0) this.#child?.idle(true);
        resolve(outcome);
      };
      const abort = () => {
        end({ kind: "aborted" });
        this.#child?.end();
      };
      signal?.addEventListener("abort", abort, { once: true });
      this.#open.set(id, { message, deaths: 0, end });
      this.#child?.idle(false);
      if (this.#child?.ready) this.#child.tell(message);
    });
  }

  stop(): void {
    this.#giveUp("it was stopped");
    this.#child?.end();
  }

  #start(snapshot = this.snapshots.find()): void {
    const child: CheckerChild = this.begin(
      this.directory,
      snapshot,
      message => this.#receive(message, child),
      () => this.#closed(child),
    );
    this.#child = child;
    child.idle(this.#open.size === 0);
  }

  #receive(message: FromChecker, child: CheckerChild): void {
    if (child !== this.#child) return;
    if (message.type === "ready") {
      child.ready = true;
      if (message.stale && child.snapshot !== undefined) this.snapshots.refuse(child.snapshot);
      const ran = this.ran();
      if (ran.length > 0) child.tell({ id: 0, ask: "commit", with: [ran] });
      for (const { message: open } of this.#open.values()) child.tell(open);
      return;
    }
    this.#deaths = 0;
    const outcome: Outcome =
      message.type === "answer" ? { kind: "answer", answer: message.answer } : { kind: "none", reason: message.reason };
    this.#open.get(message.id)?.end(outcome);
  }

  #closed(child: CheckerChild): void {
    if (child !== this.#child || this.#broken !== undefined) return;
    if (child.snapshot !== undefined && !child.ready && !child.ended) {
      this.snapshots.refuse(child.snapshot);
      this.#start();
      return;
    }
    if (!child.ended) this.#count(child);
    if (this.#broken === undefined) this.#start();
  }

  #count(child: CheckerChild): void {
    if (child.ready) {
      for (const open of [...this.#open.values()]) {
        if (++open.deaths >= 2) open.end({ kind: "none", reason: "the checker's process ended at it twice" });
      }
    }
    if (++this.#deaths < limit) return;
    const words = child.lastWords.trim().split("\n").at(-1) || "nothing";
    this.#giveUp(`the checker's process ended ${limit} times in a row; it said: ${words}`);
  }

  #giveUp(reason: string): void {
    this.#broken ??= reason;
    for (const open of [...this.#open.values()]) open.end({ kind: "none", reason });
  }
}

/** So many deaths in a row end the attempts. */
const limit = 5;
