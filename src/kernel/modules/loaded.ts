import fs from "node:fs";
import path from "node:path";
import ts from "typescript";
import { bindModule } from "../check/internals.ts";
import { rewriteModule } from "../transform/module.ts";
import { compile } from "../transform/scripts.ts";
import { stripTypes } from "../transform/strip.ts";
import { sourceError } from "../errors/source.ts";
import { resolveLocal } from "./resolve.ts";

/** What a module body is called with; see `moduleParameters`. */
export type ModuleBody = (
  defineExports: (getters: Record<string, () => unknown>) => void,
  exportAll: (module: object) => void,
  load: (specifier: string, options?: ImportCallOptions) => Promise<object>,
  loadDynamically: (specifier: string, options?: ImportCallOptions) => Promise<object>,
  meta: object,
) => Promise<void>;

/** A local module as it was read: its code, and the local files that it imports. */
export interface ModuleSource {
  stamp: string;
  /** Local files that it imports statically. */
  imports: string[];
  changing: string[];
  body: ModuleBody;
}

/** Changes with every edit of the file; undefined when the file is gone. */
export function stampOf(file: string): string | undefined {
  const stat = fs.statSync(file, { throwIfNoEntry: false });
  return stat && `${stat.mtimeMs}:${stat.size}:${stat.ino}`;
}

/** Reads and compiles one local module. */
export function readModule(file: string, stamp: string): ModuleSource {
  const text = fs.readFileSync(file, "utf8");
  if (file.endsWith(".json")) return jsonModule(text, stamp, file);
  const bound = bindModule(file, text, { parents: true });
  const problem = bound.parseDiagnostics[0];
  if (problem) {
    const { line, character } = bound.getLineAndCharacterOfPosition(problem.start);
    const message = ts.flattenDiagnosticMessageText(problem.messageText, "\n");
    throw sourceError(`${message} (TS${problem.code})`, file, { line: line + 1, column: character + 1 });
  }
  const { edited, needsCompiler, imports, changing } = rewriteModule(bound);
  const code = stripTypes(edited, text, needsCompiler);
  const folder = path.dirname(file);
  const local = imports.map(specifier => resolveLocal(specifier, folder)).filter(each => each !== undefined);
  return { stamp, imports: local, changing, body: compile<ModuleBody>(file, { origin: { file }, code }) };
}

function jsonModule(text: string, stamp: string, file: string): ModuleSource {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw sourceError(`not valid JSON: ${(error as Error).message}`, file, { line: 1, column: 1 });
  }
  const names = value !== null && typeof value === "object" && !Array.isArray(value) ? Object.entries(value) : [];
  const getters = Object.fromEntries([...names, ["default", value]].map(([name, each]) => [name, () => each]));
  return { stamp, imports: [], changing: [], body: async defineExports => defineExports(getters) };
}
