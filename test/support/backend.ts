import * as tf from "@tensorflow/tfjs";
import { chooseBackend } from "../../src/engine/index.ts";

/** Back from a backend that a test asked for to the one that everything else runs on. */
export async function backToChosen(): Promise<void> {
  await tf.setBackend((await chooseBackend()).name);
}
