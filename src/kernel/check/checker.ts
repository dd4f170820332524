import path from "node:path";
import type ts from "typescript";
import { augmentationsOf, replaces } from "./augmentations.ts";
import { CheckerHost, ownFile, ownModules, resolvedFile } from "./host.ts";
import { type BoundFile, bindLocal, bindModule, compilerOptions, globalsOf, type Resolution } from "./internals.ts";
import { type LocalChanges, LocalFiles } from "./localFiles.ts";
import { OwnFiles } from "./ownFiles.ts";
import { CheckerProgram } from "./program.ts";
import { specifiersIn } from "./specifiers.ts";
import { Unreported } from "./unreported.ts";
import { type Checked, isImportFailure, type View } from "./views.ts";

/**
 * One TypeScript program and one type checker that live as long as the notebook.
 *
 * A language service makes a new program and a new checker for every cell, which is where nearly all
 * its time goes. Here a cell is one more source file, bound and handed to the checker that is there;
 * only a package not met before makes a new program.
 */
export class PersistentChecker {
  #host: CheckerHost;
  #locals: LocalFiles;
  readonly #packages = new Set<string>(ownModules.values());
  readonly #own = new OwnFiles();
  #program: CheckerProgram | undefined;
  readonly #unreported = new Unreported();
  #looks = 0;
  /** How often a program was made. */
  builds = 0;

  constructor(directory: string, options: ts.CompilerOptions = compilerOptions) {
    this.#host = new CheckerHost(directory, options);
    this.#locals = new LocalFiles(this.#host);
  }

