import type { LocalFiles } from "./localFiles.ts";

/** How much of the files that imported ones import is checked for a cell, in characters: about a tenth of a second. */
const furtherText = 30_000;

/**
 * Which of the local files that a cell reaches are worth a look for errors that the cell does not stumble over.
 *
 * What is looked at depends on the files alone and never on the time it takes, so that every run of a
 * notebook says the same, in the cell that imports them.
 */
export class Unreported {
  readonly #told = new Set<string>();

  /** Edited files may have other errors than before. */
  renew(files: readonly string[]): void {
    for (const file of files) this.#told.delete(file);
  }

  /** The files to check now; none of `reached` is told of again. `direct` are those that the cell itself imports. */
  take(reached: readonly string[], direct: readonly string[], locals: Pick<LocalFiles, "get">): string[] {
    const found: string[] = [];
    let further = 0;
    for (const file of reached) {
      if (this.#told.has(file)) continue;
      this.#told.add(file);
      if (!isOfInterest(file)) continue;
      if (!direct.includes(file)) further += locals.get(file)?.text.length ?? 0;
      if (direct.includes(file) || further <= furtherText) found.push(file);
    }
    return found;
  }

  clear(): void {
    this.#told.clear();
  }
}

/** Not declarations, JavaScript and JSON. */
function isOfInterest(file: string): boolean {
  return /\.([mc]?ts|tsx)$/.test(file) && !/\.d\.[mc]?ts$/.test(file);
}
