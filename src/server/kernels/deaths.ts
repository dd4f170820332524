/** When a kernel died, so that one that dies again and again is not started for ever. */
export class Deaths {
  #times: number[] = [];

  /** Notes a death; says whether there were too many of late. */
  note(): boolean {
    this.#times = [...this.#times.filter(time => Date.now() - time < window), Date.now()];
    return this.#times.length > most;
  }
}

const most = 3;

/** In milliseconds. */
const window = 60_000;
