import fs from "node:fs";

/** After so many lines the log is silent: its reader may have stopped reading, and a full pipe blocks. */
const most = 100;
let lines = 0;

/** Writes a line for whoever looks after the kernel, straight from this thread. */
export function log(text: string): void {
  if (++lines > most) return;
  const last = lines === most ? " (further messages are not shown)" : "";
  try {
    fs.writeSync(2, `lectern kernel: ${text}${last}\n`);
  } catch {
    // Nobody listens.
  }
}
