import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { chooseBackend, Random } from "../../engine/index.ts";
import type { MADE, PixelCNN } from "../models/index.ts";
import type { Parameters } from "../networks/index.ts";
import { loadMnistSplit } from "../data/index.ts";
import { loadWeights, type WeightsFile } from "../training/index.ts";
import { type DigitFlow, type DigitFlowSize, makeDigitFlow } from "./digitFlow.ts";
import type { FlowMnistResult } from "./flowMnist.ts";
import { makeMade } from "./made.ts";
import type { NllResult } from "./nll.ts";
import { makePixelCnn } from "./pixelCnn.ts";

/** A model as its study trained it, and what it reached. */
export interface Trained<Model, Result> {
  model: Model;
  result: Result;
}

/**
 * The MADE of `npm run study made`: its weights as they are stored in data/weights, and its numbers.
 *
 * @throws Error where the weights are missing, or not those of the numbers
 */
export const trainedMade = (): Promise<Trained<MADE, NllResult>> => trained("made", makeMade);

/**
 * The PixelCNN of `npm run study pixelcnn`: its weights as they are stored in data/weights, and its numbers.
 *
 * @throws Error where the weights are missing, or not those of the numbers
 */
export const trainedPixelCnn = (): Promise<Trained<PixelCNN, NllResult>> => trained("pixelcnn", makePixelCnn);

/**
 * The flow of `npm run study flow-mnist`: its weights as they are stored in data/weights, and its numbers.
 *
 * @throws Error where the weights are missing, or not those of the numbers
 */
export async function trainedDigitFlow(): Promise<Trained<DigitFlow, FlowMnistResult>> {
  const train = await loadMnistSplit("train");
  return trained("flow-mnist", (random, settings: DigitFlowSize) => {
    const flow = makeDigitFlow(random, settings, train);
    return { ...flow, parameters: flow.network.parameters };
  });
}

interface Stored {
  settings: object;
  weights?: WeightsFile;
}

async function trained<Model extends { parameters: Parameters }, Settings, Result extends Stored>(
  name: string,
  make: (random: Random, settings: Settings) => Model,
): Promise<Trained<Model, Result>> {
  await chooseBackend();
  const folder = new URL("../../../data/", import.meta.url);
  const result: Result = JSON.parse(await readFile(new URL(`studies/${name}.json`, folder), "utf8"));
  const { seed } = result.settings as { seed: number };
  const model = make(new Random(seed), result.settings as Settings);
  await loadWeights(fileURLToPath(new URL(`weights/${name}.weights`, folder)), model.parameters, result.weights);
  return { model, result };
}
