import type { Claim } from "../claim.ts";
import type { Fault, Step } from "./fault.ts";

/**
 * That a line follows from the one before, as a claim with the distance of the two on the cases.
 *
 * @param own what a case makes of its joint density, so that the line is no test of it
 */
export function lineClaim(title: string, step: Step, own: readonly string[], fault: Fault | undefined): Claim {
  const { before, line, number, relation, compared, within } = step;
  const reasons = before.rules.map(rule => rule.words).join(" and ");
  const margin = compared.reduce((least, { comparison }) => Math.min(least, comparison.margin), Infinity);
  // Where the two touch, rounding may have the greater one below by the last digit.
  const least = margin < 0 && margin >= -within ? 0 : margin;
  const agrees = margin >= -within;
  const said = { title, number, relation: VERBS[relation], before: before.number, reasons };
  const text = own.length > 0 ? `${inWords(said, agrees, fault)} (${own.join("; ")})` : inWords(said, agrees, fault);
  const label = line.label === undefined ? {} : { label: line.label };
  const [residual, allowed] = relation === "=" ? [0 - margin, within] : [least, 0];
  // The claim is about this line, which is on the other side of the relation.
  const stated = relation === "=" ? relation : OPPOSITE[relation];
  return { text, holds: fault === undefined, residual, within: allowed, relation: stated, unit: "value", ...label };
}

interface Said {
  title: string;
  number: number;
  relation: string;
  before: number;
  reasons: string;
}

/** A small residual beside a cross asks for words: it is not the numbers then that speak against the line. */
function inWords(said: Said, agrees: boolean, fault: Fault | undefined): string {
  const { title, number, relation, before, reasons } = said;
  const statement = `${title}: line ${number} ${relation} line ${before}`;
  if (fault?.kind === "rule") return `${statement} in numbers, but not by ${reasons}`;
  return fault && agrees ? `${statement} on the cases, but not on a random model` : `${statement} by ${reasons}`;
}

const VERBS = { "=": "equals", ">=": "is at most", "<=": "is at least" } as const;
const OPPOSITE = { ">=": "<=", "<=": ">=" } as const;
