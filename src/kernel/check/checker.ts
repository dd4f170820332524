import path from "node:path";
import ts from "typescript";
import { isLocal } from "../modules/resolve.ts";
import { CheckerHost, ownModules, resolvedFile } from "./host.ts";
import {
  type BoundFile,
  bindModule,
  compilerOptions,
  internals,
  localsOf,
  type OpenChecker,
  type OpenProgram,
  type Resolution,
} from "./internals.ts";
import { type LocalChanges, LocalFiles } from "./localFiles.ts";

/** A module that was checked, and what the checker found. */
export interface Checked {
  diagnostics: ts.Diagnostic[];
  /** Diagnostics of local files: those edited since they were first read, and those that imports failed on. */
  localDiagnostics: ts.Diagnostic[];
  /** Whether an imported name is only a type, so that nothing of it exists when the cell runs. */
  isType(name: string): boolean;
}

/**
 * One TypeScript program and one type checker that live as long as the notebook.
 *
 * A language service makes a new program and a new checker for every cell, which is where nearly all
 * its time goes. Here a cell is one more source file, bound and handed to the checker that is there;
 * only a package not met before makes a new program.
 */
export class PersistentChecker {
  readonly #host: CheckerHost;
  readonly #locals: LocalFiles;
  readonly #packages = new Set<string>(ownModules.values());
  /** Cells and local files: files that the program itself does not know. */
  readonly #files = new Map<string, BoundFile>();
  readonly #resolutions = new Map<ts.SourceFile, ReadonlyMap<string, Resolution>>();
  #program: OpenProgram | undefined;
  #checker: OpenChecker | undefined;
  /** How often a program was made. */
  builds = 0;

  constructor(readonly directory: string) {
    this.#host = new CheckerHost(directory);
    this.#locals = new LocalFiles(this.#host);
  }

