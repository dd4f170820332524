import { describe, expect, it } from "vitest";
import {
  binary,
  cast,
  expand,
  Graph,
  liveValues,
  matMul,
  pad,
  reduce,
  reshape,
  slice,
  transpose,
  unary,
  type Value,
} from "../../../src/engine/onnx/index.ts";
import { expectClose } from "../../support/close.ts";
import { run } from "./run.ts";

const graph = new Graph();
const x = graph.input([2, 3], "float32");
const y = graph.input([2, 3], "float32");
const number = (value: number) => graph.scalar(value);
const neg = (value: Value) => unary("Neg", value);

/** A formula of operators, with inputs by name and numbers as they are. */
function formula(value: Value): string {
  if (value === x) return "x";
  if (value === y) return "y";
  if (value.fill !== undefined) return String(value.fill);
  if (value.data !== undefined) return `[${value.data}]`;
  return `${value.operator}(${value.inputs.map(formula).join(", ")})`;
}

describe("a value is simplified as it is written down", () => {
  it.each<[string, Value, string]>([
    ["x · 1 = x", binary("Mul", x, number(1)), "x"],
    ["1 · x = x", binary("Mul", number(1), x), "x"],
    ["x · −1 = −x", binary("Mul", x, number(-1)), "Neg(x)"],
    ["c · x = x · c", binary("Mul", number(3), x), "Mul(x, 3)"],
    ["(x · 2) · 3 = x · 6", binary("Mul", number(3), binary("Mul", x, number(2))), "Mul(x, 6)"],
    ["x + 0 = x", binary("Add", x, number(0)), "x"],
    ["0 + x = x", binary("Add", number(0), x), "x"],
    ["x + (−y) = x − y", binary("Add", x, neg(y)), "Sub(x, y)"],
    ["x − 0 = x", binary("Sub", x, number(0)), "x"],
    ["0 − x = −x", binary("Sub", number(0), x), "Neg(x)"],
    ["x − (−y) = x + y", binary("Sub", x, neg(y)), "Add(x, y)"],
    ["x / 4 = x · ¼", binary("Div", x, number(4)), "Mul(x, 0.25)"],
    ["x² = x · x", binary("Pow", x, number(2)), "Mul(x, x)"],
    ["−(−x) = x", neg(neg(x)), "x"],
    ["2 + 3 = 5", binary("Add", number(2), number(3)), "5"],
    ["exp 0 = 1", unary("Exp", number(0)), "1"],
    ["true as a number", cast(graph.scalar(1, "bool"), "float32"), "1"],
    ["Σ −x = −Σ x", reduce("ReduceSum", neg(x), [1]), "Neg(ReduceSum(x, [1]))"],
    ["Σ 3 x = 3 Σ x", reduce("ReduceSum", binary("Mul", x, number(3)), [1]), "Mul(ReduceSum(x, [1]), 3)"],
    ["a mean is a sum times 1/n", reduce("ReduceMean", x, [0]), "Mul(ReduceSum(x, [0]), 0.5)"],
    ["Σ of a fill is a fill", reduce("ReduceSum", graph.fill(2, [2, 3], "float32"), [0, 1]), "12"],
    ["(xᵀ)ᵀ = x", transpose(transpose(x, [1, 0]), [1, 0]), "x"],
    ["reshaping twice is reshaping once", reshape(reshape(x, [6]), [3, 2]), "Reshape(x, [3,2])"],
    ["reshaping back is nothing", reshape(reshape(x, [6]), [2, 3]), "x"],
    ["moving an axis of length 1 is a reshape", transpose(reshape(x, [2, 1, 3]), [0, 2, 1]), "Reshape(x, [2,3,1])"],
    ["slicing everything is nothing", slice(x, [0, 0], [2, 3]), "x"],
    ["padding by nothing is nothing", pad(x, [0, 0], [0, 0], 1), "x"],
    ["A Bᵀ reads B as it lies", matMul(x, transpose(y, [1, 0])), "Gemm(x, y)"],
    ["(A ᵀ)ᵀ B is the plain product", matMul(transpose(x, [1, 0]), transpose(y, [1, 0]), true), "Gemm(x, y)"],
    [
      "an operator that broadcasts sees the narrow tensor",
      binary("Add", x, expand(graph.input([3], "float32"), [2, 3])),
      "Add(x, Input())",
    ],
  ])("%s", (_, value, wanted) => {
    expect(formula(value)).toBe(wanted);
  });

  it("computes before it repeats", () => {
    const value = unary("Exp", expand(graph.input([3], "float32"), [2, 3]));
    expect(formula(value)).toBe("Expand(Exp(Input()), [2,3])");
    expect(value.shape).toEqual([2, 3]);
  });

  it("knows a value that it has seen", () => {
    expect(binary("Add", x, y)).toBe(binary("Add", x, y));
    expect(binary("Add", x, y)).not.toBe(binary("Add", y, x));
    expect(graph.scalar(0)).not.toBe(graph.scalar(-0));
  });

  it("lists live values after what they are made from, each once", () => {
    const sum = binary("Add", x, y);
    const product = binary("Mul", sum, sum);
    const live = liveValues([product, sum, product]);
    expect(live).toEqual([x, y, sum, product]);
  });

  it("lists a chain that is deeper than the stack", () => {
    let deep = x;
    for (let i = 0; i < 30_000; i++) deep = binary(i % 2 ? "Add" : "Mul", deep, y);
    expect(liveValues([deep]).length).toBe(30_002);
  });
});

describe("a model runs", () => {
  it("with constants, and outputs that are inputs, constants or asked for twice", () => {
    const constant = graph.constant([1, 2, 3, 4, 5, 6], [2, 3], "float32");
    const sum = binary("Add", x, constant);
    const [first, second, third, fourth] = run(
      [sum, x, graph.fill(7, [2], "float32"), sum],
      [[x, Float32Array.from([10, 20, 30, 40, 50, 60])]],
    );
    expectClose(first as Float32Array, [11, 22, 33, 44, 55, 66], {});
    expectClose(second as Float32Array, [10, 20, 30, 40, 50, 60], {});
    expectClose(third as Float32Array, [7, 7], {});
    expectClose(fourth as Float32Array, first as Float32Array, {});
  });

  it("with numbers too small for a normal float flushed to zero", () => {
    const [product] = run(
      [binary("Mul", x, y)],
      [
        [x, new Float32Array(6).fill(1e-30)],
        [y, new Float32Array(6).fill(1e-10)],
      ],
    );
    expectClose(product as Float32Array, [0, 0, 0, 0, 0, 0], {});
  });
});
