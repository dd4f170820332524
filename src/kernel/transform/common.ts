import ts = require("typescript");
import { type Code, mapped } from "./strip.ts";

/** The text of a CommonJS module as one function expression, and the way back to the source. */
export function commonCode(file: string, text: string): Code {
  const script = text.replace(/^#!.*/, "");
  const { code, position } = /tsx?$/.test(file) ? transpiled(file, script) : { code: script, position: identity };
  return {
    javascript: `${head}${code}\n})`,
    sourcePosition: (line, column) => position(line, line === 1 ? Math.max(1, column - head.length) : column),
  };
}

const head = "(function (exports, require, module, __filename, __dirname) {";

type Position = Code["sourcePosition"];

const identity: Position = (line, column) => ({ line, column });

function transpiled(fileName: string, text: string): { code: string; position: Position } {
  const compilerOptions: ts.CompilerOptions = {
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.CommonJS,
    jsx: ts.JsxEmit.React,
    esModuleInterop: true,
    sourceMap: true,
  };
  const { outputText, sourceMapText } = ts.transpileModule(text, { compilerOptions, fileName });
  return { code: outputText.replace(/\/\/# sourceMappingURL=.*\s*$/, ""), position: mapped(sourceMapText ?? "{}") };
}

/** The specifiers in a file's `require("…")` and `import x = require("…")`. */
export function requiredBy(file: ts.SourceFile): string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    const specifier = requiredIn(node);
    if (specifier !== undefined) found.push(specifier);
    ts.forEachChild(node, visit);
  };
  if (/\brequire\s*\(/.test(file.text)) visit(file);
  return found;
}

function requiredIn(node: ts.Node): string | undefined {
  if (ts.isExternalModuleReference(node)) return textOf(node.expression);
  const isCall = ts.isCallExpression(node) && ts.isIdentifier(node.expression) && node.expression.text === "require";
  return isCall ? textOf(node.arguments[0]) : undefined;
}

function textOf(node: ts.Node | undefined): string | undefined {
  return node && ts.isStringLiteralLike(node) ? node.text : undefined;
}
