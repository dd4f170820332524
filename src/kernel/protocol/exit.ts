import { describePlace, framesOf } from "../errors/frames.ts";
import { currentListener } from "../output/capture.ts";
import { CellRun } from "../output/cellRun.ts";
import type { FromMain } from "./exchange.ts";
import type { SharedState } from "./sharedState.ts";

/** How long the last messages may take to get out, in milliseconds. */
const patience = 3000;

/**
 * From now on `process.exit` first tells the clients who called it, and waits until they were told.
 * Returns the exit that it replaces, which is for the kernel itself.
 */
export function announceExit(
  shared: SharedState,
  directory: string,
  post: (message: FromMain) => void,
): (code: number) => never {
  const exit = process.exit.bind(process);
  process.exit = code => {
    const number = Number(code ?? process.exitCode ?? 0);
    const listener = currentListener();
    const run = listener instanceof CellRun ? listener.id : undefined;
    const frame = framesOf(new Error("process.exit"))[0];
    const place = frame && describePlace(frame.origin, frame.position, directory);
    shared.arm("exit");
    post({ type: "exit", run, code: number, place });
    shared.block("exit", patience);
    return exit(number);
  };
  return exit;
}
