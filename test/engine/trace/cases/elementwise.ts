import * as tf from "@tensorflow/tfjs";
import { forward, type KernelCase, of, type Range, run, type Tensor } from "./case.ts";

type One = (x: Tensor) => Tensor;
type Two = (a: Tensor, b: Tensor) => Tensor;

const everywhere: Range = [-2, 2];
const positive: Range = [0.1, 3];
const inside: Range = [-0.9, 0.9];

const one = (kernel: string, f: One, range = everywhere): KernelCase =>
  of(kernel, s => ({ f, inputs: [s.floats(s.shape(s.pick(0, 1, 2, 3)), ...range)] }));

const two = (kernel: string, f: Two, first = everywhere, second = first): KernelCase =>
  of(kernel, s => {
    const [a, b] = s.pair();
    return { f, inputs: [s.floats(a, ...first), s.floats(b, ...second)] };
  });

/** Whole numbers with a float, for what the types become; whole numbers alone. */
const twoIntegers = (kernel: string, f: Two): KernelCase =>
  forward(kernel, s => {
    const [a, b] = s.pair();
    return { f, inputs: [s.pick(s.integers(a), s.floats(a)), s.integers(b).add(1)] };
  });

/** Equal often enough. */
const comparison = (kernel: string, f: Two): KernelCase =>
  forward(kernel, s => {
    const [a, b] = s.pair();
    return { f, inputs: [s.integers(a, 3).toFloat(), s.pick(s.integers(b, 3), s.integers(b, 3).toFloat())] };
  });

const logic = (kernel: string, f: Two): KernelCase =>
  forward(kernel, s => {
    const [a, b] = s.pair();
    return { f, inputs: [s.truth(a), s.truth(b)] };
  });

const special = (kernel: string, f: One): KernelCase =>
  forward(kernel, s => ({
    f: (x: Tensor) => f(tf.concat([x.flatten(), tf.tensor1d([Number.NaN, Number.POSITIVE_INFINITY, -0, -1 / 0])])),
    inputs: [s.floats(s.shape())],
  }));

