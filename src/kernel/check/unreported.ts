/** Local files of which nothing was said since they were read. */
export class Unreported {
  readonly #files = new Set<string>();

  /** Only those in whose errors an author is interested: not declarations, JavaScript and JSON. */
  add(files: readonly string[]): void {
    for (const file of files) if (/\.([mc]?ts|tsx)$/.test(file) && !/\.d\.[mc]?ts$/.test(file)) this.#files.add(file);
  }

  /** What `ask` finds in one after the other, as far as the time reaches; those that a cell imports itself go first. */
  take<Found>(milliseconds: number, ask: (file: string) => readonly Found[]): Found[] {
    const end = performance.now() + milliseconds;
    const found: Found[] = [];
    for (const file of this.#files) {
      if (performance.now() > end) break;
      this.#files.delete(file);
      found.push(...ask(file));
    }
    return found;
  }
}
