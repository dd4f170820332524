import ts = require("typescript");

/**
 * The source of a cell with the values of some of its top-level names replaced, line by line where
 * they were: `const epochs = 10;` with `{ epochs: "2" }` becomes `const epochs = 2;`.
 *
 * A value that is JSON is taken as it stands, any other as a string.
 */
export function withParameters(source: string, parameters: Record<string, string>): string {
  const file = ts.createSourceFile("cell.ts", source, ts.ScriptTarget.ESNext, true);
  const declarations = namedDeclarations(file);
  const edits = Object.entries(parameters).map(([name, value]) => {
    const declaration = declarations.get(name);
    if (!declaration) throw unknownName(name, [...declarations.keys()]);
    const wanted = declaration.initializer && kindOf(declaration.initializer);
    const text = wanted === "string" && !value.startsWith('"') ? JSON.stringify(value) : literal(value);
    assertSameKind(name, declaration, text);
    return editFor(declaration, text, file);
  });
  edits.sort((a, b) => b.start - a.start);
  return edits.reduce((text, { start, end, text: by }) => text.slice(0, start) + by + text.slice(end), source);
}

function namedDeclarations(file: ts.SourceFile): Map<string, ts.VariableDeclaration> {
  const declarations = file.statements
    .filter(ts.isVariableStatement)
    .flatMap(each => [...each.declarationList.declarations]);
  return new Map(declarations.flatMap(each => (ts.isIdentifier(each.name) ? [[each.name.text, each] as const] : [])));
}

function editFor(
  declaration: ts.VariableDeclaration,
  value: string,
  file: ts.SourceFile,
): { start: number; end: number; text: string } {
  const { initializer } = declaration;
  if (!initializer) return { start: declaration.end, end: declaration.end, text: ` = ${value}` };
  const start = initializer.getStart(file);
  // Later lines keep their numbers when an initialiser of several lines goes.
  const lines = source(file, start, initializer.end).split("\n").length - 1;
  return { start, end: initializer.end, text: value + "\n".repeat(lines) };
}

/** A value of another kind than the declared one would only be noticed in a later, innocent cell. */
function assertSameKind(name: string, { initializer }: ts.VariableDeclaration, value: string): void {
  const declared = initializer && kindOf(initializer);
  const given = typeof JSON.parse(value);
  if (declared === undefined || declared === given) return;
  throw new RangeError(
    `parameters: ${name} must be a ${declared}, as the cell declares it, but got ${value}; as in ${name}=${initializer?.getText()}.`,
  );
}

function kindOf(initializer: ts.Expression): "number" | "string" | "boolean" | undefined {
  const inner = ts.isPrefixUnaryExpression(initializer) ? initializer.operand : initializer;
  if (ts.isNumericLiteral(inner)) return "number";
  if (ts.isStringLiteralLike(inner)) return "string";
  const { kind } = inner;
  return kind === ts.SyntaxKind.TrueKeyword || kind === ts.SyntaxKind.FalseKeyword ? "boolean" : undefined;
}

function source(file: ts.SourceFile, start: number, end: number): string {
  return file.text.slice(start, end);
}

function literal(value: string): string {
  try {
    // Printed anew, so that it is one line; a newline inside JSON would move the lines below.
    return JSON.stringify(JSON.parse(value));
  } catch {
    return JSON.stringify(value);
  }
}

function unknownName(name: string, names: string[]): RangeError {
  const have = names.length > 0 ? `one of ${names.join(", ")}` : "declared by its const and let, and it declares none";
  return new RangeError(
    `parameters: a name must be ${have}, but got "${name}"; check its spelling or declare it in the cell tagged "parameters".`,
  );
}
