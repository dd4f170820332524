import { writeSync } from "node:fs";
import { describeError } from "../server/index.ts";

/**
 * Lets a server go on where something was thrown that nobody caught, and says so in one line: what its kernels hold, and
 * what its pages have not saved yet, is worth more than a clean end.
 */
export function goOnWhateverIsThrown(): void {
  process.on("uncaughtException", error => {
    try {
      const line = describeError(error).replace(/\p{Cc}+/gu, " ");
      writeSync(process.stderr.fd, `lectern open: an error that was not foreseen: ${line}. The server goes on.\n`);
    } catch {
      // The terminal is gone.
    }
  });
}
