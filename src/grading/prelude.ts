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

/** Constants of a lecture that no answer may change. */
export interface KeptNames {
  /** Those that each cell declares and a check relies on. */
  declared: string[][];
  /** All of them on which the check in a cell relies, by itself or through others. */
  reliedOn: (cell: number) => ReadonlySet<string>;
}

/** Looks at what the lecture's own cells declare, and at what their sources mention. */
export function keptNames(cells: readonly GradedCell[]): KeptNames {
  const constants = cells.map(constantsOf);
  const mentioned = (source: string, names = new Set<string>()): Set<string> => {
    for (const name of source.match(WORD) ?? []) {
      if (names.has(name)) continue;
      const homes = cells.filter((_, index) => constants[index]?.includes(name));
      if (homes.length > 0) names.add(name);
      for (const { cell } of homes) mentioned(cell.source, names);
    }
    return names;
  };
  const isCheck = ({ cell, whose }: GradedCell) => whose === "lecture" && /(?<![\w$.])check\(/.test(cell.source);
  const relied = cells.map(each => (isCheck(each) ? mentioned(each.cell.source) : new Set<string>()));
  const all = new Set(relied.flatMap(names => [...names]));
  return {
    declared: constants.map(names => names.filter(name => all.has(name))),
    reliedOn: cell => relied[cell] ?? new Set(),
  };
}

function constantsOf({ cell, whose }: GradedCell): string[] {
  if (whose !== "lecture" || cell.cell_type !== "code") return [];
  try {
    return parseCell(cell.source).declarations.flatMap(({ name, kind, typeOnly }) =>
      (kind === "const" || kind === "import") && !typeOnly ? [name] : [],
    );
  } catch {
    // A cell that does not parse fails, and says so.
    return [];
  }
}

function lectureSources(cells: readonly GradedCell[]): string[] {
  return cells.flatMap(({ cell, whose }) => (whose === "lecture" && cell.cell_type === "code" ? [cell.source] : []));
}

const WORD = /[\p{ID_Start}$_][\p{ID_Continue}$]*/gu;
