import { isDeepStrictEqual } from "node:util";
import type { Ignorer } from "@stryker-mutator/api/ignore";
import type { Drawn } from "./draw.ts";

interface Place {
  line: number;
  column: number;
}
interface NodePath {
  node: { loc?: { start: Place; end: Place } | null };
  hub?: { file?: { opts: { filename?: string } } };
}

/** The sample that is tested now; undefined where all mutants are. */
export const sampled: { mutants?: readonly Drawn[] | undefined } = {};

/** Why a mutant was not tried. */
export const notDrawn = "not drawn";

/** Whether a mutant that was placed is one of the sample: of what holds a drawn one, only that is tried. */
export function isDrawn({ fileName, location, replacement }: Drawn, drawn: readonly Drawn[] | null): boolean {
  if (!drawn) return true;
  return drawn.some(
    each =>
      fileName.endsWith(each.fileName) &&
      each.replacement === replacement &&
      isDeepStrictEqual(placesOf(each.location), placesOf(location)),
  );
}

function placesOf({ start, end }: Drawn["location"]): number[] {
  return [start.line, start.column, end.line, end.column];
}

/** Leaves alone what was not drawn, although it lies inside of something that was: of a block, all that is in it. */
export const undrawn: Ignorer = {
  shouldIgnore(path) {
    const { node, hub } = path as unknown as NodePath;
    const file = hub?.file?.opts.filename;
    if (!sampled.mutants || !node.loc || file === undefined) return undefined;
    const [start, end] = [fromZero(node.loc.start), fromZero(node.loc.end)];
    const holds = ({ fileName, location }: Drawn) =>
      file.endsWith(fileName) && !isBefore(location.start, start) && !isBefore(end, location.end);
    return sampled.mutants.some(holds) ? undefined : notDrawn;
  },
};

/** Babel counts lines from 1, and Stryker from 0. */
function fromZero({ line, column }: Place): Place {
  return { line: line - 1, column };
}

function isBefore(a: Place, b: Place): boolean {
  return a.line < b.line || (a.line === b.line && a.column < b.column);
}
