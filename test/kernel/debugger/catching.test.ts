import { describe, expect, it } from "vitest";
import { isCaughtAt } from "../../../src/kernel/debugger/catching.ts";

const cases: Record<string, { text: string; caught: boolean }> = {
  "in a try with a catch": { text: "try { ▲throw 1; } catch {}", caught: true },
  "in one that only has finally": { text: "try { ▲throw 1; } finally {}", caught: false },
  "in its catch": { text: "try { } catch { ▲throw 1; }", caught: false },
  "in its finally": { text: "try { } catch { } finally { ▲throw 1; }", caught: false },
  "in a function inside of it": { text: "try { const f = () => { ▲throw 1; }; } catch {}", caught: false },
  "in a static block inside of it": { text: "try { class A { static { ▲throw 1; } } } catch {}", caught: false },
  "in a try inside of one that catches": { text: "try { try { ▲throw 1; } finally {} } catch {}", caught: true },
  "in a block on a later line": { text: "try {\n  if (x) {\n    ▲throw 1;\n  }\n} catch {}", caught: true },
  "outside of any": { text: "▲throw 1; try {} catch {}", caught: false },
};

describe("what is thrown", () => {
  it.each(Object.keys(cases))("%s", name => {
    const { text, caught } = cases[name] as (typeof cases)[string];
    const before = text.slice(0, text.indexOf("▲")).split("\n");
    const place = { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
    expect(isCaughtAt(text.replace("▲", ""), place)).toBe(caught);
  });

  it("beyond the end is caught by nobody", () => expect(isCaughtAt("1", { line: 5, column: 1 })).toBe(false));
});
