import type { EncodedSourceMap } from "@jridgewell/trace-mapping";
import { transformSync } from "oxc-transform";
import ts = require("typescript");
import { type BoundFile, bindModule } from "../check/internals.ts";
import { type Code, mapped } from "./strip.ts";

/** What a project says of JSX. */
export type JsxOptions = Pick<ts.CompilerOptions, "jsx" | "jsxFactory" | "jsxFragmentFactory" | "jsxImportSource">;

/** A module without JSX, and the way from the places of its code to those of the source. */
export interface PlainModule {
  file: BoundFile;
  traced(code: Code): Code;
}

/** Turns JSX into calls; a file that has none stays as it is. */
export function plainModule(file: BoundFile, options: JsxOptions): PlainModule {
  if (!/x$/.test(file.fileName)) return { file, traced: code => code };
  const { code, map, errors } = transformSync(file.fileName, file.text, {
    lang: "tsx",
    sourcemap: true,
    target: "es2022",
    jsx: jsxSettings(options),
  });
  if (errors.length > 0 || !map) throw new SyntaxError(`${file.fileName}: ${errors[0]?.message ?? "no code"}`);
  const position = mapped(map as EncodedSourceMap);
  return {
    file: bindModule(file.fileName.replace(/[jt]sx$/, "mts"), code, { parents: true }),
    traced: ({ javascript, sourcePosition }) => ({
      javascript,
      sourcePosition: (line, column) => {
        const between = sourcePosition(line, column);
        return between && position(between.line, between.column);
      },
    }),
  };
}

/** As the project has it: React's functions by name, or those of a runtime that is imported. */
export function jsxSettings({ jsx, jsxFactory, jsxFragmentFactory, jsxImportSource }: JsxOptions): {
  runtime: "classic" | "automatic";
  pragma?: string;
  pragmaFrag?: string;
  importSource?: string;
} {
  if (jsx === ts.JsxEmit.ReactJSX || jsx === ts.JsxEmit.ReactJSXDev) {
    return { runtime: "automatic", ...(jsxImportSource === undefined ? {} : { importSource: jsxImportSource }) };
  }
  return {
    runtime: "classic",
    ...(jsxFactory === undefined ? {} : { pragma: jsxFactory }),
    ...(jsxFragmentFactory === undefined ? {} : { pragmaFrag: jsxFragmentFactory }),
  };
}
