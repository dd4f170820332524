import { beforeAll, expect, it } from "vitest";
import { chooseBackend, Random } from "../../../src/engine/index.ts";
import { Autoencoder, MADE, PixelCNN, RNN, VAE } from "../../../src/generative/models/index.ts";
import {
  CausalConvolution,
  Convolution,
  Dense,
  GRU,
  MaskedConvolution,
  MaskedPerceptron,
} from "../../../src/generative/networks/index.ts";

beforeAll(() => chooseBackend());

const random = () => new Random(1);

it.each<[string, () => unknown, string]>([
  ["Dense", () => new Dense(random(), 3, 0), "Dense: outputs must be a positive integer, but got 0"],
  ["Dense of NaN", () => new Dense(random(), Number.NaN, 2), "Dense: inputs must be a positive integer, but got NaN"],
  ["GRU", () => new GRU(random(), 1, 0), "GRU: hidden must be a positive integer, but got 0"],
  [
    "Convolution",
    () => new Convolution(random(), { inputs: 1, outputs: 0, size: 3 }),
    "Convolution: outputs must be a",
  ],
  [
    "MaskedConvolution",
    () => new MaskedConvolution(random(), { inputs: 0, outputs: 2, size: 3, mask: "A" }),
    "MaskedConvolution: inputs must be a positive integer, but got 0",
  ],
  [
    "CausalConvolution",
    () => new CausalConvolution(random(), { inputs: 1, outputs: 2, width: 2, dilation: 0.5 }),
    "CausalConvolution: dilation must be a positive integer, but got 0.5",
  ],
  [
    "MaskedPerceptron",
    () => new MaskedPerceptron(random(), { degrees: [1, 2], hidden: [4, 0] }),
    "MaskedPerceptron: hidden[1] must be a positive integer, but got 0; leave out a layer that is to have no units",
  ],
  ["MADE", () => new MADE(random(), { ordering: [0, 1], hidden: [0] }), "hidden[0] must be a positive integer"],
  [
    "RNN",
    () => new RNN(random(), { ordering: [0, 1], hidden: 0 }),
    "GRU: hidden must be a positive integer, but got 0",
  ],
  [
    "PixelCNN",
    () => new PixelCNN(random(), { height: 2, width: 2, channels: 0, blocks: 1 }),
    "outputs must be a positive",
  ],
  ["Autoencoder", () => new Autoencoder(random(), { pixels: 4, hidden: [0], latent: 2 }), "but got [4,0]"],
  ["VAE", () => new VAE(random(), { pixels: 4, hidden: [0], latent: 2 }), "but got [4,0]"],
])("%s refuses a layer without units in words of its own", (_, make, words) => expect(make).toThrow(words));
