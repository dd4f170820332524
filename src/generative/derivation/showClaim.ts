import { type Claim, type ClaimOptions, type ClaimValue, checkClaim, worstEntry } from "./claim.ts";

/** A false claim: the statement, both of its sides' distance, and what was allowed. */
export class ClaimError extends Error {
  override readonly name = "ClaimError";

  /** @param where Both sides where they are furthest apart. */
  constructor(
    readonly claim: Claim,
    where = "one side of it is wrong",
  ) {
    super(`claim "${claim.text}": must hold, but got ${describe(claim)}; ${where}.`);
  }
}

/**
 * Checks that a statement holds, shows it as one line with a mark, and throws when it is false.
 *
 * Equality needs a tolerance: `{ within: 1e-6 }`, or `{ within: 4.5, standardError }` for Monte Carlo. An
 * inequality names its relation: `{ relation: ">" }`.
 *
 * @throws ClaimError when the statement is false, after showing it
 * @example
 * claim("ln 2 is about 0.693", Math.LN2, 0.693, { within: 1e-3 });
 */
export function claim(text: string, left: ClaimValue, right: ClaimValue, options: ClaimOptions): void {
  const result = checkClaim(text, left, right, options);
  showClaim(result);
  if (!result.holds) throw new ClaimError(result, worstEntry(left, right, options));
}

/** Shows a claim that was checked, in whatever runs the cell. */
export function showClaim(result: Claim): void {
  const display = (globalThis as Record<symbol, unknown>)[Symbol.for("lectern.display")] as Display | undefined;
  display?.({ data: claimBundle(result) });
}

/** The kernel offers this function under a well-known symbol, so that neither needs to import the other. */
type Display = (bundle: { data: Record<string, unknown> }) => void;

/** A claim for every kind of reader: a report, a page, a terminal. */
export function claimBundle(result: Claim): Record<string, unknown> {
  const mark = result.holds ? "✓" : "✗";
  const label = result.label === undefined ? "" : ` (${result.label})`;
  return {
    "application/vnd.lectern.claim+json": rounded(result),
    "text/html": `<p class="lectern-claim" data-holds="${result.holds}"><b>${mark}</b> ${escapeHtml(result.text + label)} <small>${escapeHtml(describe(result))}</small></p>`,
    "text/plain": `${mark} ${result.text}${label}: ${describe(result)}`,
  };
}

/** In words: how far apart the sides are, and how far they may be. */
function describe({ relation, residual, within, unit }: Claim): string {
  if (relation !== "=") return `margin ${format(residual)}`;
  if (unit === "standard errors") return `${format(residual)} of at most ${format(within)} standard errors`;
  return `residual ${format(residual)} ${residual <= within ? "≤" : ">"} ${format(within)}`;
}

/** Two backends agree on a residual to a few digits, and stored outputs should not change with the rest. */
function rounded(result: Claim): Claim {
  return { ...result, residual: Number(result.residual.toPrecision(3)) };
}

function format(value: number): string {
  return String(Number(value.toPrecision(3)));
}

function escapeHtml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
