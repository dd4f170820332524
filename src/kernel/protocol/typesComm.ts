import type { CellChecker, DraftProblem, Place } from "../check/cellChecker.ts";
import type { Comms } from "./comms.ts";
import type { CommMessage } from "./exchange.ts";
import { log } from "./log.ts";
import type { Extras } from "./message.ts";

/** The comm target by which a front end has cells checked, mended and renamed while they are written. */
const TARGET = "lectern.types";

interface Draft {
  id: string;
  source: string;
  /** The sources of all code cells, in order, where the front end has newer ones than the file. */
  cells?: string[];
}

/** What is asked about a place: each such question is answered. */
interface Question {
  id: string;
  cells: string[];
  /** What would put right what is wrong there. */
  fix?: { source: string; offset: number };
  /** What a name would change; without `to`, where it stands. */
  rename?: Place & { to?: string };
}

/**
 * Tells what is wrong with the types of a cell that is being written, also while another one runs.
 *
 * `{ id, source, cells? }` is answered by `{ event: "checked", id, problems }`, or `{ event: "refused", id, error }`
 * where checking itself fails. Who writes faster than the checker reads is answered for the last text only.
 * `{ id, cells, fix: { source, offset } }` is answered by `{ event: "fixes", id, fixes }`, and
 * `{ id, cells, rename: { cell, offset, to? } }` by `{ event: "renaming", id, name, edits }` or
 * `{ event: "refused", id, error }`; offsets are UTF-16 units.
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
    const question = questionOf(data);
    if (question) {
      void this.#answer(comm, question, origin);
      return;
    }
    const draft = draftOf(data);
    if (draft) {
      this.#latest.set(comm, draft);
      void this.#check(comm, origin);
      return;
    }
    const error = `${TARGET}: a message must be { id, source }, both text, or { id, cells } with fix or rename, but got ${JSON.stringify(data)?.slice(0, 100)}; send one for each cell.`;
    const { id } = (data ?? {}) as { id?: unknown };
    this.#send(comm, { event: "refused", ...(typeof id === "string" ? { id } : {}), error }, origin);
  }

  async #answer(comm: string, { id, cells, fix, rename }: Question, origin: Extras): Promise<void> {
    try {
      const checker = await this.checker();
      if (fix) {
        const fixes = (await checker.fixes?.(fix.source, fix.offset, cells)) ?? [];
        this.#send(comm, { event: "fixes", id, fixes }, origin);
      }
      if (rename) {
        const { to, ...place } = rename;
        const answer = (await checker.rename?.(cells, place, to)) ?? { refused: "rename: nothing here can rename." };
        if ("refused" in answer) this.#send(comm, { event: "refused", id, error: answer.refused }, origin);
        else this.#send(comm, { event: "renaming", id, ...answer }, origin);
      }
    } catch (error) {
      this.#send(comm, { event: "refused", id, error: (error as Error | undefined)?.message ?? String(error) }, origin);
    }
  }

  async #check(comm: string, origin: Extras): Promise<void> {
    if (this.#busy.has(comm)) return;
    this.#busy.add(comm);
    try {
      for (let draft = this.#take(comm); draft; draft = this.#take(comm)) {
        try {
          const checker = await this.checker();
          if (draft.cells) await checker.know?.(draft.cells);
          const problems: DraftProblem[] = (await checker.problems?.(draft.source)) ?? [];
          this.#send(comm, { event: "checked", id: draft.id, problems }, origin);
        } catch (error) {
          const told = (error as Error | undefined)?.message ?? String(error);
          log(`${TARGET}: ${told}`);
          this.#send(comm, { event: "refused", id: draft.id, error: told }, origin);
        }
      }
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

function questionOf(data: unknown): Question | undefined {
  const { id, cells, fix, rename } = (data ?? {}) as Partial<Question>;
  if (typeof id !== "string" || !Array.isArray(cells)) return undefined;
  const question = { id, cells: cells.map(String) };
  if (typeof fix?.source === "string" && isCount(fix.offset)) return { ...question, fix };
  const isPlace = isCount(rename?.cell) && isCount(rename.offset) && rename.cell < cells.length;
  return rename && isPlace && ["string", "undefined"].includes(typeof rename.to) ? { ...question, rename } : undefined;
}

function isCount(value: unknown): value is number {
  return Number.isInteger(value) && (value as number) >= 0;
}
