import type { Equivalent } from "./equivalent.ts";

/** Of the algebra of derivations, by file: before, after, and why. */
const algebra: Readonly<Record<string, readonly (readonly [from: string, to: string, why: string])[]>> = {
  follows: [
    [
      'return sum + 1 + factors.reduce((inner, { atom }) => inner + ("inner" in atom ? count(atom.inner) : 0), 0);',
      'return sum - 1 + factors.reduce((inner, { atom }) => inner + ("inner" in atom ? count(atom.inner) : 0), 0);',
      "Every count changes its sign, and counts are only compared.",
    ],
    [
      "return forms(left, right, [...others, { ...plain, rewrites: [] }]) === undefined;",
      'return forms(left, right, [...others, { ...plain, rewrites: ["Stryker was here"] }]) === undefined;',
      "A rewrite that there is not does nothing.",
    ],
    [
      "return partingOf(normalForm(left, fewer), normalForm(right, fewer)) ?? [];",
      'return partingOf(normalForm(left, fewer), normalForm(right, fewer)) ?? ["Stryker was here"];',
      "What parts after all rewrites parts after fewer.",
    ],
    [
      'return shortest(rewrites.has("product") && less.length > 0 ? less : [parting, ...less]);',
      'return shortest(rewrites.has("product") && true ? less : [parting, ...less]);',
      "What parts after all rewrites parts after fewer.",
    ],
    [
      'return shortest(rewrites.has("product") && less.length > 0 ? less : [parting, ...less]);',
      'return shortest(rewrites.has("product") && less.length >= 0 ? less : [parting, ...less]);',
      "What parts after all rewrites parts after fewer.",
    ],
    [
      'if (term.factors.length !== 1 || factor?.power !== 1 || atom?.kind !== "logarithm" || term.coefficient < 0)',
      'if (term.factors.length !== 1 || factor.power !== 1 || atom?.kind !== "logarithm" || term.coefficient < 0)',
      "A list of one has a first.",
    ],
    [
      'if (term.factors.length !== 1 || factor?.power !== 1 || atom?.kind !== "logarithm" || term.coefficient < 0)',
      'if (term.factors.length !== 1 || factor?.power !== 1 || atom.kind !== "logarithm" || term.coefficient < 0)',
      "A list of one has a first.",
    ],
    [
      'if (term.factors.length !== 1 || factor?.power !== 1 || atom?.kind !== "logarithm" || term.coefficient < 0)',
      'if (term.factors.length !== 1 || factor?.power !== 1 || atom?.kind !== "logarithm" || term.coefficient <= 0)',
      "No term has a coefficient of 0.",
    ],
    [
      'return coefficient > 0 && factor?.power === 1 && factor.atom.kind === "divergence" && others.length === 0;',
      'return coefficient >= 0 && factor?.power === 1 && factor.atom.kind === "divergence" && others.length === 0;',
      "No term has a coefficient of 0.",
    ],
    ["only?.coefficient !== 1", "only.coefficient !== 1", "Where there is a mean there is a term that it is of."],
  ],
  normalForm: [
    [
      'return expression.value < 0 && rewrites.has("keep differences")',
      'return expression.value <= 0 && rewrites.has("keep differences")',
      "0 is no term in either case.",
    ],
    [
      'if (term.factors.length === 1 && factor?.power === 1 && factor.atom.kind === "logarithm")',
      'if (term.factors.length === 1 && factor.power === 1 && factor.atom.kind === "logarithm")',
      "A list of one has a first.",
    ],
    [
      'const left = rewrites.has("marginal") || rewrites.has("total") ? integrated(over, body, rewrites) : undefined;',
      "const left = true ? integrated(over, body, rewrites) : undefined;",
      "`integrated` looks for both as well.",
    ],
    [
      "const sign = (inner[0]?.coefficient ?? 1) < 0 ? -1 : 1;",
      "const sign = (inner[0]?.coefficient ?? 1) <= 0 ? -1 : 1;",
      "No term has a coefficient of 0.",
    ],
    [
      "const [factor, ...others] = term?.factors ?? [];",
      'const [factor, ...others] = term?.factors ?? ["Stryker was here"];',
      "Where there is no term the next line returns.",
    ],
    [
      "if (only === undefined || (more.length === 0 && only.coefficient < 0)) return whole;",
      "if (only === undefined || (more.length === 0 && only.coefficient <= 0)) return whole;",
      "No term has a coefficient of 0.",
    ],
    [
      "if (term === undefined || body.length > 1 || others.length > 0) return undefined;",
      "if (false || body.length > 1 || others.length > 0) return undefined;",
      "Where there is no term there is no factor, and the next line returns.",
    ],
  ],
  parting: [
    [
      "const inside = l && r && onlyLeft.length === 1 && onlyRight.length === 1 ? withinTerm(l, r) : undefined;",
      "const inside = l || r && onlyLeft.length === 1 && onlyRight.length === 1 ? withinTerm(l, r) : undefined;",
      "Of what is in brackets, l || r, the rest asks more: a list of one has a first.",
    ],
    [
      "if (l && r && onlyLeft.length === 1 && onlyRight.length === 1 && l.power === r.power)",
      "if (l || r && onlyLeft.length === 1 && onlyRight.length === 1 && l.power === r.power)",
      "Of what is in brackets, l || r, the rest asks more: a list of one has a first.",
    ],
    [
      '"inner" in left && "inner" in right && left.kind === right.kind && frame(left) === frame(right)',
      '"inner" in left || "inner" in right && left.kind === right.kind && frame(left) === frame(right)',
      "Of one kind, both have something inside or neither has.",
    ],
    [
      'return atom.kind === "integral" ? atom.over.join() : "";',
      'return atom.kind === "integral" ? atom.over.join() : "Stryker was here!";',
      "Only the frames of one kind are compared.",
    ],
    [
      "const inside = l && r && onlyLeft.length === 1 && onlyRight.length === 1 ? withinTerm(l, r) : undefined;",
      "const inside = true && onlyLeft.length === 1 && onlyRight.length === 1 ? withinTerm(l, r) : undefined;",
      "A list of one has a first.",
    ],
    [
      "if (l && r && onlyLeft.length === 1 && onlyRight.length === 1 && l.power === r.power)",
      "if (true && onlyLeft.length === 1 && onlyRight.length === 1 && l.power === r.power)",
      "A list of one has a first.",
    ],
    [
      "const onlyLeft = left.factors.filter(factor => !rightKeys?.has(key(factor)));",
      "const onlyLeft = left.factors.filter(factor => !rightKeys.has(key(factor)));",
      "There are always two.",
    ],
    [
      "const onlyRight = right.factors.filter(factor => !leftKeys?.has(key(factor)));",
      "const onlyRight = right.factors.filter(factor => !leftKeys.has(key(factor)));",
      "There are always two.",
    ],
    [
      'return { left: leftText ?? "1", right: rightText ?? "1" };',
      'return { left: leftText ?? "", right: rightText ?? "1" };',
      "There are always two.",
    ],
    [
      'return { left: leftText ?? "1", right: rightText ?? "1" };',
      'return { left: leftText ?? "1", right: rightText ?? "" };',
      "There are always two.",
    ],
  ],
  polynomial: [
    [
      ".filter(([, { coefficient }]) => Math.abs(coefficient) > ROUNDING)",
      ".filter(([, { coefficient }]) => Math.abs(coefficient) >= ROUNDING)",
      "What is exactly the tolerance may count or not.",
    ],
    [".sort(([a], [b]) => (a < b ? -1 : 1))", ".sort(([a], [b]) => (a <= b ? -1 : 1))", "No two keys are equal."],
    [
      "factors.sort((left, right) => (left.atom.text < right.atom.text ? -1 : 1));",
      "factors.sort((left, right) => (left.atom.text <= right.atom.text ? -1 : 1));",
      "No two factors have one text.",
    ],
    [
      "if (only !== undefined && base.length === 1 && (Number.isInteger(exponent) || (positive && only.coefficient > 0))) {",
      "if (true && base.length === 1 && (Number.isInteger(exponent) || (positive && only.coefficient > 0))) {",
      "A list of one has a first.",
    ],
    [
      "if (only !== undefined && base.length === 1 && (Number.isInteger(exponent) || (positive && only.coefficient > 0))) {",
      "if (only !== undefined && base.length === 1 && (Number.isInteger(exponent) || (positive && only.coefficient >= 0))) {",
      "No term has a coefficient of 0.",
    ],
    [
      "...polynomial.filter(each => each.coefficient > 0),",
      "...polynomial.filter(each => each.coefficient >= 0),",
      "No term has a coefficient of 0.",
    ],
    [
      "...polynomial.filter(each => each.coefficient < 0),",
      "...polynomial.filter(each => each.coefficient <= 0),",
      "No term has a coefficient of 0.",
    ],
    [
      'const sign = monomial.coefficient < 0 ? (i === 0 ? "-" : " - ") : i === 0 ? "" : " + ";',
      'const sign = monomial.coefficient <= 0 ? (i === 0 ? "-" : " - ") : i === 0 ? "" : " + ";',
      "No term has a coefficient of 0.",
    ],
  ],
  rules: [
    ['.replace(/^(by )?(the )?/, "")', '.replace(/(by )?(the )?/, "")', "What may be empty is found at the start."],
  ],
  suggest: [
    [
      "const pairs = RULES.flatMap((first, i) => RULES.slice(i + 1).map(second => [first, second]));",
      "const pairs = RULES.flatMap((first, i) => RULES.map(second => [first, second]));",
      "The order of two rules makes no difference, nor does a rule twice; the first pair stays the first.",
    ],
    [
      "const pairs = RULES.flatMap((first, i) => RULES.slice(i + 1).map(second => [first, second]));",
      "const pairs = RULES.flatMap((first, i) => RULES.slice(i - 1).map(second => [first, second]));",
      "The order of two rules makes no difference, nor does a rule twice, and to rearrange is never needed besides.",
    ],
  ],
  turnsRound: [
    [
      "return joint.size === 1 && factors.size >= 2 && (only?.of.length ?? 0) >= 2;",
      "return joint.size === 1 && factors.size >= 2 && (only.of.length ?? 0) >= 2;",
      "A list of one has a first.",
    ],
  ],
};

export const equivalentAlgebra: readonly Equivalent[] = Object.entries(algebra).flatMap(([name, mutants]) =>
  mutants.map(([from, to, why]) => ({ file: `src/generative/derivation/algebra/${name}.ts`, from, to, why })),
);
