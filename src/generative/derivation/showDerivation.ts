import { type CheckedDerivation, type DerivationOptions, evaluateSteps, type StepClaim } from "./derivation.ts";
import { brief } from "./language/excerpt.ts";
import { DerivationError } from "./lines/derivationError.ts";
import { showClaim } from "./showClaim.ts";
import { type Display, inWords, markdownTable } from "./showTable.ts";

/**
 * Shows a derivation line by line with its reasons and numbers, then each line as a claim; throws at a false one.
 *
 * @throws DerivationError when a line does not follow, after showing it
 */
export function deriveSteps<Case>(derivation: DerivationOptions<Case>): void {
  const checked = evaluateSteps(derivation);
  const names = Object.keys(derivation.cases);
  const display = (globalThis as Record<symbol, unknown>)[Symbol.for("lectern.display")] as Display | undefined;
  display?.({ data: { "text/markdown": table(names, checked), "text/plain": listing(checked) } });
  for (const step of checked.claims) {
    showClaim(step.claim);
    if (!step.claim.holds) throw falseStep(names, checked.lines, step);
  }
}

/** The line, and both numbers where they are furthest apart. */
function falseStep(names: readonly string[], lines: CheckedDerivation["lines"], step: StepClaim): DerivationError {
  const { claim, line, after, ofAlgebra } = step;
  const [left, right] = [lines[after - 1], lines[line - 1]] as [Row, Row];
  const text = brief(right.formula, 120);
  const place = { part: "line", number: line, text } as const;
  const statement = `"${text}" must ${DEMANDS[right.relation]} line ${after}, "${brief(left.formula, 120)}"`;
  if (ofAlgebra) {
    const apart = Number(claim.residual.toPrecision(3));
    return new DerivationError(
      `${statement}, as algebra too, but they differ by ${apart}; mend the algebra of line ${line}`,
      place,
      claim,
    );
  }
  const distance = (k: number) => {
    const difference = (left.values[k] as number) - (right.values[k] as number);
    return right.relation === "=" ? Math.abs(difference) : right.relation === ">=" ? -difference : difference;
  };
  const worst = names.map((_, k) => k).reduce((a, b) => (distance(a) >= distance(b) ? a : b));
  const [l, r] = [left, right].map(({ values }) => inWords(values[worst] as number));
  return new DerivationError(
    `${statement}, but on ${names[worst]} it is ${r} against ${l}; mend its value, or the line`,
    place,
    claim,
  );
}

type Row = CheckedDerivation["lines"][number];

const DEMANDS = { "=": "equal", ">=": "be at most", "<=": "be at least" } as const;

const SIGNS = { "=": "=", "<=": "\\le", ">=": "\\ge" } as const;

function table(names: readonly string[], { lines }: Pick<CheckedDerivation, "lines">): string {
  const rows = lines.map(({ formula, reason, relation, values }, i) => {
    const sign = i === 0 ? "" : `${SIGNS[relation]}\\;`;
    return [String(i + 1), `$${sign}${withoutBars(formula)}$`, reason, ...values.map(inWords)];
  });
  return markdownTable(["line", "formula", "because", ...names], rows, 3);
}

function listing({ lines }: Pick<CheckedDerivation, "lines">): string {
  return lines
    .map(({ formula, reason, values }, i) => `${i + 1}  ${formula}  [${values.map(inWords).join(", ")}]  ${reason}`)
    .join("\n");
}

/** A bar would end the cell of the table. */
function withoutBars(formula: string): string {
  return formula.replaceAll("\\|", "\\,\\Vert\\,").replaceAll("|", "\\mid ");
}
