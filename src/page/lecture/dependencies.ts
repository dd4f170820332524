import type { Kernel } from "@jupyterlab/services";
import { type ISignal, Signal } from "@lumino/signaling";
import type { Lecture } from "./lecture.ts";

/** The target by which the kernel tells which cell depends on which. */
const TARGET = "lectern.dependencies";

interface RanCell {
  id?: string;
  count: number;
}

interface Ran {
  event: "ran";
  cell: RanCell;
  defines: string[];
  uses: string[];
  changes: string[];
  stale: RanCell[];
}

type Message =
  | Ran
  | { event: "opened"; stale: RanCell[] }
  | { event: "edited"; id: string; ran: boolean; stale: RanCell[] }
  | { event: "refused"; error: string };

/** What the kernel knows of names: which cells are stale, and why. */
export class Dependencies {
  /** Why a cell is stale, by its id. */
  readonly stale = new Map<string, string>();
  /** The cells that an edited one would make stale, by its id. */
  readonly follows = new Map<string, string[]>();
  readonly #names = new Map<string, Pick<Ran, "defines" | "uses" | "changes">>();
  readonly #changed = new Signal<this, void>(this);
  #comm: Kernel.IComm | undefined;
  #anew = false;

  constructor(readonly lecture: Lecture) {
    const { session } = lecture;
    session.kernelChanged.connect(() => this.#open());
    session.statusChanged.connect((_, status) => {
      if (["restarting", "autorestarting", "dead"].includes(status)) this.#anew = true;
      if (this.#anew && status === "idle") this.#open();
    });
    void session.ready.then(() => this.#open());
  }

  get changed(): ISignal<this, void> {
    return this.#changed;
  }

  /** Asks what would be stale if this cell, edited, ran again. */
  edited(id: string): void {
    this.#comm?.send({ edited: id });
  }

  #open(): void {
    const kernel = this.lecture.session.session?.kernel;
    if (!kernel || kernel.isDisposed || (this.#comm && !this.#anew && !this.#comm.isDisposed)) return;
    this.#anew = false;
    this.stale.clear();
    this.follows.clear();
    this.#names.clear();
    this.#comm = kernel.createComm(TARGET);
    this.#comm.onMsg = ({ content }) => this.#receive(content.data as unknown as Message);
    this.#comm.open();
    this.#changed.emit();
  }

  #receive(message: Message): void {
    if (message.event === "ran") this.#ran(message);
    else if (message.event === "opened") this.#keep(message.stale, () => "what it uses has changed since it ran");
    else if (message.event === "edited")
      this.follows.set(
        message.id,
        message.stale.flatMap(({ id }) => id ?? []),
      );
    this.#changed.emit();
  }

  #ran({ cell, stale, ...names }: Ran): void {
    if (cell.id !== undefined) {
      this.#names.set(cell.id, names);
      this.follows.delete(cell.id);
      this.stale.delete(cell.id);
    }
    const made = new Set([...names.defines, ...names.changes]);
    this.#keep(stale, id => this.#reason(id, made, cell));
  }

  #keep(stale: readonly RanCell[], reason: (id: string) => string): void {
    const ids = new Set(stale.flatMap(({ id }) => id ?? []));
    for (const id of this.stale.keys()) if (!ids.has(id)) this.stale.delete(id);
    for (const id of ids) if (!this.stale.has(id)) this.stale.set(id, reason(id));
  }

  #reason(id: string, made: Set<string>, { id: by, count }: RanCell): string {
    const maker = by === undefined ? undefined : this.lecture.cellOf(by);
    // The number that will stand beside it: as long as it runs there is none.
    const where = `${maker ? "cell" : "run"} [${count}]`;
    const used = this.#names.get(id)?.uses.filter(name => made.has(name)) ?? [];
    if (used.length === 0) return `rests on a cell that uses what ${where} changed`;
    const some = used.slice(0, 3).map(name => `\`${name}\``);
    const more = used.length > 3 ? ` and ${used.length - 3} more` : "";
    return `uses ${some.join(", ")}${more}, changed in ${where}`;
  }
}
