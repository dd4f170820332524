import { type ControlRow, controlRow, make } from "./controls.ts";
import { arePlaces, type ExploreRecord, figureAt, type RecordedFigure } from "./record.ts";
import { isStored, movedBesides, nearestFrame } from "./state.ts";
import { nameOf } from "./words.ts";

export interface PlayerOptions {
  record: ExploreRecord;
  /** The figure at the start. */
  figure: RecordedFigure;
  /** Draws a figure on the stage; what it throws is shown below the controls. */
  draw(stage: HTMLElement, figure: RecordedFigure): Promise<unknown>;
  /** Makes a figure that is not stored; a `FigureProblem` is what the figure's own function threw. */
  ask?: ((at: number[]) => Promise<RecordedFigure>) | undefined;
}

/** What the function of a figure threw, as opposed to a kernel that is not there. */
export class FigureProblem extends Error {
  override name = "FigureProblem";
}

/**
 * A figure that moves, in a page: its controls, the figure, and the words for it.
 *
 * One figure is drawn at a time, the next is of the latest stops: a slow one lags by one, never by many.
 */
export class Player {
  readonly node: HTMLElement;
  readonly stage = make("div", { class: "explore-stage", role: "figure" });
  readonly #rows: ControlRow[];
  readonly #note = make("p", { class: "explore-note" });
  readonly #problem = make("p", { class: "explore-problem", role: "alert" });
  readonly #words = make("p", { class: "explore-spoken", "aria-live": "polite" });
  /** A narrower page has a narrower figure. */
  readonly #resizing = new ResizeObserver(() => {
    if (this.#width !== undefined && this.#width !== this.stage.clientWidth) void this.#redraw();
  });
  #width: number | undefined;
  #ask: PlayerOptions["ask"];
  #at: number[];
  #working: Promise<void> | undefined;
  #stale = false;
  #playing: { control: number; timer: ReturnType<typeof setTimeout> } | undefined;
  #speaking: ReturnType<typeof setTimeout> | undefined;

  constructor(readonly options: PlayerOptions) {
    const { controls } = options.record;
    this.#ask = options.ask;
    this.#at = controls.map(({ start }) => start);
    const prefix = `explore-${++players}`;
    this.#rows = controls.map((control, index) =>
      controlRow(control, `${prefix}-${index}`, {
        moved: place => {
          this.pause();
          this.move(index, place);
        },
        played: () => (this.#playing?.control === index ? this.pause() : this.#play(index)),
      }),
    );
    const name = `A figure that moves: ${controls.map(nameOf).join(", ")}`;
    this.node = make("div", { class: "explore", role: "group", "aria-label": name });
    this.node.append(...this.#rows.map(({ node }) => node), this.#note, this.#problem, this.stage, this.#words);
    this.#stand(this.#at);
    this.#resizing.observe(this.stage);
  }

  /** The places of the controls. */
  get at(): readonly number[] {
    return this.#at;
  }

  /** Draws the figure at the start, or where it stood before if it can still stand there. */
  async start(at?: readonly number[]): Promise<void> {
    const { record } = this.options;
    if (arePlaces(record.controls, at) && (this.#ask || isStored(record, at))) this.#stand([...at]);
    await this.#redraw();
  }

  /** Moves one control; the promise settles when what is then wanted is drawn. */
  async move(control: number, place: number): Promise<void> {
    const wanted = this.#at.map((each, index) => (index === control ? place : each));
    const { record } = this.options;
    const to = this.#ask || isStored(record, wanted) ? wanted : nearestFrame(record, this.#at, control, place);
    this.#note.textContent = movedBesides(record, this.#at, to, control);
    this.#stand(to);
    await this.#redraw();
  }

  pause(): void {
    if (!this.#playing) return;
    clearTimeout(this.#playing.timer);
    this.#rows[this.#playing.control]?.playing(false);
    this.#playing = undefined;
    this.#speak();
  }

  dispose(): void {
    this.pause();
    clearTimeout(this.#speaking);
    this.#ask = undefined;
    this.#resizing.disconnect();
  }

  /** From where it stands to its last stop, or from the first where it stands at the last. */
  #play(control: number): void {
    this.pause();
    clearTimeout(this.#speaking);
    const last = (this.options.record.controls[control]?.stops.length ?? 1) - 1;
    const pace = Math.min(500, Math.max(80, 4000 / last));
    this.#rows[control]?.playing(true);
    const step = async () => {
      const next = first ? 0 : (this.#at[control] as number) + 1;
      const drawn = this.move(control, next);
      first = false;
      await Promise.all([drawn, new Promise(resolve => setTimeout(resolve, pace))]);
      if (this.#playing !== playing) return;
      const now = this.#at[control] as number;
      // Where no stop further on is stored, the control stays behind.
      if (now >= last || now < next) this.pause();
      else void step();
    };
    let first = this.#at[control] === last;
    const playing = { control, timer: setTimeout(() => void step(), 0) };
    this.#playing = playing;
  }

  #stand(at: number[]): void {
    this.#at = at;
    for (const [index, row] of this.#rows.entries()) row.stand(at[index] as number);
  }

  #redraw(): Promise<void> {
    this.#stale = true;
    this.#working ??= this.#untilFresh();
    return this.#working;
  }

  async #untilFresh(): Promise<void> {
    try {
      while (this.#stale) {
        this.#stale = false;
        await this.#drawAt([...this.#at]).catch((error: Error) => {
          this.#problem.textContent = error.message;
        });
      }
    } finally {
      this.#working = undefined;
    }
  }

  async #drawAt(at: number[]): Promise<void> {
    const { record, figure, draw } = this.options;
    const shown = figureAt(record, figure, at) ?? (await this.#asked(at));
    if (!shown) return;
    this.#width = this.stage.clientWidth;
    await draw(this.stage, fitted(shown, this.#width));
    this.#problem.textContent = "";
    if (this.#note.textContent === BUSY) this.#note.textContent = "";
    this.stage.setAttribute("aria-label", shown.alt);
    this.#speak();
  }

  /** Nothing where the kernel has gone: the controls then go back to what is stored. */
  async #asked(at: number[]): Promise<RecordedFigure | undefined> {
    const note = setTimeout(() => {
      this.#note.textContent = BUSY;
    }, REST);
    try {
      return await this.#ask?.(at);
    } catch (error) {
      if (error instanceof FigureProblem) throw error;
      this.#ask = undefined;
      this.pause();
      const control = at.findIndex((place, index) => place !== this.options.record.controls[index]?.start);
      void this.move(control, at[control] as number);
      return undefined;
    } finally {
      clearTimeout(note);
    }
  }

  /** Says what the figure shows once it stands still. */
  #speak(): void {
    clearTimeout(this.#speaking);
    if (this.#playing) return;
    this.#speaking = setTimeout(() => {
      this.#words.textContent = this.stage.getAttribute("aria-label") ?? "";
    }, REST);
  }
}

/** A figure no wider than there is room. */
function fitted(figure: RecordedFigure, width: number): RecordedFigure {
  const own = Number(figure.layout.width);
  return width > 0 && own > width ? { ...figure, layout: { ...figure.layout, width } } : figure;
}

let players = 0;

const BUSY = "The kernel computes this figure when it is free.";

/** Milliseconds without a move. */
const REST = 500;
