import ts from "typescript";
import { describe, expect, it } from "vitest";
import {
  cellDiagnostics,
  describeDiagnostic,
  diagnosticError,
  localDiagnostics,
} from "../../../src/kernel/errors/diagnostics.ts";

const source = "let a = 1;\nfixed = 2;\n";
/** The cell's text after a line of names that it takes from others. */
const module = { text: `import { x } from "y";\n${source}\nexport {};`, start: 23, end: 23 + source.length };

function diagnostic(part: Partial<ts.Diagnostic>): ts.Diagnostic {
  const error = ts.DiagnosticCategory.Error;
  return { category: error, code: 2322, messageText: "wrong", start: 23, file: undefined, length: 1, ...part };
}
const inCell = (part: Partial<ts.Diagnostic>, text = source) => cellDiagnostics([diagnostic(part)], module, text);

describe("what the checker finds in a cell", () => {
  it("is placed in the cell's own source", () => {
    expect(inCell({})).toEqual([{ line: 1, column: 1, code: 2322, message: "wrong" }]);
    expect(inCell({ start: 23 + 13 })).toMatchObject([{ line: 2, column: 3 }]);
    expect(inCell({ start: 23 + source.length })).toMatchObject([{ line: 3, column: 1 }]);
    expect(inCell({ start: 22 })).toEqual([]);
    expect(inCell({ start: 24 + source.length })).toEqual([]);
    expect(inCell({ start: undefined })).toEqual([]);
  });

  it("is an error, of those that a notebook does not allow", () => {
    for (const code of [1202, 1203, 7005, 7016, 7034]) expect(inCell({ code })).toEqual([]);
    expect(inCell({ category: ts.DiagnosticCategory.Suggestion })).toEqual([]);
    expect(inCell({ code: 7006 })).toHaveLength(1);
  });

  it("of JSX says what tsconfig.json must say of it", () => {
    const wayOut =
      'may hold JSX: set "jsx" in the compilerOptions of tsconfig.json, to "react-jsx" for React or the package of "jsxImportSource", or to "react" for the function that "jsxFactory" names.';
    const told = (code: number, messageText: string) => inCell({ code, messageText })[0]?.message;
    expect(told(6142, "Module './a.tsx' was resolved to '/w/a.tsx', but '--jsx' is not set.")).toBe(
      `Module './a.tsx' ${wayOut}`,
    );
    expect(told(17004, "Cannot use JSX unless the '--jsx' flag is provided.")).toBe(`This file ${wayOut}`);
    expect(told(17004, "No Module 'a' has JSX.")).toBe(`This file ${wayOut}`);
  });

  it("is said in all its lines, without the modules that stand for cells", () => {
    const messageText: ts.DiagnosticMessageChain = {
      messageText: "Type 'typeof import(\"/w/__cell_3\").A' is wrong.",
      category: ts.DiagnosticCategory.Error,
      code: 2322,
      next: [{ messageText: "Because.", category: ts.DiagnosticCategory.Error, code: 2322 }],
    };
    expect(inCell({ messageText })[0]?.message).toBe("Type 'A' is wrong.\n  Because.");
  });

  it("calls a constant of another cell what it is, and an import of this one an import", () => {
    const constant = (name: string) => ({
      code: 2632,
      messageText: `Cannot assign to '${name}' because it is an import.`,
    });
    const advice = "because it is a constant of an earlier cell. Declare it with let, or again.";
    expect(inCell(constant("fixed"))[0]?.message).toBe(`Cannot assign to 'fixed' ${advice}`);
    expect(inCell(constant("$x"), "$x = 1; import { $xy, x } from 'a';")[0]?.message).toBe(
      `Cannot assign to '$x' ${advice}`,
    );
    for (const text of [
      "import { fixed } from 'a'; fixed = 1",
      "import fixed from 'a'",
      "import\n{ b, fixed } from 'a'",
    ]) {
      expect(inCell(constant("fixed"), text)[0]?.message).toBe("Cannot assign to 'fixed' because it is an import.");
    }
    expect(inCell(constant("$x"), "import { $x } from 'a'; $x = 1")[0]?.message).toContain("it is an import");
    for (const text of ["important; fixed = 1", "import { a } from 'a'; fixed = 1", "import { prefixed } from 'a'"]) {
      expect(inCell(constant("fixed"), text)[0]?.message).toContain(advice);
    }
    expect(inCell({ ...constant("fixed"), code: 2588 })[0]?.message).toContain("it is an import");
    expect(inCell({ code: 2632, messageText: "Cannot assign to it." })[0]?.message).toBe("Cannot assign to it.");
  });
});

describe("what the checker finds in local modules", () => {
  const file = ts.createSourceFile("/course/src/a.ts", "one;\ntwo;\n", ts.ScriptTarget.Latest);

  it("is placed in their files", () => {
    expect(
      localDiagnostics([
        diagnostic({ file, start: 7 }),
        diagnostic({ file, start: undefined }),
        diagnostic({}),
        diagnostic({ file, category: ts.DiagnosticCategory.Warning }),
      ]),
    ).toEqual([
      { line: 2, column: 3, code: 2322, message: "wrong", file: "/course/src/a.ts" },
      { line: 1, column: 1, code: 2322, message: "wrong", file: "/course/src/a.ts" },
    ]);
  });
});

describe("the error of a cell that does not run", () => {
  const found = { line: 2, column: 3, code: 2322, message: "wrong" };
  const directory = "/course/notebooks";

  it("is that of the first, and tells all", () => {
    const inFile = { ...found, file: "/course/src/a.ts" };
    const lines = ["cell 4, line 2, column 3: wrong (TS2322)", "../src/a.ts:2:3: wrong (TS2322)"];
    const error = { kind: "type", name: "TS2322", message: "wrong", cell: 4, line: 2, column: 3 };
    expect(diagnosticError([found, inFile], 4, directory)).toStrictEqual({
      ...error,
      traceback: lines,
      diagnostics: [found, inFile],
    });
    expect(diagnosticError([inFile], 4, directory)).toStrictEqual({
      ...error,
      file: "/course/src/a.ts",
      traceback: lines.slice(1),
      diagnostics: [inFile],
    });
    expect([found, inFile].map(each => describeDiagnostic(each, 4, directory))).toEqual(lines);
  });

  it.each([
    [999, "type", "TS999"],
    [1000, "syntax", "SyntaxError"],
    [1999, "syntax", "SyntaxError"],
    [2000, "type", "TS2000"],
  ])("is of the grammar by its code: %i", (code, kind, name) => {
    expect(diagnosticError([{ ...found, code }], 1, directory)).toMatchObject({ kind, name });
  });
});
