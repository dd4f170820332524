import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as tf from "@tensorflow/tfjs";
import { beforeAll, describe, expect, it } from "vitest";
import { chooseBackend, Random } from "../../../src/engine/index.ts";
import { tabulate } from "../../../src/generative/estimates/index.ts";
import { binaryVectors } from "../../../src/generative/exact/index.ts";
import { MADE, naturalOrdering, RNN } from "../../../src/generative/models/index.ts";
import { GRU, type Parameters } from "../../../src/generative/networks/index.ts";
import { expectClose } from "../../support/close.ts";

beforeAll(() => chooseBackend());

// Made by test/fixtures/autoregressive.py with numpy 2.4.6 and torch 2.15.0.
const reference = JSON.parse(readFileSync(join(import.meta.dirname, "../../fixtures/autoregressive.json"), "utf8"));

function assign(parameters: Parameters, values: Record<string, number[] | number[][]>): void {
  expect(Object.keys(values).sort()).toEqual(Object.keys(parameters).sort());
  for (const [name, value] of Object.entries(values)) parameters[name]?.assign(tf.tensor(value));
}

describe("MADE against numpy", () => {
  const { ordering, hidden, weights, logits, logProb } = reference.made;

  it("has the conditionals and the log-probabilities of all 32 vectors", () => {
    const made = new MADE(new Random(1), { ordering, hidden });
    const named = weights.flatMap((layer: Record<string, number[]>, i: number) =>
      Object.entries(layer).map(([name, value]) => [`layer${i + 1}.${name}`, value]),
    );
    assign(made.parameters, Object.fromEntries(named));
    expectClose(made.conditional(tf.tensor2d(binaryVectors(5))), logits.flat(), { absolute: 1e-5 });
    expectClose(tabulate(made, 5), logProb, { absolute: 1e-5 });
  });
});

describe("GRU against torch.nn.GRU", () => {
  const { W, U, b, c, x, states, gradientOfU } = reference.gru;
  const cell = () => {
    const gru = new GRU(new Random(1), 3, 4);
    assign(gru.parameters, { W, U, b, c });
    return gru;
  };

  it("has its states", () => expectClose(cell().apply(tf.tensor3d(x)), states.flat(2), { absolute: 1e-6 }));

  it("has its gradient with respect to U", () => {
    const gru = cell();
    const { grads } = tf.variableGrads(
      () => gru.apply(tf.tensor3d(x)).square().sum().asScalar(),
      [gru.parameters.U as tf.Variable],
    );
    expectClose(Object.values(grads)[0] as tf.Tensor, gradientOfU.flat(), { absolute: 1e-5 });
  });

  it("takes the same steps one by one", () => {
    const gru = cell();
    let h: tf.Tensor = tf.zeros([2, 4]);
    const one = tf.unstack(tf.tensor3d(x), 1).map(input => {
      h = gru.step(h, input);
      return h;
    });
    expectClose(tf.stack(one, 1), states.flat(2), { absolute: 1e-6 });
  });
});

describe("RNN against a loop over torch.nn.GRUCell", () => {
  it("has the log-probabilities of all 32 vectors", () => {
    const { W, U, b, c, w, bias, logProb } = reference.rnn;
    const rnn = new RNN(new Random(1), { ordering: naturalOrdering(5), hidden: 3 });
    assign(rnn.parameters, {
      "cell.W": W,
      "cell.U": U,
      "cell.b": b,
      "cell.c": c,
      "output.kernel": w,
      "output.bias": bias,
    });
    expectClose(tabulate(rnn, 5), logProb, { absolute: 1e-5 });
  });
});
