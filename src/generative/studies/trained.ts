import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { chooseBackend, Random } from "../../engine/index.ts";
import type { MADE, PixelCNN } from "../models/index.ts";
import type { Parameters } from "../networks/index.ts";
import { loadWeights } from "../training/index.ts";
import { makeMade } from "./made.ts";
import { makePixelCnn } from "./pixelCnn.ts";
import type { NllResult } from "./nll.ts";

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

async function trained<Model extends { parameters: Parameters }>(
  name: string,
  make: (random: Random, settings: never) => Model,
): Promise<Trained<Model, NllResult>> {
  await chooseBackend();
  const folder = new URL("../../../data/", import.meta.url);
  const result: NllResult = JSON.parse(await readFile(new URL(`studies/${name}.json`, folder), "utf8"));
  const model = make(new Random(Number(result.settings.seed)), result.settings as never);
  await loadWeights(fileURLToPath(new URL(`weights/${name}.weights`, folder)), model.parameters, result.weights);
  return { model, result };
}
