import { isBuiltin } from "node:module";
import ts from "typescript";
import { PRELUDE } from "../kernel/process/guard.ts";
import { parseCell } from "../kernel/transform/parse.ts";
import type { GradedCell } from "./assemble.ts";

/** Cells that load the modules of a lecture, one each, before anything of a student's can meet them. */
export function preludeOf(cells: readonly GradedCell[]): string[] {
  const specifiers = new Set(
    lectureSources(cells).flatMap(source =>
      ts.preProcessFile(source, true, true).importedFiles.map(each => each.fileName),
    ),
  );
  return [...specifiers]
    .filter(each => !isBuiltin(each))
    .map((each, index) => `import * as ${PRELUDE}${index} from ${JSON.stringify(each)};`);
}

/** For each cell the names that it declares and no answer may change: constants on which checks depend. */
export function keptNames(cells: readonly GradedCell[]): string[][] {
  const declared = cells.map(({ cell, whose }) => {
    if (whose !== "lecture" || cell.cell_type !== "code") return [];
    try {
      const { declarations } = parseCell(cell.source);
      return declarations
        .filter(({ kind, typeOnly }) => (kind === "const" || kind === "import") && !typeOnly)
        .map(({ name }) => name);
    } catch {
      // A cell that does not parse fails, and says so.
      return [];
    }
  });
  const used = new Set<string>();
  const follow = (source: string) => {
    for (const name of source.match(WORD) ?? []) {
      if (used.has(name)) continue;
      used.add(name);
      for (const [index, names] of declared.entries())
        if (names.includes(name)) follow(cells[index]?.cell.source ?? "");
    }
  };
  for (const source of lectureSources(cells)) if (/(?<![\w$.])check\(/.test(source)) follow(source);
  return declared.map(names => names.filter(name => used.has(name)));
}

function lectureSources(cells: readonly GradedCell[]): string[] {
  return cells.flatMap(({ cell, whose }) => (whose === "lecture" && cell.cell_type === "code" ? [cell.source] : []));
}

const WORD = /[\p{ID_Start}$_][\p{ID_Continue}$]*/gu;
