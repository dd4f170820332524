import * as tf from "@tensorflow/tfjs";
import { type Case, everywhere, inside, of, positive, type Range } from "./case.ts";

type Tensor = tf.Tensor;

const elementwise = (name: string, f: (x: Tensor) => Tensor, range: Range = everywhere) => of(name, "2×3", f, range);

const broadcasting = (name: string, f: (a: Tensor, b: Tensor) => Tensor, ...ranges: Range[]): Case[] => [
  of(`${name}, [2,3] with [2,3]`, "2×3, 2×3", f, ...ranges),
  of(`${name}, [2,3] with [3]`, "2×3, 3", f, ...ranges),
  of(`${name}, [2,1] with [1,3]`, "2×1, 1×3", f, ...ranges),
];

const unary = [
  elementwise("abs", x => x.abs()),
  elementwise("acos", x => x.acos(), inside),
  elementwise("acosh", x => x.acosh(), [1.4, 2.4]),
  elementwise("asin", x => x.asin(), inside),
  elementwise("asinh", x => x.asinh()),
  elementwise("atan", x => x.atan()),
  elementwise("atanh", x => x.atanh(), inside),
  elementwise("cast", x => x.mul(x.cast("int32").cast("float32"))),
  elementwise("ceil", x => x.mul(x.ceil())),
  elementwise("clipByValue", x => x.square().clipByValue(0.25, 1)),
  elementwise("clone", x => x.clone()),
  elementwise("cos", x => x.cos()),
  elementwise("cosh", x => x.cosh()),
  elementwise("elu", x => x.elu()),
  elementwise("erf", x => x.erf()),
  elementwise("exp", x => x.exp()),
  elementwise("expm1", x => x.expm1()),
  elementwise("floor", x => x.mul(x.floor())),
  elementwise("leakyRelu", x => x.square().sub(0.8).leakyRelu(0.3)),
  elementwise("log", x => x.log(), positive),
  elementwise("log1p", x => x.log1p(), inside),
  elementwise("logSigmoid", x => x.logSigmoid()),
  elementwise("neg", x => x.neg()),
  elementwise("reciprocal", x => x.reciprocal(), positive),
  elementwise("relu", x => x.relu()),
  elementwise("relu6", x => x.mul(6).relu6()),
  elementwise("round", x => x.mul(x.round()), [-1.2, 1.2]),
  elementwise("rsqrt", x => x.rsqrt(), positive),
  elementwise("selu", x => x.selu()),
  elementwise("sigmoid", x => x.sigmoid()),
  elementwise("sign", x => x.mul(x.sign())),
  elementwise("sin", x => x.sin()),
  elementwise("sinh", x => x.sinh()),
  elementwise("softplus", x => x.softplus()),
  elementwise("sqrt", x => x.sqrt(), positive),
  elementwise("square", x => x.square()),
  elementwise("step", x => x.mul(x.step())),
  elementwise("tan", x => x.tan(), inside),
  elementwise("tanh", x => x.tanh()),
  of("prelu", "2×3, 3", (x, a) => x.prelu(a)),
];

const binary = [
  ...broadcasting("add", tf.add),
  ...broadcasting("sub", tf.sub),
  ...broadcasting("mul", tf.mul),
  ...broadcasting("div", tf.div, everywhere, positive),
  ...broadcasting("divNoNan", tf.divNoNan, everywhere, positive),
  ...broadcasting("maximum", tf.maximum, [-1.5, 1.5], [-1.6, 1.7]),
  ...broadcasting("minimum", tf.minimum, [-1.5, 1.5], [-1.6, 1.7]),
  ...broadcasting("squaredDifference", tf.squaredDifference),
  ...broadcasting("atan2", tf.atan2, positive),
  ...broadcasting("mod", tf.mod, [5.45, 5.9], [1.55, 1.75]),
  ...broadcasting("floorDiv", (a, b) => a.mul(tf.floorDiv(a, b)), [5.45, 5.9], [1.55, 1.75]),
  ...broadcasting("pow", tf.pow, positive, everywhere),
  elementwise("pow, square of either sign", x => x.pow(2)),
  elementwise("pow, cube of either sign", x => x.pow(3)),
  { ...of("pow at 0", "3", x => x.pow(tf.tensor1d([0, 1, 2]))), at: [[0, 0, 0]] },
  of("addN", "2×3, 2×3", (...x) => tf.addN(x)),
];

const chosenBy = (name: string, condition: (a: Tensor, b: Tensor) => Tensor) =>
  of(`where ${name}`, "2×3, 2×3", (a, b) => tf.where(condition(a, b), a.mul(b), a.sub(b)), [-1.5, 1.5], [-1.6, 1.7]);

const chosen = [
  elementwise("where all", x => tf.where(x.less(9).all(), x.square(), x)),
  elementwise("where any", x => tf.where(x.less(0).any(), x.square(), x)),
  chosenBy("greater", tf.greater),
  chosenBy("greaterEqual", tf.greaterEqual),
  chosenBy("greaterEqual of integers", (a, b) => tf.greaterEqual(a.cast("int32"), b.cast("int32"))),
  chosenBy("less", tf.less),
  chosenBy("lessEqual", tf.lessEqual),
  chosenBy("equal", tf.equal),
  chosenBy("notEqual", tf.notEqual),
  chosenBy("logicalAnd", (a, b) => tf.logicalAnd(a.greater(0), b.greater(0))),
  chosenBy("logicalOr", (a, b) => tf.logicalOr(a.greater(0), b.greater(0))),
  chosenBy("logicalXor", (a, b) => tf.logicalXor(a.greater(0), b.greater(0))),
  chosenBy("logicalNot", a => tf.logicalNot(a.greater(0))),
  chosenBy("isNaN", (a, b) => tf.isNaN(a.mul(b))),
];

export const elementwiseCases: Case[] = [...unary, ...binary, ...chosen];
