import { quantile } from "../engine/table.ts";

/** A call, and what it took in each turn on each checkout, in microseconds; or why it did not run there. */
export interface Timed {
  name: string;
  part: string;
  sides: readonly ({ turns: readonly number[] } | { error: string })[];
}

/** How much slower may be called as fast. */
export const BOUND = 1.5;

/** The median over the rounds of the last checkout's time over the first one's; undefined where one did not run. */
export function ratioOf({ sides }: Timed): number | undefined {
  const [first, last] = [sides[0], sides.at(-1)];
  if (sides.length < 2 || !first || !last || "error" in first || "error" in last) return undefined;
  return quantile(
    last.turns.map((turn, round) => turn / (first.turns[round] as number)),
    0.5,
  );
}

/** One line: the median of each side, and their ratio. */
export function line(timed: Timed): string {
  const times = timed.sides.map(side => ("error" in side ? "–" : microseconds(quantile(side.turns, 0.5))).padStart(12));
  const ratio = ratioOf(timed);
  return `  ${timed.name.padEnd(WIDTH)}${times.join("")}${ratio === undefined ? "" : `  × ${ratio.toFixed(2)}`}`;
}

const WIDTH = 68;

function microseconds(value: number): string {
  return value >= 1000 ? `${(value / 1000).toFixed(2)} ms` : `${value.toPrecision(3)} µs`;
}

/** The lines of a comparison, the slowest first, and what they come to. */
export function compare(all: readonly Timed[]): string {
  const ratios = all.flatMap(timed => {
    const ratio = ratioOf(timed);
    return ratio === undefined ? [] : [{ timed, ratio }];
  });
  const sorted = ratios.sort((a, b) => b.ratio - a.ratio);
  const above = sorted.filter(({ ratio }) => ratio > BOUND);
  const summary = `${sorted.length} calls by turns: ${sorted.length - above.length} take at most ${BOUND} times as long as there, ${above.length} more`;
  const failed = ({ sides }: Timed, side: number) => "error" in (sides.at(side) as object);
  return [
    `  ${"".padEnd(WIDTH)}${"there".padStart(12)}${"here".padStart(12)}`,
    ...sorted.map(({ timed }) => line(timed)),
    ...named(
      "Only here",
      all.filter(timed => failed(timed, 0) && !failed(timed, -1)),
    ),
    ...named(
      "Not here",
      all.filter(timed => failed(timed, -1)),
    ),
    summary +
      (above.length === 0
        ? "."
        : `: ${above.map(({ timed, ratio }) => `${timed.name} × ${ratio.toFixed(2)}`).join("; ")}.`),
  ].join("\n");
}

function named(what: string, some: readonly Timed[]): string[] {
  if (some.length === 0) return [];
  return [`${what}: ${some.map(timed => `${timed.name}${reason(timed)}`).join("; ")}.`];
}

function reason({ sides }: Timed): string {
  const here = sides.at(-1);
  return here && "error" in here ? `, ${here.error}` : "";
}