  /** Adds the module `name` (a file name in the notebook's folder) and checks it. */
  check(name: string, text: string): Checked {
    const file = this.#bindCell(name, text);
    const { roots, changes } = this.#add(file);
    if (augmentationsOf(file).length > 0) this.#augment(file);
    const diagnostics = this.#diagnosticsOf(file);
    const failed = diagnostics.some(each => isImportFailure(each));
    const files = (names: Iterable<string>) => [...names].flatMap(each => this.#diagnosticsOf(this.#own.get(each)));
    const suspects = failed ? [...roots, ...changes.edited] : changes.edited;
    return {
      file,
      diagnostics,
      localDiagnostics: files(new Set(suspects)),
      warnings: () => files(this.#unreported.take(changes.reached, roots, this.#locals)),
      isType: imported => this.#opened().isType(file, imported),
      globals: this.#host.options.nodeOnly ? globalsOf(this.#opened().checker) : undefined,
    };
  }

  /** Looks at a module that is still being written; it is not kept. */
  look<Answer>(name: string, text: string, ask: (view: View) => Answer): Answer {
    const file = this.#bindCell(name, text, true);
    this.#add(file);
    try {
      const { program, checker } = this.#opened();
      return ask({ file, program, checker });
    } finally {
      this.#own.delete(file.fileName);
      // A checker keeps some kilobytes of every file that it ever saw.
      if (++this.#looks % manyLooks === 0) this.#opened().renewChecker();
    }
  }

  /** Whether a package is there. */
  canImport(specifier: string): boolean {
    if (specifier.startsWith("node:")) return true;
    return this.#host.resolve(specifier, this.pathOf("cell.ts")).resolvedModule !== undefined;
  }

  /** Whether a module that was found has types only, so that nothing can run. */
  hasTypesOnly(specifier: string): boolean {
    return this.#host.hasTypesOnly(specifier, this.pathOf("cell.ts"));
  }

  /** Removes a module that did not come to run. */
  forget(name: string): void {
    const file = this.#own.get(this.pathOf(name));
    this.#own.delete(this.pathOf(name));
    if (file?.moduleAugmentations.length) this.#program?.renewChecker();
  }

  /** Removes the cells that these do not need, and what the type checker keeps of them. */
  keepOnly(names: readonly string[]): void {
    const wanted = new Set(names.map(each => this.pathOf(each)));
    this.#own.keep(name => wanted.has(name) || !this.#isCell(name));
    this.#program?.renewChecker();
  }

  /** Lets TypeScript guess again what was meant by a name. */
  restoreGuesses(): void {
    this.#program?.restoreGuesses();
  }

  /** Makes the program before the first cell needs it, with the packages that `containing` would import. */
  warm(packages: readonly string[] = []): void {
    const found = packages.map(each => this.#host.resolvePackage(each, this.pathOf("cell.ts")).resolvedModule);
    const files = found.flatMap(each => each?.resolvedFileName ?? []);
    this.#load(files.filter(each => /\.[cm]?ts$/.test(each)));
  }

  /** Lets go the texts of the packages' files, which are seldom looked at again. */
  readonly releaseTexts = (): void => this.#host.releaseTexts();

  /**
   * Starts anew in another folder, with the packages that are loaded already where they still hold.
   * Returns whether one was changed since it was read.
   */
  reopen(directory: string, options: ts.CompilerOptions): { stale: boolean } {
    const stale = this.#host.isStale();
    const same = JSON.stringify(options) === JSON.stringify(this.#host.options);
    this.#host = stale ? new CheckerHost(directory, options) : this.#host.moved(directory, options);
    this.#locals = new LocalFiles(this.#host);
    this.#own.clear();
    this.#unreported.clear();
    if (same && !stale) {
      this.#program?.hideGlobals(this.#packages);
      return { stale };
    }
    this.#program = undefined;
    this.#packages.clear();
    for (const file of ownModules.values()) this.#packages.add(file);
    return { stale };
  }

  /** From now on modules are checked by these options; cells stay. */
  useOptions(options: ts.CompilerOptions): void {
    if (JSON.stringify(options) === JSON.stringify(this.#host.options)) return;
    this.#host = this.#host.moved(this.#host.directory, options);
    for (const local of this.#locals.names()) this.#own.delete(local);
    this.#locals = new LocalFiles(this.#host);
    this.#program = undefined;
  }

  /** How the disk looks from the notebook's folder. */
  get disk(): ts.LanguageServiceHost {
    return this.#host.serviceHost();
  }

  pathOf(name: string): string {
    return path.join(this.#host.directory, name);
  }

  #bindCell(name: string, text: string, parents = false): BoundFile {
    const { options } = this.#host;
    return bindModule(this.pathOf(name), text, { parents, options, javascript: options.checkJs === true });
  }

  #opened(): CheckerProgram {
    return this.#program ?? this.#build();
  }

  /** A cell that declares the same again, edited, replaces the one before. */
  #augment(file: BoundFile): void {
    file.moduleAugmentations = augmentationsOf(file);
    for (const other of this.#own.augmenting()) {
      if (other !== file && replaces(file, other)) other.moduleAugmentations = [];
    }
    this.#opened().renewChecker();
  }

  #add(file: BoundFile): { roots: string[]; changes: LocalChanges } {
    const resolutions = new Map<string, Resolution>();
    for (const specifier of specifiersIn(file)) resolutions.set(specifier, this.#resolution(specifier, file.fileName));
    const found = [...resolutions.values()].flatMap(({ resolvedModule }) => (resolvedModule ? [resolvedModule] : []));
    const own = [...resolutions.values()].map(ownFile).filter(each => each !== undefined);
    const roots = own.filter(each => !this.#isCell(each));
    const changes = this.#locals.refresh(roots);
    const packages = found
      .map(each => each.resolvedFileName)
      .filter(each => !roots.includes(each) && !this.#own.has(each));
    this.#load([...packages, ...changes.packages]);
    if ([...changes.files].some(each => this.#program?.toldOf(each))) this.#program?.renewChecker();
    for (const changed of changes.files) this.#parseLocal(changed);
    this.#unreported.renew(changes.edited);
    this.#own.set(file, resolutions);
    return { roots, changes };
  }

  #isCell(fileName: string): boolean {
    return this.#own.has(fileName) && !this.#locals.get(fileName);
  }

  #diagnosticsOf(file: BoundFile | undefined): ts.Diagnostic[] {
    return file ? this.#opened().diagnosticsOf(file) : [];
  }

  #resolution(specifier: string, containing: string): Resolution {
    const cell = this.pathOf(specifier);
    if (specifier.startsWith("./") && this.#isCell(cell)) return { resolvedModule: resolvedFile(cell) } as Resolution;
    return this.#host.resolve(specifier, containing);
  }

  #load(files: string[]): void {
    const count = this.#packages.size;
    for (const file of files) if (!this.#program?.has(file)) this.#packages.add(file);
    const program = this.#packages.size > count || !this.#program ? this.#build() : this.#program;
    for (const file of files) program.showGlobals(file);
  }

  #parseLocal(fileName: string): void {
    const local = this.#locals.get(fileName);
    const file = local && bindLocal(fileName, local.text, this.#host.options);
    if (file) this.#own.set(file, local.resolutions);
  }

  #build(): CheckerProgram {
    this.builds++;
    this.#program = new CheckerProgram(this.#host, this.#packages, this.#own, this.#program);
    return this.#program;
  }
}

/** After so many looks the checker is renewed, which takes as long as the first cell after it. */
const manyLooks = 3000;
