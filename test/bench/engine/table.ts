import type { Turn } from "./rounds.ts";

/** One engine on one workload, over all rounds. */
export interface Cell {
  /** Milliseconds a step. */
  median: number;
  p10: number;
  /** How many times the first engine's time: the median over the rounds of the ratio in each. */
  ratio: number;
}

/** By workload, then by engine; all ratios are to the engine named `first`. */
export type Results = ReadonlyMap<string, ReadonlyMap<string, Cell>>;

export function summarize(turns: readonly Turn[], first: string): Results {
  const results = new Map<string, Map<string, Cell>>();
  for (const [workload, ofWorkload] of grouped(turns, turn => turn.workload)) {
    const ours = new Map(ofWorkload.filter(({ engine }) => engine === first).map(turn => [turn.round, middle(turn)]));
    const cells = [...grouped(ofWorkload, turn => turn.engine)].map(([engine, own]) => {
      const steps = own.flatMap(({ milliseconds }) => milliseconds);
      const ratios = own.flatMap(turn =>
        ours.has(turn.round) ? [middle(turn) / (ours.get(turn.round) as number)] : [],
      );
      return [
        engine,
        { median: quantile(steps, 0.5), p10: quantile(steps, 0.1), ratio: quantile(ratios, 0.5) },
      ] as const;
    });
    results.set(workload, new Map(cells));
  }
  return results;
}

const middle = ({ milliseconds }: Turn): number => quantile(milliseconds, 0.5);

/** The number below which this share of the others lies; between two of them, in proportion. */
export function quantile(numbers: readonly number[], share: number): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  const at = share * (sorted.length - 1);
  const [low, high] = [sorted[Math.floor(at)], sorted[Math.ceil(at)]] as [number, number];
  return low + (high - low) * (at - Math.floor(at));
}

/** exp of the mean logarithm: of ratios, the mean that treats r and 1/r alike. */
export function geometricMean(numbers: readonly number[]): number {
  return Math.exp(numbers.reduce((sum, each) => sum + Math.log(each), 0) / numbers.length);
}

/** A row a workload, a column an engine; then the geometric means of the ratios over groups of workloads. */
export function markdown(
  results: Results,
  engines: readonly { name: string; version: string }[],
  titles: Readonly<Record<string, string>>,
): string {
  const header = [
    "ms a step, median (10th percentile)",
    ...engines.map(({ name, version }) => `${name} ${version}`.trim()),
  ];
  const rows = [...results].map(([workload, cells]) => [
    `${workload} ${titles[workload]}`,
    ...engines.map(({ name }, i) => entry(cells.get(name), i > 0)),
  ]);
  const means = GROUPS.filter(group => group.every(workload => results.has(workload))).map(group => [
    `geometric mean over ${group.join(", ")}`,
    ...engines.map(({ name }) => {
      const ratios = group.flatMap(workload => results.get(workload)?.get(name)?.ratio ?? []);
      return ratios.length === group.length ? `${geometricMean(ratios).toFixed(2)}×` : "–";
    }),
  ]);
  return aligned([header, ...rows, ...means]);
}

const GROUPS = [
  ["a", "b", "c", "e"],
  ["a", "b", "c", "d", "e"],
];

function entry(cell: Cell | undefined, withRatio: boolean): string {
  if (cell === undefined) return "–";
  const ratio = withRatio ? ` ${cell.ratio.toFixed(2)}×` : "";
  return `${digits(cell.median)} (${digits(cell.p10)})${ratio}`;
}

const digits = (number: number): string => (number < 10 ? number.toFixed(2) : number.toFixed(1));

function aligned(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] as readonly string[]).map((_, column) =>
    Math.max(...rows.map(row => row[column]?.length ?? 0)),
  );
  const line = (row: readonly string[]) =>
    `| ${row.map((text, i) => (i === 0 ? text.padEnd(widths[i] as number) : text.padStart(widths[i] as number))).join(" | ")} |`;
  const rule = widths.map((width, i) => (i === 0 ? "-".repeat(width) : `${"-".repeat(width - 1)}:`));
  const [header, ...others] = rows as [readonly string[], ...(readonly string[])[]];
  return [line(header), line(rule), ...others.map(line)].join("\n");
}

function grouped<Key, Entry>(entries: readonly Entry[], keyOf: (entry: Entry) => Key): Map<Key, Entry[]> {
  const groups = new Map<Key, Entry[]>();
  for (const entry of entries) groups.set(keyOf(entry), [...(groups.get(keyOf(entry)) ?? []), entry]);
  return groups;
}
