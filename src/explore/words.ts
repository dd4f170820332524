import type { RecordedControl } from "./record.ts";

/** What moves, for readers who cannot move it: `mean: from −3 to 3 in 25 stops, here 0; kind: a or b, here a`. */
export function controlsInWords(controls: readonly RecordedControl[]): string {
  return controls
    .map(control => {
      const { stops, start, kind } = control;
      const words = stops.map((_, place) => stopInWords(control, place));
      const span =
        kind === "slide"
          ? `from ${words[0]} to ${words.at(-1)} in ${stops.length} stops`
          : `${words.slice(0, -1).join(", ")} or ${words.at(-1)}`;
      return `${nameOf(control)}: ${span}, here ${words[start]}`;
    })
    .join("; ");
}

export function nameOf({ name, label }: RecordedControl): string {
  return label ?? name;
}

/** A stop as it is read: the numbers of one control with as many decimals, and a true minus sign. */
export function stopInWords({ stops }: RecordedControl, place: number): string {
  const stop = stops[place];
  if (typeof stop === "boolean") return stop ? "yes" : "no";
  if (typeof stop !== "number") return String(stop);
  const decimals = Math.max(...stops.map(decimalsOf));
  return (decimals <= MOST_DECIMALS ? stop.toFixed(decimals) : String(Number(stop.toPrecision(4)))).replaceAll(
    "-",
    "−",
  );
}

/** Infinitely many where there are too many zeros before or behind the point. */
function decimalsOf(stop: unknown): number {
  const [, decimals] = String(stop).split(".");
  if (typeof stop !== "number") return 0;
  return /e/.test(String(stop)) ? Number.POSITIVE_INFINITY : (decimals?.length ?? 0);
}

const MOST_DECIMALS = 4;
