import type { Claim } from "./claim.ts";
import type { DerivationOptions } from "./derivation.ts";
import {
  type CheckedLine,
  type CheckedLines,
  checkReadable,
  type DeriveOptions,
  type ReadableLines,
} from "./lines/checkLines.ts";
import { DerivationError } from "./lines/derivationError.ts";
import type { Line } from "./lines/line.ts";
import { linesBundle } from "./lines/showLines.ts";
import { showClaim } from "./showClaim.ts";
import { deriveSteps } from "./showDerivation.ts";
import type { Display } from "./showTable.ts";

/**
 * Shows a derivation in the lecture's own language, each line one expression, and checks every line; throws at a false
 * one.
 *
 * From the one expression come the formula, its number on each case, and the check that the reason leads there from
 * the line before: by the algebra of the rule, and by numbers on the cases and on random models. A line "?" is left to
 * the reader.
 *
 * @throws DerivationError when a line does not follow, cannot be read, has a reason that is unknown, or needs what a
 * case does not say, each after showing the lines up to it; and where a definition cannot be read
 * @throws RangeError where there is no case or nothing to compare, or a case contradicts itself
 * @example
 * const coin = {
 *   variables: { x: 1, z: { points: [0, 1] } },
 *   logDensities: {
 *     "p(z)": () => Math.log(0.5),
 *     "p(x|z)": (x: number, z: number) => Math.log(x === z ? 0.9 : 0.1),
 *     "q(z)": (z: number) => Math.log(z === 1 ? 0.7 : 0.3),
 *   },
 * };
 * derive({ cases: { coin } }, [
 *   "log(p(x))",
 *   ["= E_q[log(p(x))]", "constant"],
 *   ["= E_q[log(p(x,z) / p(z|x))]", "product rule"],
 * ]);
 */
export function derive(options: DeriveOptions, lines: readonly Line[]): void;
/** The same with the formula, the number and the algebra of a line each written by hand. */
export function derive<Case>(derivation: DerivationOptions<Case>): void;
export function derive<Case>(options: DeriveOptions | DerivationOptions<Case>, lines?: readonly Line[]): void {
  if ("steps" in (options ?? {})) deriveSteps(options as DerivationOptions<Case>);
  else deriveLines(options as DeriveOptions, lines ?? []);
}

function deriveLines(options: DeriveOptions, lines: readonly Line[]): void {
  const { unread, ...checked } = checkReadable(options, lines);
  const wrong = checked.lines.findIndex(({ fault }) => fault !== undefined);
  if (wrong < 0) show(unread === undefined ? checked : { ...checked, unread });
  else show({ ...checked, lines: checked.lines.slice(0, wrong + 1) });
  for (const claim of checked.claims) {
    showClaim(claim);
    if (!claim.holds) throw falseLine(checked, wrong, claim);
  }
  if (unread) throw unread.error;
}

function falseLine({ lines }: CheckedLines, i: number, claim: Claim): DerivationError {
  const { typed, fault } = lines[i] as CheckedLine;
  const words = (fault?.message ?? claim.text).replace(/^derive, line \d+: /, "").replace(/\.$/, "");
  const sentence = fault?.remedy === undefined ? words : `${words}; ${fault.remedy}`;
  return new DerivationError(sentence, { part: "line", number: i + 1, text: typed }, claim);
}

function show(checked: ReadableLines): void {
  const display = (globalThis as Record<symbol, unknown>)[Symbol.for("lectern.display")] as Display | undefined;
  display?.({ data: linesBundle(checked) });
}
