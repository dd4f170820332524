import { type EncodedSourceMap, originalPositionFor, TraceMap } from "@jridgewell/trace-mapping";
import { transformSync } from "oxc-transform";
import ts = require("typescript");
import type { EditedText } from "./edits.ts";
import { lineStarts, type Position, positionAt } from "./positions.ts";

/** JavaScript that is ready to be compiled, and the way back to the source. */
export interface Code {
  javascript: string;
  /** Where in the source a line and column of the JavaScript (both from 1) come from. */
  sourcePosition(line: number, column: number): Position | undefined;
}

/** Which decorators a project has: TypeScript's old ones, or those of the language. */
export type DecoratorOptions = Pick<ts.CompilerOptions, "experimentalDecorators" | "emitDecoratorMetadata">;

/** Removes the types of an edited text whose source is `source`. */
export function stripTypes(
  edited: EditedText,
  source: string,
  needsCompiler: boolean,
  decorators: DecoratorOptions = {},
): Code {
  const { code, map } = (needsCompiler ? undefined : withOxc(edited.text)) ?? withCompiler(edited.text, decorators);
  const editedPosition = mapped(map);
  let editedLines: number[] | undefined;
  let sourceLines: number[] | undefined;
  const sourcePosition = (line: number, column: number) => {
    const found = editedPosition(line, column);
    if (!found) return undefined;
    editedLines ??= lineStarts(edited.text);
    sourceLines ??= lineStarts(source);
    const offset = (editedLines[found.line - 1] ?? 0) + found.column - 1;
    return positionAt(sourceLines, Math.min(edited.sourceOffset(offset), source.length));
  };
  return { javascript: code, sourcePosition };
}

/** The places of a text that a source map leads to, from those of what was made of it. */
export function mapped(map: EncodedSourceMap | string): Code["sourcePosition"] {
  let trace: TraceMap | undefined;
  return (line, column) => {
    trace ??= new TraceMap(map);
    const found = originalPositionFor(trace, { line, column: column - 1, bias: 1 });
    return found.line === null ? undefined : { line: found.line, column: found.column + 1 };
  };
}

interface Stripped {
  code: string;
  map: EncodedSourceMap;
}

/** The fast way: forty times faster than the compiler; undefined for what it does not take. */
function withOxc(text: string): Stripped | undefined {
  const result = transformSync("cell.ts", text, {
    lang: "ts",
    sourcemap: true,
    target: "es2022",
    typescript: { onlyRemoveTypeImports: true },
  });
  if (result.errors.length > 0 || !result.map) return undefined;
  return { code: withoutSemicolon(result.code), map: result.map as EncodedSourceMap };
}

/** The compiler itself: lowers `using` and decorators too. */
function withCompiler(
  text: string,
  { experimentalDecorators = false, emitDecoratorMetadata = false }: DecoratorOptions,
): Stripped {
  const compilerOptions = {
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.ESNext,
    sourceMap: true,
    experimentalDecorators,
    emitDecoratorMetadata: experimentalDecorators && emitDecoratorMetadata,
  };
  const { outputText, sourceMapText } = ts.transpileModule(text, { compilerOptions });
  const code = outputText.replace(/\/\/# sourceMappingURL=.*\s*$/, "");
  return { code: withoutSemicolon(code), map: JSON.parse(sourceMapText ?? "{}") as EncodedSourceMap };
}

// The text is one parenthesised function expression; without the semicolon its value is that function.
function withoutSemicolon(code: string): string {
  return code.replace(/;\s*$/, "");
}
