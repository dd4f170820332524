/** Which module waits for which. */
export class Waits {
  readonly #waits = new Map<string, Set<string>>();

  /** Waits for the evaluation of `file`, on behalf of `importer` where it is a module. */
  async during(importer: string | undefined, file: string, evaluation: Promise<void>): Promise<void> {
    if (importer === undefined) return evaluation;
    const own = this.#waits.get(importer) ?? new Set();
    this.#waits.set(importer, own);
    own.add(file);
    try {
      await evaluation;
    } finally {
      own.delete(file);
    }
  }

  /** Whether `file` waits for `target`, by whatever way. */
  reach(file: string, target: string, seen = new Set<string>()): boolean {
    if (file === target) return true;
    if (seen.has(file)) return false;
    seen.add(file);
    return [...(this.#waits.get(file) ?? [])].some(next => this.reach(next, target, seen));
  }

  clear(): void {
    this.#waits.clear();
  }
}
