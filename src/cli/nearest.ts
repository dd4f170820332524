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

/** Letters to insert, to leave out, to replace, or neighbours to exchange: the optimal string alignment distance. */
function edits(a: string, b: string): number {
  const rows = [Array.from({ length: b.length + 1 }, (_, j) => j)];
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const [above, before] = [rows[i - 1] as number[], rows[i - 2]];
      const replaced = (above[j - 1] as number) + (a[i - 1] === b[j - 1] ? 0 : 1);
      row[j] = Math.min((above[j] as number) + 1, (row[j - 1] as number) + 1, replaced);
      const isExchanged = before && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      if (isExchanged) row[j] = Math.min(row[j] as number, (before[j - 2] as number) + 1);
    }
    rows.push(row);
  }
  return rows[a.length]?.[b.length] ?? 0;
}
