import { CLAIM, VERDICT } from "./told.ts";
import type { Output } from "./types.ts";

/** The claims that a cell's outputs show. */
export function claimsIn(outputs: readonly Output[]): { text: string; holds: boolean }[] {
  return outputs.flatMap(output => {
    const claim = "data" in output ? output.data[CLAIM] : undefined;
    return claim === undefined ? [] : [claim as { text: string; holds: boolean }];
  });
}

/** What a check says of its exercise. */
export interface Verdict {
  exercise: string;
  state: string;
}

/** What the checks of exercises say in a cell's outputs. */
export function verdictsIn(outputs: readonly Output[]): Verdict[] {
  return outputs.flatMap(output => {
    const verdict = "data" in output ? output.data[VERDICT] : undefined;
    return verdict === undefined ? [] : [verdict as Verdict];
  });
}
