import fs from "node:fs";
import { fileURLToPath } from "node:url";
import { bundleNow, bundleOf } from "../display/display.ts";
import type { Bundle } from "../display/bundle.ts";
import type { NotebookNames } from "../names.ts";
import { attempt } from "../errors/attempt.ts";
import { lineStarts, type Position, positionAt } from "../transform/positions.ts";
import { locate, type Origin, type Script, scriptNamed, watchScripts } from "../transform/scripts.ts";
import { isCaughtAt } from "./catching.ts";
import { expressionCode } from "./expression.ts";
import { type Range, type Row, Rows } from "./rows.ts";
import { waitingCalls } from "./waiting.ts";

/** A variable of the notebook, with the cell that declared it. */
export interface NotebookRow extends Row {
  cell?: number;
}

/** A script of cells or local modules, as a debugger must know it. */
export interface ScriptFacts {
  origin: Origin;
  /** The text of a cell. */
  source?: string | undefined;
  /** How names start that are not the user's. */
  prefix?: string | undefined;
  /** Variables that the notebook's names of the same name replace. */
  handed: string[];
  /** Where in the compiled code the functions are by which other modules read this one's exports. */
  getters?: { start: Position; end: Position } | undefined;
}

/**
 * What the debugger, which lives in another thread, asks of the thread that runs the cells. It calls these methods by
 * way of node's inspector, so they answer also while the thread is stopped; what they take and give is JSON.
 */
export interface Inside {
  /** The notebook's names as properties, for expressions. */
  readonly values: object;
  notebook(): NotebookRow[];
  below(reference: number, range: Range): Row[] | undefined;
  group(names: string[], ...values: unknown[]): number;
  row(name: string, value: unknown): Row;
  reset(): void;
  /** Whether new code waits, before it runs, until it has its breakpoints. */
  waitForBreakpoints(wait: boolean): void;
  script(url: string): ScriptFacts | undefined;
  /** Where in the source these lines and columns, from 1, come from. */
  places(url: string, places: [line: number, column: number][]): (Position | undefined)[];
  /** Whether what is thrown at a place of the source is caught there. */
  catches(url: string, place: Position): boolean;
  /** Whether a function that waits for what runs now would catch what that throws. */
  isCaughtByWaiting(): boolean;
  /** The JavaScript of an expression, for a place in a script where these variables are seen. */
  expression(source: string, url: string | undefined, variables: string[]): string;
  /** A value by MIME types: as a cell would show it, or, where nothing can be waited for, as far as goes at once. */
  show(name: string): Promise<Bundle | undefined>;
  showNow(value: unknown): Bundle;
}

/** Where it is found on `globalThis`. */
export const insideName = 'globalThis[Symbol.for("lectern.debugger")]';

/** How new code waits: armed before it is compiled, and open when its breakpoints are set. */
export interface NewCode {
  arm(): void;
  block(): void;
}

/** Puts it in place. */
export function installInside(names: NotebookNames, gate: NewCode): void {
  const value = Object.freeze(insideOf(names, gate));
  Object.defineProperty(globalThis, Symbol.for("lectern.debugger"), { value });
}

function insideOf(names: NotebookNames, gate: NewCode): Inside {
  const rows = new Rows();
  const readName = (name: string) => attempt(() => ({ value: names.values[name] }), undefined);
  const isName = (name: string) => Object.hasOwn(names.values, name);
  // A name of the cell that runs now is not known yet; one that a type hides is not any more.
  const isSeen = (name: string) => names.known.has(name) || !names.cells.has(name);
  return {
    values: names.values,
    notebook: () =>
      Object.keys(names.values)
        .filter(isSeen)
        .map(name => {
          const found = readName(name);
          const row = rows.row(found ? { name, ...found } : { name, text: "not defined yet", type: "" });
          const cell = names.cells.get(name);
          return { ...row, evaluateName: name, ...(cell === undefined ? {} : { cell }) };
        }),
    below: (reference, range) => rows.below(reference, range),
    group: (names, ...values) => rows.group(names, values),
    row: (name, value) => rows.row({ name, value }),
    reset: () => rows.reset(),
    waitForBreakpoints: wait =>
      watchScripts(wait ? { before: () => gate.arm(), after: () => gate.block() } : undefined),
    script(url) {
      const script = scriptNamed(pathOf(url));
      if (!script) return undefined;
      const { prefix, handed = [] } = script.names ?? {};
      return { origin: script.origin, source: script.source, prefix, handed: [...handed], getters: gettersOf(script) };
    },
    places: (url, places) => places.map(([line, column]) => locate(pathOf(url), line, column)?.position),
    catches: (url, place) => catches(pathOf(url), place),
    isCaughtByWaiting: () =>
      waitingCalls().some(({ name, line, column }) => {
        const found = locate(pathOf(name), line, column);
        return found !== undefined && catches(pathOf(name), found.position);
      }),
    expression(source, url, variables) {
      const imported = url === undefined ? undefined : scriptNamed(pathOf(url))?.names?.imported;
      const seen = new Set(variables);
      return expressionCode(source, name => {
        if (seen.has(name)) return undefined;
        if (imported) return imported.get(name);
        return isName(name) ? `${insideName}.values.${name}` : undefined;
      });
    },
    async show(name) {
      const found = isName(name) ? readName(name) : undefined;
      return found && bundleOf(found.value);
    },
    showNow: value => bundleNow(value),
  };
}

function catches(name: string, place: Position): boolean {
  const text = scriptNamed(name)?.source ?? attempt(() => fs.readFileSync(name, "utf8"), undefined);
  return text !== undefined && isCaughtAt(text, place);
}

function gettersOf({ code: { javascript }, names }: Script): ScriptFacts["getters"] {
  const start = names ? javascript.indexOf(`${names.prefix}export({`) : -1;
  if (start === -1) return undefined;
  const starts = lineStarts(javascript);
  return { start: positionAt(starts, start), end: positionAt(starts, javascript.indexOf("});", start)) };
}

function pathOf(url: string): string {
  return url.startsWith("file:") ? fileURLToPath(url) : url;
}
