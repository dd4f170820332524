import { Dependencies, type NamesReport, type RanCell } from "../dependencies.ts";
import type { CellNames } from "../transform/uses.ts";
import type { Comms } from "./comms.ts";
import type { CommMessage } from "./exchange.ts";
import type { Extras } from "./message.ts";

/** The comm target by which a front end follows which cells depend on which. */
const TARGET = "lectern.dependencies";

/**
 * Which cell depends on which, told to every front end that opened the comm: after each run what it did to the names,
 * and on `{ edited: id }` what would be stale if that cell, edited, ran again.
 */
export class DependencyComm {
  readonly #dependencies = new Dependencies();
  readonly #open = new Set<string>();

  constructor(readonly comms: Comms) {
    comms.answer(TARGET, (message, origin) => this.#receive(message, origin));
  }

  /** Notes the run of a cell and tells it; what the reply to its request says. */
  ran(cell: RanCell, names: CellNames, finished: readonly number[], origin: Extras): NamesReport {
    const report = this.#dependencies.ran(cell, names, finished);
    for (const comm of this.#open) this.#send(comm, { event: "ran", cell, ...report }, origin);
    return report;
  }

  #receive({ kind, comm, data }: CommMessage, origin: Extras): void {
    if (kind === "close") this.#open.delete(comm);
    if (kind === "open") {
      this.#open.add(comm);
      this.#send(comm, { event: "opened", stale: this.#dependencies.stale }, origin);
    }
    if (kind === "message") this.#send(comm, this.#answerTo(data), origin);
  }

  #answerTo(data: unknown): object {
    const edited = (data as { edited?: unknown } | null)?.edited;
    if (typeof edited !== "string") {
      const error = `${TARGET}: a message must be { edited: id of a cell }, but got ${JSON.stringify(data)?.slice(0, 100)}; send one for each cell.`;
      return { event: "refused", error };
    }
    const stale = this.#dependencies.after(edited);
    return { event: "edited", id: edited, ran: stale !== undefined, stale: stale ?? [] };
  }

  #send(comm: string, data: object, origin: Extras): void {
    this.comms.publish({ kind: "message", comm, data }, origin);
  }
}
