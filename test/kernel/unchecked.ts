import { checkGrammar } from "../../src/kernel/check/process/unchecked.ts";
import type { CellChecker } from "../../src/kernel/index.ts";

/** Looks at the grammar of cells only: for tests of what runs, which need not wait for TypeScript to know its library. */
export function unchecked(directory: string): CellChecker {
  return {
    check: async run => checkGrammar(run, directory),
    commit: async () => {},
    complete: async (_, offset) => ({ from: offset, to: offset, items: [] }),
    inspect: async () => undefined,
    isComplete: async () => ({ status: "complete" }),
    dispose: () => {},
  };
}
