import * as tf from "@tensorflow/tfjs";
import { Random } from "../../../src/engine/random.ts";
import type { Case } from "./cases/case.ts";

type Scalar = (...x: tf.Tensor[]) => tf.Tensor;

/**
 * How far a derivative of `L = Σ w sin f(x)` is from the difference quotient, relative to it where that exceeds 1.
 *
 * Order n differentiates the scalar that order n − 1 gave, each along a direction of its own, and is held against
 * the central difference `(g(−2h) − 8 g(−h) + 8 g(h) − g(2h)) / 12h` of that scalar. The sine makes every order of
 * a linear f tell something, and sends it back through the gradient of f.
 */
export function error(theCase: Case, order: number): number {
  return tf.tidy(() => {
    const { point, scalars, directions } = derivativesOf(theCase, order);
    const [below, analytic] = scalars.slice(-2) as [Scalar, Scalar];
    const direction = directions.at(-1) as tf.Tensor[];
    const moved = (step: number) =>
      numberIn(below(...point.map((x, i) => x.add((direction[i] as tf.Tensor).mul(step)))));
    const h = 0.01;
    const numeric = (moved(-2 * h) - 8 * moved(-h) + 8 * moved(h) - moved(2 * h)) / (12 * h);
    const distance = Math.abs(numberIn(analytic(...point)) - numeric) / Math.max(1, Math.abs(numeric));
    return Number.isNaN(distance) ? Number.POSITIVE_INFINITY : distance;
  });
}

/** The derivatives of all orders up to one, taken and not looked at. */
export function orders(theCase: Case, order: number): void {
  const { point, scalars } = derivativesOf(theCase, order);
  for (const g of scalars) g(...point);
}

/** `right` where a derivative equals the difference quotient; else what came instead. */
export type Verdict = "right" | "wrong" | "throws";

/** The verdicts on the derivatives of orders 1, 2, … up to the first that is not right. */
export function verdicts(theCase: Case, order: number): Verdict[] {
  const found: Verdict[] = [];
  while (found.length < order && (found.at(-1) ?? "right") === "right") found.push(verdict(theCase, found.length + 1));
  return found;
}

function verdict(theCase: Case, order: number): Verdict {
  try {
    return error(theCase, order) < 2e-3 ? "right" : "wrong";
  } catch {
    return "throws";
  }
}

/** A point, and at it L and its derivatives, the n-th along the first n of the directions. */
function derivativesOf({ f, at, shapes, ranges }: Case, order: number) {
  const random = new Random(11);
  const point = shapes.map((shape, i) => {
    const values = at?.[i] ?? spread(shape, ranges[i] ?? (ranges.at(-1) as Case["ranges"][0]), random);
    return tf.tensor(Array.from(values), shape, "float32");
  });
  const weights = random.split();
  const loss = (...x: tf.Tensor[]) => {
    const y = f(...x);
    return y.sin().mul(weights.child(0).normal(y.shape)).sum();
  };
  const directions = Array.from({ length: order }, () => shapes.map(shape => random.uniform(shape).mul(2).sub(1)));
  const scalars: Scalar[] = [loss];
  for (const direction of directions) scalars.push(along(scalars.at(-1) as Scalar, direction));
  return { point, scalars, directions };
}

/** `x ↦ Σ vᵢ · ∂g/∂xᵢ(x)` */
function along(g: Scalar, direction: tf.Tensor[]): Scalar {
  return (...x) => {
    const terms = tf
      .grads(g)(x)
      .map((dx, i) => dx.mul(direction[i] as tf.Tensor).sum());
    return tf.addN(terms);
  };
}

const numberIn = (scalar: tf.Tensor) => scalar.dataSync()[0] as number;

/** Entries in random order, apart from each other and from 0, so that no step crosses a kink. */
function spread(shape: number[], [from, to]: readonly [number, number], random: Random): number[] {
  const n = shape.reduce((product, size) => product * size, 1);
  const even = n + (n % 2);
  const order = Array.from(random.permutation(even)).slice(0, n);
  return order.map(i => from + ((to - from) * (i + 0.5)) / even);
}
