import { describe, expect, it } from "vitest";
import {
  type Attempt,
  ClaimError,
  checkLine,
  checkLines,
  DerivationError,
  derive,
  type Line,
} from "../../../../src/generative/derivation/index.ts";
import { collectShown } from "../../../support/shown.ts";
import { chains, define } from "./chains.ts";
import { cases, own } from "./examples.ts";

const shown = collectShown();
const { lawn } = cases;

describe("derive", () => {
  it("shows each line with its reason and its numbers, then a claim for each", () => {
    derive({ cases, title: "Bayes" }, chains.bayes);
    expect(String(shown[0]?.["text/markdown"]).split("\n")).toEqual([
      "| line | formula | because | lawn | line | parabola |",
      "| --- | --- | --- | --: | --: | --: |",
      "| 1 | $\\log p(x)$ |  | −0.891598 | −2.152845 | −2.051824 |",
      "| 2 | $=\\;\\mathbb{E}_{q}\\left[\\log p(x)\\right]$ | constant | −0.891598 | −2.152845 | −2.051824 |",
      "| 3 | $=\\;\\mathbb{E}_{q}\\left[\\log \\frac{p(x \\mid z) \\, p(z)}{p(z \\mid x)}\\right]$ | Bayes' rule | −0.891598 | −2.152845 | −2.051824 |",
      expect.stringContaining("| multiply by one |"),
      expect.stringContaining("| logarithm of a quotient |"),
      expect.stringContaining("| linearity |"),
      "| 7 | $=\\;\\mathbb{E}_{q}\\left[\\log p(x \\mid z)\\right]-\\mathrm{KL}\\left(q(z) \\,\\Vert\\, p(z)\\right)+\\mathrm{KL}\\left(q(z) \\,\\Vert\\, p(z \\mid x)\\right)$ (7.1) | definition | −0.891598 | −2.152845 | −2.051824 |",
      "| 8 | $\\ge\\;\\mathbb{E}_{q}\\left[\\log p(x \\mid z)\\right]-\\mathrm{KL}\\left(q(z) \\,\\Vert\\, p(z)\\right)$ | KL ≥ 0 | −0.941332 | −2.552681 | −2.983860 |",
      "",
      "<small>The posterior comes from: lawn: fractions, by hand; line: closed form; parabola: another grid.</small>",
    ]);
    expect(String(shown[0]?.["text/plain"]).split("\n").at(-1)).toBe(
      "8  >= E_q[log(p(x|z))] - KL(q(z), p(z))  [−0.941332, −2.552681, −2.983860]  KL ≥ 0",
    );
    const claims = shown.slice(1).map(data => data["application/vnd.lectern.claim+json"] as Record<string, unknown>);
    expect(claims).toHaveLength(7);
    expect(claims[1]).toMatchObject({
      text: "Bayes: line 3 equals line 2 by Bayes' rule",
      holds: true,
      relation: "=",
      within: 1e-8,
    });
    expect(claims[5]).toMatchObject({ label: "7.1" });
    expect(claims[6]).toMatchObject({ text: "Bayes: line 8 is at most line 7 by KL ≥ 0", relation: "<=", within: 0 });
    expect(claims[6]?.residual).toBeCloseTo(0.0497, 4);
  });

  it("shows what names mean, notes, and that a posterior is the joint density's own", () => {
    const lines: Line[] = [
      "ELBO",
      { line: "<= log(p(x))", because: ["definition", "Bayes", "KL >= 0"], note: "always" },
    ];
    expect(() => derive({ cases: { own }, define }, lines)).toThrow(DerivationError);
    const text = String(shown[0]?.["text/markdown"]);
    expect(text).toContain("where $\\mathrm{ELBO}=\\mathbb{E}_{q}\\left[\\log p(x, z)-\\log q(z)\\right]$");
    expect(text).toContain("| definition, Bayes' rule, KL ≥ 0: always |");
    expect(text).toContain("<small>The posterior comes from: own: the joint density itself.</small>");
    derive({ cases: { own, lawn } }, ["p(z|x)", ["= p(x,z) / p(x)", "Bayes"]]);
    expect(shown.at(-1)?.["text/plain"]).toMatch(
      /^✓ p\(z\|x\): line 2 equals line 1 by Bayes' rule \(on own p\(x\) and p\(z\|x\) come from the joint density itself\): residual/,
    );
  });

  it("stops at the first false line, after showing the lines up to it, and says where", () => {
    const wrong = chains.forms.map(
      (line, i): Line => (i === 1 ? ["= E_q[log(p(z|x) * p(z) / q(z))]", "product rule"] : line),
    );
    expect(() => derive({ cases }, wrong)).toThrow(DerivationError);
    expect(() => derive({ cases }, wrong)).toThrow(
      'derive, line 2: "E_q[log(p(z|x) * p(z) / q(z))]" must equal line 1, "E_q[log(p(x,z) / q(z))]", but on line it is −1.818775 against −2.552681; they part where line 1 has "p(x,z)" and line 2 has "p(z) * p(z|x)".',
    );
    expect(String(shown[0]?.["text/markdown"])).toContain("| 2 | **✗** $=\\;");
    expect(String(shown[0]?.["text/markdown"]).match(/^\| /gm)).toHaveLength(4);
    expect(shown[1]?.["application/vnd.lectern.claim+json"]).toMatchObject({ holds: false });
  });

  it.each<[string, Line[], string, string]>([
    [
      "cannot be read",
      ["log(p(x))", ["= E_q[log(p(x))]", "constant"], ["= log(p(x)) | `2", "Bayes"], ["= log(p(x))", "Bayes"]],
      "| 3 | **✗** `= log(p(x)) \\| '2` | Bayes' rule |  |",
      "3  ✗ = log(p(x)) | `2  Bayes' rule",
    ],
    [
      "has a reason that is none",
      ["log(p(x))", ["= E_q[log(p(x))]", "constant"], ["= log(p(x))", "Beyes" as never]],
      "| 3 | **✗** `= log(p(x))` | `Beyes` |  |",
      "3  ✗ = log(p(x))  Beyes",
    ],
    [
      "has no relation",
      ["log(p(x))", ["= E_q[log(p(x))]", "constant"], "log(p(x))"],
      "| 3 | **✗** `log(p(x))` |  |  |",
      "3  ✗ log(p(x))",
    ],
    ["is no text", ["log(p(x))", ["= E_q[log(p(x))]", "constant"], 1 as never], "| 3 | **✗**  |  |  |", "3  ✗ "],
  ])("shows the lines before one that %s, and that one as it was typed, before it throws", (_, lines, row, plain) => {
    expect(() => derive({ cases: { lawn } }, lines)).toThrow(/^derive, line 3/);
    const rows = String(shown[0]?.["text/markdown"]).split("\n").slice(2, 5);
    expect(rows).toEqual([
      "| 1 | $\\log p(x)$ |  | −0.891598 |",
      "| 2 | $=\\;\\mathbb{E}_{q}\\left[\\log p(x)\\right]$ | constant | −0.891598 |",
      row,
    ]);
    expect(String(shown[0]?.["text/plain"]).split("\n").at(-1)).toBe(plain);
    expect(shown.slice(1).map(data => data["text/plain"])).toEqual([
      expect.stringMatching(/^✓ log\(p\(x\)\): line 2 equals line 1 by taking the average/),
    ]);
  });

  it("stops at a false line before one that cannot be read", () => {
    const lines: Line[] = ["log(p(x))", ["= E_q[log(p(z))]", "constant"], ["= log(p(x)", "Bayes"]];
    expect(() => derive({ cases: { lawn } }, lines)).toThrow(
      /^derive, line 2: "E_q\[log\(p\(z\)\)\]" must equal line 1/,
    );
    expect(String(shown[0]?.["text/markdown"])).toContain("| 2 | **✗** $=");
    expect(String(shown[0]?.["text/markdown"])).not.toContain("| 3 |");
  });

  it("shows the lines before one that needs what a case does not say", () => {
    const logDensities = Object.fromEntries(
      Object.entries(lawn.logDensities ?? {}).filter(([density]) => density !== "q(z)"),
    ) as typeof lawn.logDensities;
    const without = { ...lawn, logDensities };
    const lines: Line[] = ["log(p(x))", ["= log(p(x)) * 1", "rearrange"], ["= log(p(x)) + KL(q(z), q(z))", "KL >= 0"]];
    expect(() => derive({ cases: { lawn, without } }, lines)).toThrow(DerivationError);
    expect(String(shown[0]?.["text/markdown"])).toMatch(
      /\| 2 \| \$.*\n\| 3 \| \*\*✗\*\* `= log\(p\(x\)\) \+ KL\(q\(z\), q\(z\)\)`/,
    );
  });

  it("shows no sign of a number that rounds to zero", () => {
    derive({ cases: { lawn } }, [
      "log(p(x)) - log(p(x))",
      ["= -log(p(x)) + log(p(x))", "rearrange"],
      ["= -1 / 10^9 * 0", "rearrange"],
    ]);
    expect(String(shown[0]?.["text/markdown"])).not.toContain("−0.000000");
    expect(String(shown[0]?.["text/markdown"])).toContain("| 0.000000 |");
  });

  it("tells an author which reason would do", () => {
    expect(() =>
      derive({ cases: { lawn } }, ["E_q[log(p(x|z) / q(z))]", ["= E_q[log(p(x|z)) - log(q(z))]", "Bayes"]]),
    ).toThrow(
      /"E_q.*" after line 1, "E_q.*", holds, but not by Bayes' rule: .* \(on lawn 0\.3632081 after 0\.3632081\); it would follow by the logarithm of a product or quotient\.$/,
    );
  });

  it("shows of a line by the wrong rule that its numbers agree, and that the rule is what does not", () => {
    const wrong: Line[] = ["E_q[log(p(x,z) / q(z))]", ["= E_q[log(p(x|z) * p(z) / q(z))]", "Bayes"]];
    expect(() => derive({ cases: { lawn }, title: "T" }, wrong)).toThrow(DerivationError);
    expect(shown.at(-1)?.["text/plain"]).toMatch(
      /^✗ T: line 2 equals line 1 in numbers, but not by Bayes' rule: residual \S+ ≤ 1e-8$/,
    );
    const bound: Line[] = ["log(E_q[p(x,z) / q(z)])", [">= E_q[log(p(x,z) / q(z))]", "linearity"]];
    expect(() => derive({ cases: { lawn }, title: "T" }, bound)).toThrow(DerivationError);
    expect(shown.at(-1)?.["text/plain"]).toMatch(
      /^✗ T: line 2 is at most line 1 in numbers, but not by linearity: margin 0\.\d+$/,
    );
    const byChance = {
      ...lawn,
      logDensities: { ...lawn.logDensities, "q(z)": lawn.logDensities["p(z)"] as () => number },
    };
    expect(() => derive({ cases: { byChance }, title: "T" }, ["KL(q(z), p(z))", ["= 0", "definition"]])).toThrow();
    expect(shown.at(-1)?.["text/plain"]).toMatch(
      /^✗ T: line 2 equals line 1 on the cases, but not on a random model: residual \S+ ≤ 1e-8$/,
    );
  });

  it("has one kind of error for what is wrong in a line, which says where; a claim has another", () => {
    const thrownBy = (lines: Line[], names = define) => {
      try {
        derive({ cases: { lawn }, define: names }, lines);
      } catch (error) {
        return error as DerivationError;
      }
      throw new Error("it must throw");
    };
    const cannotBeRead = thrownBy(["log(p(x))", ["= ?", "Bayes"], ["= log(p(x)) + ln(2)", "Bayes"]]);
    expect(cannotBeRead).toMatchObject({
      name: "DerivationError",
      place: { part: "line", number: 3, text: "= log(p(x)) + ln(2)", character: 15 },
    });
    expect(cannotBeRead.claim).toBeUndefined();
    expect(cannotBeRead).not.toBeInstanceOf(ClaimError);
    const isFalse = thrownBy(["log(p(x))", ["= E_q[log(p(z))]", "constant"]]);
    expect(isFalse).toMatchObject({ place: { number: 2, text: "= E_q[log(p(z))]" }, claim: { holds: false } });
    expect(isFalse.message).toMatch(
      /^derive, line 2: "E_q\[log\(p\(z\)\)\]" must equal line 1, "log\(p\(x\)\)", but on/,
    );
    expect(thrownBy(["log(p(x))", ["= A", "definition"]], ["A = log(p(x)) · 1"])).toMatchObject({
      place: { part: "definition", number: 1, character: 15 },
      message: expect.stringMatching(/^derive, definition 1, character 15 of "A = log\(p\(x\)\) · 1": each character/),
    });
    expect(thrownBy(["log(p(x))", ["= q(x)", "Bayes"]]).message).toMatch(
      /^derive, line 2: "q\(x\)" must equal line 1|^derive, line 2, "= q\(x\)": case "lawn" must say what q\(x\) is/,
    );
  });

  it("blames the line that is wrong, and not another that it makes ambiguous", () => {
    expect(() => derive({ cases: { lawn } }, ["E_q[log(p(x))]", ["= E_q[log(q(zz) * p(x))]", "Bayes"]])).toThrow(
      /^derive, line 2, character 13 of .*: a variable must be one of the cases, which have x, z, but got "zz"/,
    );
  });

  it("says at which place the number is shown of what depends on it", () => {
    derive({ cases }, ["log(p(x))", ["= log(p(x|z) * p(z) / p(z|x))", "Bayes"]]);
    expect(shown[0]?.["text/markdown"]).toContain(
      "<small>What depends on a place is shown at: lawn: z = 0; line: z = 0; parabola: z = 0.</small>",
    );
  });

  it("only checks where nothing can be shown", () => {
    delete (globalThis as Record<symbol, unknown>)[Symbol.for("lectern.display")];
    expect(() => derive({ cases: { lawn } }, chains.jensen)).not.toThrow();
  });

  it("leaves a line to the reader, and holds the next to the last one by the reasons of both", () => {
    const lines: Line[] = [
      "E_q[log(p(x,z) / q(z))]",
      ["= ?", "product rule"],
      ["= E_q[log(p(x|z)) + log(p(z)) - log(q(z))]", "logarithm"],
    ];
    const { lines: checked, claims } = checkLines({ cases: { lawn } }, lines);
    expect(checked.map(({ fault }) => fault)).toEqual([undefined, undefined, undefined]);
    expect(checked[1]?.values).toEqual([Number.NaN]);
    expect(claims.map(({ text }) => text)).toEqual([
      "E_q[log(p(x,z) / q(z))]: line 3 equals line 1 by the product rule and the logarithm of a product or quotient",
    ]);
    derive({ cases: { lawn } }, lines);
    expect(shown[0]?.["text/markdown"]).toContain("| $=\\;\\;?$ | product rule | ? |");
  });

  it("lets two sides of an inequality touch", () => {
    const posterior = lawn.posterior?.logDensities?.["p(z|x)"] as (z: number) => number;
    const exact = { ...lawn, logDensities: { ...lawn.logDensities, "q(z)": posterior } };
    const { claims } = checkLines({ cases: { exact } }, chains.bayes);
    expect(claims.at(-1)).toMatchObject({ holds: true });
    expect(claims.at(-1)?.residual).toBeLessThan(1e-12);
    expect(claims.at(-1)?.residual).toBeGreaterThanOrEqual(0);
  });

  it.each<[string, Line[], RegExp]>([
    ["one line", ["log(p(x))"], /there must be a case and two lines, but got 1 and 1/],
    [
      "a first line with a relation",
      ["= log(p(x))", ["= 1", "Bayes"]],
      /^derive, line 1, character 1 of "= log\(p\(x\)\)": the first line must be an expression alone, but got "=" in/,
    ],
    [
      "a line without a relation",
      ["log(p(x))", ["log(p(x))", "Bayes"]],
      /^derive, line 2, .*: a line must begin with =, >= or <=, but got "log\(p\(x\)\)"/,
    ],
    [
      "a line without a reason",
      ["log(p(x))", "= log(p(x))"],
      /^derive, line 2, "= log\(p\(x\)\)": a line must have a reason, but got none; write one of/,
    ],
    [
      "a reason that is none",
      ["log(p(x))", ["= log(p(x))", "Beyes" as never]],
      /^derive, line 2, "= log\(p\(x\)\)": a reason must be one of .*, but got "Beyes"/,
    ],
    [
      "a line that cannot be read",
      ["log(p(x))", ["= log(p(x)", "Bayes"]],
      /^derive, line 2, character 11 of "= log\(p\(x\)": a line must be an expression such as/,
    ],
    ["a line that is no text", [1 as never, ["= 1", "Bayes"]], /^derive, line 1: a line must be text, but got number/],
    [
      "what a case does not say",
      ["log(p(x))", ["= E_q[f(z)]", "Bayes"]],
      /^derive, line 2, character 7 of "= E_q\[f\(z\)\]": a function must be one of log, .*, but got "f"; add f to the functions of the cases\.$/,
    ],
    [
      "what a case does not say of the first line",
      ["f(z)", ["= f(z) * 1", "rearrange"]],
      /^derive, line 1, character 1 of "f\(z\)": a function must be one of/,
    ],
  ])("refuses %s", (_, lines, message) => expect(() => derive({ cases: { lawn } }, lines)).toThrow(message));

  it.each([
    ["nothing", undefined, /there must be a case and two lines, but got 0/],
    [
      "a case of nothing",
      { cases: { it: undefined } },
      /case "it" must have variables and logDensities, but got undefined for variables; as in/,
    ],
    ["no variables", { cases: { it: { logDensities: lawn.logDensities } } }, /but got undefined for variables/],
    ["no densities", { cases: { it: { variables: lawn.variables } } }, /but got undefined for logDensities/],
    [
      "a variable that is text",
      { cases: { it: { ...lawn, variables: { x: "2" } } } },
      /a finite number or a rule for x, but got 2/,
    ],
    ["a variable that is NaN", { cases: { it: { ...lawn, variables: { x: Number.NaN } } } }, /rule for x, but got NaN/],
    ["a list for a rule", { cases: { it: { ...lawn, variables: { z: [0, 1] } } } }, /rule for z, but got 0,1/],
    [
      "a density that cannot be read",
      { cases: { it: { ...lawn, logDensities: { "p(x": () => 0 } } } },
      /by their names, but got "p\(x"/,
    ],
    ["definitions that are no list", { cases, define: "A = 1" }, /define must be a list of texts, but got string/],
    ["a definition that is no text", { cases, define: [1] }, /define must be a list of texts, but got others in it/],
  ])("refuses %s in a sentence", (_, options, message) => {
    expect(() => derive(options as never, chains.forms)).toThrow(RangeError);
    expect(() => derive(options as never, chains.forms)).toThrow(message);
  });

  it("refuses lines that are no list, and densities of too many variables", () => {
    expect(() => derive({ cases }, undefined as never)).toThrow(/a case and two lines, but got 3 and 0/);
    expect(() => derive({ cases }, ["log(p(x))", {} as never])).toThrow(
      /^derive, line 2: a line must be text, but got undefined/,
    );
    expect(() => derive({ cases }, ["log(p(x))", { line: "= 1", because: 5 as never }])).toThrow(
      /a reason must be one of .* got number/,
    );
    const letters = [..."abcdefghi"];
    const many = {
      variables: Object.fromEntries(letters.map(each => [each, 1])),
      logDensities: { [`p(${letters})`]: () => 0 },
    };
    expect(() => derive({ cases: { many } }, [`p(${letters})`, [`= p(${letters})`, "rearrange"]])).toThrow(
      /the densities p of all lines must have at most 8 variables together, but got 9/,
    );
  });

  it("refuses no case, and definitions that define nothing", () => {
    expect(() => derive({ cases: {} }, chains.forms)).toThrow(/but got 0 and 5/);
    for (const within of [0, -1, Number.NaN, Infinity])
      expect(() => derive({ cases: { lawn }, within }, chains.forms)).toThrow(
        /within must be positive and finite, but got/,
      );
    expect(() => derive({ cases: { lawn }, define: ["ELBO"] }, chains.forms)).toThrow(
      /^derive, definition 1, "ELBO": a definition must be "name = expression"/,
    );
  });
});

