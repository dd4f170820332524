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

/** Leaves alone what was not drawn, although it lies inside of something that was: of a block, all that is in it. */
export const undrawn: Ignorer = {
  shouldIgnore(path) {
    const { node, hub } = path as unknown as NodePath;
    const file = hub?.file?.opts.filename;
    if (!sampled.mutants || !node.loc || file === undefined) return undefined;
    const [start, end] = [fromZero(node.loc.start), fromZero(node.loc.end)];
    const holds = ({ fileName, location }: Drawn) =>
      file.endsWith(fileName) && !isBefore(location.start, start) && !isBefore(end, location.end);
    return sampled.mutants.some(holds) ? undefined : "not drawn";
  },
};

/** Babel counts lines from 1, and Stryker from 0. */
function fromZero({ line, column }: Place): Place {
  return { line: line - 1, column };
}

function isBefore(a: Place, b: Place): boolean {
  return a.line < b.line || (a.line === b.line && a.column < b.column);
}
