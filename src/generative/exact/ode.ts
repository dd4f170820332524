import { assertFields, assertFunction, assertList, assertNumbers, told } from "./check.ts";

/** The right-hand side of `dx/dt = f(t, x)`. */
export type Field = (t: number, x: readonly number[]) => number[];

/** An explicit Runge–Kutta method by its tableau. */
export interface RungeKutta {
  /** When each stage is taken, as a part of the step. */
  nodes: readonly number[];
  /** What each stage takes of the stages before it. */
  stages: readonly (readonly number[])[];
  weights: readonly number[];
  /** The error of a step of length h is O(h^(order + 1)), that of a whole integration O(h^order). */
  order: number;
}

export const euler: RungeKutta = { nodes: [0], stages: [[]], weights: [1], order: 1 };

export const midpoint: RungeKutta = { nodes: [0, 1 / 2], stages: [[], [1 / 2]], weights: [0, 1], order: 2 };

/** The classical method of Kutta, Beitrag zur näherungsweisen Integration totaler Differentialgleichungen, 1901. */
export const rungeKutta4: RungeKutta = {
  nodes: [0, 1 / 2, 1 / 2, 1],
  stages: [[], [1 / 2], [0, 1 / 2], [0, 0, 1]],
  weights: [1 / 6, 1 / 3, 1 / 3, 1 / 6],
  order: 4,
};

/** The pair of orders 5 and 4 of Dormand & Prince, A family of embedded Runge–Kutta formulae, 1980, table 2. */
export const dormandPrince: RungeKutta & { lower: readonly number[] } = {
  nodes: [0, 1 / 5, 3 / 10, 4 / 5, 8 / 9, 1, 1],
  stages: [
    [],
    [1 / 5],
    [3 / 40, 9 / 40],
    [44 / 45, -56 / 15, 32 / 9],
    [19372 / 6561, -25360 / 2187, 64448 / 6561, -212 / 729],
    [9017 / 3168, -355 / 33, 46732 / 5247, 49 / 176, -5103 / 18656],
    [35 / 384, 0, 500 / 1113, 125 / 192, -2187 / 6784, 11 / 84],
  ],
  weights: [35 / 384, 0, 500 / 1113, 125 / 192, -2187 / 6784, 11 / 84, 0],
  order: 5,
  lower: [5179 / 57600, 0, 7571 / 16695, 393 / 640, -92097 / 339200, 187 / 2100, 1 / 40],
};

/**
 * `x(to)` from `x(from)`, by `steps` equal steps of a method. Backwards in time where to < from.
 *
 * @throws RangeError where steps is no positive integer, a time is not finite, or the field is NaN or of another length
 */
export function integrate(
  field: Field,
  x: readonly number[],
  options: { from?: number; to?: number; steps: number; method: RungeKutta },
): number[] {
  assertFunction("integrate", "field", field);
  assertNumbers("integrate", "x", x);
  assertFields("integrate", "options", options, ["steps", "method"]);
  const { from = 0, to = 1, steps, method } = options;
  assertFields("integrate", "method", method, ["nodes", "stages", "weights"]);
  assertNumbers("integrate", "the nodes of the method", method.nodes);
  assertNumbers("integrate", "the weights of the method", method.weights);
  assertList("integrate", "the stages of the method", method.stages);
  method.stages.forEach((stage, i) => {
    assertNumbers("integrate", `stage ${i} of the method`, stage);
  });
  const areTimes = typeof from === "number" && typeof to === "number" && Number.isFinite(to - from);
  if (!Number.isInteger(steps) || steps < 1 || !areTimes) {
    throw new RangeError(
      `integrate: steps must be a positive integer and times finite, but got ${told(steps)} steps from ${told(from)} to ${told(to)}; 20 to 100 steps are usual.`,
    );
  }
  const h = (to - from) / steps;
  let state = [...x];
  for (let n = 0; n < steps; n++) {
    const slopes = slopesOf(field, from + n * h, state, h, method);
    state = moved(state, slopes, method.weights, h);
  }
  return state;
}

/** The slope of each stage of one step. */
function slopesOf(field: Field, t: number, x: readonly number[], h: number, method: RungeKutta): number[][] {
  const slopes: number[][] = [];
  for (let i = 0; i < method.nodes.length; i++) {
    const node = method.nodes[i] as number;
    const slope = field(t + node * h, moved(x, slopes, method.stages[i] as number[], h));
    if (slope?.length !== x.length || hasNaN(slope)) {
      throw new RangeError(
        `integrate: field must give ${x.length} numbers, but got ${slope?.length === x.length ? "NaN" : (slope?.length ?? told(slope))} at t = ${t + node * h}; smaller steps help where x has grown beyond all bounds.`,
      );
    }
    slopes.push(slope);
  }
  return slopes;
}

function hasNaN(values: readonly number[]): boolean {
  for (let i = 0; i < values.length; i++) if (Number.isNaN(values[i])) return true;
  return false;
}

/** x + h Σ_k w_k k_k */
function moved(x: readonly number[], slopes: number[][], weights: readonly number[], h: number): number[] {
  return x.map((value, i) => {
    let sum = 0;
    for (let k = 0; k < weights.length; k++) sum += (weights[k] as number) * (slopes[k]?.[i] as number);
    return value + h * sum;
  });
}
