/**
 * The losses of a training by step, as many as a curve needs: where there are too many, every second one goes.
 *
 * It goes with each report, so that who comes late sees all that was.
 */
export class LossHistory {
  #kept: Point[] = [];
  #last: Point | undefined;
  /** Reports from one that is kept to the next. */
  #stride = 1;
  #reports = 0;

  /** Evenly spread, and the last one. */
  get points(): Point[] {
    return this.#last === undefined || this.#last === this.#kept.at(-1) ? [...this.#kept] : [...this.#kept, this.#last];
  }

  add({ step, loss }: { step: number; loss?: number }): void {
    if (loss === undefined || !Number.isFinite(loss)) return;
    this.#last = [step, Number(loss.toPrecision(6))];
    if (this.#reports++ % this.#stride === 0) this.#kept.push(this.#last);
    if (this.#kept.length < most) return;
    this.#kept = this.#kept.filter((_, index) => index % 2 === 0);
    this.#stride *= 2;
  }
}

type Point = readonly [step: number, loss: number];

const most = 201;
