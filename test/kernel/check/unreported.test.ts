import { describe, expect, it } from "vitest";
import { Unreported } from "../../../src/kernel/check/unreported.ts";

describe("files of which nothing was told", () => {
  const locals = (length: number) => ({ get: () => ({ text: "x".repeat(length) }) as never });

  it("are told of once, and again after an edit", () => {
    const unreported = new Unreported();
    expect(unreported.take(["/a.ts", "/b.tsx"], [], locals(1))).toEqual(["/a.ts", "/b.tsx"]);
    expect(unreported.take(["/a.ts", "/c.mts"], [], locals(1))).toEqual(["/c.mts"]);
    unreported.renew(["/a.ts"]);
    expect(unreported.take(["/a.ts", "/b.tsx", "/c.mts"], [], locals(1))).toEqual(["/a.ts"]);
    unreported.clear();
    expect(unreported.take(["/b.tsx"], [], locals(1))).toEqual(["/b.tsx"]);
  });

  it("are no declarations, no JavaScript and no JSON", () => {
    const files = ["/a.d.ts", "/a.d.mts", "/a.js", "/a.json", "/a.ts.txt", "/ats", "/a.cts", "/a.d.tsx"];
    expect(new Unreported().take(files, files, locals(1))).toEqual(["/a.cts", "/a.d.tsx"]);
  });

  it("are those that the cell imports, and of what those import about 30,000 characters", () => {
    const files = ["/a.ts", "/b.ts", "/c.ts", "/d.ts"];
    expect(new Unreported().take(files, [], locals(10_000))).toEqual(files.slice(0, 3));
    expect(new Unreported().take(files, ["/a.ts", "/d.ts"], locals(15_001))).toEqual(["/a.ts", "/b.ts", "/d.ts"]);
    expect(new Unreported().take(files, [], { get: () => undefined })).toEqual(files);
  });
});
