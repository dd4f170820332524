/** How many claims hold, how many fail, and how many were not reached because one before them failed. */
export interface ClaimCounts {
  holds: number;
  fails: number;
  missed: number;
}

/** `3 claims hold`, `1 of 4 claims fails`, `1 claim fails, 1 was not reached`. */
export function claimWords({ holds, fails, missed }: ClaimCounts): string {
  if (fails === 0) return holds === 1 ? "1 claim holds" : `${holds} claims hold`;
  const all = holds + fails + missed;
  const verb = fails === 1 ? "fails" : "fail";
  const failing =
    all === fails ? `${fails} ${fails === 1 ? "claim" : "claims"} ${verb}` : `${fails} of ${all} claims ${verb}`;
  return missed === 0 ? failing : `${failing}, ${missed} ${missed === 1 ? "was" : "were"} not reached`;
}

/** How many claims a cell would make, by its text. */
export function claimsIn(source: string): number {
  const code = source.replace(/\/\/.*|\/\*[\s\S]*?\*\/|(["'])(?:\\.|(?!\1)[^\\\n])*\1/g, "");
  return code.match(/(?<![\w.$])claim\w*\s*\(/g)?.length ?? 0;
}
