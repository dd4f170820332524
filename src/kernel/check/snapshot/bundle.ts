import { createRequire } from "node:module";
import ts = require("typescript");
import { modulesFrom } from "./modules.ts";

/**
 * One script with `entry` and all that it imports, because a snapshot is built from one script.
 *
 * Our modules become functions; the compiler's own file is read and run in the same way, since the
 * script can require nothing but what node brings.
 */
export function bundle(entry: string, call: { name: string; with: unknown[] }): string {
  const modules = [...modulesFrom(entry)].map(
    ([file, text]) =>
      `${JSON.stringify(file)}: function (exports, require, importMeta) {\n${asCommonJs(file, text)}\n}`,
  );
  const compiler = createRequire(import.meta.url).resolve("typescript");
  return `const modules = {\n${modules.join(",\n")}\n};
const builtin = require;
const path = builtin("node:path");
const loaded = {};
const compiler = { exports: {} };
{
  const file = ${JSON.stringify(compiler)};
  const text = builtin("node:fs").readFileSync(file, "utf8");
  const run = new Function("exports", "require", "module", "__filename", "__dirname", text);
  run(compiler.exports, builtin, compiler, file, path.dirname(file));
}
function load(file) {
  if (loaded[file]) return loaded[file];
  const exports = (loaded[file] = {});
  const resolve = name => {
    if (name === "typescript") return compiler.exports;
    // By which a module of the package requires the compiler.
    if (name === "module") return { createRequire: () => resolve };
    return name.startsWith(".") ? load(path.resolve(path.dirname(file), name)) : builtin(name);
  };
  modules[file](exports, resolve, { url: builtin("node:url").pathToFileURL(file).href });
  return exports;
}
load(${JSON.stringify(entry)}).${call.name}(...${JSON.stringify(call.with)});
`;
}

function asCommonJs(file: string, text: string): string {
  const { outputText } = ts.transpileModule(text, {
    fileName: file,
    compilerOptions: { target: ts.ScriptTarget.ESNext, module: ts.ModuleKind.CommonJS, esModuleInterop: true },
    transformers: { before: [withoutImportMeta] },
  });
  return outputText.replace(/\/\/# sourceMappingURL=.*\s*$/, "");
}

/** `import.meta` is no syntax of a script: a parameter of the module's function takes its place. */
const withoutImportMeta: ts.TransformerFactory<ts.SourceFile> = context => root => {
  const visit = (node: ts.Node): ts.Node =>
    ts.isMetaProperty(node) && node.keywordToken === ts.SyntaxKind.ImportKeyword
      ? ts.factory.createIdentifier("importMeta")
      : ts.visitEachChild(node, visit, context);
  return ts.visitEachChild(root, visit, context);
};
