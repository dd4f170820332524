import ts = require("typescript");
import { isObjectCell } from "../../transform/objectCell.ts";
import { type ParsedCell, parseCell } from "../../transform/parse.ts";
import type { Place } from "../cellChecker.ts";
import { internals, localOf } from "../internals.ts";
import { isFreeName } from "./freeName.ts";

/** Where a name stands in a cell; `before` and `after` are written beside another name in its place: `{ a }` is `{ a: b }`. */
export interface NamePlace {
  cell: number;
  from: number;
  to: number;
  before: string;
  after: string;
}

/**
 * The places of the name at `place`: in all cells where it is one that cells define at their top, else in its own cell.
 *
 * Which name is meant is a matter of scopes and not of types, so the cells are looked at without any package.
 * Throws a RangeError for what is no name that a cell defines.
 */
export function placesOfName(sources: readonly string[], place: Place): { name: string; places: NamePlace[] } {
  const node = nameAt(parseCell(sources[place.cell] ?? "").file, place.offset);
  const name = node.text;
  // `arguments`, the `const` of `as const`, the `default` of an export.
  if (!isFreeName(name)) throw notDefined(name);
  const cells = sources.map((source, index) => new CellModule(parseCell(source), index, name));
  const service = serviceOf(cells.filter(each => each.mentions));
  try {
    const own = cells[place.cell] as CellModule;
    const places = own.placesFrom(service, own.start + node.getStart());
    const isShared = places.some(({ from }) => own.start + from === own.anchor(service));
    if (!isShared) {
      if (places.length === 0) throw notDefined(name);
      return { name, places: own.within(places) };
    }
    if (!cells.some(each => each.declares)) throw notDefined(name);
    const all = cells.filter(each => each.mentions).flatMap(each => each.within(each.placesFrom(service)));
    return { name, places: all };
  } finally {
    service.dispose();
  }
}

/** A cell as a module: what it does not declare enters by an import on a line before it. */
class CellModule {
  readonly file: string;
  readonly text: string;
  readonly start: number;
  /** Whether the name stands in it at all. */
  readonly mentions: boolean;
  readonly declares: boolean;

  constructor(
    readonly cell: ParsedCell,
    readonly index: number,
    readonly name: string,
  ) {
    this.file = `/cell_${index}.ts`;
    this.mentions = cell.file.identifiers.has(name);
    const declared = cell.declarations.filter(each => each.name === name);
    this.declares = declared.some(({ kind }) => kind !== "ambient");
    const prelude = declared.length > 0 ? "" : importOf(name);
    const [open, close] = isObjectCell(cell.file) ? ["(", ");"] : ["", ""];
    this.start = prelude.length + open.length;
    this.text = `${prelude}${open}${cell.source}\n${close}`;
  }

  /** Where the cell has the name from: its own declaration, or the import. */
  anchor(service: ts.LanguageService): number | undefined {
    const program = service.getProgram();
    // Binds the files.
    program?.getTypeChecker();
    const file = program?.getSourceFile(this.file);
    const declaration = file && localOf(file, this.name)?.declarations?.[0];
    return declaration && ts.getNameOfDeclaration(declaration)?.getStart(file);
  }

  /** The places of what stands at a position, else of the name as the notebook has it; the import is one of them. */
  placesFrom(service: ts.LanguageService, position = this.anchor(service)): NamePlace[] {
    if (position === undefined) return [];
    const found = service.findRenameLocations(this.file, position, false, false, {
      providePrefixAndSuffixTextForRename: true,
    });
    return (found ?? [])
      .map(({ textSpan: { start, length }, prefixText = "", suffixText = "" }) => ({
        cell: this.index,
        from: start - this.start,
        to: start + length - this.start,
        before: prefixText,
        after: suffixText,
      }))
      .sort((a, b) => a.from - b.from);
  }

  within(places: readonly NamePlace[]): NamePlace[] {
    return places.filter(({ from }) => from >= 0);
  }
}

const importOf = (name: string) => `import { ${name} } from "notebook";\n`;

function serviceOf(cells: readonly CellModule[]): ts.LanguageService {
  const files = new Map(cells.map(({ file, text }) => [file, text]));
  return ts.createLanguageService({
    getScriptFileNames: () => [...files.keys()],
    getScriptVersion: () => "1",
    getScriptSnapshot: name => ts.ScriptSnapshot.fromString(files.get(name) ?? ""),
    getCurrentDirectory: () => "/",
    getDefaultLibFileName: () => "",
    getCompilationSettings: () => options,
    fileExists: name => files.has(name),
    readFile: name => files.get(name),
    resolveModuleNameLiterals: literals => literals.map(() => ({ resolvedModule: undefined })),
  });
}

const options: ts.CompilerOptions = {
  target: ts.ScriptTarget.ESNext,
  module: ts.ModuleKind.ESNext,
  moduleDetection: ts.ModuleDetectionKind.Force,
  noLib: true,
  types: [],
};

/** The name that the place is in or right behind of. */
function nameAt(file: ts.SourceFile, offset: number): ts.Identifier {
  for (const position of [offset, offset - 1]) {
    const node = internals.getTouchingPropertyName(file, position);
    if (!ts.isIdentifier(node) || offset > node.end || offset < node.getStart(file)) continue;
    if (isMember(node))
      throw new RangeError(
        `rename: only a name that a cell defines can have another, but got ${node.text}, a member of something; use find and replace.`,
      );
    return node;
  }
  throw new RangeError("rename: the cursor must be in a name, but got none there; put it into one.");
}

/** Whether it names a part of something: what has such a part is known by types only, and not to the cells alone. */
function isMember(node: ts.Identifier): boolean {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent)) return parent.name === node;
  if (ts.isQualifiedName(parent)) return parent.right === node;
  if (ts.isBindingElement(parent) || ts.isImportSpecifier(parent)) return parent.propertyName === node;
  if (ts.isShorthandPropertyAssignment(parent)) return false;
  return (
    ts.isMetaProperty(parent) ||
    ((ts.isClassElement(parent) ||
      ts.isTypeElement(parent) ||
      ts.isObjectLiteralElement(parent) ||
      ts.isEnumMember(parent)) &&
      parent.name === node)
  );
}

function notDefined(name: string): RangeError {
  return new RangeError(
    `rename: a name must be defined in a cell to have another, but got ${name}, which none defines; choose one of the notebook's own.`,
  );
}
