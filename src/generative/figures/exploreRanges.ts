import type { Figure, Plain } from "./figure.ts";
import { stopInWords } from "./exploreControls.ts";
import { round } from "./numbers.ts";

/** The two ends of axes, by plotly's short names x, y, x2, …, in units of the data. */
export type Ranges = { readonly [axis: string]: readonly [from: number, to: number] };

/**
 * The figure with the ends of its axes fixed; plotly takes those of a logarithmic axis as powers of ten.
 *
 * @throws RangeError for an axis of another name, and for ends that its axis cannot have
 */
export function withRanges(figure: Figure, ranges: Ranges): Figure {
  if (typeof ranges !== "object" || ranges === null || Array.isArray(ranges)) {
    throw new RangeError(
      `explore: range must have two ends by the names of axes, but got ${stopInWords(ranges)}; as in { x: [-3, 3] }.`,
    );
  }
  const axes = Object.entries(ranges).map(([name, ends]) => {
    const [, letter, number] = /^([xy])(\d*)$/.exec(name) ?? [];
    if (letter === undefined) {
      throw new RangeError(`explore: range must name axes as plotly does, but got ${name}; they are x, y, x2, y2, ….`);
    }
    const key = `${letter}axis${number}`;
    const axis = (figure.layout[key] ?? {}) as { readonly [key: string]: Plain };
    const log = axis.type === "log";
    const given: readonly unknown[] = Array.isArray(ends) ? ends : [ends];
    const isPair = given.length === 2 && given.every(Number.isFinite);
    const [from, to] = given as [number, number];
    if (!isPair || !Number.isFinite(to - from) || from === to || (log && !(from > 0 && to > 0))) {
      throw new RangeError(
        `explore: the range of ${name} must have two different ${log ? "positive" : "finite"} ends, but got ${given.map(stopInWords).join(" and ")}; as in { ${name}: [${log ? "0.01, 1" : "-3, 3"}] }.`,
      );
    }
    return [key, { ...axis, range: log ? ends.map(end => round(Math.log10(end), 6)) : [...ends] }] as const;
  });
  return { ...figure, layout: { ...figure.layout, ...Object.fromEntries(axes) } };
}
