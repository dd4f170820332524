import { describe, expect, it } from "vitest";
import { ruleOf, type Reason, type Rule } from "../../../../src/generative/derivation/algebra/rules.ts";
import { readExpression } from "../../../../src/generative/derivation/language/read.ts";
import type { Before } from "../../../../src/generative/derivation/lines/chain.ts";
import { type Fault, faultOf, type Step } from "../../../../src/generative/derivation/lines/fault.ts";
import type { WrittenLine } from "../../../../src/generative/derivation/lines/line.ts";
import { lineClaim } from "../../../../src/generative/derivation/lines/lineClaim.ts";
import { names } from "../language/everyName.ts";

const read = (text: string) => readExpression(text, { densities: [], names, definitions: new Map() });
const rules = (...reasons: Reason[]) => reasons.map(reason => ruleOf(reason) as Rule);
type Compared = Step["compared"][number];
const on = (name: string, left: number, right: number, margin: number, places = {}): Compared => ({
  name,
  comparison: { left, right, margin, places },
});
const right = on("lawn", 1, 1, 0);
const anywhere = { left: 0.5, right: 0.5, places: {}, margin: 0 };

/** Line 4 after line 2; all is well but for what is told. */
function step(
  change: Partial<Omit<Step, "before" | "line">> & { before?: Partial<Before>; line?: Partial<WrittenLine> },
): Step {
  const expression = read("f(z) * g(z)");
  const text = "f(z) * g(z)";
  return {
    number: 4,
    relation: "=",
    compared: [right],
    anywhere: [anywhere],
    objection: undefined,
    within: 1e-8,
    ...change,
    before: {
      expression,
      text,
      number: 2,
      rules: rules("linearity"),
      relation: "=",
      dependsOn: new Set(["z"]),
      ...change.before,
    },
    line: { text, typed: `= ${text}`, relation: "=", expression, tex: "", rules: [], because: [], ...change.line },
  };
}
const head = (demand: string) => `derive, line 4: "f(z) * g(z)" must ${demand} line 2, "f(z) * g(z)",`;
const violated = { ...anywhere, left: 0.25, right: 0.75, margin: -0.5 };

describe("what is wrong with a line", () => {
  it("is nothing where numbers and rules agree, to rounding", () => {
    expect(faultOf(step({}))).toBeUndefined();
    expect(
      faultOf(step({ compared: [on("lawn", 1, 2, -1e-8)], anywhere: [{ ...anywhere, margin: -1e-9 }] })),
    ).toBeUndefined();
    expect(faultOf(step({ compared: [], anywhere: [] }))).toBeUndefined();
  });

  it.each([
    ["=", "equal"],
    [">=", "be at most"],
    ["<=", "be at least"],
  ] as const)("%s: that it must %s the line before, and by what it differs on a case", (relation, demand) => {
    const compared = [right, on("line", -1.23456789, 2, -0.1, { z: 0.333333, x: 2 })];
    expect(faultOf(step({ relation, compared, anywhere: [violated] }))).toEqual({
      kind: "numbers",
      message: `${head(demand)} but on line at z = 0.3333, x = 2 it is 2 against −1.234568.`,
    });
  });

  it("is said of the case on which it is furthest off, and of one without a number before all", () => {
    const [near, far] = [on("near", 1, 2, -1), on("far", 1, 4, -3)];
    const message = (...compared: Compared[]) => faultOf(step({ compared, anywhere: [violated] }))?.message;
    expect(message(near, far)).toContain("but on far it is 4 against 1.");
    expect(message(far, near)).toContain("but on far it is 4 against 1.");
    const none = on("none", 1, Number.NaN, Number.NaN);
    for (const compared of [
      [none, far, near],
      [far, none, near],
      [far, near, none],
    ])
      expect(message(...compared)).toContain("but on none it is NaN against 1.");
  });

  it("is said of a random model where the cases agree by chance, or there is none that has the line", () => {
    const objection = { words: "", parting: { left: "a", right: "b".repeat(90) } };
    expect(faultOf(step({ anywhere: [anywhere, violated], objection }))).toEqual({
      kind: "numbers",
      message: `${head("equal")} but on a random model, though not on the cases, it is 0.75 against 0.25; they part where line 2 has "a" and line 4 has "${"b".repeat(79)}…".`,
    });
    expect(faultOf(step({ anywhere: [{ ...violated, margin: Number.NaN }], compared: [] }))?.message).toBe(
      `${head("equal")} but on a random model it is 0.75 against 0.25.`,
    );
    expect(faultOf(step({ anywhere: [{ ...violated, margin: -1.1e-9 }] }))?.kind).toBe("numbers");
  });

  it("is the case's own, where all random models agree", () => {
    const objection = { words: "", parting: { left: "a", right: "b" } };
    expect(faultOf(step({ compared: [on("lawn", 1, 3, -2, { z: 1 })], objection }))).toEqual({
      kind: "case",
      message: `${head("equal")} but on lawn at z = 1 it is 3 against 1, and on random models it holds; the densities of that case contradict each other, or its rule is too coarse.`,
    });
    expect(faultOf(step({ compared: [on("lawn", 1, 3, -1.1e-8)] }))?.kind).toBe("case");
    expect(faultOf(step({ compared: [on("lawn", 1, 3, -2)], within: 2 }))).toBeUndefined();
  });

  it("is its reason, where the numbers agree; with the reason that would do, where there is one", () => {
    const objection = { words: "for a reason" };
    const linearity = { before: { rules: rules("linearity", "Bayes") }, objection };
    expect(faultOf(step(linearity))).toEqual({
      kind: "rule",
      message:
        'derive, line 4: "f(z) * g(z)" after line 2, "f(z) * g(z)", holds, but not by linearity and Bayes\' rule: for a reason (on lawn 1 after 1).',
      remedy: "it would follow by rearranging",
    });
    const unproved = step({ ...linearity, compared: [], line: { expression: read("f(x)") } });
    const fault = faultOf(unproved);
    expect(fault?.message).toMatch(/: for a reason\.$/);
    expect(fault).not.toHaveProperty("remedy");
    const two = { expression: read("E_p(z)[log(f(z) * g(z))]") };
    const both = faultOf(
      step({ objection, before: two, line: { expression: read("E_p(z)[log(f(z))] + E_p(z)[log(g(z))]") } }),
    );
    expect(both?.remedy).toBe("it would follow by the logarithm of a product or quotient and linearity");
  });

  it("cuts long lines after 120 characters", () => {
    const long = { text: "a".repeat(130) };
    const cut = `${"a".repeat(119)}…`;
    expect(faultOf(step({ before: long, line: long, anywhere: [violated] }))?.message).toContain(
      `"${cut}" must equal line 2, "${cut}", but`,
    );
  });
});

