import type { Edit } from "../cellChecker.ts";

/** A source with all of these edits, whose places are those before any of them. */
export function edited(source: string, edits: readonly Edit[]): string {
  let text = "";
  let done = 0;
  for (const { from, to, insert } of edits.toSorted((a, b) => a.from - b.from)) {
    text += source.slice(done, from) + insert;
    done = to;
  }
  return text + source.slice(done);
}
