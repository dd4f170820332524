import ts from "typescript";
import { describe, expect, it } from "vitest";
import { afterDirectives, isUnchecked } from "../../../src/kernel/check/directives.ts";
import { bindModule } from "../../../src/kernel/check/internals.ts";

const parsed = (text: string, name = "/w/a.ts") => bindModule(name, text, { parents: true });

describe("comments that silence the checker", () => {
  const error = (file: ts.SourceFile | undefined, start: number | undefined): ts.Diagnostic => ({
    ...{ file, start, length: 1, messageText: "wrong", code: 2322, category: ts.DiagnosticCategory.Error },
  });
  const left = (text: string, at: string) => {
    const file = parsed(text);
    return afterDirectives(file, [error(file, text.indexOf(at))]).map(each => each.code);
  };

  it("leave out what they stand above", () => {
    expect(left("// @ts-ignore\nwrong", "wrong")).toEqual([]);
    expect(left("1;\n// @ts-expect-error\n\n// why\n\nwrong", "wrong")).toEqual([]);
    expect(left("// @ts-ignore\n1;\nwrong", "wrong")).toEqual([2322]);
    expect(left("wrong\n// @ts-ignore", "wrong")).toEqual([2322]);
    expect(left("// nothing\nwrong", "wrong")).toEqual([2322]);
  });

  it("are wrong themselves where they expect what is not there", () => {
    const text = "1;\n// @ts-expect-error\n2;";
    const file = parsed(text);
    expect(afterDirectives(file, [])).toEqual([
      {
        ...{ file, start: 3, length: "// @ts-expect-error".length, code: 2578 },
        ...{ messageText: "Unused '@ts-expect-error' directive.", category: ts.DiagnosticCategory.Error },
      },
    ]);
    expect(afterDirectives(parsed("// @ts-ignore\n1"), [])).toEqual([]);
  });

  it("say nothing of other files, and of what has no place", () => {
    const file = parsed("// @ts-ignore\nwrong");
    const other = error(parsed("1;\nwrong"), 15);
    const nowhere = error(file, undefined);
    expect(afterDirectives(file, [other, nowhere])).toEqual([other, nowhere]);
    const bare = parsed("wrong");
    expect(afterDirectives(bare, [nowhere])).toEqual([nowhere]);
  });

  it("switch it off in their file, as the first comment", () => {
    expect(
      ["// @ts-nocheck\n1", "// a\n// @ts-nocheck\n1", "1; // @ts-nocheck", "// @ts-check\n1", "1"].map(text =>
        isUnchecked(parsed(text)),
      ),
    ).toEqual([...[true, true, false, false, false]]);
  });
});
