import { brief } from "../language/excerpt.ts";
import { everyPart, type Expression } from "../language/expression.ts";
import { average, logarithm, normalForm, type Rewrite } from "./normalForm.ts";
import { type Parting, partingOf } from "./parting.ts";
import { add, type Polynomial, subtract } from "./polynomial.ts";
import type { Rule } from "./rules.ts";
import { turnsRound } from "./turnsRound.ts";

export type Relation = "=" | ">=" | "<=";

/** Why a line does not follow by its reason. */
export interface Objection {
  /** Goes on from "holds, but not by Bayes' rule: ". */
  words: string;
  parting?: Parting;
}

/**
 * Whether the named rules lead from one line to the next; undefined where they do, else what stands against it.
 *
 * Both are brought to the normal form that the rules define and must then be one, and none of the rules may be idle:
 * without it the forms must differ. Inequalities compare the difference of the two.
 */
export function objection(
  left: Expression,
  right: Expression,
  relation: Relation,
  rules: readonly Rule[],
  /** Variables on which the left side may depend: lines that are equal to it do without the others. */
  dependsOn: ReadonlySet<string>,
): Objection | undefined {
  const lossy = rules.find(({ special }) => special === "Jensen" || special === "KL");
  if (lossy === undefined && relation !== "=") return { words: `it gives "=" and never "${relation}"` };
  if (lossy !== undefined && relation === "=") return { words: 'it gives ">=" or "<=" and never "="' };
  const forms = (left: Expression, right: Expression, used: readonly Rule[]) => {
    const rewrites = rewritesOf(used, left, right);
    return compare(left, right, relation, rewrites, used, dependsOn);
  };
  const parting = forms(left, right, rules);
  if (parting !== undefined) return { words: saying(parting), parting };
  const idle = rules.find(rule => rule.special !== "nothing" && isIdle(left, right, rules, rule, forms));
  if (idle !== undefined)
    return {
      words: rules.length > 1 ? `${idle.words} has nothing to do here` : "without it the two are the same already",
    };
  if (rules.some(({ special }) => special === "Bayes") && !turnsRound(left, right))
    return { words: "nothing is turned round: a joint density and a product are the same" };
  return undefined;
}

type Forms = (left: Expression, right: Expression, rules: readonly Rule[]) => Parting | undefined;

/** How many terms an expression has, those that cancel among them. */
function terms(expression: Expression): number {
  const count = (polynomial: Polynomial): number =>
    polynomial.reduce((sum, { factors }) => {
      return sum + 1 + factors.reduce((inner, { atom }) => inner + ("inner" in atom ? count(atom.inner) : 0), 0);
    }, 0);
  return count(normalForm(expression, new Set<Rewrite>(["keep differences"])));
}

/** Whether the other rules do as well without this one. */
function isIdle(left: Expression, right: Expression, rules: readonly Rule[], rule: Rule, forms: Forms): boolean {
  if (rule.name === "add zero") return terms(left) === terms(right);
  if (rule.name === "multiply by one") {
    const kept = new Set<Rewrite>(["keep quotients"]);
    return partingOf(normalForm(left, kept), normalForm(right, kept)) === undefined;
  }
  const others = rules
    .filter(other => other !== rule)
    .map(other => ({ ...other, besides: other.besides.filter(rewrite => !rule.rewrites.includes(rewrite)) }));
  // What goes without saying with a rule is no proof that the rule was needed.
  const { special, ...plain } = rule;
  return forms(left, right, [...others, { ...plain, rewrites: [] }]) === undefined;
}

