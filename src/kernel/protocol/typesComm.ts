import type { CellChecker, DraftProblem } from "../check/cellChecker.ts";
import type { Comms } from "./comms.ts";
import type { CommMessage } from "./exchange.ts";
import { log } from "./log.ts";
import type { Extras } from "./message.ts";

/** The comm target by which a front end has cells checked while they are written. */
const TARGET = "lectern.types";

interface Draft {
  id: string;
  source: string;
  /** The sources of all code cells, in order, where the front end has newer ones than the file. */
  cells?: string[];
}

/**
 * Tells what is wrong with the types of a cell that is being written, also while another one runs.
 *
 * `{ id, source, cells? }` is answered by `{ event: "checked", id, problems }`. Who writes faster than the checker
 * reads is answered for the last text only.
 */
export class TypesComm {
  readonly #latest = new Map<string, Draft>();
  readonly #busy = new Set<string>();

  constructor(
    readonly comms: Comms,
    readonly checker: () => Promise<CellChecker>,
  ) {
    comms.answer(TARGET, (message, origin) => this.#receive(message, origin));
  }

  #receive({ kind, comm, data }: CommMessage, origin: Extras): void {
    if (kind === "close") this.#latest.delete(comm);
    if (kind !== "message") return;
    const draft = draftOf(data);
    if (draft) {
      this.#latest.set(comm, draft);
      void this.#check(comm, origin);
      return;
    }
    const error = `${TARGET}: a message must be { id, source }, both text, but got ${JSON.stringify(data)?.slice(0, 100)}; send one for each cell.`;
    this.#send(comm, { event: "refused", error }, origin);
  }

  async #check(comm: string, origin: Extras): Promise<void> {
    if (this.#busy.has(comm)) return;
    this.#busy.add(comm);
    try {
      for (let draft = this.#take(comm); draft; draft = this.#take(comm)) {
        const checker = await this.checker();
        if (draft.cells) await checker.know?.(draft.cells);
        const problems: DraftProblem[] = (await checker.problems?.(draft.source)) ?? [];
        this.#send(comm, { event: "checked", id: draft.id, problems }, origin);
      }
    } catch (error) {
      log(`${TARGET}: ${(error as Error | undefined)?.message ?? error}`);
    } finally {
      this.#busy.delete(comm);
    }
  }

  #take(comm: string): Draft | undefined {
    const draft = this.#latest.get(comm);
    this.#latest.delete(comm);
    return draft;
  }

  #send(comm: string, data: object, origin: Extras): void {
    this.comms.publish({ kind: "message", comm, data }, origin);
  }
}

function draftOf(data: unknown): Draft | undefined {
  const { id, source, cells } = (data ?? {}) as Partial<Draft>;
  if (typeof id !== "string" || typeof source !== "string") return undefined;
  return { id, source, ...(Array.isArray(cells) ? { cells: cells.map(String) } : {}) };
}
