/** Tells the terminal in one line; what came from elsewhere must not drive it. */
export function log(text: string): void {
  const line = text.replace(/\s*\n\s*/g, " ").replace(/\p{Cc}/gu, "\uFFFD");
  console.error(`lectern server: ${line.length > longest ? `${line.slice(0, longest)}…` : line}`);
}

/** An error that nobody foresaw, with the place in the program, for who is to mend it. */
export function describeError(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const [place] = /\bat .+/.exec(error.stack ?? "") ?? [];
  return `${error.name}: ${error.message}${place === undefined ? "" : ` (${place})`}`;
}

const longest = 500;