describe("checkLine", () => {
  const said = (attempt: Attempt) =>
    (attempt as unknown as Record<symbol, () => Record<string, string>>)[Symbol.for("Jupyter.display")]?.();
  const check = (before: string, line: string, ...because: string[]) =>
    checkLine({ cases: { lawn } }, before, line, ...because);
  const joint = "E_q[log(p(x,z) / q(z))]";

  it("gives a verdict as a value", () => {
    const attempt = check(joint, "= E_q[log(p(x|z) * p(z) / q(z))]", "product rule");
    expect(attempt).toMatchObject({ verdict: "follows", holds: true, message: "By the product rule." });
    expect(attempt.residual).toBeLessThan(1e-12);
    expect(said(attempt)?.["text/markdown"]).toMatch(
      /\| \$=.*product rule \| −0.941332 \|\n\n\*\*✓ follows\.\*\* By the product rule\.$/,
    );
    expect(said(attempt)?.["text/plain"]).toMatch(/\n✓ follows\. By the product rule\.$/);
    expect(Object.keys(attempt)).toEqual(["verdict", "holds", "residual", "message"]);
  });

  it("needs no sign where the line is equal", () => {
    expect(check(joint, "E_q[log(p(x|z) * p(z) / q(z))]", "the product rule").verdict).toBe("follows");
    expect(check("log(E_q[p(x,z) / q(z)])", ">= E_q[log(p(x,z) / q(z))]", "Jensen").verdict).toBe("follows");
  });

  it("says that a line does not hold, and where it parts", () => {
    const attempt = check(joint, "= E_q[log(p(z|x) * p(z) / q(z))]", "product rule");
    expect(attempt).toMatchObject({ verdict: "does not hold", holds: false });
    expect(attempt.residual).toBeGreaterThan(0.1);
    expect(attempt.message).toMatch(/^"E_q\[log\(p\(z\|x\) \* p\(z\) \/ q\(z\)\)\]" must equal line 1/);
    expect(said(attempt)?.["text/markdown"]).toContain(
      "they part where line 1 has `p(x,z)` and line 2 has `p(z) * p(z|x)`.",
    );
  });

  it("says so too where it is about what no case has", () => {
    const attempt = check("E_q(z)[log(p(x,z) / q(z))]", "= E_q(z)[log(p(x,z) / q(x))]", "product rule");
    expect(attempt.verdict).toBe("does not hold");
    expect(attempt.message).toMatch(/but on a random model it is .* has "q\(z\)" and line 2 has "q\(x\)"\.$/);
    expect(check("q(x)", "= q(x)", "rearrange")).toMatchObject({ verdict: "cannot be read" });
  });

  it("says that a line holds by another rule, and not by which", () => {
    const attempt = check(joint, "= E_q[log(p(x|z) * p(z) / q(z))]", "Bayes");
    expect(attempt).toMatchObject({ verdict: "holds, but not by this rule", holds: false });
    expect(attempt.message).not.toContain("product rule");
    expect(said(attempt)?.["text/markdown"]).toContain("**✗** $=");
  });

  it.each([
    ["", "Bayes", "Type a line"],
    ["  ? ", "Bayes", "Type a line"],
    ["= ?", "Bayes", "Type a line"],
    ["= log(p(x))", "", "Type a reason"],
    ["= log(p(x))", "?", "Type a reason"],
  ])("is unanswered by %j, %j", (line, because, message) => {
    const attempt = check(joint, line, because);
    expect(attempt).toMatchObject({ verdict: "unanswered", holds: false, residual: Number.NaN });
    expect(attempt.message).toContain(message);
    expect(said(attempt)?.["text/plain"]).toMatch(/^… unanswered/);
  });

  it("shows the lines of one that cannot be read too", () => {
    const bundle = said(check("log(p(x))", "= log(p(x)", "Bayes"));
    expect(bundle?.["text/markdown"]).toMatch(
      /\| 1 \| \$.*\| −0.891598 \|\n\| 2 \| \*\*✗\*\* `= log\(p\(x\)` \| Bayes' rule \| {2}\|\n\n.*\n\n\*\*✗ cannot be read\.\*\* At character/,
    );
  });

  it("says whose fault it is where the line before cannot be read", () => {
    expect(check("ln(p(x))", "= log(p(x))", "Bayes").message).toMatch(/^In line 1, at character 1: a function must be/);
  });

  it.each([
    ["= log(p(x)", "Bayes", /^At character 11: a line must be an expression/],
    ["= log(p(x))", "Beyes", /^A reason must be one of .*, but got "Beyes"/],
    ["> log(p(x))", "Jensen", /must begin with =, >= or <=/],
    ["= E_q[f(z)", "Jensen", /./],
  ])("throws nothing at %j, %j", (line, because, message) => {
    const attempt = check(joint, line, because);
    expect(attempt).toMatchObject({ verdict: "cannot be read", holds: false });
    expect(attempt.message).toMatch(message);
  });
});
