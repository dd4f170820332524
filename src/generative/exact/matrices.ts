import { assertList, isList, told } from "./check.ts";

/** Rows of numbers. */
export type Rows = readonly (readonly number[])[];

/** Throws unless A has rows that are equally long, at least one number, and finite numbers only. */
export function assertMatrix(what: string, A: Rows): void {
  assertList(what, "a matrix", A);
  if (A.length > 0) assertList(what, "row 0", A[0] as readonly number[]);
  const columns = A[0]?.length ?? 0;
  if (columns === 0) throw new RangeError(`${what}: a matrix must have a number, but got none; pass rows of numbers.`);
  for (let i = 0; i < A.length; i++) {
    const row = A[i] as readonly number[];
    if (!isList(row)) assertList(what, `row ${i}`, row);
    if (row.length !== columns) {
      throw new RangeError(
        `${what}: rows must be equally long, but got ${columns} numbers in row 0 and ${row.length} in row ${i}; fill the gaps or leave the row out.`,
      );
    }
    for (let j = 0; j < columns; j++) {
      if (!Number.isFinite(row[j])) {
        throw new RangeError(
          `${what}: every number must be finite, but got ${told(row[j])} in row ${i}, column ${j}; look at what computed it.`,
        );
      }
    }
  }
}

export function assertSquare(what: string, A: Rows): void {
  assertMatrix(what, A);
  if (A.length !== A[0]?.length) {
    throw new RangeError(
      `${what}: a matrix must be square, but got ${A.length} rows and ${A[0]?.length} columns; pass [d][d].`,
    );
  }
}

/** Whether this is a list of d finite entries. */
export function isVector(vector: ArrayLike<number>, d: number): boolean {
  if (!isList(vector) || vector.length !== d) return false;
  for (let i = 0; i < d; i++) if (!Number.isFinite(vector[i])) return false;
  return true;
}

/** Throws unless the vector has d finite entries. */
export function assertVector(what: string, name: string, vector: ArrayLike<number>, d: number): void {
  if (isVector(vector, d)) return;
  assertList(what, name, vector);
  if (vector.length !== d) {
    throw new RangeError(`${what}: ${name} must have ${d} entries, but got ${vector.length}; compare like with like.`);
  }
  for (let i = 0; i < d; i++) {
    if (!Number.isFinite(vector[i])) {
      throw new RangeError(
        `${what}: every entry of ${name} must be finite, but got ${told(vector[i])} at ${i}; look at what computed it.`,
      );
    }
  }
}
