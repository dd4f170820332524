import type { Attribute, DataType, Value } from "./graph.ts";
import { expand, narrow, reshape } from "./layout.ts";
import { broadcastShape, sameShape, sizeOf } from "./shapes.ts";

/** `operator(x)`, entry by entry. */
export function unary(
  operator: string,
  x: Value,
  attributes: Record<string, Attribute> = {},
  dtype: DataType = x.dtype,
): Value {
  const source = x.inputs[0];
  const fold = foldUnary[operator];
  if (x.fill !== undefined && fold !== undefined) return x.graph.fill(fold(x.fill), x.shape, dtype);
  // Compute first and repeat afterwards: the operator then sees fewer entries.
  if (x.operator === "Expand" && source !== undefined) {
    return expand(unary(operator, source, attributes, dtype), x.shape);
  }
  // And reshape afterwards: onnxruntime can then compute it with the product before. A sign is left for rules to see.
  if (x.operator === "Reshape" && source !== undefined && operator !== "Neg") {
    return reshape(unary(operator, source, attributes, dtype), x.shape);
  }
  if (operator === "Neg" && x.operator === "Neg" && source !== undefined) return source;
  return x.graph.node(operator, [x], x.shape, dtype, attributes);
}

export function cast(x: Value, dtype: DataType): Value {
  if (x.dtype === dtype) return x;
  if (x.fill === undefined) return unary("Cast", x, {}, dtype);
  const converted = dtype === "bool" ? Number(x.fill !== 0) : dtype === "int32" ? Math.trunc(x.fill) : x.fill;
  return x.graph.fill(converted, x.shape, dtype);
}

/** `a operator b`, entry by entry; the two broadcast, and the narrower type becomes the wider. */
export function binary(operator: string, a: Value, b: Value, attributes: Record<string, Attribute> = {}): Value {
  const shape = broadcastShape(a.shape, b.shape);
  const dtype = operandType(operator, a.dtype, b.dtype);
  const left = narrow(cast(a, dtype));
  const right = narrow(cast(b, dtype));
  const resultType = comparisons.has(operator) ? "bool" : dtype;
  const fold = foldBinary[operator];
  if (left.fill !== undefined && right.fill !== undefined && fold !== undefined) {
    return a.graph.fill(fold(left.fill, right.fill), shape, resultType);
  }
  for (const rule of rules[operator] ?? []) {
    const simpler = rule(left, right);
    if (simpler !== undefined) return expand(simpler, shape);
  }
  const own = broadcastShape(left.shape, right.shape);
  const sources = beforeReshape(left, right);
  if (sources !== undefined) return expand(reshape(binary(operator, ...sources, attributes), own), shape);
  return expand(a.graph.node(operator, [left, right], own, resultType, attributes), shape);
}

/** reshape(x) ∘ reshape(y) = reshape(x ∘ y): the sources x and y; undefined for other operands. */
function beforeReshape(a: Value, b: Value): [Value, Value] | undefined {
  const [x, y] = [a, b].map(({ operator, inputs }) => (operator === "Reshape" ? inputs[0] : undefined));
  if (x === undefined || y === undefined) return undefined;
  return sameShape(a.shape, b.shape) && sameShape(x.shape, y.shape) ? [x, y] : undefined;
}

/** A simpler value that is equal to the operation on a and b; undefined where there is none. */
type Rule = (a: Value, b: Value) => Value | undefined;

/** x · 1 = x */
const multiplyByOne: Rule = (a, b) => (b.fill === 1 ? a : a.fill === 1 ? b : undefined);

/** x · −1 = −x */
const multiplyByMinusOne: Rule = (a, b) =>
  b.fill === -1 ? unary("Neg", a) : a.fill === -1 ? unary("Neg", b) : undefined;

/** c · x = x · c, so that the other rules need look on one side only */
const numberOnTheRight: Rule = (a, b) => (a.fill !== undefined ? binary("Mul", b, a) : undefined);

/** (x · c) · d = x · (c d) */
const mergeFactors: Rule = (a, b) => {
  const [x, factor] = a.inputs;
  if (b.fill === undefined || a.operator !== "Mul" || x === undefined || factor?.fill === undefined) return undefined;
  return binary("Mul", x, a.graph.scalar(factor.fill * b.fill, a.dtype));
};

/** The gradient of a masked convolution: no need to compute what the mask removes */
const skipMasked: Rule = (a, b) => {
  if (b.data === undefined || !sameShape(a.shape, b.shape)) return undefined;
  const sparse = a.masked?.(b);
  return sparse && a.graph.node("Mul", [sparse, b], a.shape, a.dtype);
};

/** x + 0 = x */
const addZero: Rule = (a, b) => (b.fill === 0 ? a : a.fill === 0 ? b : undefined);

