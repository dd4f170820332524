import ts = require("typescript");
import type { Declaration, ParsedCell } from "../../transform/parse.ts";

/**
 * A cell with the same statements and names of which nothing is known: it stands for one that ran
 * although its types could not be checked, so that later cells find its names.
 */
export function untyped({ file, declarations }: ParsedCell): string {
  const own: Declaration[][] = file.statements.map(() => []);
  for (const each of declarations) if (each.kind !== "ambient") own[each.statement]?.push(each);
  return file.statements
    .map((statement, index) => {
      if (ts.isImportDeclaration(statement) || ts.isEnumDeclaration(statement)) return statement.getText(file);
      return declared(statement, own[index] ?? []);
    })
    .join("\n");
}

/** One statement, since `commit` counts them. */
function declared(statement: ts.Statement, [first, ...others]: Declaration[]): string {
  if (!first) return ";";
  if (first.kind === "type") return `type ${first.name}${anyParameters} = any;`;
  if (ts.isClassDeclaration(statement)) return `class ${first.name}${anyParameters} ${anyBody}`;
  // The overloads of a function declare its name again and again.
  return `var ${[first, ...others].map(each => `${each.name}: any`).join(", ")};`;
}

/** As many as anybody writes. */
const anyParameters = "<A = any, B = any, C = any, D = any>";

const anyBody = "{ [name: string]: any; static [name: string]: any; constructor(..._: any[]) {} }";
