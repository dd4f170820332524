import type ts from "typescript";
import type { BoundFile, Resolution } from "./internals.ts";

/** Cells and local files: files that the program itself does not know. */
export class OwnFiles {
  readonly #files = new Map<string, BoundFile>();
  readonly #resolutions = new Map<ts.SourceFile, ReadonlyMap<string, Resolution>>();

  get(name: string): BoundFile | undefined {
    return this.#files.get(name);
  }

  has(name: string): boolean {
    return this.#files.has(name);
  }

  /** A file with what each of its specifiers means. */
  set(file: BoundFile, resolutions: ReadonlyMap<string, Resolution>): void {
    this.delete(file.fileName);
    this.#files.set(file.fileName, file);
    this.#resolutions.set(file, resolutions);
  }

  delete(name: string): void {
    const file = this.#files.get(name);
    if (!file) return;
    this.#files.delete(name);
    this.#resolutions.delete(file);
  }

  /** Removes those that no root reaches; files that add to others are roots as well. */
  keep(isRoot: (name: string) => boolean): void {
    const reached = new Set<string>();
    const visit = (name: string): void => {
      const file = this.#files.get(name);
      if (!file || reached.has(name)) return;
      reached.add(name);
      for (const { resolvedModule } of this.#resolutions.get(file)?.values() ?? []) {
        if (resolvedModule) visit(resolvedModule.resolvedFileName);
      }
    };
    for (const [name, file] of this.#files) if (isRoot(name) || file.moduleAugmentations.length > 0) visit(name);
    for (const name of [...this.#files.keys()]) if (!reached.has(name)) this.delete(name);
  }

  clear(): void {
    this.#files.clear();
    this.#resolutions.clear();
  }

  resolutionsOf(file: ts.SourceFile): ReadonlyMap<string, Resolution> | undefined {
    return this.#resolutions.get(file);
  }

  /** Those that add to the globals or to other modules. */
  augmenting(): BoundFile[] {
    return [...this.#files.values()].filter(each => each.moduleAugmentations.length > 0);
  }
}
