import { describe, expect, it } from "vitest";
import { assertBytes, formatIdx, parseIdx } from "../../../src/generative/data/idx.ts";

/** Written by hand from the format's description: two rows of three bytes. */
const file = Uint8Array.from([0, 0, 8, 2, 0, 0, 0, 2, 0, 0, 0, 3, 9, 8, 7, 6, 5, 255]);

describe("idx", () => {
  it("reads the shape and the values", () => {
    expect(parseIdx(file)).toEqual({ shape: [2, 3], values: Uint8Array.from([9, 8, 7, 6, 5, 255]) });
  });

  it("reads bytes that lie inside a larger buffer", () => {
    const buffer = new Uint8Array(file.length + 5);
    buffer.set(file, 3);
    expect(parseIdx(buffer.subarray(3, 3 + file.length)).shape).toEqual([2, 3]);
  });

  it("writes what it reads", () => expect(formatIdx(parseIdx(file))).toEqual(file));

  it("refuses to write a shape that is none, too few values and what is no byte", () => {
    const values = Uint8Array.of(1, 2, 3);
    for (const shape of [[2], [-1, -3], [1.5, 2], [Number.NaN], [3, 2]]) {
      expect(() => formatIdx({ shape, values })).toThrow(/shape must be counts whose product is the 3 values/);
    }
    expect(() => formatIdx({ shape: [2], values: [0.5, 300] as never })).toThrow(/must be a Uint8Array, but got Array/);
    expect(parseIdx(formatIdx({ shape: [0, 5], values: new Uint8Array() })).shape).toEqual([0, 5]);
  });

  it("refuses more axes than the header counts, and longer ones", () => {
    const values = Uint8Array.of(1);
    expect(formatIdx({ shape: new Array(255).fill(1), values }).length).toBe(4 + 4 * 255 + 1);
    expect(() => formatIdx({ shape: new Array(256).fill(1), values })).toThrow(/formatIdx: shape must be counts/);
    expect(() => formatIdx({ shape: [2 ** 32, 0], values: new Uint8Array() })).toThrow(
      /formatIdx: shape must be counts/,
    );
  });

  it("names what came in place of bytes, also where nothing did", () => {
    expect(() => assertBytes("ImageSet", "labels", undefined)).toThrow(
      "ImageSet: labels must be a Uint8Array, but got undefined;",
    );
  });

  it("names what came in place of bytes, also where it has no constructor", () => {
    const empty = Object.assign(Object.create(null), { length: 1 });
    expect(() => formatIdx({ shape: [1], values: empty })).toThrow(/^formatIdx: values must be a Uint8Array, but got/);
    expect(() => assertBytes("ImageSet", "labels", undefined)).toThrow(
      "ImageSet: labels must be a Uint8Array, but got undefined;",
    );
  });

  it("reads an axis of no entries, and an array of no axes", () => {
    expect(parseIdx(Uint8Array.from([0, 0, 8, 1, 0, 0, 0, 0]))).toEqual({ shape: [0], values: new Uint8Array() });
    expect(parseIdx(Uint8Array.from([0, 0, 8, 0, 5]))).toEqual({ shape: [], values: Uint8Array.of(5) });
  });

  it.each([
    ["01 00 08 01", [1, 0, 8, 1, 0, 0, 0, 0]],
    ["00 01 08 01", [0, 1, 8, 1, 0, 0, 0, 0]],
    ["00 00 08", [0, 0, 8]],
  ])("refuses the magic %s", (magic, bytes) => {
    expect(() => parseIdx(Uint8Array.from(bytes))).toThrow(
      `idx file: must begin with the idx magic 00 00 08 and its rank, but got ${magic};`,
    );
  });

  it("names the file, the rule, what came, and the remedy", () => {
    const gzip = Uint8Array.from([0x1f, 0x8b, 8, 0]);
    expect(() => parseIdx(gzip, "train-images")).toThrow(
      "train-images: must begin with the idx magic 00 00 08 and its rank, but got 1f 8b 08 00; unpack it if it is compressed",
    );
    expect(() => parseIdx(new Uint8Array())).toThrow("but got nothing");
    expect(() => parseIdx(Uint8Array.from([0, 0, 13, 1, 0, 0, 0, 0]))).toThrow("but got 00 00 0d 01");
    expect(() => parseIdx(file.subarray(0, 9))).toThrow("a header of rank 2 must have 12 bytes, but got 9");
    expect(() => parseIdx(file.subarray(0, -1))).toThrow("shape [2,3] must come with 6 values, but got 5");
    expect(() => parseIdx(Uint8Array.from([...file, 0]))).toThrow("6 values, but got 7");
  });
});
