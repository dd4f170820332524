import { randomUUID } from "node:crypto";
import { bundleOf } from "../display/display.ts";
import { showExplore } from "./explore.ts";
import { Picture, showAt } from "./picture.ts";
import { readBy } from "./reading.ts";

/**
 * Shows what `render` returns, a text as it is, and again whenever a control changes whose `value` it read before its first `await`.
 *
 * While one picture is made, changes are only noted: the next one is of the latest values, so a slow picture lags by
 * one and never by many. What `render` throws is shown in the picture's place.
 *
 * @example
 * // const mean = slider({ from: -3, to: 3, value: 0, label: "mean of q" });
 * // show(() => figure(mean.value));
 */
export async function show(render: () => unknown): Promise<void> {
  const picture = new Picture(async reader => {
    const value = await readBy(reader, render);
    if (value === undefined || typeof value === "string") return { data: { "text/plain": value ?? "" } };
    return bundleOf(value);
  });
  await picture.draw();
}

/** Shows a value below the cell as if it were the cell's last: a cell may show several. */
export async function display(value: unknown): Promise<void> {
  if (!(await showExplore(value))) showAt(randomUUID(), await bundleOf(value));
}
