import { type Shown, withDrawing } from "./drawing.ts";

/** The program of a process that draws figures for a kernel, and ends with it. */

process.on("message", ({ id, shown }: { id: number; shown: Shown }) => {
  withDrawing(shown).then(
    drawn => process.send?.({ id, shown: drawn }),
    (error: Error) => process.send?.({ id, problem: error.message }),
  );
});
process.on("disconnect", () => process.exit());
// The terminal's Ctrl-C is meant for the cell.
process.on("SIGINT", () => {});
