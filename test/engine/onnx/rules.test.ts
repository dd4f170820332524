import { describe, expect, it } from "vitest";
import { Random } from "../../../src/engine/index.ts";
import {
  type Attribute,
  binary,
  cast,
  concat,
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
const input = (...shape: number[]) => graph.input(shape, "float32");
const [x, y, row, image] = [input(2, 3), input(2, 3), input(3), input(2, 1, 3)];
const [square, images] = [input(3, 3), input(2, 3, 4, 5)];
const number = (value: number) => graph.scalar(value);

/** A node as it would be written down without any rule. */
const plain = (operator: string, inputs: Value[], shape = x.shape, attributes: Record<string, Attribute> = {}) =>
  graph.node(operator, inputs, shape, "float32", attributes);
const axes = (...list: number[]) => graph.integers(list);
const times = (a: Value, b: Value) => plain("Mul", [a, b]);
const minus = (a: Value) => plain("Neg", [a], a.shape);
const total = (a: Value) => plain("ReduceSum", [a, axes(1)], [2], { keepdims: 0 });
const turned = (a: Value) => plain("Transpose", [a], a.shape.toReversed(), { perm: [1, 0] });
const shaped = (a: Value, ...shape: number[]) => plain("Reshape", [a, axes(...shape)], shape);
const mul = (a: Value, b: Value) => binary("Mul", a, b);
const neg = (a: Value) => unary("Neg", a);

/** Each rule, with what follows where its gain only shows there: the value with it, and the value without. */
const rules: [rule: string, simplified: Value, without: Value][] = [
  ["x · 1 = x", mul(x, number(1)), times(x, number(1))],
  ["1 · x = x", mul(number(1), x), times(number(1), x)],
  ["x · −1 = −x, so y + x · −1 = y − x", binary("Add", y, mul(x, number(-1))), plain("Add", [y, times(x, number(-1))])],
  ["c · x = x · c, so 2 (3 x) = x · 6", mul(number(2), mul(number(3), x)), times(number(2), times(number(3), x))],
  ["(x · c) · d = x · (c d)", mul(mul(x, number(2)), number(3)), times(times(x, number(2)), number(3))],
  ["x + 0 = x", binary("Add", x, number(0)), plain("Add", [x, number(0)])],
  ["0 + x = x", binary("Add", number(0), x), plain("Add", [number(0), x])],
  ["x + (−y) = x − y", binary("Add", x, neg(y)), plain("Add", [x, minus(y)])],
  ["x − 0 = x", binary("Sub", x, number(0)), plain("Sub", [x, number(0)])],
  ["0 − x = −x, so −(0 − x) = x", neg(binary("Sub", number(0), x)), minus(plain("Sub", [number(0), x]))],
  ["x − (−y) = x + y", binary("Sub", x, neg(y)), plain("Sub", [x, minus(y)])],
  [
    "x · a + (−x) · b = x · (a − b)",
    binary("Add", mul(x, row), mul(neg(x), y)),
    plain("Add", [times(x, row), times(minus(x), y)]),
  ],
  [
    "c · x + (−c) · y = c · (x − y)",
    binary("Add", mul(x, number(3)), mul(y, number(-3))),
    plain("Add", [times(x, number(3)), times(y, number(-3))]),
  ],
  [
    "x / c = x · (1/c), so 2 x / 8 = x · ¼",
    binary("Div", mul(x, number(2)), number(8)),
    plain("Div", [times(x, number(2)), number(8)]),
  ],
  [
    "x² = x · x, so x² + x · x is one product",
    binary("Add", binary("Pow", x, number(2)), mul(x, x)),
    plain("Add", [plain("Pow", [x, number(2)]), times(x, x)]),
  ],
  ["−(−x) = x", neg(neg(x)), minus(minus(x))],
  ["2 + 3 = 5", binary("Add", number(2), number(3)), plain("Add", [number(2), number(3)], [])],
  ["exp 0 = 1", unary("Exp", number(0)), plain("Exp", [number(0)], [])],
  ["true = 1", cast(graph.scalar(1, "bool"), "float32"), plain("Cast", [graph.scalar(1, "bool")], [])],
  ["Σ −x = −Σ x, so −Σ −x = Σ x", neg(reduce("ReduceSum", neg(x), [1])), minus(total(minus(x)))],
  [
    "Σ 3 x = 3 Σ x, so 2 Σ 3 x = 6 Σ x",
    mul(reduce("ReduceSum", mul(x, number(3)), [1]), number(2)),
    plain("Mul", [total(times(x, number(3))), number(2)], [2]),
  ],
  [
    "a mean is a sum times 1/n, so 2 mean 3 x = 2 Σ x",
    mul(reduce("ReduceMean", mul(x, number(3)), [1]), number(2)),
    plain("Mul", [plain("ReduceMean", [times(x, number(3))], [2], { axes: [1], keepdims: 0 }), number(2)], [2]),
  ],
  ["Σ c = n c", reduce("ReduceSum", graph.fill(2, [2, 3], "float32"), [1]), total(graph.fill(2, [2, 3], "float32"))],
  [
    "a sum along an axis of length 1 is a reshape",
    reshape(reduce("ReduceSum", image, [1]), [6]),
    shaped(plain("ReduceSum", [image, axes(1)], [2, 3], { keepdims: 0 }), 6),
  ],
  ["(xᵀ)ᵀ = x", transpose(transpose(x, [1, 0]), [1, 0]), turned(turned(x))],
  [
    "to transpose a constant fill is another",
    transpose(graph.fill(2, [2, 3], "float32"), [1, 0]),
    turned(graph.fill(2, [2, 3], "float32")),
  ],
  ["reshaping twice is reshaping once", reshape(reshape(x, [6]), [3, 2]), shaped(shaped(x, 6), 3, 2)],
  ["reshaping back is nothing", reshape(reshape(x, [6]), [2, 3]), shaped(shaped(x, 6), 2, 3)],
  [
    "exp reshape(x) = reshape(exp x)",
    reshape(unary("Exp", reshape(x, [6])), [2, 3]),
    shaped(plain("Exp", [shaped(x, 6)], [6]), 2, 3),
  ],
  [
    "reshape(x) + reshape(y) = reshape(x + y)",
    reshape(binary("Add", reshape(x, [6]), reshape(y, [6])), [2, 3]),
    shaped(plain("Add", [shaped(x, 6), shaped(y, 6)], [6]), 2, 3),
  ],
  [
    "reshape(A B) + row = reshape(A B + row)",
    reshape(binary("Add", reshape(matMul(x, square), [2, 1, 3]), row), [2, 3]),
    shaped(plain("Add", [shaped(plain("MatMul", [x, square]), 2, 1, 3), row], [2, 1, 3]), 2, 3),
  ],
  [
    "moving an axis of length 1 is a reshape",
    reshape(transpose(image, [0, 2, 1]), [6]),
    shaped(plain("Transpose", [image], [2, 3, 1], { perm: [0, 2, 1] }), 6),
  ],
  [
    "slicing everything is nothing",
    slice(x, [0, 0], [2, 3]),
    plain("Slice", [x, axes(0, 0), axes(2, 3), axes(0, 1), axes(1, 1)]),
  ],
  [
    "padding by nothing is nothing",
    pad(x, [0, 0], [0, 0], 1),
    plain("Pad", [x, axes(0, 0, 0, 0), number(1)], [2, 3], { mode: "constant" }),
  ],
  ["one part concatenated is that part", concat([x], 0), plain("Concat", [x], [2, 3], { axis: 0 })],
  ["A Bᵀ reads B as it lies", matMul(x, transpose(y, [1, 0])), plain("MatMul", [x, turned(y)], [2, 2])],
  ["Aᵀ B reads A as it lies", matMul(x, y, true), plain("MatMul", [turned(x), y], [3, 3])],
  [
    "an operator broadcasts by itself",
    binary("Add", x, expand(row, [2, 3])),
    plain("Add", [x, plain("Expand", [row, axes(2, 3)])]),
  ],
  [
    "what is known is not computed again",
    binary("Add", unary("Exp", x), unary("Exp", x)),
    plain("Add", [plain("Exp", [x]), plain("Exp", [plain("Identity", [x])])]),
  ],
];

/** How many nodes run. */
const nodes = (value: Value) =>
  liveValues([value]).filter(({ operator }) => operator !== "Input" && operator !== "Constant").length;

describe("a rule gives the same numbers with fewer nodes", () => {
  const random = new Random(1);
  const given = [x, y, row, image, square, images].map((value): [Value, Float32Array] => {
    const size = value.shape.reduce((product, length) => product * length);
    return [value, Float32Array.from(random.normalArray(size))];
  });

  it.each(rules)("%s", (_, simplified, without) => {
    expect(simplified.shape).toEqual(without.shape);
    expect(nodes(simplified)).toBeLessThan(nodes(without));
    const [actual, wanted] = run([simplified, without], given) as [Float32Array, Float32Array];
    expectClose(actual, wanted, { absolute: 1e-6, relative: 1e-6 });
  });

  it("computes before it repeats: fewer entries", () => {
    const simplified = unary("Exp", expand(row, [2, 3]));
    const without = plain("Exp", [plain("Expand", [row, axes(2, 3)])]);
    const exponentials = (value: Value) => liveValues([value]).find(({ operator }) => operator === "Exp")?.shape;
    expect([exponentials(simplified), exponentials(without)]).toEqual([[3], [2, 3]]);
    const [actual, wanted] = run([simplified, without], given) as [Float32Array, Float32Array];
    expectClose(actual, wanted, { relative: 1e-6 });
  });

  it("sums each image by itself first: many sums at once", () => {
    const simplified = reduce("ReduceSum", images, [0, 1, 2]);
    const without = plain("ReduceSum", [images, axes(0, 1, 2)], [5], { keepdims: 0 });
    const sums = liveValues([simplified]).filter(({ operator }) => operator === "ReduceSum");
    expect(sums.map(({ inputs }) => [...(inputs[1]?.data ?? [])].map(Number))).toEqual([[1, 2], [0]]);
    const [actual, wanted] = run([simplified, without], given) as [Float32Array, Float32Array];
    expectClose(actual, wanted, { absolute: 1e-5, relative: 1e-5 });
  });

  it("computes nothing that is empty, and no sum over nothing", () => {
    const [a, b] = [input(2, 0), input(0, 3)];
    expect(unary("Exp", a)).toBe(graph.fill(0, [2, 0], "float32"));
    expect(matMul(a, b)).toBe(graph.fill(0, [2, 3], "float32"));
    expect(reduce("ReduceSum", a, [1])).toBe(graph.fill(0, [2], "float32"));
    expect(pad(a, [0, 1], [0, 0], 7)).toBe(graph.fill(7, [2, 1], "float32"));
  });
});
