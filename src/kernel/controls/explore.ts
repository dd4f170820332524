import { AsyncResource } from "node:async_hooks";
import { randomUUID } from "node:crypto";
import { controlsInWords, type ExploreRecord, isSamePlace, type RecordedFigure } from "../../explore/index.ts";
import type { Bundle } from "../display/bundle.ts";
import {
  controlsOf,
  type ExploreLike,
  figureAtPlaces,
  framesOf,
  isExplore,
  recordBundle,
  startOf,
} from "../display/explore.ts";
import { attempt } from "../errors/attempt.ts";
import { answerPages } from "./explorePages.ts";
import { exploreWidgets } from "./exploreWidgets.ts";
import { page } from "./model.ts";
import { Picture, showAt } from "./picture.ts";
import { now } from "../timers.ts";

/**
 * Shows a figure that moves, where a page may be reached: its controls, as Jupyter's widgets, and the figure below them,
 * computed anew when one of them is moved. Says whether the value is such a figure, and such a page is there.
 *
 * The first figure is there at once. Those that are to be stored follow; where they take long, the notebook is left
 * without them, for `lectern run --write` to put them in.
 */
export async function showExplore(value: unknown): Promise<boolean> {
  if (page() === undefined || !attempt(() => isExplore(value), false)) return false;
  await new LiveExplore(value as ExploreLike).show();
  return true;
}

class LiveExplore {
  readonly #id = randomUUID();
  readonly #at: number[];
  readonly #first: RecordedFigure;
  readonly #record: ExploreRecord;
  readonly #picture: Picture;
  /** As code of the cell that shows it, whoever asks. */
  readonly #figure = AsyncResource.bind((at: number[]) => figureAtPlaces(this.explore, at));

  constructor(readonly explore: ExploreLike) {
    this.#at = startOf(explore);
    // What is wrong with the function is an error of the cell.
    this.#first = figureAtPlaces(explore, this.#at);
    this.#record = { controls: controlsOf(explore), frames: [], id: this.#id };
    this.#picture = new Picture(async () => this.#bundle());
  }

  async show(): Promise<void> {
    const { controls } = this.#record;
    const view = exploreWidgets(controls, (control, place) => {
      this.#at[control] = place;
      this.#picture.changed();
    });
    showAt(randomUUID(), {
      data: { ...view, "text/plain": controlsInWords(controls) },
      // A page that plays the figure has controls of its own.
      metadata: { lectern: { explore: "controls" } },
    });
    answerPages(this.#id, controls, this.#figure);
    await this.#picture.draw();
    await this.#store();
  }

  async #store(): Promise<void> {
    const frames = await framesOf(this.explore, this.#first, now() + PATIENCE);
    if (!frames) return;
    this.#record.frames = frames;
    await this.#picture.draw();
  }

  #bundle(): Bundle {
    const atStart = isSamePlace(this.#at, startOf(this.explore));
    const now = atStart ? this.#first : this.#figure([...this.#at]);
    return recordBundle({ ...this.#record, ...(atStart ? {} : { figure: this.#first }) }, now);
  }
}

/** How long a cell waits for the figures that are to be stored, in milliseconds. */
const PATIENCE = 5000;
