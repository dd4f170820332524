import { isObjectCell } from "../transform/objectCell.ts";
import type { Declaration, ParsedCell } from "../transform/parse.ts";

interface Known extends Declaration {
  /** Module name of the cell that declared it last. */
  module: string;
}

/** The module that stands for a cell, and where the cell's own text is in it. */
export interface CellModule {
  text: string;
  start: number;
  end: number;
}

/**
 * The names of a notebook as its next cell sees them.
 *
 * A cell is checked as a module. What it uses of earlier cells enters on one line before its text:
 * an import, or for `let` a declaration of the same type, because imports are read-only.
 */
export class NotebookTypes {
  readonly #names = new Map<string, Known>();

  /** Names that exist when a cell runs. */
  valueNames(): Set<string> {
    return new Set([...this.#names.values()].filter(each => each.kind !== "type").map(each => each.name));
  }

  /** All names, types included. */
  names(): Pick<ReadonlySet<string>, "has"> {
    return this.#names;
  }

  /** Modules that a name of the notebook comes from. */
  modules(): Set<string> {
    return new Set([...this.#names.values()].map(each => each.module));
  }

  /** With the names that the cell mentions, or with all where the cell is still being written; with none, as it stands. */
  moduleFor(cell: ParsedCell, names: "mentioned" | "all" | "none" = "mentioned"): CellModule {
    const own = new Set(cell.declarations.map(each => each.name));
    let prelude = "";
    const candidates = { mentioned: cell.file.identifiers, all: this.#names, none: new Map<string, never>() }[names];
    for (const name of candidates.keys()) {
      const known = this.#names.get(name);
      if (known && !own.has(name)) prelude += preludeFor(known);
    }
    const exported = new Set(cell.declarations.filter(isExportedByUs).map(each => each.name));
    const [open, close] = isObjectCell(cell.file) ? ["(", ");"] : ["", ""];
    const start = prelude.length + 1 + open.length;
    const text = `${prelude}\n${open}${cell.source}\n${close}export {${[...exported].join(",")}};`;
    return { text, start, end: start + cell.source.length };
  }

  /** From now on these names mean what the cell in `module` declared. */
  commit(declarations: Declaration[], module: string): void {
    for (const declaration of declarations) this.#names.set(declaration.name, { ...declaration, module });
  }
}

function preludeFor({ name, kind, module, importText }: Known): string {
  if (importText !== undefined) return importText;
  const specifier = JSON.stringify(`./${module}`);
  if (kind === "let") return `declare let ${name}: typeof import(${specifier}).${name};`;
  return `import { ${name} } from ${specifier};`;
}

function isExportedByUs(declaration: Declaration): boolean {
  return declaration.kind !== "import" && declaration.kind !== "ambient" && !declaration.exported;
}
