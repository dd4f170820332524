/** Works that are done one after the other, however many are asked for at once. */
export class InTurn {
  #last: Promise<unknown> = Promise.resolve();

  /** Does a work when those before it are done, or failed. */
  take<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#last.then(work);
    this.#last = done.catch(() => undefined);
    return done;
  }
}
