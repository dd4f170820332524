import type { Objection, Relation } from "../algebra/follows.ts";
import type { Rule } from "../algebra/rules.ts";
import { rulesThatLead } from "../algebra/suggest.ts";
import { brief } from "../language/excerpt.ts";
import type { Comparison } from "../numbers/compare.ts";
import type { Before } from "./chain.ts";
import type { WrittenLine } from "./line.ts";

/** What is wrong with a line. */
export interface Fault {
  /** Numbers that differ, a rule that does not lead there, or a case that contradicts itself. */
  kind: "numbers" | "rule" | "case";
  /** The whole of it, as a sentence. */
  message: string;
  /** The reason that would do, where there is one: for authors, and not for those who are to find it. */
  remedy?: string;
}

/** A line, the one before, and all that is known of the two. */
export interface Step {
  before: Before;
  line: WrittenLine;
  number: number;
  relation: Relation;
  compared: readonly { name: string; comparison: Comparison }[];
  /** On random models. */
  anywhere: readonly Comparison[];
  objection: Objection | undefined;
  within: number;
}

/** What is wrong with a line: where its number differs, else why its rule does not lead there; undefined if nothing. */
export function faultOf(step: Step): Fault | undefined {
  const { before, line, number, relation, objection, within } = step;
  const differing = worst(step.compared, within);
  const anywhere = step.anywhere.find(({ margin }) => !(margin >= -RANDOM));
  const [text, textBefore] = [line.text, before.text].map(each => brief(each, 120));
  const head = `derive, line ${number}: "${text}" must ${DEMANDS[relation]} line ${before.number}, "${textBefore}",`;
  const place = objection?.parting;
  const parting = place
    ? `; they part where line ${before.number} has "${brief(place.left)}" and line ${number} has "${brief(place.right)}"`
    : "";
  if (anywhere !== undefined) {
    const where = differing
      ? `on ${differing.name}${at(differing.comparison)}`
      : `on a random model${step.compared.length > 0 ? ", though not on the cases," : ""}`;
    const { left, right } = differing?.comparison ?? anywhere;
    return { kind: "numbers", message: `${head} but ${where} it is ${words(right)} against ${words(left)}${parting}.` };
  }
  if (differing !== undefined) {
    const { left, right } = differing.comparison;
    return {
      kind: "case",
      message: `${head} but on ${differing.name}${at(differing.comparison)} it is ${words(right)} against ${words(left)}, and on random models it holds; the densities of that case contradict each other, or its rule is too coarse.`,
    };
  }
  if (objection !== undefined) {
    const reason = reasonsOf(before.rules);
    const [first] = step.compared;
    const rules = rulesThatLead(before.expression, line.expression, relation, before.dependsOn);
    const both = first && ` (on ${first.name} ${words(first.comparison.right)} after ${words(first.comparison.left)})`;
    return {
      kind: "rule",
      message: `derive, line ${number}: "${text}" after line ${before.number}, "${textBefore}", holds, but not by ${reason}: ${objection.words}${both ?? ""}.`,
      ...(rules && { remedy: `it would follow by ${reasonsOf(rules)}` }),
    };
  }
  return undefined;
}

function worst(compared: Step["compared"], within: number): Step["compared"][number] | undefined {
  const [first] = compared
    .filter(({ comparison }) => !(comparison.margin >= -within))
    .sort((a, b) => (Number.isNaN(a.comparison.margin) ? -1 : a.comparison.margin - b.comparison.margin));
  return first;
}

function at({ places }: Comparison): string {
  const entries = Object.entries(places);
  return entries.length === 0
    ? ""
    : ` at ${entries.map(([name, place]) => `${name} = ${Number(place.toPrecision(4))}`).join(", ")}`;
}

function reasonsOf(rules: readonly Rule[]): string {
  return rules.map(rule => rule.words).join(" and ");
}

function words(value: number): string {
  return String(Number(value.toPrecision(7))).replace("-", "−");
}

const DEMANDS = { "=": "equal", ">=": "be at most", "<=": "be at least" } as const;

/** Random models have three places a variable: their sums are exact but for rounding. */
const RANDOM = 1e-9;
