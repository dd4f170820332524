import type { Claim } from "../claim.ts";
import { excerpt } from "../language/excerpt.ts";

/** Where a derivation goes wrong. */
export interface DerivationPlace {
  part: "line" | "definition";
  /** Counted from 1, as the table of the derivation numbers its lines. */
  number: number;
  /** As it was typed. */
  text: string;
  /** Where in the text, counted in characters from 1, as far as it can be said. */
  character?: number;
}

/**
 * What is wrong with a line of a derivation, whether it cannot be read or does not follow: which line, where in it, and
 * what to do. All that `derive` finds wrong in a line is of this kind; what is wrong with a claim is a `ClaimError`.
 */
export class DerivationError extends Error {
  override readonly name = "DerivationError";

  constructor(
    /** What is wrong, as a sentence without the place and the full stop. */
    readonly sentence: string,
    readonly place: DerivationPlace,
    /** The false claim; left out where the line cannot be read. */
    readonly claim?: Claim,
  ) {
    super(`derive, ${placeInWords(place, claim !== undefined)}: ${sentence}.`);
  }
}

/** A false line is in the sentence itself. */
function placeInWords({ part, number, text, character }: DerivationPlace, isFalse: boolean): string {
  if (isFalse || text.trim() === "") return `${part} ${number}`;
  const where = character === undefined ? "" : `character ${character} of `;
  return `${part} ${number}, ${where}"${excerpt(text, (character ?? 1) - 1)}"`;
}
