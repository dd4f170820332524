import { filesRunning } from "./trace/errors.ts";

/**
 * Runs `start`, and takes away each process listener that `library` adds meanwhile, before it can hear of anything.
 *
 * A module made by emscripten, such as tfjs's wasm kernels, has every unhandled rejection of the process end it, as
 * if the program were its own. Listeners of others stay, those added meanwhile, too.
 *
 * @param library part of the paths of its files
 */
export async function withoutListenersOf<Result>(library: string, start: () => Promise<Result>): Promise<Result> {
  const takeAway = (event: string | symbol, listener: (...given: unknown[]) => void): void => {
    // It is told before the listener is there; microtasks run before anything else can happen.
    if (filesRunning().some(file => file.includes(library))) queueMicrotask(() => process.off(event, listener));
  };
  process.on("newListener", takeAway);
  try {
    return await start();
  } finally {
    process.off("newListener", takeAway);
  }
}
