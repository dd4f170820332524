import * as tf from "@tensorflow/tfjs";
import type { Random } from "../../engine/index.ts";
import { assertChoice } from "../exact/check.ts";
import { type RungeKutta, rungeKutta4 } from "../exact/index.ts";
import { Dense, namedParts, type Parameters, Perceptron, tanh } from "../networks/index.ts";
import { assertSizes } from "../networks/sizes.ts";
import { type Bijection, assertRows, type Transformed, unitRow } from "./bijection.ts";
import { integrateAdaptively, integrateTensors, type TensorField } from "./tensorOde.ts";

/** dx/dt = f(t, x). x: [batch, d] -> [batch, d] */
export interface VectorField {
  readonly parameters: Parameters;
  at(t: number, x: tf.Tensor): tf.Tensor;
}

/** How tr ∂f/∂x is found: by d vector–Jacobian products, or from one, with random signs. */
export type TraceKind = "exact" | "hutchinson";

export interface ContinuousFlowOptions {
  trace?: TraceKind;
  /** Steps of the fixed solver, which training uses. */
  steps?: number;
  method?: RungeKutta;
}

/**
 * `dx/dt = f(t, x)`, `d log |det| / dt = tr ∂f/∂x`, from t = 0 (data) to t = 1 (latents): a continuous flow.
 *
 * f is any network; solved backwards in time, the same equation inverts it, wherever f is finite on the way, to the error
 * of the solver: with Runge–Kutta's method, (1/steps)⁴ times how f bends. With `trace: "hutchinson"` the trace is
 * eᵀ (∂f/∂x) e, with one vector e of random signs for the whole solution: unbiased, at the cost of one product. Chen et
 * al., Neural Ordinary Differential Equations, 2018, theorem 1; Grathwohl et al., FFJORD, 2019, eq. 7–8.
 */
export class ContinuousFlow implements Bijection {
  readonly parameters: Parameters;
  private readonly trace: TraceKind;
  private readonly steps: number;
  private readonly method: RungeKutta;

  constructor(
    readonly field: VectorField,
    private readonly d: number,
    options: ContinuousFlowOptions = {},
  ) {
    const { trace, steps, method } = { trace: "exact", steps: 8, method: rungeKutta4, ...options } as const;
    assertSizes("ContinuousFlow", { d, steps });
    assertChoice("ContinuousFlow", "trace", trace, ["exact", "hutchinson"]);
    this.parameters = field.parameters;
    this.trace = trace;
    this.steps = steps;
    this.method = method;
  }

  /** @throws TypeError where the trace is to be estimated and there is no `random` */
  forward(x: tf.Tensor, random?: Random): Transformed {
    assertRows("ContinuousFlow", x, this.d);
    const { steps, method } = this;
    const start = [x, tf.zeros([x.shape[0] as number])];
    const [z, logDet] = integrateTensors(this.augmented(x, random), start, { from: 0, to: 1, steps, method }) as [
      tf.Tensor,
      tf.Tensor,
    ];
    return { z, logDet };
  }

  inverse(z: tf.Tensor): tf.Tensor {
    assertRows("ContinuousFlow", z, this.d);
    const { steps, method } = this;
    const field: TensorField = (t, [x]) => [this.field.at(t, x as tf.Tensor)];
    return integrateTensors(field, [z], { from: 1, to: 0, steps, method })[0] as tf.Tensor;
  }

  /** z and log |det| to a tolerance, by steps as long as it allows; how often f was asked. Not for compiled steps. */
  forwardAdaptively(x: tf.Tensor, tolerance = 1e-5, random?: Random): Transformed & { evaluations: number } {
    const start = [x, tf.zeros([x.shape[0] as number])];
    const { state, evaluations } = integrateAdaptively(this.augmented(x, random), start, { from: 0, to: 1, tolerance });
    return { z: state[0] as tf.Tensor, logDet: state[1] as tf.Tensor, evaluations };
  }

  /** d(x, log |det|)/dt */
  private augmented(x: tf.Tensor, random?: Random): TensorField {
    if (this.trace === "exact") {
      return (t, [x]) => [this.field.at(t, x as tf.Tensor), exactTrace(this.field, t, x as tf.Tensor)];
    }
    if (random === undefined) {
      throw new TypeError(
        "ContinuousFlow: an estimated trace must be given random signs, but got none; pass a Random.",
      );
    }
    const signs = random.bernoulli(tf.fill(x.shape, 0.5)).mul(2).sub(1);
    return (t, [x]) => [this.field.at(t, x as tf.Tensor), hutchinsonTrace(this.field, t, x as tf.Tensor, signs)];
  }
}

/** `tr ∂f/∂x = Σ_i e_iᵀ (∂f/∂x) e_i`, by d vector–Jacobian products. [batch, d] -> [batch] */
export function exactTrace(field: VectorField, t: number, x: tf.Tensor): tf.Tensor {
  const [batch, d] = x.shape as [number, number];
  const terms = Array.from({ length: d }, (_, i) => {
    const unit = tf.tile(unitRow(i, d), [batch, 1]); // [batch, d]
    return hutchinsonTrace(field, t, x, unit);
  });
  return tf.addN(terms);
}

/** `eᵀ (∂f/∂x) e`, whose mean over e with E e eᵀ = I is the trace. Hutchinson, 1990. [batch, d] -> [batch] */
export function hutchinsonTrace(field: VectorField, t: number, x: tf.Tensor, e: tf.Tensor): tf.Tensor {
  return tf
    .grad(x => field.at(t, x))(x, e)
    .mul(e)
    .sum(1);
}

/** f(t, x) = a perceptron of (x, t), with tanh. */
export class PerceptronField implements VectorField {
  readonly parameters: Parameters;
  private readonly body: Perceptron;
  private readonly output: Dense;

  constructor(random: Random, d: number, { hidden = [64, 64] }: { hidden?: readonly number[] } = {}) {
    this.body = new Perceptron(random, [d + 1, ...hidden], tanh);
    this.output = new Dense(random, hidden.at(-1) as number, d);
    this.parameters = namedParts({ body: this.body, output: this.output });
  }

  at(t: number, x: tf.Tensor): tf.Tensor {
    const time = tf.fill([x.shape[0] as number, 1], t);
    return this.output.apply(this.body.apply(tf.concat([x, time], 1)));
  }
}
