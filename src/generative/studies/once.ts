import { mkdir, readFile } from "node:fs/promises";
import { dirname } from "node:path";
import writeFileAtomic from "write-file-atomic";
import type { Parameters } from "../networks/index.ts";
import { loadParameters } from "../training/index.ts";

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
  const mark = `${checkpoint}.settings`;
  const wanted = JSON.stringify(settings);
  if ((await readFile(mark, "utf8").catch(() => undefined)) === wanted) {
    await loadParameters(checkpoint, parameters);
    return;
  }
  await train();
  await mkdir(dirname(mark), { recursive: true });
  await writeFileAtomic(mark, wanted);
}
