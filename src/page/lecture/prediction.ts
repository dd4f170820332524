import type { ICellModel } from "@jupyterlab/cells";
import { PREDICT, predictionIn } from "../../notebook/tags.ts";

/** Whether a cell asks its reader what will come out. */
export function asksForPrediction(model: ICellModel): boolean {
  return model.type === "code" && ((model.getMetadata("tags") ?? []) as string[]).includes(PREDICT);
}

/** What the reader said; empty where they looked without saying, undefined as long as they did neither. */
export function predictionOf(model: ICellModel): string | undefined {
  return predictionIn(model.metadata);
}

/** Records in the notebook what the reader said, or with `undefined` takes it back. */
export function setPrediction(model: ICellModel, prediction: string | undefined): void {
  if (predictionOf(model) === prediction) return;
  const { prediction: _, ...others } = (model.getMetadata("lectern") ?? {}) as Record<string, unknown>;
  const kept = prediction === undefined ? others : { ...others, prediction };
  if (Object.keys(kept).length > 0) model.setMetadata("lectern", kept);
  else model.deleteMetadata("lectern");
}
