import { parseCell } from "../../transform/parse.ts";
import type { Fix } from "../cellChecker.ts";
import type { PersistentChecker } from "../checker.ts";
import type { NotebookTypes } from "../notebookTypes.ts";
import { missingNames, usualImport } from "../suggestions.ts";
import { edited } from "./edited.ts";
import { type CellView, type Fault, faultsAt, fixesOf } from "./fixes.ts";
import { exportersOf, importFix, importingAll, lineAt, modulesOf } from "./imports.ts";

export interface FixQuestion {
  source: string;
  offset: number;
  /** All code cells of the notebook. */
  cells: readonly string[];
  types: NotebookTypes;
  checker: PersistentChecker;
}

/** Questions are numbered: the checker tells the errors of a file of one name only once. */
let questions = 0;

/**
 * What would put right what is wrong at a place of a cell: what the compiler proposes, and imports of names that the
 * modules of the notebook have.
 */
export function fixesAt(question: FixQuestion): Fix[] {
  const { source, offset, checker } = question;
  checker.restoreGuesses();
  const { faults, fixes } = look(question, "all", view => {
    const found = faultsAt(view, offset);
    return { faults: found, fixes: found.flatMap(fault => fixesOf(view, checker.disk, fault, "others")) };
  });
  const missing = faults.filter(({ code }) => missingNames.has(code));
  const imports = missing.flatMap(fault => importsFor(question, fault));
  return distinct([...imports, ...fixes], source).slice(0, mostFixes);
}

/** The notebook's own modules first, then by what everybody calls it, then what else has the name. */
function importsFor(question: FixQuestion, fault: Fault): Fix[] {
  const { source, cells, checker } = question;
  const name = source.slice(fault.from, fault.to);
  const modules = modulesOf(cells);
  const known =
    modules.length === 0 ? [] : checker.look(nextName(), importingAll(modules), view => exportersOf(name, view));
  const usual = usualImport(name, each => checker.canImport(each));
  const line = usual === undefined ? [] : [{ title: usual.replace(/;$/, ""), edits: [lineAt(source, usual)] }];
  // Without the names of other cells, so that what it imports comes into the cell itself.
  const others = look(question, "none", view => fixesOf(view, checker.disk, fault, "imports"));
  return [...known.map(from => importFix(source, name, from)), ...line, ...(known.length > 0 ? [] : others)];
}

function look<Answer>({ source, types, checker }: FixQuestion, names: "all" | "none", ask: (view: CellView) => Answer) {
  const { text, start } = types.moduleFor(parseCell(source), names);
  return checker.look(nextName(), text, view => ask({ ...view, start, end: start + source.length }));
}

const nextName = () => `__editing_${++questions}.ts`;

/** Fixes that come to the same text are one. */
function distinct(fixes: readonly Fix[], source: string): Fix[] {
  const byResult = new Map<string, Fix>();
  for (const fix of fixes) {
    const result = edited(source, fix.edits);
    if (result !== source && !byResult.has(result) && parseCell(result).file.parseDiagnostics.length === 0)
      byResult.set(result, fix);
  }
  return [...byResult.values()];
}

const mostFixes = 8;
