// As everywhere in the kernel by `require`: for an `import` of a CommonJS module node first searches its nine million
// characters for names, which takes as long as running it and some 30 MB.
import ts = require("typescript");

/**
 * The parts of the compiler that its public types leave out and this kernel rests on.
 *
 * They are the reason why `typescript` is pinned to one exact version; `test/kernel/check/wholeNotebook.test.ts`
 * compares what comes out with the public LanguageService.
 */
interface Internals {
  bindSourceFile(file: ts.SourceFile, options: ts.CompilerOptions): void;
  getSetExternalModuleIndicator(options: ts.CompilerOptions): (file: ts.SourceFile) => void;
  isExpressionNode(node: ts.Node): boolean;
  /** 0: types only. */
  getModuleInstanceState(node: ts.ModuleDeclaration): 0 | 1 | 2;
  Completions: {
    getCompletionsAtPosition(
      host: ts.LanguageServiceHost,
      program: ts.Program,
      log: (text: string) => void,
      file: ts.SourceFile,
      position: number,
      preferences: ts.UserPreferences,
      triggerCharacter: undefined,
      completionKind: undefined,
      cancellation: ts.CancellationToken,
      format: undefined,
      includeSymbol: boolean,
    ): ts.CompletionInfo | undefined;
  };
  SignatureHelp: {
    getSignatureHelpItems(
      program: ts.Program,
      file: ts.SourceFile,
      position: number,
      reason: ts.SignatureHelpTriggerReason,
      cancellation: ts.CancellationToken,
    ): ts.SignatureHelpItems | undefined;
  };
  SymbolDisplay: {
    getSymbolDisplayPartsDocumentationAndSymbolKind(
      checker: ts.TypeChecker,
      symbol: ts.Symbol,
      file: ts.SourceFile,
      enclosing: ts.Node | undefined,
      location: ts.Node,
    ): { displayParts: ts.SymbolDisplayPart[]; documentation: ts.SymbolDisplayPart[]; tags?: ts.JSDocTagInfo[] };
  };
  codefix: {
    getFixes(context: {
      sourceFile: ts.SourceFile;
      errorCode: number;
      span: ts.TextSpan;
      program: ts.Program;
      host: ts.LanguageServiceHost;
      cancellationToken: ts.CancellationToken;
      formatContext: unknown;
      preferences: ts.UserPreferences;
    }): readonly ts.CodeFixAction[];
  };
  formatting: { getFormatContext(options: ts.FormatCodeSettings, host: ts.LanguageServiceHost): unknown };
  getContainingObjectLiteralElement(node: ts.Node): (ts.ObjectLiteralElement & { parent: ts.Expression }) | undefined;
  getPropertySymbolsFromContextualType(
    property: ts.ObjectLiteralElement,
    checker: ts.TypeChecker,
    contextualType: ts.Type,
    unionSymbolOk: boolean,
  ): readonly ts.Symbol[];
  getTouchingPropertyName(file: ts.SourceFile, position: number): ts.Node;
  getTokenAtPosition(file: ts.SourceFile, position: number): ts.Node;
  getContainerNode(node: ts.Node): ts.Node | undefined;
  createCommentDirectivesMap(
    file: ts.SourceFile,
    directives: readonly { range: ts.TextRange }[],
  ): { markUsed(line: number): boolean; getUnusedExpectations(): { range: ts.TextRange }[] };
  createTypeChecker(program: ts.Program): OpenChecker;
  canHaveJSDoc(node: ts.Node): boolean;
  getJSDocCommentRanges(node: ts.Node, text: string): ts.CommentRange[] | undefined;
  parseIsolatedJSDocComment(text: string, start: number, length: number): { jsDoc: ts.JSDoc } | undefined;
  /** The classes of what the compiler makes. */
  objectAllocator: {
    getSymbolConstructor(): { prototype: ts.Symbol };
    getSignatureConstructor(): { prototype: ts.Signature };
    getSourceFileConstructor(): { prototype: ts.SourceFile };
  };
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
  moduleAugmentations: ts.ModuleName[];
  ambientModuleNames: string[];
  /** `// @ts-nocheck` or its contrary. */
  checkJsDirective?: { enabled: boolean };
  commentDirectives?: { range: ts.TextRange }[];
}

