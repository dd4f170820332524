import path from "node:path";
import ts from "typescript";
import { compilerOptions } from "../../../src/kernel/check/internals.ts";

/** TypeScript's public service over files that are in memory; the others are on the disk. */
export function languageServiceOf(texts: ReadonlyMap<string, string>, directory: string): ts.LanguageService {
  const exists = (file: string) => texts.has(file) || ts.sys.fileExists(file);
  const read = (file: string) => texts.get(file) ?? ts.sys.readFile(file);
  const libraries = path.dirname(ts.getDefaultLibFilePath(compilerOptions));
  return ts.createLanguageService({
    getCompilationSettings: () => compilerOptions,
    getScriptFileNames: () => [...texts.keys()],
    getScriptVersion: () => "1",
    getScriptSnapshot: file => {
      const text = read(file);
      return text === undefined ? undefined : ts.ScriptSnapshot.fromString(text);
    },
    fileExists: exists,
    readFile: read,
    realpath: file => ts.sys.realpath?.(file) ?? file,
    getCurrentDirectory: () => directory,
    getDefaultLibFileName: options => path.join(libraries, ts.getDefaultLibFileName(options)),
    directoryExists: ts.sys.directoryExists,
    useCaseSensitiveFileNames: () => true,
  });
}

/** TypeScript's public way to check modules that come one after the other: our baseline. */
export class LanguageServiceChecker {
  readonly #texts = new Map<string, string>();
  readonly #service: ts.LanguageService;

  constructor(readonly directory: string) {
    this.#service = languageServiceOf(this.#texts, directory);
  }

  check(name: string, text: string): ts.Diagnostic[] {
    const file = path.join(this.directory, name);
    this.#texts.set(file, text);
    return [...this.#service.getSyntacticDiagnostics(file), ...this.#service.getSemanticDiagnostics(file)];
  }
}
