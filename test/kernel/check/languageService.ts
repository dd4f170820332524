import path from "node:path";
import ts from "typescript";
import { compilerOptions } from "../../../src/kernel/check/internals.ts";

/** TypeScript's public way to check modules that come one after the other: our oracle and baseline. */
export class LanguageServiceChecker {
  readonly #texts = new Map<string, string>();
  readonly #service: ts.LanguageService;

  constructor(readonly directory: string) {
    const exists = (file: string) => this.#texts.has(file) || ts.sys.fileExists(file);
    const read = (file: string) => this.#texts.get(file) ?? ts.sys.readFile(file);
    const libraries = path.dirname(ts.getDefaultLibFilePath(compilerOptions));
    this.#service = ts.createLanguageService({
      getCompilationSettings: () => compilerOptions,
      getScriptFileNames: () => [...this.#texts.keys()],
      getScriptVersion: () => "1",
      getScriptSnapshot: file => {
        const text = read(file);
        return text === undefined ? undefined : ts.ScriptSnapshot.fromString(text);
      },
      fileExists: exists,
      readFile: read,
      getCurrentDirectory: () => directory,
      getDefaultLibFileName: options => path.join(libraries, ts.getDefaultLibFileName(options)),
      directoryExists: ts.sys.directoryExists,
      useCaseSensitiveFileNames: () => true,
    });
  }

  check(name: string, text: string): ts.Diagnostic[] {
    const file = path.join(this.directory, name);
    this.#texts.set(file, text);
    return [...this.#service.getSyntacticDiagnostics(file), ...this.#service.getSemanticDiagnostics(file)];
  }
}
