import { describe, expect, it } from "vitest";
import { CLAIM, type Output, toldOf, toldOnce, VERDICT } from "../../src/notebook/index.ts";

const wrong = (message: string) => ({ [VERDICT]: { exercise: "1", state: "wrong", message } });
const fails = { [CLAIM]: { text: "one is two", holds: false } };
const error = (ename: string, evalue: string) => ({
  output_type: "error" as const,
  ename,
  evalue,
  traceback: [`${ename}: ${evalue}`, "    at cell 1, line 1, column 1"],
});
const shown = (data: object): Output => ({ output_type: "display_data", data: { ...data }, metadata: {} });

describe("an error is told of", () => {
  const long = "a very long word ".repeat(20);
  it.each([
    ["by its verdict", error("WrongAnswer", "it must be even"), wrong("it must be even"), "all"],
    [
      "by its verdict, which has the exercise's name apart",
      error("WrongAnswer", "exercise 1: it must be even"),
      wrong("It must be even"),
      "all",
    ],
    [
      "by a verdict as they were stored before, with the name twice",
      error("WrongAnswer", "exercise 1: it must be even"),
      wrong("exercise 1: it must be even"),
      "all",
    ],
    ["by a verdict on one that was thrown", error("TypeError", "x is no y"), wrong("got TypeError: x is no y"), "all"],
    ["by a verdict with its head", error("Error", long), wrong(`got Error: ${long.slice(0, 110)}…; mend that`), "all"],
    ["in part by the claim that fails", error("ClaimError", "its left side is 1"), fails, "part"],
    ["not by a verdict on another", error("TypeError", "x is no y"), wrong("it must be even"), undefined],
    ["not by a right answer", error("Error", ""), { [VERDICT]: { exercise: "1", state: "right" } }, undefined],
    ["not by a claim that holds", error("ClaimError", "no"), { [CLAIM]: { text: "t", holds: true } }, undefined],
    ["not by a claim, where it is another error", error("TypeError", "no"), fails, undefined],
    ["by nothing where nothing is before it", error("WrongAnswer", "it must be even"), undefined, undefined],
  ])("%s", (_, thrown, before, told) => {
    expect(toldOf(thrown, before)).toBe(told);
  });

  it("once among outputs, and all else stays", () => {
    const text: Output = { output_type: "stream", name: "stdout", text: "so\n" };
    const verdict = shown(wrong("it must be even"));
    expect(toldOnce([text, verdict, error("WrongAnswer", "it must be even")])).toEqual([text, verdict]);
    const thrown = error("ClaimError", "no");
    expect(toldOnce([text, shown(fails), thrown])).toEqual([text, { ...thrown, traceback: ["✗ no"] }]);
    expect(toldOnce([verdict, text, thrown])).toEqual([verdict, text, thrown]);
  });
});
