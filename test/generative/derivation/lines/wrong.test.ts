import { describe, expect, it } from "vitest";
import { checkLines, type DeriveOptions, type Line } from "../../../../src/generative/derivation/index.ts";
import { chains, define } from "./chains.ts";
import { bits, cases } from "./examples.ts";

const options: DeriveOptions = { cases: { ...cases, bits }, define };
const firstFault = (lines: readonly Line[], given = options) => {
  const checked = checkLines(given, lines);
  const place = checked.lines.findIndex(({ fault }) => fault !== undefined);
  return { line: place + 1, ...checked.lines[place]?.fault };
};

it.each(["bayes", "jensen", "search", "forms"] as const)("%s follows line by line", name => {
  const { lines, claims } = checkLines(options, chains[name]);
  expect(lines.flatMap(({ fault }) => fault?.message ?? [])).toEqual([]);
  expect(claims.map(({ holds }) => holds)).toEqual(lines.slice(1).map(() => true));
});

/** Line of a chain, what is written there instead, and what the message must name. */
const wrong: readonly (readonly [
  what: string,
  chain: keyof typeof chains,
  line: number,
  instead: Line,
  kind: "numbers" | "rule",
  says: RegExp,
])[] = [
  [
    "a wrong sign in front of a divergence",
    "bayes",
    7,
    ["= E_q[log(p(x|z))] + KL(q(z), p(z)) + KL(q(z), p(z|x))", "definition"],
    "numbers",
    /it is −0\.3418\d+ against −0\.8915\d+|line 6 has "-.*KL|E_q/,
  ],
  [
    "a wrong sign inside",
    "bayes",
    5,
    ["= E_q[log(p(x|z)) + log(q(z)/p(z)) + log(q(z)/p(z|x))]", "logarithm of a quotient"],
    "numbers",
    /log\(p\(z\)\)/,
  ],
  [
    "both divergences with a minus",
    "bayes",
    7,
    ["= E_q[log(p(x|z))] - KL(q(z), p(z)) - KL(q(z), p(z|x))", "definition"],
    "numbers",
    /p\(z\|x\)/,
  ],
  [
    "p(z|x) for p(x|z)",
    "bayes",
    3,
    ["= E_q[log(p(z|x) * p(z) / p(z|x))]", "Bayes"],
    "numbers",
    /where line 2 has "p\(x\)" and line 3 has "p\(z\)"/,
  ],
  [
    "the prior left out",
    "bayes",
    3,
    ["= E_q[log(p(x|z) / p(z|x))]", "Bayes"],
    "numbers",
    /"p\(x\)".*"p\(x\|z\) \/ p\(z\|x\)"/,
  ],
  [
    "the posterior above and the prior below",
    "bayes",
    3,
    ["= E_q[log(p(x|z) * p(z|x) / p(z))]", "Bayes"],
    "numbers",
    /"p\(x\|z\) \* p\(z\|x\) \/ p\(z\)"/,
  ],
  [
    "multiplied and not divided",
    "bayes",
    4,
    ["= E_q[log(p(x|z) * p(z) * q(z) / p(z|x))]", "multiply by one"],
    "numbers",
    /"1" and line 4 has "q\(z\)"/,
  ],
  [
    "divided by something else",
    "bayes",
    4,
    ["= E_q[log(p(x|z) * p(z) * q(z) / (p(z|x) * p(z)))]", "multiply by one"],
    "numbers",
    /"p\(z\)" and line 4 has "q\(z\)"/,
  ],
  [
    "a missing logarithm",
    "bayes",
    5,
    ["= E_q[p(x|z) - log(q(z)/p(z)) + log(q(z)/p(z|x))]", "logarithm of a quotient"],
    "numbers",
    /"log\(p\(x\|z\)\)" and line 5 has "p\(x\|z\)"/,
  ],
  [
    "the quotient turned round",
    "bayes",
    5,
    ["= E_q[log(p(x|z)) - log(p(z)/q(z)) + log(q(z)/p(z|x))]", "logarithm of a quotient"],
    "numbers",
    /p\(z\)/,
  ],
  [
    "a term lost in the split",
    "bayes",
    6,
    ["= E_q[log(p(x|z))] - E_q[log(q(z)/p(z))]", "linearity"],
    "numbers",
    /"E_q\(z\)\[log\(q\(z\) \/ p\(z\|x\)\)\]" and line 6 has "0"/,
  ],
  [
    "an expectation under the prior",
    "bayes",
    6,
    ["= E_p(z)[log(p(x|z))] - E_q[log(q(z)/p(z))] + E_q[log(q(z)/p(z|x))]", "linearity"],
    "numbers",
    /"E_q\(z\)\[log\(p\(x\|z\)\)\]" and line 6 has "E_p\(z\)\[log\(p\(x\|z\)\)\]"/,
  ],
  [
    "an expectation under the posterior",
    "bayes",
    2,
    ["= E_p(z|x)[log(p(x|z))]", "constant"],
    "numbers",
    /"log\(p\(x\)\)" and line 2 has "E_p\(z\|x\)\[log\(p\(x\|z\)\)\]"/,
  ],
  [
    "the divergence turned round",
    "bayes",
    7,
    ["= E_q[log(p(x|z))] - KL(p(z), q(z)) + KL(q(z), p(z|x))", "definition"],
    "numbers",
    /p\(z\)/,
  ],
  [
    "the gap turned round",
    "bayes",
    7,
    ["= E_q[log(p(x|z))] - KL(q(z), p(z)) + KL(p(z|x), q(z))", "definition"],
    "numbers",
    /p\(z\|x\)/,
  ],
  [
    "a divergence dropped as if it were 0",
    "bayes",
    8,
    ["= E_q[log(p(x|z))] - KL(q(z), p(z))", "KL >= 0"],
    "numbers",
    /must equal line 7/,
  ],
  [
    "a bound on the wrong side",
    "bayes",
    8,
    ["<= E_q[log(p(x|z))] - KL(q(z), p(z))", "KL >= 0"],
    "numbers",
    /must be at least line 7/,
  ],
  [
    "the other divergence dropped, which makes it larger",
    "bayes",
    8,
    [">= E_q[log(p(x|z))] + KL(q(z), p(z|x))", "KL >= 0"],
    "numbers",
    /"0"|KL\(q\(z\), p\(z\)\)/,
  ],
  [
    "a bound by a rule that gives equality",
    "bayes",
    8,
    [">= E_q[log(p(x|z))] - KL(q(z), p(z))", "linearity"],
    "rule",
    /it gives "=" and never ">="/,
  ],
  [
    "dropping a divergence is not Jensen",
    "bayes",
    8,
    [">= E_q[log(p(x|z))] - KL(q(z), p(z))", "Jensen"],
    "rule",
    /but not by Jensen's inequality/,
  ],
  [
    "the integral over x",
    "jensen",
    2,
    ["= log(integral(p(x,z), x))", "sum rule"],
    "numbers",
    /"p\(x\)" and line 2 has "p\(z\)"/,
  ],
  ["no integral", "jensen", 2, ["= log(p(x,z))", "sum rule"], "numbers", /"p\(x\)" and line 2 has "p\(x,z\)"/],
  [
    "the integral of the likelihood alone",
    "jensen",
    2,
    ["= log(integral(p(x|z), z))", "sum rule"],
    "numbers",
    /integral\(p\(x\|z\), z\)/,
  ],
  [
    "the integral without q",
    "jensen",
    4,
    ["= log(integral(p(x,z) / q(z), z))", "definition"],
    "numbers",
    /p\(x,z\) \/ q\(z\)/,
  ],
  ["the expectation keeps q", "jensen", 4, ["= log(E_q[q(z) * p(x,z) / q(z)])", "definition"], "numbers", /p\(x,z\)/],
  ["Jensen the wrong way", "jensen", 5, ["<= E_q[log(p(x,z) / q(z))]", "Jensen"], "numbers", /must be at least line 4/],
  ["Jensen as an equality", "jensen", 5, ["= E_q[log(p(x,z) / q(z))]", "Jensen"], "numbers", /must equal line 4/],
  ["Jensen without the logarithm", "jensen", 5, [">= E_q[p(x,z) / q(z)]", "Jensen"], "numbers", /./],
  ["Jensen to another average", "jensen", 5, [">= E_p(z)[log(p(x,z) / q(z))]", "Jensen"], "numbers", /E_p\(z\)/],
  [
    "a bound by linearity",
    "jensen",
    5,
    [">= E_q[log(p(x,z) / q(z))]", "linearity"],
    "rule",
    /it gives "=" and never ">="/,
  ],
  [
    "the logarithm of a quotient is not a quotient of logarithms",
    "jensen",
    6,
    ["= E_q[log(p(x,z)) / log(q(z))]", "logarithm"],
    "numbers",
    /log\(p\(x,z\)\) \/ log\(q\(z\)\)/,
  ],
  [
    "the entropy with a minus",
    "jensen",
    8,
    ["= E_q[log(p(x,z))] - H(q(z))", "definition"],
    "numbers",
    /E_q\(z\)\[log\(q\(z\)\)\]/,
  ],
  ["the entropy of the prior", "jensen", 8, ["= E_q[log(p(x,z))] + H(p(z))", "definition"], "numbers", /p\(z\)/],
  [
    "a split is no definition",
    "jensen",
    7,
    ["= E_q[log(p(x,z))] - E_q[log(q(z))]", "definition"],
    "rule",
    /but not by definition/,
  ],
  [
    "a definition is no split",
    "jensen",
    8,
    ["= E_q[log(p(x,z))] + H(q(z))", "linearity"],
    "rule",
    /but not by linearity/,
  ],
  [
    "the wrong density in the definition",
    "search",
    2,
    ["= E_p(z|x)[log(q(z)) - log(p(z|x))]", "definition"],
    "numbers",
    /E_p\(z\|x\)/,
  ],
  [
    "the likelihood in the definition",
    "search",
    2,
    ["= E_q[log(q(z)) - log(p(x|z))]", "definition"],
    "numbers",
    /p\(z\|x\).*p\(x\|z\)/,
  ],
  [
    "the evidence above instead of below",
    "search",
    3,
    ["= E_q[log(q(z)) - log(p(x,z) * p(x))]", "Bayes"],
    "numbers",
    /"p\(z\|x\)" and line 3 has "p\(x\) \* p\(x,z\)"/,
  ],
  [
    "Bayes is no definition",
    "search",
    3,
    ["= E_q[log(q(z)) - log(p(x,z) / p(x))]", "definition"],
    "rule",
    /it does not lead from "p\(z\|x\)" to "p\(x,z\) \/ p\(x\)"/,
  ],
  [
    "a sign lost with the logarithm",
    "search",
    4,
    ["= E_q[log(q(z)) - log(p(x,z)) - log(p(x))]", "logarithm"],
    "numbers",
    /log\(p\(x\)\)/,
  ],
  [
    "a constant that was dropped",
    "search",
    5,
    ["= E_q[log(q(z)) - log(p(x,z))]", "constant out of an expectation"],
    "numbers",
    /"log\(p\(x\)\)" and line 5 has "0"/,
  ],
  [
    "a constant taken out of the logarithm",
    "search",
    5,
    ["= E_q[log(q(z)) - log(p(x,z))] + p(x)", "constant out of an expectation"],
    "numbers",
    /"log\(p\(x\)\)" and line 5 has "p\(x\)"/,
  ],
  [
    "no constant: p(x, z) has a z in it",
    "search",
    5,
    ["= E_q[log(q(z))] - log(p(x,z)) + log(p(x))", "constant out of an expectation"],
    "numbers",
    /log\(p\(x,z\)\)/,
  ],
  ["the bound with the wrong sign", "search", 6, ["= log(p(x)) + ELBO", "definition", "linearity"], "numbers", /./],
  [
    "one reason too many",
    "search",
    5,
    ["= E_q[log(q(z)) - log(p(x,z))] + log(p(x))", "constant", "Bayes"],
    "rule",
    /Bayes' rule has nothing to do here/,
  ],
  [
    "the product rule is not Bayes' rule",
    "forms",
    2,
    ["= E_q[log(p(x|z) * p(z) / q(z))]", "Bayes"],
    "rule",
    /but not by Bayes' rule: nothing is turned round/,
  ],
  [
    "p(x) for p(z)",
    "forms",
    2,
    ["= E_q[log(p(x|z) * p(x) / q(z))]", "product rule"],
    "numbers",
    /"p\(x,z\)" and line 2 has "p\(x\) \* p\(x\|z\)"/,
  ],
  [
    "as if x and z were independent",
    "forms",
    2,
    ["= E_q[log(p(x) * p(z) / q(z))]", "product rule"],
    "numbers",
    /"p\(x,z\)" and line 2 has "p\(x\) \* p\(z\)"/,
  ],
  [
    "two lines that are the same already",
    "forms",
    2,
    ["= E_q[log(p(x,z) / q(z))]", "product rule"],
    "rule",
    /without it the two are the same already/,
  ],
  [
    "two reasons where one is named",
    "forms",
    3,
    ["= E_q[log(p(x|z))] - E_q[log(q(z) / p(z))]", "logarithm"],
    "rule",
    /but not by the logarithm/,
  ],
  ["a factor in front", "forms", 5, ["= E_q[log(p(x|z))] - 2 * KL(q(z), p(z))", "definition"], "numbers", /./],
  [
    "rearranging does not split an expectation",
    "forms",
    4,
    ["= E_q[log(p(x|z))] - E_q[log(q(z) / p(z))]", "rearrange"],
    "rule",
    /but not by rearranging/,
  ],
];

