import ts = require("typescript");
import { afterDirectives, isUnchecked } from "./directives.ts";
import type { CheckerHost } from "./host.ts";
import {
  type BoundFile,
  globalExportsOf,
  globalsOf,
  internals,
  localOf,
  type OpenChecker,
  type OpenProgram,
} from "./internals.ts";
import { hidePage } from "./nodeOnly.ts";
import type { OwnFiles } from "./ownFiles.ts";

/** The program of a notebook's packages and its type checker, which also know our own files. */
export class CheckerProgram {
  readonly #program: OpenProgram;
  /** Files that were read before anybody imported them. */
  readonly #unasked: Set<string>;
  #checker: OpenChecker;
  /** How many names the present checker did not find: ever, and in the last file. */
  #missingNames = { ever: 0, last: 0 };
  /** Files in which it found errors. */
  readonly #faulty = new Set<string>();

  constructor(host: CheckerHost, packages: Iterable<string>, own: OwnFiles, old: CheckerProgram | undefined) {
    const program = ts.createProgram({
      rootNames: [...packages],
      options: host.options,
      host: host.compilerHost(),
      ...(old ? { oldProgram: old.#program } : {}),
    }) as OpenProgram;
    const { getSourceFile, getSourceFiles, getResolvedModule } = program;
    // The checker asks its program for files and for what an import means: answer for our own files.
    program.getSourceFile = name => own.get(name) ?? getSourceFile(name);
    program.getSourceFiles = () => [...getSourceFiles(), ...own.augmenting()];
    program.getResolvedModule = (file, name, mode) => {
      const resolutions = own.resolutionsOf(file);
      return resolutions ? resolutions.get(name) : getResolvedModule(file, name, mode);
    };
    program.getTypeChecker = () => this.#checker;
    this.#program = program;
    this.#unasked = old ? old.#unasked : new Set();
    this.#checker = this.#makeChecker();
  }

  get program(): ts.Program {
    return this.#program;
  }

  get checker(): OpenChecker {
    return this.#checker;
  }

  has(file: string): boolean {
    return this.#program.getSourceFile(file) !== undefined;
  }

  /** What is wrong with one of our own files. */
  diagnosticsOf(file: BoundFile): ts.Diagnostic[] {
    // The checker keeps what it found by name, also for a file of that name that was edited since.
    const found = this.#checker.getDiagnostics(file).filter(each => each.file === file);
    if (found.length > 0) this.#faulty.add(file.fileName);
    const last = found.filter(each => missingNames.has(each.code)).length;
    this.#missingNames = { ever: this.#missingNames.ever + last, last };
    const checked = isUnchecked(file) ? [] : afterDirectives(file, [...file.bindDiagnostics, ...found]);
    return [...ts.sortAndDeduplicateDiagnostics([...file.parseDiagnostics, ...checked])];
  }

  /** Whether an imported name is only a type. */
  isType(file: BoundFile, name: string): boolean {
    const symbol = localOf(file, name);
    if (!symbol || !(symbol.flags & ts.SymbolFlags.Alias)) return false;
    if (!(this.#checker.getAliasedSymbol(symbol).flags & ts.SymbolFlags.Value)) return true;
    // On its way here it may have passed an `export type`.
    for (let alias: ts.Symbol | undefined = symbol; alias && alias.flags & ts.SymbolFlags.Alias; ) {
      if (alias.declarations?.some(ts.isTypeOnlyImportOrExportDeclaration)) return true;
      alias = this.#checker.getImmediateAliasedSymbol(alias);
    }
    return false;
  }

  /** Whether errors in a file of this name were found: the same ones are never told again. */
  toldOf(file: string): boolean {
    return this.#faulty.has(file);
  }

  /** Lets the checker guess what was meant by the names of the last file: it does so ten times in its life. */
  restoreGuesses(): void {
    const { ever, last } = this.#missingNames;
    if (ever + last > 10) this.renewChecker();
  }

  /** A checker merges augmentations when it is made, and keeps all that it saw: makes a new one of the same files. */
  renewChecker(): void {
    this.#checker = this.#makeChecker();
  }

  /**
   * Takes away the global names that these files bring with `export as namespace`. Whether `math.Matrix`
   * is a type must depend on the cells, and not on what was read in advance.
   */
  hideGlobals(files: Iterable<string>): void {
    for (const file of files) this.#unasked.add(file);
    this.#hide(this.#checker);
  }

  /** Gives them back, once a cell imports the file. */
  showGlobals(file: string): void {
    if (!this.#unasked.delete(file)) return;
    const globals = globalsOf(this.#checker);
    for (const [name, symbol] of this.#globalExports(file)) if (!globals.has(name)) globals.set(name, symbol);
  }

  #makeChecker(): OpenChecker {
    const checker = internals.createTypeChecker(this.#program);
    this.#missingNames = { ever: 0, last: 0 };
    this.#faulty.clear();
    this.#hide(checker);
    if (this.#program.getCompilerOptions().nodeOnly) hidePage(globalsOf(checker));
    return checker;
  }

  #hide(checker: OpenChecker): void {
    const globals = globalsOf(checker);
    for (const [name, symbol] of [...this.#unasked].flatMap(file => [...this.#globalExports(file)])) {
      if (globals.get(name) === symbol) globals.delete(name);
    }
  }

  #globalExports(file: string): ts.SymbolTable {
    return globalExportsOf(this.#program.getSourceFile(file));
  }
}

/** A name, a namespace, a type that is not there. */
const missingNames: ReadonlySet<number> = new Set([2304, 2503, 2552, 2833]);
