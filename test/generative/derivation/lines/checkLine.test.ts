import { describe, expect, it } from "vitest";
import { type Attempt, checkLine, type DerivationCase } from "../../../../src/generative/derivation/index.ts";
import { coin } from "./examples.ts";

const check = (before: string, line: string, ...because: string[]) =>
  checkLine({ cases: { coin } }, before, line, ...because);
const said = (attempt: Attempt) =>
  (attempt as unknown as Record<symbol, () => Record<string, string>>)[Symbol.for("Jupyter.display")]?.() ?? {};

describe("a line of a reader's own", () => {
  it.each<[string, string[], string]>([
    ["", ["Bayes"], 'Type a line, as in "= E_q[log(p(x))]".'],
    [" \n", ["Bayes"], 'Type a line, as in "= E_q[log(p(x))]".'],
    ["?", ["Bayes"], 'Type a line, as in "= E_q[log(p(x))]".'],
    [">=", ["Bayes"], 'Type a line, as in "= E_q[log(p(x))]".'],
    ["≤ ?", ["Bayes"], 'Type a line, as in "= E_q[log(p(x))]".'],
    ["= beta", [], 'Type a reason, as in "Bayes".'],
    ["= beta", ["", " ", "?", " ? "], 'Type a reason, as in "Bayes".'],
    ["", [], 'Type a line, as in "= E_q[log(p(x))]".'],
  ])("%j for %j is unanswered", (line, because, message) => {
    const attempt = check("beta", line, ...because);
    expect(attempt).toEqual({ verdict: "unanswered", holds: false, residual: Number.NaN, message });
    expect(said(attempt)).toEqual({
      "text/markdown": `**… unanswered.** ${message.replaceAll('"', "`")}`,
      "text/plain": `… unanswered. ${message}`,
    });
  });

  it("is unanswered, and follows from nothing, where the line before it is left out", () => {
    for (const before of ["", "?", " ? "])
      expect(check(before, "= 7", "rearrange")).toEqual({
        verdict: "unanswered",
        holds: false,
        residual: Number.NaN,
        message: 'Type the line before it, as in "log(p(x))".',
      });
  });

  it.each([
    ["beta * f(z)", "f(z) * beta", ["rearrange"], "By rearranging."],
    ["beta * f(z)", "  = f(z) * beta", ["?", "rearrange", ""], "By rearranging."],
    [
      "E_q[log(f(z) / 2)]",
      "E_q[log(f(z))] - log(2)",
      ["logarithm", "constant"],
      "By the logarithm of a product or quotient and taking the average of a constant.",
    ],
    ["log(E_q[f(z)])", "≥ E_q[log(f(z))]", ["Jensen"], "By Jensen's inequality."],
    ["E_q[log(f(z))]", " <= log(E_q[f(z)])", ["Jensen"], "By Jensen's inequality."],
  ] as const)("%s, %s follows", (before, line, because, message) => {
    const attempt = check(before, line, ...because);
    expect(attempt).toMatchObject({ verdict: "follows", holds: true, message });
    expect(said(attempt)["text/plain"]).toMatch(/^1 {2}.*\n2 {2}.*\n✓ follows\. By /);
    expect(said(attempt)["text/markdown"]).toMatch(/^\| line .*\n\n\*\*✓ follows\.\*\* By /s);
  });

  it("has the distance of an equality, and the margin of an inequality", () => {
    expect(check("f(z)", "f(z) + 1", "rearrange").residual).toBeCloseTo(1, 12);
    expect(check("log(E_q[f(z)])", ">= E_q[log(f(z))]", "Jensen").residual).toBeCloseTo(
      Math.log(1.7) - 0.7 * Math.log(2),
      12,
    );
  });

  it("that is false says so, in numbers or of its rule", () => {
    const wrong = check("f(z)", "= f(z) + 1", "rearrange");
    expect(wrong).toMatchObject({ verdict: "does not hold", holds: false });
    expect(wrong.message).toMatch(
      /^"f\(z\) \+ 1" must equal line 1, "f\(z\)", but on coin at z = 0 it is 2 against 1;/,
    );
    expect(said(wrong)["text/markdown"]).toMatch(/\*\*✗ does not hold\.\*\* `f\(z\) \+ 1` must equal line 1, `f\(z\)`/);
    expect(said(wrong)["text/plain"]).toMatch(/\n✗ does not hold\. "f\(z\) \+ 1" must equal/);
    const other = check("beta * f(z)", "= f(z) * beta", "Bayes");
    expect(other).toMatchObject({ verdict: "holds, but not by this rule", holds: false });
    expect(other.message).toMatch(/^"f\(z\) \* beta" after line 1, .*, holds, but not by Bayes' rule: /);
    expect(said(other)["text/plain"]).toMatch(/\n✗ holds, but not by this rule\. /);
  });

  it("does not hold either where the case contradicts itself", () => {
    const odd = { ...coin, posterior: { from: "a guess", logDensities: { "p(x)": () => Math.log(0.3) } } };
    const attempt = checkLine({ cases: { odd } }, "p(x)", "integral(p(x,z), z)", "sum rule");
    expect(attempt).toMatchObject({ verdict: "does not hold", holds: false });
    expect(attempt.message).toMatch(/^"integral\(p\(x,z\), z\)" must equal line 1, .* that case contradict each other/);
  });

  it.each<[string, string, string, string]>([
    [
      "beta",
      "= bta",
      "Bayes",
      'At character 3: a variable must be one of the cases, which have x, z, beta, but got "bta"; write beta.',
    ],
    ["beta", "=", "Bayes", 'Type a line, as in "= E_q[log(p(x))]".'],
    [
      "bta",
      "= beta",
      "Bayes",
      'In line 1, at character 1: a variable must be one of the cases, which have x, z, beta, but got "bta"; write beta.',
    ],
    [
      "= beta",
      "= beta",
      "Bayes",
      'In line 1, at character 1: the first line must be an expression alone, but got "=" in front of it; leave "=" out.',
    ],
  ])("after %s, %s for %s: %s", (before, line, because, message) => {
    expect(check(before, line, because).message).toBe(message);
  });

  it("is not read after what is no text", () => {
    expect(check(undefined as never, "= 7", "rearrange").message).toMatch(
      /^In line 1, a line must be text, but got undefined/,
    );
  });

  it("may have a relation in front and nowhere else", () => {
    expect(check("beta", "?=", "rearrange").verdict).toBe("cannot be read");
    expect(check("beta", "beta = beta", "rearrange").message).toMatch(
      /put each side of a relation on a line of its own/,
    );
    expect(check("beta", "beta >= 1", "rearrange").message).toMatch(/a relation in front of a line/);
  });

  it("that has no reason of that name is not read", () => {
    const attempt = check("beta", "= beta", "Beyes");
    expect(attempt).toMatchObject({ verdict: "cannot be read", holds: false, residual: Number.NaN });
    expect(attempt.message).toMatch(/^A reason must be one of .*, but got "Beyes"; write one of them\.$/);
    expect(check("beta", "= beta", "derive: a").message).toContain('but got "derive: a"');
    expect(said(attempt)["text/plain"]).toMatch(/^1 {2}beta .*\n2 {2}✗ = beta {2}Beyes\n✗ cannot be read\. A reason/);
  });

  it("is not read where the definitions or the cases cannot be", () => {
    const define = ["A = 1", "B = bta"];
    expect(checkLine({ cases: { coin }, define }, "beta", "= A", "definition").message).toBe(
      'In definition 2, at character 5: a variable must be one of the cases, which have x, z, beta, but got "bta"; write beta.',
    );
    const none = checkLine({ cases: {} }, "beta", "= beta", "rearrange");
    expect(none).toMatchObject({ verdict: "cannot be read", holds: false });
    expect(none.message).toBe("There must be a case and two lines, but got 0 and 2; a line follows from another.");
    expect(said(none)).toEqual({
      "text/markdown": `**✗ cannot be read.** ${none.message}`,
      "text/plain": `✗ cannot be read. ${none.message}`,
    });
    const thrown = (what: unknown) => {
      const cases = {
        get odd(): DerivationCase {
          throw what;
        },
      };
      return checkLine({ cases }, "beta", "= beta", "rearrange").message;
    };
    expect(thrown(new Error("out of order"))).toBe("Out of order");
    expect(thrown("out of order")).toBe("Out of order");
  });
});