export type Resolution = ts.ResolvedModuleWithFailedLookupLocations;

/** A program with the two lookups that the checker asks it for and that we answer for cells. */
export interface OpenProgram extends ts.Program {
  getResolvedModule(file: ts.SourceFile, name: string, mode: ts.ResolutionMode): Resolution | undefined;
}

/** A checker that can be asked about one file. */
export interface OpenChecker extends ts.TypeChecker {
  getDiagnostics(file?: ts.SourceFile): ts.Diagnostic[];
  getImmediateAliasedSymbol(symbol: ts.Symbol): ts.Symbol | undefined;
  resolveName(
    name: string,
    location: ts.Node | undefined,
    meaning: ts.SymbolFlags,
    excludeGlobals: boolean,
  ): ts.Symbol | undefined;
}

export const internals = ts as unknown as Internals;

/** The services ask whether to stop; we let them finish. */
export const uncancelled: ts.CancellationToken = {
  isCancellationRequested: () => false,
  throwIfCancellationRequested: () => {},
};

/** A name declared in the scope of a node, as the binder wrote it there: `__x` under an escaped name. */
export function localOf(node: ts.Node, name: string): ts.Symbol | undefined {
  return (node as ts.Node & { locals?: ts.SymbolTable }).locals?.get(ts.escapeLeadingUnderscores(name));
}

/** The symbol of a declaration. */
export function symbolOf(node: ts.Node): ts.Symbol | undefined {
  return (node as ts.Node & { symbol?: ts.Symbol }).symbol;
}

/** The global names of a checker: the table itself, so that a change of it counts. */
export function globalsOf(checker: OpenChecker): ts.SymbolTable {
  return checker.resolveName("globalThis", undefined, ts.SymbolFlags.Module, false)?.exports ?? new Map();
}

/** What a file says with `export as namespace`: the names that scripts have of a module. */
export function globalExportsOf(file: ts.SourceFile | undefined): ts.SymbolTable {
  return (file && symbolOf(file)?.globalExports) ?? new Map();
}

/** How cells and local modules are compiled: strict, newest target, imports as a bundler resolves them. */
export const compilerOptions: ts.CompilerOptions = {
  target: ts.ScriptTarget.ESNext,
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  customConditions: ["node"],
  moduleDetection: ts.ModuleDetectionKind.Force,
  lib: ["lib.esnext.d.ts", "lib.dom.d.ts"],
  // Of ours: no names of a page. A tsconfig that is there says itself which library it wants.
  nodeOnly: true,
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

/** Parses and binds one module, ready for the checker; `parents` when we walk it ourselves; by its extension, but for `javascript`. */
export function bindModule(
  fileName: string,
  text: string,
  {
    parents = false,
    options = compilerOptions,
    javascript = false,
  }: { parents?: boolean; options?: ts.CompilerOptions; javascript?: boolean } = {},
): BoundFile {
  const kind = javascript ? ts.ScriptKind.JS : undefined;
  const file = ts.createSourceFile(fileName, text, parseOptions, parents, kind) as BoundFile;
  return bound(file, options);
}

/** A local file; of what is not TypeScript the checker knows nothing, and its names are `any`. */
export function bindLocal(fileName: string, text: string, options: ts.CompilerOptions): BoundFile | undefined {
  if (!/\.([mc]?ts|tsx|json)$/.test(fileName)) return undefined;
  return fileName.endsWith(".json") ? bindJson(fileName, text) : bindModule(fileName, text, { options });
}

/** Parses and binds a JSON file that a module imports. */
function bindJson(fileName: string, text: string): BoundFile {
  return bound(ts.parseJsonText(fileName, text) as unknown as BoundFile, compilerOptions);
}

// A program would set these on its files.
function bound(file: BoundFile, options: ts.CompilerOptions): BoundFile {
  const { fileName } = file;
  const known = { path: fileName, resolvedPath: fileName, originalFileName: fileName };
  Object.assign(file, known, { imports: [], moduleAugmentations: [], ambientModuleNames: [] });
  internals.bindSourceFile(file, options);
  return file;
}
