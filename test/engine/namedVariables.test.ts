import * as tf from "@tensorflow/tfjs";
import { beforeAll, it } from "vitest";
import { compile } from "../../src/engine/index.ts";
import { expectClose } from "../support/close.ts";

beforeAll(async () => {
  await tf.setBackend("cpu");
});

it("compiles a step whose variables have names, though an optimizer numbers its own", () => {
  const w = tf.variable(tf.tensor1d([1, 2]), true, "slope");
  const b = tf.variable(tf.scalar(3), true, "offset");
  const optimizer = tf.train.adam(0.1);
  const minimize = () =>
    optimizer.minimize(() => w.square().sum().add(b.square()).asScalar(), true, [w, b]) as tf.Scalar;
  const step = compile(minimize, { optimizer, otherwise: "throw" });
  expectClose(step(), [14], { relative: 1e-6 });
  step.sync();
  // The first step of Adam is as long as its learning rate.
  expectClose(w, [0.9, 1.9], { relative: 1e-4 });
  expectClose(b, [2.9], { relative: 1e-4 });
  step.dispose();
});