  /** Adds the module `name` (a file name in the notebook's folder) and checks it. */
  check(name: string, text: string): Checked {
    const file = bindModule(this.pathOf(name), text);
    const { resolutions, roots, changes } = this.#resolve(file);
    this.#files.set(file.fileName, file);
    this.#resolutions.set(file, resolutions);
    const checker = this.#checker as OpenChecker;
    const found = [...file.parseDiagnostics, ...file.bindDiagnostics, ...checker.getDiagnostics(file)];
    const diagnostics = [...ts.sortAndDeduplicateDiagnostics(found)];
    const failed = diagnostics.some(each => importFailures.has(each.code));
    const suspects = failed ? [...roots, ...changes.edited] : changes.edited;
    return {
      diagnostics,
      localDiagnostics: [...new Set(suspects)].flatMap(each => this.#diagnosticsOf(each)),
      isType: imported => this.#isType(file, imported),
    };
  }

  /** Removes a module that did not come to run. */
  forget(name: string): void {
    const file = this.#files.get(this.pathOf(name));
    if (!file) return;
    this.#files.delete(file.fileName);
    this.#resolutions.delete(file);
  }

  /** Makes the program before the first cell needs it. */
  warm(): void {
    if (!this.#checker) this.#build();
  }

  pathOf(name: string): string {
    return path.join(this.directory, name);
  }

  #resolve(file: BoundFile): { resolutions: Map<string, Resolution>; roots: string[]; changes: LocalChanges } {
    const resolutions = new Map<string, Resolution>();
    for (const specifier of specifiersIn(file)) resolutions.set(specifier, this.#resolution(specifier, file.fileName));
    const found = [...resolutions.values()].flatMap(({ resolvedModule }) => (resolvedModule ? [resolvedModule] : []));
    const own = found.filter(
      each => this.#files.has(each.resolvedFileName) && !this.#locals.get(each.resolvedFileName),
    );
    const roots = [...resolutions].flatMap(([specifier, { resolvedModule }]) =>
      isLocal(specifier) && resolvedModule && !own.includes(resolvedModule) ? [resolvedModule.resolvedFileName] : [],
    );
    const changes = this.#locals.refresh(roots);
    const packages = found
      .map(each => each.resolvedFileName)
      .filter(each => !roots.includes(each) && !this.#files.has(each));
    this.#loadPackages([...packages, ...changes.packages]);
    for (const changed of changes.files) this.#parseLocal(changed);
    return { resolutions, roots, changes };
  }

  #diagnosticsOf(fileName: string): ts.Diagnostic[] {
    const file = this.#files.get(fileName);
    if (!file) return [];
    const found = [
      ...file.parseDiagnostics,
      ...file.bindDiagnostics,
      ...(this.#checker as OpenChecker).getDiagnostics(file),
    ];
    return [...ts.sortAndDeduplicateDiagnostics(found)];
  }

  #resolution(specifier: string, containing: string): Resolution {
    const cell = path.resolve(this.directory, specifier);
    if (specifier.startsWith("./") && this.#files.has(cell) && !this.#locals.get(cell)) {
      return { resolvedModule: resolvedFile(cell) } as Resolution;
    }
    return isLocal(specifier)
      ? this.#host.resolveFile(specifier, containing)
      : this.#host.resolvePackage(specifier, containing);
  }

  #loadPackages(files: string[]): void {
    const missing = files.filter(file => !this.#program?.getSourceFile(file) && !this.#packages.has(file));
    for (const file of missing) this.#packages.add(file);
    if (missing.length > 0 || !this.#checker) this.#build();
  }

  #parseLocal(fileName: string): void {
    const local = this.#locals.get(fileName);
    if (!local) return;
    const file = fileName.endsWith(".json") ? bindJson(fileName, local.text) : bindModule(fileName, local.text);
    const old = this.#files.get(fileName);
    if (old) this.#resolutions.delete(old);
    this.#files.set(fileName, file);
    this.#resolutions.set(file, local.resolutions);
  }

  #build(): void {
    this.builds++;
    const program = ts.createProgram({
      rootNames: [...this.#packages],
      options: compilerOptions,
      host: this.#host.compilerHost(),
      ...(this.#program ? { oldProgram: this.#program } : {}),
    }) as OpenProgram;
    const getSourceFile = program.getSourceFile;
    const getResolvedModule = program.getResolvedModule;
    // The checker asks its program for files and for what an import means: answer for cells and local files.
    program.getSourceFile = name => this.#files.get(name) ?? getSourceFile(name);
    program.getResolvedModule = (file, name, mode) => {
      const own = this.#resolutions.get(file);
      return own ? own.get(name) : getResolvedModule(file, name, mode);
    };
    this.#program = program;
    this.#checker = program.getTypeChecker() as OpenChecker;
  }

  #isType(file: BoundFile, name: string): boolean {
    const symbol = localsOf(file)?.get(name);
    if (!symbol || !(symbol.flags & ts.SymbolFlags.Alias)) return false;
    return !((this.#checker as OpenChecker).getAliasedSymbol(symbol).flags & ts.SymbolFlags.Value);
  }
}

/** What is wrong when a module does not have what is imported from it. */
const importFailures: ReadonlySet<number> = new Set([1192, 2305, 2306, 2459, 2460, 2614, 2724]);

function bindJson(fileName: string, text: string): BoundFile {
  const file = ts.parseJsonText(fileName, text) as unknown as BoundFile;
  Object.assign(file, {
    path: fileName,
    resolvedPath: fileName,
    originalFileName: fileName,
    imports: [],
    moduleAugmentations: [],
    ambientModuleNames: [],
  });
  internals.bindSourceFile(file, compilerOptions);
  return file;
}

function specifiersIn(file: ts.SourceFile): Set<string> {
  const found = new Set<string>();
  const add = (node: ts.Node | undefined) => {
    if (node && ts.isStringLiteralLike(node)) found.add(node.text);
  };
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) add(node.moduleSpecifier);
    else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) add(node.argument.literal);
    else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) add(node.arguments[0]);
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}
