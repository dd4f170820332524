/** A number, several of them, or a tensor of them. */
export type ClaimValue = number | ArrayLike<number> | { dataSync(): ArrayLike<number> };

export type ClaimOptions =
  | {
      /** The largest difference that still counts as equal, in the units of the two sides. */
      within: number;
      /** With it, `within` counts standard errors: a Monte-Carlo claim. One number, or one for each entry. */
      standardError?: number | ArrayLike<number>;
      /** The label of the equation that the claim pins, as in `5.3`. */
      label?: string;
    }
  | {
      /** Left above (or below) right, entry by entry. */
      relation: ">" | "<" | ">=" | "<=";
      label?: string;
    };

/** What a claim came to: both sides, and how far apart they are. */
export interface Claim {
  text: string;
  holds: boolean;
  /** `=`: the largest |left − right|, in standard errors where those were given. Else the smallest margin. */
  residual: number;
  /** The largest residual with which an equality holds; 0 for an inequality, which needs a residual above it. */
  within: number;
  /** `=`, or the inequality claimed. */
  relation: "=" | ">" | "<" | ">=" | "<=";
  /** What the residual is measured in. */
  unit: "value" | "standard errors";
  label?: string;
}

/**
 * Compares two sides of a statement and says whether it holds; nothing is thrown for a false one.
 *
 * One side may be a single number where the other has many. A claim with a NaN on either side is false; two equal
 * infinities agree, and an infinity is not close to anything else. A standard error of 0 lets nothing differ, and one
 * that is NaN or ∞ makes the claim false: such draws say nothing.
 *
 * @throws RangeError where the sides differ in length or are empty, the tolerance is not positive and finite, a
 * standard error is negative, or the relation is none
 * @example
 * checkClaim("1 + 1 = 2", 1 + 1, 2, { within: 1e-12 }).holds // => true
 */
export function checkClaim(text: string, left: ClaimValue, right: ClaimValue, options: ClaimOptions): Claim {
  assertOptions(text, options);
  const margin = smallest(compare(text, left, right, options).margins);
  const label = options.label === undefined ? {} : { label: options.label };
  if ("relation" in options) {
    const { relation } = options;
    const holds = relation.endsWith("=") ? margin >= 0 : margin > 0;
    return { text, holds, residual: margin, within: 0, relation, unit: "value", ...label };
  }
  const { within, standardError } = options;
  const residual = 0 - margin;
  const unit = standardError === undefined ? "value" : "standard errors";
  return { text, holds: residual <= within, residual, within, relation: "=", unit, ...label };
}

/**
 * The two sides where they are furthest from what is claimed, in words.
 *
 * @example
 * worstEntry([1, 2], [1, 3], { within: 0.1 }) // => "at entry 1 of 0 to 1 its left side is 2, its right side 3"
 */
export function worstEntry(left: ClaimValue, right: ClaimValue, options: ClaimOptions): string {
  const { pairs, margins } = compare("", left, right, options);
  const nan = margins.findIndex(Number.isNaN);
  const worst = nan >= 0 ? nan : margins.indexOf(smallest(margins));
  const [l, r] = pairs[worst] as [number, number];
  const place = pairs.length === 1 ? "" : `at entry ${worst} of 0 to ${pairs.length - 1} `;
  return `${place}its left side is ${Number(l.toPrecision(6))}, its right side ${Number(r.toPrecision(6))}`;
}

function assertOptions(text: string, options: ClaimOptions): void {
  if ("relation" in options) {
    if ([">", "<", ">=", "<="].includes(options.relation)) return;
    throw new RangeError(
      `claim "${text}": relation must be ">", "<", ">=" or "<=", but got "${options.relation}"; an equality needs { within }.`,
    );
  }
  const { within, standardError } = options;
  if (!(within > 0 && within < Infinity)) {
    throw new RangeError(
      `claim "${text}": within must be ${within === Infinity ? "finite" : "positive"}, but got ${within}; say how close counts as equal.`,
    );
  }
  const negative = numbers(standardError ?? 0).find(error => error < 0);
  if (negative !== undefined) {
    throw new RangeError(
      `claim "${text}": a standard error must not be negative, but got ${negative}; it is the root of a variance.`,
    );
  }
}

/** Entry by entry, the two sides and what speaks for the claim: the margin of an inequality, less the distance of an equality. */
function compare(
  text: string,
  left: ClaimValue,
  right: ClaimValue,
  options: ClaimOptions,
): { pairs: [number, number][]; margins: number[] } {
  const pairs = pair(text, numbers(left), numbers(right));
  // Two equal infinities agree.
  const differences = pairs.map(([l, r]) => (l === r ? 0 : l - r));
  if ("relation" in options) {
    return { pairs, margins: differences.map(d => (options.relation.startsWith(">") ? d : 0 - d)) };
  }
  const scale = numbers(options.standardError ?? 1);
  if (scale.length !== 1 && scale.length !== pairs.length) {
    throw new RangeError(
      `claim "${text}": standardError must be one number or one for each of ${pairs.length} entries, but got ${scale.length}; give each difference its own.`,
    );
  }
  const margins = pair(text, differences, scale).map(([d, s]) =>
    Number.isFinite(s) ? (d === 0 ? 0 : 0 - Math.abs(d) / s) : Number.NaN,
  );
  return { pairs, margins };
}

/** The smallest entry, or NaN if any entry is NaN. */
function smallest(values: readonly number[]): number {
  return values.reduce((least, value) => Math.min(least, value), Infinity);
}

function numbers(value: ClaimValue): number[] {
  if (typeof value === "number") return [value];
  return Array.from("dataSync" in value ? value.dataSync() : value);
}

function pair(text: string, left: readonly number[], right: readonly number[]): [number, number][] {
  const n = Math.max(left.length, right.length);
  if (n === 0 || ![left, right].every(side => side.length === n || side.length === 1)) {
    throw new RangeError(
      `claim "${text}": both sides must have the same number of entries, but got ${left.length} and ${right.length}; compare like with like.`,
    );
  }
  const at = (side: readonly number[], i: number) => side[side.length === 1 ? 0 : i] as number;
  return Array.from({ length: n }, (_, i) => [at(left, i), at(right, i)]);
}
