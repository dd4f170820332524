import { fileURLToPath } from "node:url";
import { startKernel } from "../kernel/protocol/start.ts";
import { CommandError, exitCode } from "./errors.ts";

/** `lectern kernel <connection file>`: what Jupyter starts; see `lectern install`. Returns the exit code. */
export async function kernel(args: readonly string[]): Promise<number> {
  const [file, ...rest] = args;
  if (file === undefined || rest.length > 0) {
    throw new CommandError(
      `lectern kernel: one connection file must be given, but got ${args.length}; Jupyter starts it, after lectern install.`,
    );
  }
  await startKernel(file, { drawingProgram });
  return exitCode.done;
}

const drawingProgram = fileURLToPath(new URL("../handout/figures/process.js", import.meta.url));
