/** What became of one notebook. */
export interface Row {
  seconds: number;
  bytes: number;
  /** Asked of the net when the page is opened. */
  requests: number;
  /** Pictures among the outputs of the notebook. */
  figures: number;
  /** Of those, not to be seen on the page. */
  missing: number;
  /** Formulas that stand as TeX. */
  unset: number;
  /** What axe finds that is serious or worse. */
  faults: number;
}

/** A table in Markdown: a line for each tool, over all notebooks. */
export function table(tools: readonly { name: string; rows: readonly Row[]; failed: number }[]): string {
  const lines = tools.map(({ name, rows, failed }) => {
    const sum = (of: (row: Row) => number) => rows.reduce((total, row) => total + of(row), 0);
    const median = rows.map(({ seconds }) => seconds).sort((a, b) => a - b)[Math.floor(rows.length / 2)] ?? Number.NaN;
    return [
      name,
      failed,
      median.toFixed(1),
      (sum(({ bytes }) => bytes) / 1e6 / rows.length).toFixed(2),
      sum(({ requests }) => requests),
      `${sum(({ missing }) => missing)} of ${sum(({ figures }) => figures)}`,
      sum(({ unset }) => unset),
      sum(({ faults }) => faults),
    ];
  });
  const heads = [
    "",
    "no page",
    "s a notebook",
    "MB a page",
    "requests",
    "figures missing",
    "formulas not set",
    "axe findings",
  ];
  return [heads, heads.map(() => "-"), ...lines].map(cells => `| ${cells.join(" | ")} |`).join("\n");
}
