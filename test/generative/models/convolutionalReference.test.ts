import * as tf from "@tensorflow/tfjs";
import { beforeAll, describe, expect, it } from "vitest";
import { chooseBackend, Random } from "../../../src/engine/index.ts";
import { tabulate } from "../../../src/generative/estimates/index.ts";
import { PixelCNN } from "../../../src/generative/models/index.ts";
import {
  CausalConvolution,
  type ConvolutionMask,
  MaskedAttention,
  MaskedConvolution,
  type Parameters,
} from "../../../src/generative/networks/index.ts";
import { expectClose } from "../../support/close.ts";
import { fixture } from "../../support/fixture.ts";

beforeAll(() => chooseBackend());

// Made by test/fixtures/convolutional.py with torch 2.15.0.
const reference = fixture("convolutional");

function assign(parameters: Parameters, values: Record<string, number[]>): void {
  expect(Object.keys(values).sort()).toEqual(Object.keys(parameters).sort());
  for (const [name, value] of Object.entries(values)) parameters[name]?.assign(tf.tensor(value));
}

describe("MaskedConvolution against torch's conv2d", () => {
  const { x, kernel, bias, ...outputs } = reference.masked;

  it.each(Object.keys(outputs) as ConvolutionMask[])("has its outputs with mask %s", mask => {
    const layer = new MaskedConvolution(new Random(1), { inputs: 2, outputs: 3, size: 3, mask });
    assign(layer.parameters, { kernel, bias });
    expectClose(layer.apply(tf.tensor4d(x)), outputs[mask].flat(3), { absolute: 1e-5 });
  });
});

describe("CausalConvolution against torch's conv1d", () => {
  it("has its outputs with dilation 2", () => {
    const { x, kernel, bias, y } = reference.causal;
    const layer = new CausalConvolution(new Random(1), { inputs: 2, outputs: 4, width: 3, dilation: 2 });
    assign(layer.parameters, { kernel: [kernel] as unknown as number[], bias });
    expectClose(layer.apply(tf.tensor3d(x).expandDims(1)), y.flat(2), { absolute: 1e-5 });
  });
});

describe("MaskedAttention against torch.nn.MultiheadAttention", () => {
  it("has its outputs with two heads and a causal mask", () => {
    const { x, project, projectBias, output, outputBias, y } = reference.attention;
    const layer = new MaskedAttention(new Random(1), { channels: 4, heads: 2 });
    assign(layer.parameters, {
      "project.kernel": [[project]] as unknown as number[],
      "project.bias": projectBias,
      "output.kernel": [[output]] as unknown as number[],
      "output.bias": outputBias,
    });
    expectClose(layer.apply(tf.tensor3d(x).expandDims(1)), y.flat(2), { absolute: 1e-5 });
  });
});

describe("PixelCNN against torch", () => {
  it("has the log-probabilities of all 64 images of 2 × 3 pixels", () => {
    const model = new PixelCNN(new Random(1), { height: 2, width: 3, channels: 2, blocks: 1, size: { first: 3 } });
    assign(model.parameters, reference.pixelCnn.parameters);
    expectClose(tabulate(model, 6), reference.pixelCnn.logProb, { absolute: 1e-5 });
  });
});