/** Where the two part after the rules did what they can; undefined where they do not. */
function compare(
  left: Expression,
  right: Expression,
  relation: Relation,
  rewrites: ReadonlySet<Rewrite>,
  rules: readonly Rule[],
  dependsOn: ReadonlySet<string>,
): Parting | undefined {
  const [l, r] = [normalForm(left, rewrites), normalForm(right, rewrites)];
  const has = (special: Rule["special"]) => rules.some(rule => rule.special === special);
  if (has("Jensen")) return partingOf(...jensen(l, r, relation, rewrites));
  if (has("KL")) return partingOf(...dropDivergences(l, r, relation));
  if (has("average")) return partingOf(...averaged(l, r, dependsOn, rewrites));
  const parting = partingOf(l, r);
  if (parting === undefined) return undefined;
  const besides = new Set(rules.flatMap(rule => rule.besides));
  const less = [besides, new Set<Rewrite>()].flatMap(fewer => {
    return partingOf(normalForm(left, fewer), normalForm(right, fewer)) ?? [];
  });
  // Of densities that were taken apart, the reader has written something else.
  return shortest(rewrites.has("product") && less.length > 0 ? less : [parting, ...less]);
}

function shortest(partings: readonly Parting[]): Parting | undefined {
  const length = ({ left, right }: Parting) => left.length + right.length;
  return [...partings].sort((a, b) => length(a) - length(b))[0];
}

/** An expectation is taken for an integral only where there is one to compare it with, or a rule for one. */
function rewritesOf(rules: readonly Rule[], ...sides: readonly Expression[]): ReadonlySet<Rewrite> {
  const rewrites = new Set(rules.flatMap(rule => [...rule.rewrites, ...rule.besides]));
  const ruled = rewrites.has("marginal") || rewrites.has("total");
  const integrals = ruled || sides.flatMap(everyPart).some(part => part.kind === "integral");
  return rewrites.has("definition") && integrals ? new Set([...rewrites, "integral"]) : rewrites;
}

/** log E[f] on the greater side may become E[log f]; what then has to be equal. */
function jensen(
  l: Polynomial,
  r: Polynomial,
  relation: Relation,
  rewrites: ReadonlySet<Rewrite>,
): [Polynomial, Polynomial] {
  const lowered = (side: Polynomial): Polynomial =>
    side.flatMap(term => {
      const [factor] = term.factors;
      const atom = factor?.atom;
      if (term.factors.length !== 1 || factor?.power !== 1 || atom?.kind !== "logarithm" || term.coefficient < 0)
        return [term];
      const [only, ...more] = atom.inner;
      const [mean, ...others] = only?.factors ?? [];
      if (
        mean?.atom.kind !== "expectation" ||
        mean.power !== 1 ||
        more.length + others.length > 0 ||
        only?.coefficient !== 1
      )
        return [term];
      const low = average(mean.atom.under, logarithm(mean.atom.inner, rewrites), rewrites);
      return low.map(each => ({ ...each, coefficient: each.coefficient * term.coefficient }));
    });
  const difference = relation === ">=" ? subtract(l, r) : subtract(r, l);
  // Only where nothing but Jensen's inequality is between the two does the difference vanish.
  if (add(lowered(difference)).length === 0) return [[], []];
  return relation === ">=" ? [lowered(l), r] : [l, lowered(r)];
}

/** A difference that is a sum of divergences with a plus is at least 0. */
function dropDivergences(l: Polynomial, r: Polynomial, relation: Relation): [Polynomial, Polynomial] {
  const difference = relation === ">=" ? subtract(l, r) : subtract(r, l);
  const dropped = difference.filter(({ coefficient, factors: [factor, ...others] }) => {
    return coefficient > 0 && factor?.power === 1 && factor.atom.kind === "divergence" && others.length === 0;
  });
  return relation === ">=" ? [subtract(l, dropped), r] : [l, subtract(r, dropped)];
}

/** The average of a line under a density, where earlier lines show that the line is the same everywhere. */
function averaged(
  l: Polynomial,
  r: Polynomial,
  dependsOn: ReadonlySet<string>,
  rewrites: ReadonlySet<Rewrite>,
): [Polynomial, Polynomial] {
  const factor = r[0]?.factors[0]?.atom;
  if (factor?.kind !== "expectation" || factor.under.of.some(name => dependsOn.has(name))) return [l, r];
  return [average(factor.under, l, rewrites), r];
}

function saying({ left, right }: Parting): string {
  return `it does not lead from "${brief(left)}" to "${brief(right)}"`;
}
