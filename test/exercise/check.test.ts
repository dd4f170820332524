import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { check, type Must, Unanswered, unanswered, type Verdict, WrongAnswer } from "../../src/exercise/index.ts";

const DISPLAY = Symbol.for("lectern.display");
const scope = globalThis as Record<symbol, unknown>;
let shown: Record<string, unknown>[] = [];
beforeEach(() => {
  shown = [];
  scope[DISPLAY] = ({ data }: { data: Record<string, unknown> }) => shown.push(data);
});
afterEach(() => {
  delete scope[DISPLAY];
});
const verdicts = () => shown.map(data => data["application/vnd.lectern.exercise+json"] as Verdict);

describe("a check", () => {
  it("says that an answer is right, and gives back what its rules end with", () => {
    const value = check("1.1", must => {
      must("two must be two", true);
      return "a figure";
    });
    expect(value).toBe("a figure");
    expect(verdicts()).toEqual([{ exercise: "1.1", state: "right", message: "" }]);
    expect(shown[0]?.["text/plain"]).toBe("✓ Exercise 1.1: right.");
  });

  it("throws nothing where the answer is not there yet, and says what to do", () => {
    const answer = (): number => unanswered();
    expect(check("1.1", must => must("it must be positive", answer() > 0))).toBeUndefined();
    expect(verdicts()).toEqual([
      { exercise: "1.1", state: "unanswered", message: expect.stringContaining("in place of unanswered()") },
    ]);
    expect(shown[0]?.["text/html"]).toContain('data-state="unanswered"');
  });

  it("knows an answer that is not there by its name, whoever threw it", () => {
    check("1.1", () => {
      throw Object.assign(new Error("later"), { name: "Unanswered" });
    });
    expect(verdicts()[0]?.state).toBe("unanswered");
    expect(() => unanswered()).toThrow(Unanswered);
    expect(() => unanswered()).toThrow(/must be written before it is used, but got unanswered\(\)/);
  });

  it("stops at the first broken rule, with what the answer gives and where to look", () => {
    const rules = (must: Must) => {
      must("it must be positive", true);
      must("it must be even", false, { got: 3.00001, hint: "divide by two" });
      must("it must be small", false);
    };
    expect(() => check("1.1", rules)).toThrow(WrongAnswer);
    expect(verdicts()).toEqual([
      { exercise: "1.1", state: "wrong", message: "It must be even, but got 3; divide by two." },
    ]);
  });

  it("ends a hint that asks as it is", () => {
    expect(() => check("1.1", must => must("it must be even", false, { hint: "which half is whole?" }))).toThrow();
    expect(verdicts()[0]?.message).toBe("It must be even, but it is not so; which half is whole?");
  });

  it("takes NaN, and whatever is not true, for a broken rule", () => {
    expect(() => check("1.1", must => must("it must be small", Math.sqrt(-1) < 1))).toThrow(WrongAnswer);
    expect(() => check("1.1", must => must("it must be", undefined as unknown as boolean))).toThrow(/it is not so/);
    expect(() => check("1.1", must => must("it must be", 1 as unknown as boolean))).toThrow(WrongAnswer);
  });

  it("passes on what the answer throws, and counts it as wrong", () => {
    const thrown = new RangeError("no such entry");
    const rules = () => {
      throw thrown;
    };
    expect(() => check("1.1", rules)).toThrow(thrown);
    expect(verdicts()[0]).toMatchObject({
      state: "wrong",
      message: "The answer must run, but got RangeError: no such entry; mend that first.",
    });
  });

  it("waits for rules that wait", async () => {
    const value = check("1.1", async must => {
      must("two must be two", true);
      return 7;
    });
    expect(shown).toEqual([]);
    expect(await value).toBe(7);
    expect(await check("1.2", async () => unanswered())).toBeUndefined();
    await expect(check("1.3", async must => must("it must be", false))).rejects.toThrow(WrongAnswer);
    expect(verdicts().map(({ exercise, state }) => [exercise, state])).toEqual([
      ["1.1", "right"],
      ["1.2", "unanswered"],
      ["1.3", "wrong"],
    ]);
  });

  it("is refused where it asks nothing", () => {
    expect(() => check("1.1", () => 1)).toThrow(/check "1.1": at least one rule must be asked/);
    expect(shown).toEqual([]);
  });

  it("shows any value in one short line, as text", () => {
    const message = (got: unknown) => {
      shown = [];
      expect(() => check("<1>", must => must("it must be", false, { got }))).toThrow(WrongAnswer);
      return verdicts()[0]?.message ?? "";
    };
    expect(message([1, 2, 3, 4, 5, 6, 7])).toContain("got [1, 2, 3, 4, 5, 6, …]");
    expect(message("a\nb")).toContain('got "a\\nb"');
    expect(message("x".repeat(1000)).length).toBeLessThan(220);
    expect(message({ toString: () => "a\nb" })).toContain("got a b;");
    expect(message(Object.create(null))).toContain("a value that cannot be shown");
    message("<script>");
    expect(shown[0]?.["text/html"]).not.toMatch(/<script>|<1>/);
  });

  it("works where nothing shows it", () => {
    delete scope[DISPLAY];
    expect(check("1.1", must => must("two must be two", true))).toBeUndefined();
  });
});
