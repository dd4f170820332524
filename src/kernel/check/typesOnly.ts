import ts = require("typescript");
import { isLocal } from "../modules/resolve.ts";
import type { CellDiagnostic } from "../result.ts";
import { namesOf } from "../transform/cell.ts";
import type { ParsedCell } from "../transform/parse.ts";
import type { Checked } from "./views.ts";

/** The imports of values from modules that have types only: they check, and could not run. */
export function importsOfTypesOnly(
  { file }: ParsedCell,
  { isType }: Pick<Checked, "isType">,
  hasTypesOnly: (specifier: string) => boolean,
): CellDiagnostic[] {
  return file.statements.flatMap(statement => {
    if (!ts.isImportDeclaration(statement) || !ts.isStringLiteral(statement.moduleSpecifier)) return [];
    const clause = statement.importClause;
    if (clause?.phaseModifier === ts.SyntaxKind.TypeKeyword) return [];
    if (clause && namesOf(clause).every(each => isType(each.local))) return [];
    const specifier = statement.moduleSpecifier.text;
    if (!hasTypesOnly(specifier)) return [];
    const place = file.getLineAndCharacterOfPosition(statement.moduleSpecifier.getStart(file));
    const wayOut = isLocal(specifier)
      ? "import type from it, or add the file with its code"
      : `npm install ${nameOf(specifier)}`;
    const message = `Cannot run module '${specifier}': it has types only, and nothing to run; ${wayOut}.`;
    return [{ line: place.line + 1, column: place.character + 1, code: noCode, message }];
  });
}

/** As TypeScript says that a module is not there. */
const noCode = 2307;

/** The package of `name/sub` and `@scope/name/sub`. */
function nameOf(specifier: string): string {
  return specifier.split("/", specifier.startsWith("@") ? 2 : 1).join("/");
}
