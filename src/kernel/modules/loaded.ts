import fs from "node:fs";
import ts = require("typescript");
import { type BoundFile, bindModule } from "../check/internals.ts";
import { sourceError } from "../errors/source.ts";
import { commonCode, requiredBy } from "../transform/common.ts";
import { type JsxOptions, plainModule } from "../transform/jsx.ts";
import { rewriteModule } from "../transform/module.ts";
import { compile } from "../transform/scripts.ts";
import { type DecoratorOptions, stripTypes } from "../transform/strip.ts";
import { formatOf } from "./format.ts";
import type { Resolver } from "./resolve.ts";

/** What a module body is called with; see `moduleParameters`. `load` gives a promise, or the module itself. */
export type ModuleBody<Loaded> = (
  defineExports: (getters: Record<string, () => unknown>) => void,
  exportAll: (module: object) => void,
  load: (specifier: string, options?: ImportCallOptions) => Loaded,
  loadDynamically: (specifier: string, options?: ImportCallOptions) => Promise<object>,
  meta: object,
  require: NodeJS.Require,
) => Loaded extends Promise<object> ? Promise<void> : void;

/** What a CommonJS module is called with. */
export type CommonBody = (
  this: unknown,
  exports: unknown,
  require: NodeJS.Require,
  module: { exports: unknown },
  filename: string,
  dirname: string,
) => void;

/** A local module as it was read: its code, and the local files that it imports. */
export interface ModuleSource {
  stamp: string;
  /** Local files that it imports statically. */
  imports: string[];
  changing: string[];
  code:
    | {
        format: "module";
        body: ModuleBody<Promise<object>>;
        /** The same for `require`, which does not wait. */
        sync: () => ModuleBody<object>;
      }
    | { format: "commonjs"; body: CommonBody };
}

/** Changes with every edit of the file; undefined when the file is gone. */
export function stampOf(file: string): string | undefined {
  const stat = fs.statSync(file, { throwIfNoEntry: false });
  return stat && `${stat.mtimeMs}:${stat.size}:${stat.ino}`;
}

/** Reads and compiles one local module. */
export function readModule(file: string, stamp: string, resolver: Resolver): ModuleSource {
  if (file.endsWith(".wasm")) return wasmModule(file, stamp);
  const text = fs.readFileSync(file, "utf8");
  if (file.endsWith(".json")) return jsonModule(text, stamp, file);
  const bound = bindModule(file, text, { parents: true });
  const problem = bound.parseDiagnostics[0];
  if (problem) {
    const { line, character } = bound.getLineAndCharacterOfPosition(problem.start);
    const message = ts.flattenDiagnosticMessageText(problem.messageText, "\n");
    throw sourceError(`${message} (TS${problem.code})`, file, { line: line + 1, column: character + 1 });
  }
  const local = (specifiers: string[]) =>
    specifiers.map(each => resolver.local(each, file)).filter(each => each !== undefined);
  if (formatOf(bound) === "commonjs") {
    const body = compile<CommonBody>(file, { origin: { file }, code: commonCode(file, text) });
    return { stamp, imports: local(requiredBy(bound)), changing: [], code: { format: "commonjs", body } };
  }
  return esModule(bound, stamp, resolver.options, local);
}

function esModule(
  source: BoundFile,
  stamp: string,
  options: JsxOptions & DecoratorOptions,
  local: (specifiers: string[]) => string[],
): ModuleSource {
  const file = source.fileName;
  const plain = plainModule(source, options);
  const { imports, changing } = rewriteModule(plain.file);
  const compiled = <Body>(way: "async" | "sync") => {
    const { edited, needsCompiler, names } = rewriteModule(plain.file, way);
    const code = plain.traced(stripTypes(edited, plain.file.text, needsCompiler, options));
    return compile<Body>(file, { origin: { file }, code, names });
  };
  let sync: ModuleBody<object> | undefined;
  return {
    stamp,
    imports: local([...imports, ...requiredBy(plain.file)]),
    changing,
    code: {
      format: "module",
      body: compiled<ModuleBody<Promise<object>>>("async"),
      sync: () => {
        sync ??= compiled<ModuleBody<object>>("sync");
        return sync;
      },
    },
  };
}

function jsonModule(text: string, stamp: string, file: string): ModuleSource {
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch (error) {
    throw sourceError(`not valid JSON: ${(error as Error).message}`, file, { line: 1, column: 1 });
  }
  const body: CommonBody = (_exports, _require, module) => {
    module.exports = value;
  };
  return { stamp, imports: [], changing: [], code: { format: "commonjs", body } };
}

/** A WebAssembly module: what it imports are modules, and what it exports are its names. */
function wasmModule(file: string, stamp: string): ModuleSource {
  const compiled = new WebAssembly.Module(fs.readFileSync(file));
  const wanted = [...new Set(WebAssembly.Module.imports(compiled).map(each => each.module))];
  const define = (modules: object[], defineExports: Parameters<ModuleBody<object>>[0]) => {
    const imports = Object.fromEntries(wanted.map((name, index) => [name, modules[index]]));
    const { exports } = new WebAssembly.Instance(compiled, imports as WebAssembly.Imports);
    defineExports(Object.fromEntries(Object.entries(exports).map(([name, value]) => [name, () => value])));
  };
  const body: ModuleBody<Promise<object>> = async (defineExports, _all, load) =>
    define(await Promise.all(wanted.map(each => load(each))), defineExports);
  const sync: ModuleBody<object> = (defineExports, _all, load) =>
    define(
      wanted.map(each => load(each)),
      defineExports,
    );
  return { stamp, imports: [], changing: [], code: { format: "module", body, sync: () => sync } };
}
