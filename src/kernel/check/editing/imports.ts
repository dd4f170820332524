import ts = require("typescript");
import { parseCell } from "../../transform/parse.ts";
import type { Fix } from "../cellChecker.ts";
import type { View } from "../views.ts";

/** The modules that cells import names of, each once, as they write it. */
export function modulesOf(cells: readonly string[]): string[] {
  const statements = cells.flatMap(cell => [...parseCell(cell).file.statements]);
  const specifiers = statements.filter(ts.isImportDeclaration).map(each => each.moduleSpecifier);
  return [...new Set(specifiers.filter(ts.isStringLiteral).map(each => each.text))];
}

/** A module that imports all of these, for `exportersOf`. */
export function importingAll(modules: readonly string[]): string {
  return modules.map((each, index) => `import * as __module_${index} from ${JSON.stringify(each)};\n`).join("");
}

/** Which of the modules have a name, seen in a module that imports them all. */
export function exportersOf(name: string, { file, checker }: View): string[] {
  return file.statements.filter(ts.isImportDeclaration).flatMap(statement => {
    const specifier = statement.moduleSpecifier as ts.StringLiteral;
    const module = checker.getSymbolAtLocation(specifier);
    const has = module && checker.getExportsOfModule(module).some(each => each.name === name);
    return has ? [specifier.text] : [];
  });
}

/** Imports a name into a cell: beside those that it has from there, else in a line of its own. */
export function importFix(source: string, name: string, from: string): Fix {
  const { file } = parseCell(source);
  const imports = file.statements.filter(ts.isImportDeclaration);
  const same = imports.find(each => ts.isStringLiteral(each.moduleSpecifier) && each.moduleSpecifier.text === from);
  const bindings = same?.importClause?.namedBindings;
  const title = `Import ${name} from "${from}"`;
  const last = bindings && ts.isNamedImports(bindings) ? bindings.elements.at(-1) : undefined;
  if (last && !same?.importClause?.isTypeOnly)
    return { title, edits: [{ from: last.end, to: last.end, insert: `, ${name}` }] };
  return { title, edits: [lineAt(source, `import { ${name} } from ${JSON.stringify(from)};`)] };
}

/** A new line before the first statement, below the comments at the head of the cell. */
export function lineAt(source: string, text: string): Fix["edits"][number] {
  const at = parseCell(source).file.statements[0]?.getStart(undefined, true) ?? source.length;
  return { from: at, to: at, insert: `${text}\n` };
}
