import { distance } from "fastest-levenshtein";

/** The candidate that begins likewise, or is fewest edits away, if those are fewer than half of its letters or one. */
export function nearest(word: string, candidates: readonly string[]): string | undefined {
  const typed = withoutDashes(word);
  const begun = candidates.find(candidate => {
    const name = withoutDashes(candidate);
    return Math.min(name.length, typed.length) > 2 && (name.startsWith(typed) || typed.startsWith(name));
  });
  const [best] = candidates
    .map(candidate => ({ candidate, edits: edits(typed, withoutDashes(candidate)) }))
    .sort((a, b) => a.edits - b.edits);
  if (begun !== undefined || best === undefined || typed === "") return begun;
  return best.edits <= Math.max(1, (withoutDashes(best.candidate).length - 1) / 2) ? best.candidate : undefined;
}

function withoutDashes(word: string): string {
  return word.replace(/^-+/, "");
}

/** Letters to insert, to leave out or to replace; to put those that there are in order is one edit. */
function edits(a: string, b: string): number {
  return a !== b && inOrder(a) === inOrder(b) ? 1 : distance(a, b);
}

function inOrder(letters: string): string {
  return [...letters].sort().join("");
}