/** reshape(A B) + row = reshape(A B + row): onnxruntime computes that as one product */
const addRow: Rule = (a, b) => {
  const [product] = a.inputs;
  const columns = a.shape.at(-1) as number;
  if (a.operator !== "Reshape" || product?.operator !== "MatMul" || product.shape.length !== 2) return undefined;
  if (product.shape[1] !== columns || b.shape.at(-1) !== columns || sizeOf(b.shape) !== columns) return undefined;
  return reshape(binary("Add", product, reshape(b, [columns])), a.shape);
};

/** x + (−y) = x − y */
const addNegative: Rule = (a, b) => (b.operator === "Neg" ? binary("Sub", a, b.inputs[0] as Value) : undefined);

/** x − 0 = x */
const subtractZero: Rule = (a, b) => (b.fill === 0 ? a : undefined);

/** 0 − x = −x */
const subtractFromZero: Rule = (a, b) => (a.fill === 0 ? unary("Neg", b) : undefined);

/** x − (−y) = x + y */
const subtractNegative: Rule = (a, b) => (b.operator === "Neg" ? binary("Add", a, b.inputs[0] as Value) : undefined);

/** g · a + (−g) · b = g · (a − b): the gradient of a cross-entropy from logits becomes g · (sigmoid(ℓ) − x) */
const factorOut: Rule = (a, b) => {
  if (a.operator !== "Mul" || b.operator !== "Mul" || !sameShape(a.shape, b.shape)) return undefined;
  for (const [g, x] of pairsOf(a)) {
    for (const [h, y] of pairsOf(b)) if (isNegative(g, h)) return binary("Mul", binary("Sub", x, y), g);
  }
  return undefined;
};

/** The two factors of a product, each beside the other. */
const pairsOf = ({ inputs: [x, y] }: Value) => [[x, y] as [Value, Value], [y, x] as [Value, Value]];

const isNegative = (x: Value, y: Value): boolean =>
  (x.operator === "Neg" && x.inputs[0] === y) ||
  (y.operator === "Neg" && y.inputs[0] === x) ||
  (x.fill !== undefined && y.fill === -x.fill && sameShape(x.shape, y.shape));

/** x / c = x · (1/c) */
const divideByNumber: Rule = (a, b) =>
  b.fill !== undefined && a.dtype === "float32" ? binary("Mul", a, a.graph.scalar(1 / b.fill)) : undefined;

/** x² = x · x */
const square: Rule = (a, b) => (b.fill === 2 ? binary("Mul", a, a) : undefined);

/** The rules of each operator, tried in this order. */
const rules: Readonly<Record<string, readonly Rule[]>> = {
  Mul: [multiplyByOne, multiplyByMinusOne, numberOnTheRight, mergeFactors, skipMasked],
  Add: [addZero, addNegative, addRow, factorOut],
  Sub: [subtractZero, subtractFromZero, subtractNegative],
  Div: [divideByNumber],
  Pow: [square],
};

const logical = new Set(["And", "Or", "Xor"]);
const equalities = new Set(["Equal", "NotEqual"]);
const comparisons = new Set([...logical, ...equalities, "Greater", "GreaterOrEqual", "Less", "LessOrEqual"]);

/** What both operands become: float32 wins over int32; booleans take part in arithmetic as integers. */
function operandType(operator: string, a: DataType, b: DataType): DataType {
  if (logical.has(operator)) return "bool";
  if (a === "float32" || b === "float32") return "float32";
  return a === "bool" && b === "bool" && equalities.has(operator) ? "bool" : "int32";
}

const foldUnary: Readonly<Record<string, (x: number) => number>> = {
  Neg: x => -x,
  Exp: Math.exp,
  Log: Math.log,
  Sqrt: Math.sqrt,
  Abs: Math.abs,
  Tanh: Math.tanh,
  Relu: x => Math.max(0, x),
  Sigmoid: x => 1 / (1 + Math.exp(-x)),
  Reciprocal: x => 1 / x,
  Floor: Math.floor,
  Sign: Math.sign,
  Not: x => Number(!x),
};

const foldBinary: Readonly<Record<string, (a: number, b: number) => number>> = {
  Add: (a, b) => a + b,
  Sub: (a, b) => a - b,
  Mul: (a, b) => a * b,
  Pow: (a, b) => a ** b,
  Max: Math.max,
  Min: Math.min,
  Greater: (a, b) => Number(a > b),
  GreaterOrEqual: (a, b) => Number(a >= b),
  Less: (a, b) => Number(a < b),
  LessOrEqual: (a, b) => Number(a <= b),
  Equal: (a, b) => Number(a === b),
  NotEqual: (a, b) => Number(a !== b),
  And: (a, b) => a & b,
  Or: (a, b) => a | b,
};
