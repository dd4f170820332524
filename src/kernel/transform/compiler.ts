import path from "node:path";
import { dialectIn } from "../check/dialect.ts";
import { strictnessOf } from "../check/tsconfig.ts";
import { rewriteCell } from "./cell.ts";
import type { ParsedCell } from "./parse.ts";
import { compile } from "./scripts.ts";
import { type DecoratorOptions, stripTypes } from "./strip.ts";

/** Engines of one process may share a folder; their scripts may not share a name. */
let scripts = 0;

/** A cell as a function of the helpers that `cellParameters` names. */
export type CellFunction = (...helpers: unknown[]) => Promise<unknown>;

/** Makes functions of a notebook's cells. */
export class CellCompiler {
  readonly #directory: string;
  #decorators: DecoratorOptions;

  constructor(directory: string, decorators: DecoratorOptions) {
    this.#directory = directory;
    this.#decorators = decorators;
  }

  /** `known`: names of earlier cells; `types`: names of the cell that are types only. */
  compile(cell: ParsedCell, number: number, known: ReadonlySet<string>, types: ReadonlySet<string>): CellFunction {
    const dialect = dialectIn(cell.source);
    if (dialect) this.#decorators = strictnessOf(this.#directory, dialect).options;
    const { edited, needsCompiler, names } = rewriteCell(cell, known, types);
    const code = stripTypes(edited, cell.source, needsCompiler, this.#decorators);
    const script = { origin: { cell: number }, code, names, source: cell.source };
    return compile(path.join(this.#directory, `__lectern_${++scripts}.ts`), script);
  }
}
