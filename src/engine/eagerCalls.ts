import { type Call, difference } from "./arguments.ts";

/** Why a call runs eagerly, and whether that is nothing to be told of. */
export interface EagerCall {
  why: string;
  isExpected: boolean;
}

export const QUICKER: EagerCall = {
  why: "compile: a function that copies more than it computes is quicker eagerly",
  isExpected: true,
};

export function tooFew(after: number): EagerCall {
  const which = after === Infinity ? "all calls" : `the first ${after} calls of a kind`;
  return { why: `compile: ${which} run eagerly, as was asked for`, isExpected: true };
}

/** Graphs of one step that are kept; each new shape, or value of a number, makes another. */
export const MOST_PROGRAMS = 16;

export function tooMany(call: Call, latest: Call): EagerCall {
  const { what, isShape } = difference(call, latest);
  const [kinds, remedy] = isShape
    ? ["shapes of its tensors", "let few shapes recur: pad the last batch, or leave it out"]
    : ["values of what is no tensor", "pass numbers as tensors"];
  const why = `compile: a step has graphs for at most ${MOST_PROGRAMS} ${kinds}, but got one more, ${what}; ${remedy}`;
  return { why, isExpected: false };
}
