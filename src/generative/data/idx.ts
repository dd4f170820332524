import { assertFields, assertList, told } from "../exact/check.ts";

/** An array of unsigned bytes with its shape, as an idx file holds it: the last axis runs fastest. */
export interface IdxArray {
  shape: number[];
  values: Uint8Array;
}

/**
 * `00 00 08 rank | sizes, 32 bits each, big-endian | values`: the idx format of the MNIST files.
 *
 * Only unsigned bytes (type 8) are read. `values` shares the memory of `bytes`; `name` is used in errors.
 *
 * @throws RangeError on another magic number, a short header, or more or fewer values than the shape asks for.
 */
export function parseIdx(bytes: Uint8Array, name = "idx file"): IdxArray {
  assertBytes("parseIdx", "bytes", bytes);
  const [zero0, zero1, type, rank] = bytes;
  if (zero0 !== 0 || zero1 !== 0 || type !== UNSIGNED_BYTE || rank === undefined) {
    const magic = Array.from(bytes.subarray(0, 4), byte => byte.toString(16).padStart(2, "0")).join(" ");
    throw new RangeError(
      `${name}: must begin with the idx magic 00 00 08 and its rank, but got ${magic || "nothing"}; ${REMEDY}.`,
    );
  }
  const start = 4 + 4 * rank;
  if (bytes.length < start) {
    throw new RangeError(
      `${name}: a header of rank ${rank} must have ${start} bytes, but got ${bytes.length}; ${REMEDY}.`,
    );
  }
  const header = new DataView(bytes.buffer, bytes.byteOffset, start);
  const shape = Array.from({ length: rank }, (_, axis) => header.getUint32(4 + 4 * axis));
  const size = shape.reduce((product, length) => product * length, 1);
  if (bytes.length !== start + size) {
    throw new RangeError(
      `${name}: shape [${shape}] must come with ${size} values, but got ${bytes.length - start}; ${REMEDY}.`,
    );
  }
  return { shape, values: bytes.subarray(start) };
}

/**
 * The idx bytes of an array; `parseIdx` reads them back.
 *
 * @throws RangeError where the shape is none, or the values are not as many or no bytes
 */
export function formatIdx(array: IdxArray): Uint8Array {
  assertFields("formatIdx", "array", array, ["shape", "values"]);
  const { shape, values } = array;
  assertList("formatIdx", "shape", shape);
  const size = shape.reduce((product, length) => product * length, 1);
  if (shape.length > 255 || !shape.every(n => Number.isInteger(n) && n >= 0 && n < 2 ** 32) || size !== values.length) {
    throw new RangeError(
      `formatIdx: shape must be counts whose product is the ${values.length} values, but got [${shape.map(told)}]; the last axis runs fastest.`,
    );
  }
  assertBytes("formatIdx", "values", values);
  const start = 4 + 4 * shape.length;
  const bytes = new Uint8Array(start + values.length);
  const header = new DataView(bytes.buffer);
  header.setUint32(0, (UNSIGNED_BYTE << 8) | shape.length);
  for (const [axis, length] of shape.entries()) header.setUint32(4 + 4 * axis, length);
  bytes.set(values, start);
  return bytes;
}

/** Throws where these are no bytes: a number beyond 0 … 255, or between two of them, would be stored as another. */
export function assertBytes(what: string, name: string, values: unknown): void {
  if (values instanceof Uint8Array) return;
  const got = values === null ? "null" : ((values as object | undefined)?.constructor?.name ?? typeof values);
  throw new RangeError(
    `${what}: ${name} must be a Uint8Array, but got ${got}; intensities of [0, 1] become bytes by Uint8Array.from(x, v => Math.round(255 * v)).`,
  );
}

const UNSIGNED_BYTE = 8;
const REMEDY = "unpack it if it is compressed, or fetch it again";
