import vm from "node:vm";
import type { ScriptNames } from "./edits.ts";
import type { Position } from "./positions.ts";
import type { Code } from "./strip.ts";

/** Where a piece of user code stands: a cell by its number, or a file. */
export type Origin = { cell: number } | { file: string };

export interface Script {
  origin: Origin;
  code: Code;
  names?: ScriptNames;
  /** The text of a cell. */
  source?: string;
}

const scripts = new Map<string, Script>();

/** Compiles user code to the function that it evaluates to and remembers how to map its positions. */
export function compile<F>(name: string, script: Script): F {
  scripts.set(name, script);
  watch?.before();
  const made = new vm.Script(script.code.javascript, { filename: name }).runInThisContext() as F;
  watch?.after();
  return made;
}

/** Who hears of user code before it is made a function, and before that is called. */
interface Watch {
  before(): void;
  after(): void;
}

let watch: Watch | undefined;

export function watchScripts(by: Watch | undefined): void {
  watch = by;
}

export function scriptNamed(name: string): Script | undefined {
  return scripts.get(name);
}

/** The origin and source position of a place in compiled user code; undefined for all other code. */
export function locate(name: string, line: number, column: number): { origin: Origin; position: Position } | undefined {
  const script = scripts.get(name);
  const position = script?.code.sourcePosition(line, column);
  return script && position ? { origin: script.origin, position } : undefined;
}
