import path from "node:path";
import { fileURLToPath } from "node:url";
import { locate, type Origin } from "../transform/scripts.ts";
import type { Position } from "../transform/positions.ts";
import { attempt } from "./attempt.ts";

/** One call in the user's own code. */
export interface Frame {
  origin: Origin;
  position: Position;
  /** Name of the function; undefined at the top of a cell or module. */
  name?: string;
}

const framesOfErrors = new WeakMap<object, Frame[]>();

type Prepare = (error: Error, sites: NodeJS.CallSite[]) => unknown;

let installed: { before: Prepare | undefined; limit: number; engines: number } | undefined;

/**
 * From now on `error.stack` shows, for an error that passed through cells or local modules, only
 * their frames, at their places in the source. All other stacks stay as they were.
 *
 * Returns a function that undoes it; nested uses are counted.
 */
export function installStackTraces(directory: string): () => void {
  if (!installed) {
    const before = Error.prepareStackTrace as Prepare | undefined;
    installed = { before, limit: Error.stackTraceLimit, engines: 0 };
    // The user's frames may lie below many of a library.
    Error.stackTraceLimit = Math.max(Error.stackTraceLimit, 50);
    const prepare: Prepare = (error, sites) => prepareStack(error, sites, directory, before);
    Error.prepareStackTrace = prepare;
  }
  installed.engines++;
  let active = true;
  return () => {
    if (!active || !installed) return;
    active = false;
    if (--installed.engines > 0) return;
    Error.stackTraceLimit = installed.limit;
    if (installed.before) Error.prepareStackTrace = installed.before;
    else Reflect.deleteProperty(Error, "prepareStackTrace");
    installed = undefined;
  };
}

/** The frames of the user's code in an error, innermost first. */
export function framesOf(error: unknown): Frame[] {
  // The frames are collected when the stack is first read.
  attempt(() => (error as Error).stack, undefined);
  return framesOfErrors.get(error as object) ?? [];
}

/** `cell 3, line 5, column 9`, or `../src/model.ts:12:5` seen from the notebook. */
export function describePlace(origin: Origin, position: Position, directory: string): string {
  if ("cell" in origin) return `cell ${origin.cell}, line ${position.line}, column ${position.column}`;
  return `${path.relative(directory, origin.file)}:${position.line}:${position.column}`;
}

function prepareStack(error: Error, sites: NodeJS.CallSite[], directory: string, before: Prepare | undefined): unknown {
  const frames = sites.map(frameOf).filter(frame => frame !== undefined);
  if (frames.length === 0) return before ? before(error, sites) : plainStack(error, sites);
  framesOfErrors.set(error, frames);
  return [headOf(error), ...frames.map(frame => describeFrame(frame, directory))].join("\n");
}

function describeFrame(frame: Frame, directory: string): string {
  const place = describePlace(frame.origin, frame.position, directory);
  return frame.name ? `    at ${frame.name} (${place})` : `    at ${place}`;
}

function frameOf(site: NodeJS.CallSite): Frame | undefined {
  const name = site.getFileName() ?? "";
  const file = name.startsWith("file:") ? fileURLToPath(name) : name;
  const found = locate(file, site.getLineNumber() ?? 0, site.getColumnNumber() ?? 0);
  if (!found) return undefined;
  const called = functionName(site);
  return { ...found, ...(called ? { name: called } : {}) };
}

function functionName(site: NodeJS.CallSite): string | undefined {
  const name = site.getFunctionName();
  if (!name) return undefined;
  if (site.isConstructor()) return `new ${name}`;
  const type = site.getTypeName();
  const bare = type === null || type === "Object" || type === "Function" || name.includes(".");
  return bare || site.isToplevel() ? name : `${type}.${name}`;
}

function headOf(error: Error): string {
  try {
    return Error.prototype.toString.call(error);
  } catch {
    return "Error";
  }
}

function plainStack(error: Error, sites: NodeJS.CallSite[]): string {
  return [headOf(error), ...sites.map(site => `    at ${site}`)].join("\n");
}
