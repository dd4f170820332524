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
 * One side may be a single number where the other has many. A claim with a NaN on either side is false.
 *
 * @throws RangeError where the sides differ in length, are empty, or the tolerance is not positive
 * @example
 * checkClaim("1 + 1 = 2", 1 + 1, 2, { within: 1e-12 }).holds // => true
 */
export function checkClaim(text: string, left: ClaimValue, right: ClaimValue, options: ClaimOptions): Claim {
  const pairs = pair(text, numbers(left), numbers(right));
  const label = options.label === undefined ? {} : { label: options.label };
  if ("relation" in options) {
    const { relation } = options;
    const margins = pairs.map(([l, r]) => (l === r ? 0 : relation.startsWith(">") ? l - r : r - l));
    const residual = smallest(margins);
    const holds = relation.endsWith("=") ? residual >= 0 : residual > 0;
    return { text, holds, residual, within: 0, relation, unit: "value", ...label };
  }
  const { within, standardError } = options;
  if (!(within > 0)) {
    throw new RangeError(`claim "${text}": within must be positive, but got ${within}; say how close counts as equal.`);
  }
  const scale = standardError === undefined ? [1] : numbers(standardError);
  const differences = pair(
    text,
    pairs.map(([l, r]) => distance(l, r)),
    scale,
  ).map(([d, s]) => (d === 0 ? 0 : d / s));
  const residual = -smallest(differences.map(d => -d));
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
  const pairs = pair("", numbers(left), numbers(right));
  const residuals = pairs.map(([l, r]) => {
    const { residual, relation } = checkClaim("", l, r, "relation" in options ? options : { within: 1 });
    return relation === "=" ? residual : -residual;
  });
  const nan = residuals.findIndex(Number.isNaN);
  const worst = nan >= 0 ? nan : residuals.indexOf(Math.max(...residuals));
  const [l, r] = pairs[worst] as [number, number];
  const place = pairs.length === 1 ? "" : `at entry ${worst} of 0 to ${pairs.length - 1} `;
  return `${place}its left side is ${Number(l.toPrecision(6))}, its right side ${Number(r.toPrecision(6))}`;
}

/** |l − r|, where two equal infinities agree. */
function distance(l: number, r: number): number {
  return l === r ? 0 : Math.abs(l - r);
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
  if (left.length === 0 || right.length === 0 || ![left, right].every(side => side.length === n || side.length === 1)) {
    throw new RangeError(
      `claim "${text}": both sides must have the same number of entries, but got ${left.length} and ${right.length}; compare like with like.`,
    );
  }
  const at = (side: readonly number[], i: number) => side[side.length === 1 ? 0 : i] as number;
  return Array.from({ length: n }, (_, i) => [at(left, i), at(right, i)]);
}
