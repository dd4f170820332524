import type * as tf from "@tensorflow/tfjs";
import type { Bijection, Transformed } from "../../../../src/index.ts";
import type { Calls, Checkout } from "../calls.ts";
import { type Forms, type Given, setForms, tensorsBy } from "../tensors.ts";
import { layers } from "./layers.ts";

/** Every bijection of `flows`: forwards, backwards, and the gradient of its parameters. */
export function flows(calls: Calls, checkout: Checkout): void {
  const { library: L } = checkout;
  const { normal, uniform } = tensorsBy(checkout);
  for (const { name, make, shapes } of layers(checkout)) {
    for (const shape of shapes) {
      const x = () => (name === "logitLayer" ? uniform(2, shape) : normal(2, shape));
      const start = () => {
        const flow = make(shape[1]);
        const isRandom = name.includes("hutchinson");
        const forward = (x: tf.Tensor) => (isRandom ? flow.forward(x, new L.Random(3)) : flow.forward(x));
        return { flow, forward, x: x() };
      };
      const compiled = !name.startsWith("ContinuousFlow");
      const set = (what: string, make: () => Given, forms: Forms) =>
        setForms(calls, checkout, `${name} [${shape}] ${what}`, make, { compiled, ...forms });

      const sum = ({ z, logDet }: Transformed) => z.sum(-1).add(logDet);
      const forwards = (): Given => {
        const { forward, x } = start();
        return { inputs: [x], call: x => sum(forward(x)) };
      };
      set("forward", forwards, {});
      const backwards = (inverse: (flow: Bijection, z: tf.Tensor) => tf.Tensor) => (): Given => {
        const { flow, forward, x } = start();
        return { inputs: [forward(x).z], call: z => inverse(flow, z) };
      };
      set(
        "inverse",
        backwards((flow, z) => flow.inverse(z)),
        { gradient: false },
      );
      if (WITHOUT_PARAMETERS.test(name)) continue;
      set("gradient of parameters", () => parameterGradient(checkout, start()), { gradient: false });
      if (name.includes("hutchinson")) continue; // which needs noise
      const withLogDet = backwards((flow, z) => L.inverseWithLogDet(flow, z).logDet);
      set("inverseWithLogDet", withLogDet, { gradient: false, compiled: false });
    }
  }
}

const WITHOUT_PARAMETERS = /^(Squeeze|Elementwise|Inverse of|Composition|[a-z]+Layer)/;

/** Of ½ |z|² less the log-determinant. */
function parameterGradient(
  { tf }: Checkout,
  { flow, forward, x }: { flow: Bijection; forward: (x: tf.Tensor) => Transformed; x: tf.Tensor },
): Given {
  const trained = Object.values(flow.parameters).filter(each => (each as tf.Variable).trainable) as tf.Variable[];
  const loss = (x: tf.Tensor) => {
    const { z, logDet } = forward(x);
    return z.square().sum().mul(0.5).sub(logDet.sum()) as tf.Scalar;
  };
  return { inputs: [x], call: x => Object.values(tf.variableGrads(() => loss(x), trained).grads) };
}