describe("the claim about a line", () => {
  const claim = (change: Parameters<typeof step>[0], own: string[] = [], fault?: Fault) =>
    lineClaim("T", step(change), own, fault);
  const numbers: Fault = { kind: "numbers", message: "" };

  it("is that it follows, with the largest distance on the cases", () => {
    const compared = [on("a", 1, 1, -2e-9), on("b", 1, 1, -5e-9), on("c", 1, 1, -1e-9)];
    expect(claim({ compared, before: { rules: rules("Bayes", "logarithm") } })).toEqual({
      text: "T: line 4 equals line 2 by Bayes' rule and the logarithm of a product or quotient",
      holds: true,
      residual: 5e-9,
      within: 1e-8,
      relation: "=",
      unit: "value",
    });
    expect(claim({ line: { label: "7.2" } })).toMatchObject({ label: "7.2" });
    expect(claim({})).not.toHaveProperty("label");
  });

  it.each([
    [">=", "is at most", "<="],
    ["<=", "is at least", ">="],
  ] as const)("%s: that it %s the line before, with the least margin", (relation, words, stated) => {
    const compared = [on("a", 1, 1, 3), on("b", 1, 1, 0.5)];
    expect(claim({ relation, compared })).toMatchObject({
      text: `T: line 4 ${words} line 2 by linearity`,
      residual: 0.5,
      within: 0,
      relation: stated,
    });
    // Where the two touch, what is lost by rounding counts for nothing.
    expect(claim({ relation, compared: [on("a", 1, 1, -1e-8)] }).residual).toBe(0);
    expect(claim({ relation, compared: [on("a", 1, 1, -2e-8)] }, [], numbers)).toMatchObject({
      residual: -2e-8,
      holds: false,
    });
    expect(claim({ relation, compared: [on("a", 1, 1, 0)] }).residual).toBe(0);
  });

  it("says of which case it is no test", () => {
    expect(claim({}, ["on own", "on other"]).text).toBe("T: line 4 equals line 2 by linearity (on own; on other)");
  });

  it("says beside a small residual why it is false", () => {
    const false_ = (kind: Fault["kind"], change = {}, own: string[] = []) => claim(change, own, { kind, message: "" });
    expect(false_("rule")).toMatchObject({
      text: "T: line 4 equals line 2 in numbers, but not by linearity",
      holds: false,
      residual: 0,
    });
    expect(false_("rule", {}, ["on own"]).text).toBe(
      "T: line 4 equals line 2 in numbers, but not by linearity (on own)",
    );
    expect(false_("numbers").text).toBe("T: line 4 equals line 2 on the cases, but not on a random model");
    expect(false_("numbers", { compared: [on("a", 1, 2, -1e-8)] }).text).toMatch(/on the cases, but not/);
    expect(false_("numbers", { compared: [on("a", 1, 2, -1)] })).toMatchObject({
      text: "T: line 4 equals line 2 by linearity",
      residual: 1,
    });
  });
});
