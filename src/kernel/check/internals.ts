import ts from "typescript";

/**
 * The parts of the compiler that its public types leave out and this kernel rests on.
 *
 * They are the reason why `typescript` is pinned to one exact version; `test/kernel/checker.test.ts`
 * compares what comes out with the public LanguageService.
 */
interface Internals {
  bindSourceFile(file: ts.SourceFile, options: ts.CompilerOptions): void;
  getSetExternalModuleIndicator(options: ts.CompilerOptions): (file: ts.SourceFile) => void;
  isExpressionNode(node: ts.Node): boolean;
}

/** A source file as parser, binder and program see it. */
export interface BoundFile extends ts.SourceFile {
  path: string;
  resolvedPath: string;
  originalFileName: string;
  parseDiagnostics: ts.DiagnosticWithLocation[];
  bindDiagnostics: ts.Diagnostic[];
  identifiers: Map<string, string>;
  imports: unknown[];
  moduleAugmentations: unknown[];
  ambientModuleNames: string[];
}

export type Resolution = ts.ResolvedModuleWithFailedLookupLocations;

/** A program with the two lookups that the checker asks it for and that we answer for cells. */
export interface OpenProgram extends ts.Program {
  getResolvedModule(file: ts.SourceFile, name: string, mode: ts.ResolutionMode): Resolution | undefined;
}

/** A checker that can be asked about one file. */
export interface OpenChecker extends ts.TypeChecker {
  getDiagnostics(file?: ts.SourceFile): ts.Diagnostic[];
}

export const internals = ts as unknown as Internals;

/** What the binder wrote on a node: the names declared in its scope. */
export function localsOf(node: ts.Node): Map<string, ts.Symbol> | undefined {
  return (node as ts.Node & { locals?: Map<string, ts.Symbol> }).locals;
}

/** The symbol of a declaration. */
export function symbolOf(node: ts.Node): ts.Symbol | undefined {
  return (node as ts.Node & { symbol?: ts.Symbol }).symbol;
}

/** How cells and local modules are compiled: strict, newest target, imports as a bundler resolves them. */
export const compilerOptions: ts.CompilerOptions = {
  target: ts.ScriptTarget.ESNext,
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  moduleDetection: ts.ModuleDetectionKind.Force,
  lib: ["lib.esnext.d.ts", "lib.dom.d.ts"],
  types: ["node"],
  strict: true,
  resolveJsonModule: true,
  allowImportingTsExtensions: true,
  skipLibCheck: true,
  skipDefaultLibCheck: true,
  noEmit: true,
};

const parseOptions: ts.CreateSourceFileOptions = {
  languageVersion: ts.ScriptTarget.ESNext,
  setExternalModuleIndicator: internals.getSetExternalModuleIndicator(compilerOptions),
};

/** Parses and binds one module, ready for the checker; `parents` when we walk it ourselves. */
export function bindModule(fileName: string, text: string, parents = false): BoundFile {
  const file = ts.createSourceFile(fileName, text, parseOptions, parents) as BoundFile;
  file.path = fileName;
  file.resolvedPath = fileName;
  file.originalFileName = fileName;
  file.imports = [];
  file.moduleAugmentations = [];
  file.ambientModuleNames = [];
  internals.bindSourceFile(file, compilerOptions);
  return file;
}
