import type { CastAttrs, ClipByValueAttrs, LeakyReluAttrs, StepAttrs } from "@tensorflow/tfjs";
import { binary, cast, type Graph, type Value, unary, where } from "../../onnx/index.ts";
import { dataType, kernel, type Kernels, listKernel, numeric } from "../kernel.ts";

/** One operator of two tensors. */
const twoOperands = (operator: string) => kernel<"a" | "b">(({ a, b }) => binary(operator, a, b));

/** One operator of one tensor. */
const oneOperand = (operator: string) => kernel<"x">(({ x }) => unary(operator, numeric(x)));

/** A kernel that is a formula of one tensor. */
const formula = (body: (x: Value, graph: Graph) => Value) => kernel<"x">(({ x }, _, graph) => body(numeric(x), graph));

const exp = (x: Value) => unary("Exp", x);
const log = (x: Value) => unary("Log", x);
const sub = (a: Value, b: Value) => binary("Sub", a, b);
const add = (a: Value, b: Value) => binary("Add", a, b);
const mul = (a: Value, b: Value) => binary("Mul", a, b);

export const elementwise: Kernels = {
  Add: twoOperands("Add"),
  Sub: twoOperands("Sub"),
  Multiply: twoOperands("Mul"),
  RealDiv: kernel<"a" | "b">(({ a, b }) => binary("Div", cast(a, "float32"), cast(b, "float32"))),
  FloorDiv: kernel<"a" | "b">(({ a, b }) => {
    const quotient = binary("Div", cast(a, "float32"), cast(b, "float32"));
    return cast(unary("Floor", quotient), "int32");
  }),
  /** The remainder, with the sign of b. In float32: a whole number by zero would end the process. */
  Mod: kernel<"a" | "b">(({ a, b }, _, graph) => {
    const [x, y] = [cast(a, "float32"), cast(b, "float32")];
    const remainder = binary("Mod", x, y, { fmod: 1 });
    const mixed = binary("Less", mul(remainder, y), graph.scalar(0));
    const modulus = where(mixed, add(remainder, y), remainder);
    return a.dtype === "float32" || b.dtype === "float32" ? modulus : cast(modulus, "int32");
  }),
  /** atan(a / b), half a turn further where b < 0 */
  Atan2: kernel<"a" | "b">(({ a, b }, _, graph) => {
    const number = (value: number) => graph.scalar(value);
    const [y, x] = [cast(a, "float32"), cast(b, "float32")];
    const angle = unary("Atan", where(binary("Equal", y, number(0)), number(0), binary("Div", y, x)));
    const halfTurn = where(binary("Less", y, number(0)), number(-Math.PI), number(Math.PI));
    return add(angle, where(binary("Less", x, number(0)), halfTurn, number(0)));
  }),
  Pow: twoOperands("Pow"),
  Maximum: twoOperands("Max"),
  Minimum: twoOperands("Min"),
  SquaredDifference: kernel<"a" | "b">(({ a, b }) => {
    const difference = sub(a, b);
    return mul(difference, difference);
  }),
  AddN: listKernel(parts => parts.reduce(add)),

  Greater: twoOperands("Greater"),
  GreaterEqual: twoOperands("GreaterOrEqual"),
  Less: twoOperands("Less"),
  LessEqual: twoOperands("LessOrEqual"),
  Equal: twoOperands("Equal"),
  NotEqual: twoOperands("NotEqual"),
  LogicalAnd: twoOperands("And"),
  LogicalOr: twoOperands("Or"),
  LogicalNot: kernel<"x">(({ x }) => unary("Not", x)),
  IsNan: kernel<"x">(({ x }) => unary("IsNaN", x, {}, "bool")),
  IsInf: kernel<"x">(({ x }) => unary("IsInf", x, {}, "bool")),
  /** x − x is 0 for a finite number and NaN otherwise. */
  IsFinite: kernel<"x">(({ x }) =>
    unary("Not", unary("IsNaN", x.graph.node("Sub", [x, x], x.shape, x.dtype), {}, "bool")),
  ),
  Select: kernel<"condition" | "t" | "e">(({ condition, t, e }) => where(cast(condition, "bool"), t, e)),

  Neg: oneOperand("Neg"),
  Abs: oneOperand("Abs"),
  Sign: oneOperand("Sign"),
  Floor: oneOperand("Floor"),
  Ceil: oneOperand("Ceil"),
  Round: oneOperand("Round"),
  Reciprocal: oneOperand("Reciprocal"),
  Sqrt: oneOperand("Sqrt"),
  Rsqrt: formula(x => unary("Reciprocal", unary("Sqrt", x))),
  Square: formula(x => mul(x, x)),
  Exp: oneOperand("Exp"),
  /** eˣ − 1 = tanh(x/2) (eˣ + 1), which keeps its digits near 0 */
  Expm1: formula((x, graph) => mul(unary("Tanh", mul(x, graph.scalar(0.5))), add(exp(x), graph.scalar(1)))),
  Log: oneOperand("Log"),
  /** log(1 + x) = 2 atanh(x / (2 + x)), which keeps its digits near 0 */
  Log1p: formula((x, graph) => {
    const near = unary("Atanh", binary("Div", x, add(x, graph.scalar(2))));
    const isNear = binary("Less", unary("Abs", x), graph.scalar(0.5));
    return where(isNear, mul(near, graph.scalar(2)), log(add(x, graph.scalar(1))));
  }),
  Sin: oneOperand("Sin"),
  Cos: oneOperand("Cos"),
  Tan: oneOperand("Tan"),
  Asin: oneOperand("Asin"),
  Acos: oneOperand("Acos"),
  Atan: oneOperand("Atan"),
  Sinh: oneOperand("Sinh"),
  Cosh: oneOperand("Cosh"),
  Tanh: oneOperand("Tanh"),
  Asinh: oneOperand("Asinh"),
  Acosh: oneOperand("Acosh"),
  Atanh: oneOperand("Atanh"),
  Erf: oneOperand("Erf"),

  Sigmoid: oneOperand("Sigmoid"),
  /** log(1 + eˣ) = relu(x) − log sigmoid|x|, exact at both ends and quick; of −|x| without the relu, which is 0 */
  Softplus: formula(x => {
    const size = x.operator === "Neg" && x.inputs[0]?.operator === "Abs" ? (x.inputs[0] as Value) : undefined;
    const rest = log(unary("Sigmoid", size ?? unary("Abs", x)));
    return size ? unary("Neg", rest) : sub(unary("Relu", x), rest);
  }),
  Relu: oneOperand("Relu"),
  Relu6: formula((x, graph) => binary("Min", unary("Relu", x), graph.scalar(6))),
  LeakyRelu: kernel<"x", LeakyReluAttrs>(({ x }, { alpha }) => unary("LeakyRelu", x, { alpha: { float: alpha } })),
  Prelu: kernel<"x" | "alpha">(({ x, alpha }, _, graph) =>
    where(binary("Greater", x, graph.scalar(0)), x, mul(x, alpha)),
  ),
  Elu: oneOperand("Elu"),
  /** elu′ = 1 above 0 and elu + 1 below */
  EluGrad: kernel<"dy" | "y">(({ dy, y }, _, graph) =>
    mul(dy, add(binary("Min", y, graph.scalar(0)), graph.scalar(1))),
  ),
  Selu: formula(x => x.graph.node("Selu", [x], x.shape, x.dtype)),
  /**
   * 1 above 0, alpha below; a steep HardSigmoid is one node where a comparison with a choice would be two.
   *
   * It looks at relu(x), which gradients have at hand: onnxruntime can then compute relu within the product before it.
   */
  Step: kernel<"x", StepAttrs>(({ x }, { alpha }, graph) => {
    const positive = unary("Relu", cast(x, "float32"));
    if (alpha === 0) return unary("HardSigmoid", positive, { alpha: { float: 3e38 }, beta: { float: 0 } });
    return where(binary("Greater", x, graph.scalar(0)), graph.scalar(1), graph.scalar(alpha));
  }),
  ClipByValue: kernel<"x", ClipByValueAttrs>(({ x }, { clipValueMin, clipValueMax }, graph) => {
    const above = clipValueMin === -Infinity ? x : binary("Max", x, graph.scalar(clipValueMin, x.dtype));
    return clipValueMax === Infinity ? above : binary("Min", above, graph.scalar(clipValueMax, x.dtype));
  }),

  Identity: kernel<"x">(({ x }) => x),
  Cast: kernel<"x", CastAttrs>(({ x }, { dtype }) => cast(x, dataType(dtype))),
};
