import { type Claim, checkClaim } from "./claim.ts";
import { compareExpressions } from "./identity.ts";

/** One line of a derivation. */
export interface Step<Case> {
  /** The line as TeX. */
  formula: string;
  /** Why it follows from the line before; of the first line, what it is. */
  reason: string;
  /** Its number in a case. Left out where the reader is to find it. */
  value?: (example: Case) => number;
  /** How it stands to the line before: `=` unless said otherwise; `<=` where the line before is below this one. */
  relation?: "=" | "<=" | ">=";
  /** What is inside the expectation, in mathjs notation, where the line rewrites just that. */
  algebra?: string;
}

export interface DerivationOptions<Case> {
  title: string;
  /** What the lines are evaluated on, by name: a small model with known posterior and some q. */
  cases: Readonly<Record<string, Case>>;
  steps: readonly Step<Case>[];
  /** How close two equal lines have to come, in the units of the lines. */
  within: number;
  /** The label of the equation that it derives. */
  label?: string;
}

/** A derivation that was evaluated. */
export interface CheckedDerivation {
  /** The lines with a number for each case; NaN where the line is left to the reader. */
  lines: { formula: string; reason: string; relation: "=" | "<=" | ">="; values: number[] }[];
  /** One for each line that follows from one before, and one more where the algebra can be checked. */
  claims: Claim[];
}

/**
 * Evaluates every line of a derivation on every case, and compares it with the line before.
 *
 * A line without a `value` is skipped: the next is compared with the last that has one. Lines in a row that both have
 * `algebra` are compared as expressions too. Nothing is thrown for a false line.
 *
 * @throws RangeError for no cases, or fewer than two lines that can be evaluated
 * @example
 * const { claims } = checkDerivation({
 *   title: "a square",
 *   cases: { three: 3 },
 *   within: 1e-12,
 *   steps: [
 *     { formula: "(x+1)^2", reason: "given", value: x => (x + 1) ** 2, algebra: "(x + 1)^2" },
 *     { formula: "x^2+2x+1", reason: "multiplied out", value: x => x * x + 2 * x + 1, algebra: "x^2 + 2 x + 1" },
 *   ],
 * });
 * claims.map(({ holds }) => holds) // => [true, true]
 */
export function checkDerivation<Case>(derivation: DerivationOptions<Case>): CheckedDerivation {
  const { lines, claims } = evaluateSteps(derivation);
  return { lines, claims: claims.map(({ claim }) => claim) };
}

/** A claim about a line, and from which other it follows; both are counted from 1. */
export interface StepClaim {
  claim: Claim;
  line: number;
  after: number;
  /** Whether it compares the algebra of the two and not their numbers. */
  ofAlgebra: boolean;
}

/** The same, with the line of each claim. */
export function evaluateSteps<Case>(
  derivation: DerivationOptions<Case>,
): Pick<CheckedDerivation, "lines"> & { claims: StepClaim[] } {
  const { title, steps, within, label } = derivation;
  const cases = Object.values(derivation.cases);
  const evaluated = steps.filter(({ value }) => value).length;
  if (cases.length === 0 || evaluated < 2) {
    throw new RangeError(
      `derivation "${title}": there must be a case and two lines with a value, but got ${cases.length} and ${evaluated}; a line follows from another.`,
    );
  }
  const lines = steps.map(({ formula, reason, relation = "=", value }) => ({
    formula,
    reason,
    relation,
    values: cases.map(example => value?.(example) ?? Number.NaN),
  }));
  const labelled = label === undefined ? {} : { label };
  const claims: StepClaim[] = [];
  let before: { values: number[]; number: number } | undefined;
  lines.forEach(({ reason, relation, values }, i) => {
    const step = steps[i] as Step<Case>;
    const text = `${title}, line ${i + 1}: ${reason}`;
    if (step.value === undefined) return;
    if (before !== undefined) {
      const options = relation === "=" ? { within } : { relation };
      const claim = checkClaim(text, before.values, values, { ...options, ...labelled });
      claims.push({ claim, line: i + 1, after: before.number, ofAlgebra: false });
    }
    before = { values, number: i + 1 };
    const former = steps[i - 1];
    if (step.algebra === undefined || former?.algebra === undefined || former.value === undefined) return;
    const { residual, proved } = compareExpressions(former.algebra, step.algebra);
    const how = proved ? "as algebra" : "as algebra, at 24 places";
    const claim = checkClaim(`${text} (${how})`, residual, 0, { within: 1e-9, ...labelled });
    claims.push({ claim, line: i + 1, after: i, ofAlgebra: true });
  });
  return { lines, claims };
}
