import { parseCell } from "../transform/parse.ts";
import { Edits } from "../transform/edits.ts";
import { forEachReference, isTopLevel, replacementFor } from "../transform/references.ts";
import { stripTypes } from "../transform/strip.ts";

/** What reads a name that is no variable there. */
export type Home = (name: string) => string | undefined;

/** JavaScript for what a reader typed, whose free names stand for something else. */
export function expressionCode(source: string, homeOf: Home): string {
  const { file } = parseCell(source);
  const edits = new Edits(source);
  forEachReference(file, identifier => {
    const home = isTopLevel(identifier) ? homeOf(identifier.text) : undefined;
    if (home === undefined) return;
    edits.replace(identifier.getStart(file), identifier.end, replacementFor(identifier, home));
  });
  // The last semicolon is taken away for functions, and may be all that a loop does.
  return `${stripTypes(edits.apply("", ""), source, false).javascript}\n;`;
}
