import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type CodeCell, hasTag, type Notebook, PREDICT } from "../../notebook/index.ts";
import { exitCode } from "../errors.ts";
import { renderCode } from "./code.ts";
import { cellsInWords, type Need, needsInWords, needsOf } from "./needs.ts";
import { FigureFolder } from "./outputs.ts";
import { renderProse } from "./prose.ts";
import { Reader } from "./reader.ts";
import { Session } from "./session.ts";
import { textWidth } from "./width.ts";

/** One code cell with the text before it; the end of a notebook may be text alone. */
interface Stop {
  texts: string[];
  cell?: CodeCell;
}

type Answer = "run" | "skip" | "back" | "end";
type Move = Exclude<Answer, "run">;

/** A person's way through a notebook: each cell is shown, and runs, is skipped or left for the one before. */
export class Stepping {
  readonly #reader = new Reader(() => this.#interrupt());
  readonly #session: Session;
  readonly #stops: Stop[];
  /** The sources of the code cells, in the order in which they are numbered. */
  readonly #sources: string[];
  /** The cells, counted from 0, whose names the kernel has. */
  readonly #ran = new Set<number>();
  #isInterrupted = false;

  constructor(
    readonly path: string,
    notebook: Notebook,
  ) {
    this.#stops = stopsOf(notebook);
    this.#sources = this.#stops.flatMap(({ cell }) => (cell ? [cell.source] : []));
    this.#session = new Session(path, new FigureFolder(mkdtempSync(join(tmpdir(), "lectern-step-"))));
  }

  /** Goes through the notebook. Returns the exit code. */
  async run(): Promise<number> {
    process.on("SIGINT", () => this.#interrupt());
    try {
      for (let at = 0; at < this.#stops.length; ) {
        const move = await this.#stay(at);
        if (move === "end") return this.#isInterrupted ? exitCode.interrupted : exitCode.done;
        if (move === "back" && at === 0) console.log("This is the first cell.");
        else at += move === "back" ? -1 : 1;
      }
      console.log(`\nThe end of ${this.path}.`);
      return exitCode.done;
    } finally {
      this.#reader.close();
      await this.#session.stop();
    }
  }

  /** Shows a cell and stays at it until it ran, or the person goes elsewhere. */
  async #stay(at: number): Promise<Move> {
    const { texts, cell } = this.#stops[at] as Stop;
    for (const text of texts) console.log(`\n${renderProse(text, textWidth(process.stdout.columns))}`);
    if (cell === undefined) return "skip";
    console.log(`\n${await renderCode(cell.source, process.stdout.hasColors?.(2 ** 24) ?? false)}\n`);
    let needs: Need[] = [];
    let said: string | undefined;
    for (let enter = "runs it"; ; enter = needs.length > 0 ? `runs ${cellsInWords(needs)} first` : "runs it again") {
      const answer = await this.#ask(`${this.#label(at)} Enter ${enter}, s skips it, b goes back, q ends, ? helps: `);
      if (answer !== "run") return answer;
      if (hasTag(cell, PREDICT)) said ??= await this.#prediction();
      const outcome = await this.#runAfter(needs, at);
      if (said && outcome.needs.length === 0) console.log(`You predicted: ${said}`);
      await this.#reader.forgetTyped();
      if (outcome.isDone) return "skip";
      needs = outcome.needs;
    }
  }

  async #ask(question: string): Promise<Answer> {
    for (;;) {
      const line = (await this.#reader.ask(question))?.trim().toLowerCase();
      const answer = line === undefined ? "end" : answers.get(line);
      if (answer !== undefined) return answer;
      console.log(line === "?" ? HELP : `${line} is no answer here; ? shows those that are.`);
    }
  }

  async #prediction(): Promise<string> {
    await this.#reader.forgetTyped();
    return (await this.#reader.ask("Predict first: what will come out? "))?.trim() ?? "";
  }

  /** Runs the cells that this one needs, with those that they need, and then this one. */
  async #runAfter(needs: Need[], at: number): Promise<Outcome> {
    const tried = new Set([at]);
    for (const { cell } of needs) if (!(await this.#runNeeded(cell, tried))) return { isDone: false, needs };
    return this.#runCell(at);
  }

  /** Returns whether the cell, and what it needs itself, could be run. */
  async #runNeeded(at: number, tried: Set<number>): Promise<boolean> {
    if (this.#ran.has(at)) return true;
    tried.add(at);
    console.log(`Cell ${at + 1} runs first.`);
    const { isDone, needs } = await this.#runCell(at);
    const others = needs.filter(({ cell }) => !tried.has(cell));
    if (isDone || others.length === 0) return isDone;
    for (const { cell } of others) if (!(await this.#runNeeded(cell, tried))) return false;
    return (await this.#runCell(at)).isDone;
  }

  async #runCell(at: number): Promise<Outcome> {
    const cell = this.#stops[at]?.cell as CodeCell;
    let needs: Need[] = [];
    const { status } = await this.#session.run(
      { source: cell.source, number: at + 1, label: this.#label(at) },
      async error => {
        needs = await needsOf(error, this.#sources, each => each === at || this.#ran.has(each));
        return needs.length > 0 ? `${needsInWords(needs)}\n` : undefined;
      },
    );
    const isDone = needs.length === 0 && (status === "ok" || hasTag(cell, "raises-exception"));
    if (isDone) this.#ran.add(at);
    else this.#ran.delete(at);
    if (!this.#session.isAlive) this.#ran.clear();
    return { isDone, needs };
  }

  #label(at: number): string {
    return `[${at + 1}/${this.#sources.length}]`;
  }

  /** Ends the cell that runs, or, at a question, the command. */
  #interrupt(): void {
    if (this.#session.isRunning) this.#session.interrupt();
    else {
      this.#isInterrupted = true;
      this.#reader.close();
    }
  }
}

/** Whether a cell ran; else the cells that it needs before, where that is why. */
interface Outcome {
  isDone: boolean;
  needs: Need[];
}

function stopsOf({ cells }: Notebook): Stop[] {
  const stops: Stop[] = [];
  let texts: string[] = [];
  for (const cell of cells) {
    if (cell.cell_type === "markdown") texts.push(cell.source);
    if (cell.cell_type !== "code" || cell.source.trim() === "" || hasTag(cell, "skip-execution")) continue;
    stops.push({ texts, cell });
    texts = [];
  }
  return texts.length > 0 ? [...stops, { texts }] : stops;
}

const answers: ReadonlyMap<string, Answer> = new Map([
  ["", "run"],
  ["s", "skip"],
  ["b", "back"],
  ["q", "end"],
]);

const HELP = `
  Enter  runs the cell and goes on; where it fails, one stays at it
  s      goes on without running it
  b      goes back one cell
  q      ends, as Ctrl-D does; Ctrl-C ends a cell that runs, and then the command
  Nothing is written into the notebook.
`;
