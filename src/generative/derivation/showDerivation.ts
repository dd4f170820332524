import { type CheckedDerivation, checkDerivation, type DerivationOptions } from "./derivation.ts";
import { ClaimError, showClaim } from "./showClaim.ts";
import { type Display, markdownTable } from "./showTable.ts";

/**
 * Shows a derivation line by line with its reasons and numbers, then each line as a claim; throws at a false one.
 *
 * @throws ClaimError when a line does not follow, after showing it
 */
export function deriveSteps<Case>(derivation: DerivationOptions<Case>): void {
  const checked = checkDerivation(derivation);
  const names = Object.keys(derivation.cases);
  const display = (globalThis as Record<symbol, unknown>)[Symbol.for("lectern.display")] as Display | undefined;
  display?.({ data: { "text/markdown": table(names, checked), "text/plain": listing(checked) } });
  for (const claim of checked.claims) {
    showClaim(claim);
    if (!claim.holds) throw new ClaimError(claim);
  }
}

const SIGNS = { "=": "=", "<=": "\\le", ">=": "\\ge" } as const;

function table(names: readonly string[], { lines }: CheckedDerivation): string {
  const rows = lines.map(({ formula, reason, relation, values }, i) => {
    const sign = i === 0 ? "" : `${SIGNS[relation]}\\;`;
    return [`$${sign}${withoutBars(formula)}$`, reason, ...values.map(inWords)];
  });
  return markdownTable(["line", "because", ...names], rows, 2);
}

function listing({ lines }: CheckedDerivation): string {
  return lines
    .map(({ formula, reason, values }) => `${formula}  [${values.map(inWords).join(", ")}]  ${reason}`)
    .join("\n");
}

/** A bar would end the cell of the table. */
function withoutBars(formula: string): string {
  return formula.replaceAll("\\|", "\\,\\Vert\\,").replaceAll("|", "\\mid ");
}

function inWords(value: number): string {
  return Number.isNaN(value) ? "?" : value.toFixed(6).replace("-", "−");
}
