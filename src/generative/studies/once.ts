import type { Parameters } from "../networks/index.ts";
import { loadParameters } from "../training/index.ts";
import { stored } from "./stored.ts";

/**
 * Trains, unless an earlier call with the same settings did: then its parameters are read from its checkpoint.
 *
 * For a study of several stages: the checkpoint of `fit` resumes the stage that was cut off, and this passes those
 * before it. A file of the settings beside the checkpoint says that it is finished.
 */
export async function once(
  checkpoint: string,
  settings: object,
  parameters: Parameters,
  train: () => Promise<unknown>,
): Promise<void> {
  let trained = false;
  await stored(`${checkpoint}.settings`, settings, async () => {
    await train();
    trained = true;
    return trained;
  });
  if (!trained) await loadParameters(checkpoint, parameters);
}
