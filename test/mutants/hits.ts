/** How often each mutant's place was reached since that was last asked. */
export class Hits {
  /** By the number that Stryker gives the mutant. */
  readonly counts = new Float64Array(2 ** 16);

  take(): Record<string, number> {
    const taken: Record<string, number> = {};
    this.counts.forEach((count, id) => {
      if (count > 0) taken[id] = count;
    });
    this.counts.fill(0);
    return taken;
  }
}
