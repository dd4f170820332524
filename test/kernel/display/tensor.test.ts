import { describe, expect, it } from "vitest";
import { isTensor, tensorText } from "../../../src/kernel/display/tensor.ts";

const tensor = (shape: number[], data: ArrayLike<number | boolean | string>, dtype = "float32") => ({
  ...{ shape, dtype, dataSync: () => data },
});
const text = (...of: Parameters<typeof tensor>) =>
  tensorText(tensor(...of))
    .split("\n")
    .slice(1)
    .join("\n");
const range = (length: number) => Array.from({ length }, (_, i) => i);

describe("a tensor", () => {
  it("is what has a shape, a type and data on demand", () => {
    expect(isTensor(tensor([1], [1]))).toBe(true);
    for (const other of [
      ...[null, undefined, "text", Object.assign(() => {}, tensor([1], [1]))],
      { shape: [1], dtype: "float32" },
      { shape: 1, dtype: "float32", dataSync: () => [1] },
      { shape: [1], dataSync: () => [1] },
      { dtype: "float32", dataSync: () => [1] },
      { dataSync: () => [1] },
    ]) {
      expect(isTensor(other)).toBe(false);
    }
  });

  it("shows an axis of eight whole, and a longer one by its ends", () => {
    expect(text([8], range(8))).toBe("[0, 1, 2, 3, 4, 5, 6, 7]");
    expect(text([9], range(9))).toBe("[0, 1, 2, …, 6, 7, 8]");
  });

  it("indents its rows by their depth", () => {
    expect(text([2, 2, 2], range(8))).toBe("[[[0, 1],\n  [2, 3]],\n [[4, 5],\n  [6, 7]]]");
    expect(text([2, 0], [])).toBe("[[],\n []]");
  });

  it("shows seven digits of a float32, and all of other numbers", () => {
    const third = Math.fround(1 / 3);
    expect(text([3], [third, Number.NaN, -Infinity])).toBe("[0.3333333, NaN, -Infinity]");
    expect(text([2], [123456789, 1], "int32")).toBe("[123456789, 1]");
    expect(text([2], [0, 1], "bool")).toBe("[false, true]");
    expect(text([2], ['a"', ""], "string")).toBe('["a\\"", ""]');
    expect(text([1], [third, 123456789], "complex64")).toBe("[0.3333333 + 123456800i]");
  });
});