export const elementwiseCases: KernelCase[] = [
  two("Add", tf.add),
  twoIntegers("Add", tf.add),
  two("Sub", tf.sub),
  two("Multiply", tf.mul),
  two("RealDiv", tf.div, everywhere, positive),
  twoIntegers("RealDiv", tf.div),
  twoIntegers("FloorDiv", tf.floorDiv),
  two("Mod", tf.mod, [5.45, 5.9], [1.55, 1.75]),
  { ...two("Mod", tf.mod, everywhere, [-2, -0.1]), gradient: false },
  twoIntegers("Mod", tf.mod),
  two("Atan2", tf.atan2),
  forward("Atan2", s => ({
    f: tf.atan2,
    inputs: [s.integers([3, 4], 2).sub(1).toFloat(), tf.tensor1d([1, -1, 1, -2])],
  })),
  two("Pow", tf.pow, positive, everywhere),
  two("Maximum", tf.maximum),
  two("Minimum", tf.minimum),
  twoIntegers("Minimum", tf.minimum),
  two("SquaredDifference", tf.squaredDifference),
  // Where x is the narrower, tfjs's own gradient throws.
  of("Prelu", s => {
    const [a, b] = s.pair();
    const whole = tf.broadcast_util.assertAndGetBroadcastShape(a, b);
    return { f: tf.prelu, inputs: [s.floats(whole), s.floats(b)] };
  }),
  of("AddN", s => {
    const shape = s.shape();
    return { f: (...parts: Tensor[]) => tf.addN(parts), inputs: [1, 2, 3].map(() => s.floats(shape)) };
  }),

  comparison("Greater", tf.greater),
  comparison("GreaterEqual", tf.greaterEqual),
  comparison("Less", tf.less),
  comparison("LessEqual", tf.lessEqual),
  comparison("Equal", tf.equal),
  comparison("NotEqual", tf.notEqual),
  logic("LogicalAnd", tf.logicalAnd),
  logic("LogicalOr", tf.logicalOr),
  logic("LogicalNot", (a, b) => tf.logicalXor(a, b)),
  special("IsNan", tf.isNaN),
  special("IsInf", tf.isInf),
  special("IsFinite", tf.isFinite),
  of("Select", s => {
    const [a, b] = s.pair();
    const whole = tf.broadcast_util.assertAndGetBroadcastShape(a, b);
    // Of one entry and none, the cpu backend makes one.
    const shapes = s.kind === "an empty axis" ? [whole, whole] : [a, b];
    return { f: tf.where, inputs: [s.truth(whole), ...shapes.map(shape => s.floats(shape))] };
  }),

  one("Neg", tf.neg),
  one("Abs", tf.abs),
  one("Sign", tf.sign),
  one("Floor", tf.floor),
  one("Ceil", tf.ceil),
  one("Round", tf.round),
  forward("Round", () => ({ f: tf.round, inputs: [tf.tensor1d([-2.5, -1.4, 0.5, 1.5, 2.6])] })),
  one("Reciprocal", tf.reciprocal, positive),
  one("Sqrt", tf.sqrt, positive),
  one("Rsqrt", tf.rsqrt, positive),
  one("Square", tf.square),
  one("Exp", tf.exp),
  one("Expm1", tf.expm1),
  forward("Expm1", () => ({ f: tf.expm1, inputs: [nearZero([-90, -1, 5])] })),
  one("Log", tf.log, positive),
  one("Log1p", tf.log1p, positive),
  forward("Log1p", () => ({ f: tf.log1p, inputs: [nearZero([-0.6, 0.49, 0.51, 100, Number.POSITIVE_INFINITY])] })),
  one("Sin", tf.sin),
  one("Cos", tf.cos),
  one("Tan", tf.tan, inside),
  one("Asin", tf.asin, inside),
  one("Acos", tf.acos, inside),
  one("Atan", tf.atan),
  one("Sinh", tf.sinh),
  one("Cosh", tf.cosh),
  one("Tanh", tf.tanh),
  one("Asinh", tf.asinh),
  one("Acosh", tf.acosh, [1.2, 4]),
  one("Atanh", tf.atanh, inside),
  one("Erf", tf.erf),
  one("Sigmoid", tf.sigmoid),
  one("Softplus", tf.softplus),
  one("Softplus", x => x.abs().neg().softplus()),
  forward("Softplus", () => ({
    f: x => x.abs().neg().softplus(),
    inputs: [tf.tensor1d([-100, -20, -1, 0, 1, Number.NaN])],
  })),
  forward("ClipByValue", () => ({
    f: x => x.clipByValue(-Infinity, 1).add(x.clipByValue(-1, Infinity)),
    inputs: [tf.tensor1d([-100, -1, 0, 1, 20])],
  })),
  forward("Softplus", () => ({ f: tf.softplus, inputs: [tf.tensor1d([-100, -20, -1, 0, 1, 20, 100])] })),
  one("Relu", tf.relu),
  one("Relu6", tf.relu6, [-3, 9]),
  one("LeakyRelu", x => tf.leakyRelu(x, 0.3)),
  one("Elu", tf.elu),
  forward("EluGrad", s => {
    const shape = s.shape();
    const inputs = [s.floats(shape), s.floats(shape, -0.9, 2)];
    return { f: (dy: Tensor, y: Tensor) => run("EluGrad", { dy, y }, {}), inputs };
  }),
  one("Selu", tf.selu),
  one("Step", x => tf.step(x)),
  one("Step", x => tf.step(x, 0.2)),
  one("ClipByValue", x => tf.clipByValue(x, -0.5, 1)),
  one("Identity", tf.clone),
  one("Cast", x => x.cast("int32").cast("float32")),
  forward("Cast", s => {
    const dtype = s.pick("bool", "float32");
    return { f: (x: Tensor) => x.cast(dtype), inputs: [s.integers(s.shape(), 2)] };
  }),
];

/** Numbers at which 1 + x has lost the digits of x, and some others. */
function nearZero(others: number[]): Tensor {
  return tf.tensor1d([0, 1e-6, -1e-6, 1e-4, -1e-3, 0.01, ...others]);
}
