import type { Cell, CodeCell } from "@jupyterlab/cells";
import { type ToldError, toldOf } from "../../notebook/told.ts";
import type { MimeData } from "../../notebook/types.ts";
import { ERROR } from "../jupyter/errors.ts";

/** Whether the cell shows an error of its own; one that was left out because a cell before it failed shows none. */
export function hasFailed(cell: Cell): boolean {
  if (cell.model.type !== "code") return false;
  return outputsOf(cell as CodeCell).some(({ type }) => type === "error");
}

/** Whether the cell ended because the reader stopped it, as its kernel says. */
export function wasStopped(cell: Cell): boolean {
  if (cell.model.type !== "code") return false;
  return outputsOf(cell as CodeCell).some(({ type, data }) => {
    const { ename } = (data[ERROR] ?? {}) as { ename?: string };
    return type === "error" && (ename === "Interrupted" || ename === "KeyboardInterrupt");
  });
}

/** Whether a cell failed where its author did not mean it to, and neither a claim nor an exercise of it says so. */
export function isUntoldFailure(cell: Cell): boolean {
  const isMeant = ((cell.model.getMetadata("tags") ?? []) as string[]).includes("raises-exception");
  if (isMeant || cell.model.type !== "code") return false;
  return outputsOf(cell as CodeCell).some(({ type, data }, index, all) => {
    if (type !== "error") return false;
    return toldOf(data[ERROR] as unknown as ToldError, all[index - 1]?.data as MimeData | undefined) === undefined;
  });
}

function outputsOf({ model: { outputs } }: CodeCell) {
  return Array.from({ length: outputs.length }, (_, index) => outputs.get(index));
}
