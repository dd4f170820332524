import { compile, type Origin } from "../../../src/kernel/transform/scripts.ts";

let scripts = 0;

/** The function that JavaScript of a cell or a module makes; its places count from the first line of `body`. */
export function userCode<F extends (...args: never[]) => unknown>(origin: Origin, body: string, name?: string): F {
  const file = name ?? `/course/__test_${++scripts}.ts`;
  return compile<F>(file, {
    origin,
    code: { javascript: `(\n${body}\n)`, sourcePosition: (line, column) => ({ line: line - 1, column }) },
  });
}

/** What a call throws. */
export function thrownBy(run: () => unknown): unknown {
  try {
    run();
  } catch (error) {
    return error;
  }
  throw new Error("nothing was thrown");
}
