/**
 * Values as a plain array of numbers with 4 significant digits; whole numbers stay as they are.
 *
 * `JSON.stringify` makes an object of a Float32Array, of which plotly then draws 0, 1, 2, … instead of the data.
 */
export function rounded(values: ArrayLike<number>, digits = 4): number[] {
  return Array.from(values, value => round(value, digits));
}

/** A number with so many significant digits; whole numbers stay as they are, and −0 becomes 0. */
export function round(value: number, digits = 4): number {
  return (Number.isInteger(value) ? value : Number(value.toPrecision(digits))) + 0;
}

/** A number as it is read out: 4 significant digits, a true minus sign, and a power of ten where it is shorter. */
export function inWords(value: number, digits = 4): string {
  const size = Math.abs(value);
  const plain = size === 0 || (size >= 1e-3 && size < 1e6);
  const text = plain ? String(round(value, digits)) : value.toExponential(1).replace(/e\+?/, " × 10^");
  return text.replaceAll("-", "−");
}

/** Whether two numbers differ by no more than float32 sums are good for, a millionth of them, or than 1e-12. */
export function sameToRounding(a: number, b: number): boolean {
  return Math.abs(a - b) <= 1e-12 + 1e-6 * Math.max(Math.abs(a), Math.abs(b));
}

/**
 * Throws unless every column is finite, not empty, and as long as the first.
 *
 * @param what the function that asks, the first word of the error
 */
export function assertColumns(what: string, columns: Record<string, ArrayLike<number>>): void {
  const [[firstName, first] = ["", []]] = Object.entries(columns);
  for (const [name, column] of Object.entries(columns)) {
    if (column.length === 0) {
      throw new RangeError(`${what}: ${name} must have a value, but got none; there is nothing to draw.`);
    }
    if (column.length !== first.length) {
      throw new RangeError(
        `${what}: ${name} must be as long as ${firstName}, ${first.length}, but got ${column.length}; give one value for each.`,
      );
    }
    assertEach(what, name, column, "finite", Number.isFinite);
  }
}

/** Throws unless every value can stand on a logarithmic axis. */
export function assertPositive(what: string, columns: Record<string, ArrayLike<number>>): void {
  for (const [name, column] of Object.entries(columns)) {
    assertEach(what, name, column, "positive on a logarithmic axis", value => value > 0);
  }
}

function assertEach(
  what: string,
  name: string,
  column: ArrayLike<number>,
  rule: string,
  holds: (value: number) => boolean,
): void {
  for (let i = 0; i < column.length; i++) {
    const value = column[i] as number;
    if (holds(value)) continue;
    throw new RangeError(`${what}: ${name} must be ${rule}, but got ${value} at index ${i}; look at what computed it.`);
  }
}