describe("a wrong line", () => {
  it("there are more than forty", () => expect(wrong.length).toBeGreaterThan(40));

  it.each(wrong)("%s: %s, line %i", (_, chain, place, instead, kind, says) => {
    const lines = chains[chain].map((each, i) => (i + 1 === place ? instead : each));
    const fault = firstFault(lines);
    expect(fault).toMatchObject({ line: place, kind });
    expect(fault.message).toContain(`derive, line ${place}: `);
    expect(fault.message).toMatch(says);
  });
});

describe("an accident", () => {
  const [first, second] = [cases.lawn, bits].map(example => example.logDensities["p(z)"]);
  /** q is the prior here, so that a divergence between the two is 0. */
  const prior = {
    lawn: { ...cases.lawn, logDensities: { ...cases.lawn.logDensities, "q(z)": first as (z: number) => number } },
    bits: { ...bits, logDensities: { ...bits.logDensities, "q(z)": second as (z: number) => number } },
  };

  it("of all cases does not make a line right", () => {
    const lines: Line[] = ["E_q[log(p(x|z))] - KL(q(z), p(z))", ["= E_q[log(p(x|z))]", "definition"]];
    const { lines: checked, claims } = checkLines({ cases: prior }, lines);
    expect(checked[0]?.values[0]).toBeCloseTo(checked[1]?.values[0] as number, 12);
    expect(claims[0]).toMatchObject({ holds: false, residual: 0 });
    expect(firstFault(lines, { cases: prior }).message).toMatch(
      /^derive, line 2: .* but on a random model, though not on the cases, it is .* line 1 has "-KL\(q\(z\), p\(z\)\)" and line 2 has "0"\.$/,
    );
  });

  it("of numbers does not make a rule lead there", () => {
    const lines: Line[] = ["KL(q(z), p(z))", ["= 0", "definition"]];
    expect(firstFault(lines, { cases: prior })).toMatchObject({ line: 2, kind: "numbers" });
  });

  it("is not what a case is that contradicts itself", () => {
    const wrongPosterior = {
      from: "closed form",
      logDensities: { ...cases.lawn.posterior?.logDensities, "p(x)": () => Math.log(0.4) },
    };
    const fault = firstFault(chains.bayes, { cases: { lawn: { ...cases.lawn, posterior: wrongPosterior } } });
    expect(fault).toMatchObject({ line: 3, kind: "case" });
    expect(fault.message).toMatch(/on random models it holds; the densities of that case contradict each other/);
  });
});
