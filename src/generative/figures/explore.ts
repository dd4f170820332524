import { type ExploreFrames, framesOf, type FramesChoice, valuesInWords } from "./exploreFrames.ts";
import {
  assertStops,
  type Control,
  type Controls,
  list,
  placeOf,
  stopInWords,
  type Values,
} from "./exploreControls.ts";
import { assertAlike, figureOf, type FigureParts } from "./exploreFigure.ts";
import type { Figure } from "./figure.ts";
import { type Ranges, withRanges } from "./exploreRanges.ts";

/**
 * Controls, and a figure computed from them: what the kernel draws anew while a reader moves something.
 *
 * A plain object. Stored, it comes with the figures at `frames`, so that it moves where no kernel is.
 */
export interface Explore<C extends Controls = Controls> {
  readonly controls: C;
  /** The figure where the controls stand so, its numbers rounded to what an eye can tell. */
  figure(values: Values<C>): Figure;
  readonly frames: ExploreFrames<C>;
}

export interface ExploreOptions<C extends Controls> {
  /**
   * What is stored: `"each"`, the stops of one control after the other while the rest stand at their start; `"all"`,
   * every combination; or some by their values, where those that are not named stand at their start.
   */
  frames?: FramesChoice<C>;
  /** The ends of the axes, in units of the data, so that the eye sees the curves move and not the axes. */
  range?: Ranges;
}

/**
 * A figure that moves: one function of the values of some controls.
 *
 * The function must return as many traces, of the same types, and the same entries of the layout for all values; it may
 * use nothing that differs from call to call, such as a stream of random numbers that was made outside.
 *
 * @throws RangeError where there is no control, or more frames than can be stored
 * @throws TypeError where the function throws, or returns no figure or one of another kind
 *
 * @example
 * const z = [-2, -1, 0, 1, 2];
 * const q = (mean: number, width: number) => z.map(v => Math.exp(-0.5 * ((v - mean) / width) ** 2) / width);
 * const moving = explore({ mean: slide(-3, 3, 25), width: slide(0.2, 2, 19) }, ({ mean, width }) =>
 *   densities1d({ z, curves: [{ name: "q", values: q(mean, width) }] }),
 * );
 * moving.frames.length // => 43
 */
export function explore<const C extends Controls>(
  controls: C,
  figure: (values: Values<C>) => FigureParts,
  options: ExploreOptions<NoInfer<C>> = {},
): Explore<C> {
  const { frames = "each", range = {} } = checkedOptions(options);
  assertControls(controls);
  if (typeof figure !== "function") {
    throw new TypeError(
      `explore: the figure must be a function of the controls' values, but got ${typeof figure}; as in ({ mean }) => densities1d(…).`,
    );
  }
  const start = Object.fromEntries(Object.entries(controls).map(([name, each]) => [name, each.stops[each.start]]));
  const compute = (values: Values<C>) => {
    const where = valuesInWords(values);
    return withRanges(
      figureOf(() => figure({ ...values }), where),
      range,
    );
  };
  const first = compute(start as Values<C>);
  let again: string | undefined;
  return {
    controls,
    figure(values) {
      const known = atStops(controls, values);
      const made = compute(known);
      assertAlike(made, first, valuesInWords(known));
      if (again === undefined && Object.entries(known).every(([name, value]) => value === start[name])) {
        again = JSON.stringify(made);
        assertSame(again, JSON.stringify(first));
      }
      return made;
    },
    frames: framesOf(controls, start as Values<C>, frames),
  };
}

function checkedOptions<C extends Controls>(options: ExploreOptions<C>): ExploreOptions<C> {
  if (typeof options === "object" && options !== null && !Array.isArray(options)) return options;
  throw new TypeError(
    `explore: options must be an object, but got ${stopInWords(options)}; as in { frames: "all", range: { y: [0, 1] } }.`,
  );
}

function assertControls(controls: Controls): void {
  const entries = Object.entries(controls ?? {});
  if (entries.length === 0 || typeof controls !== "object" || Array.isArray(controls)) {
    const got = entries.length === 0 ? "none" : `${stopInWords(controls)}, which has no names`;
    throw new RangeError(
      `explore: there must be a control, but got ${got}; as in explore({ mean: slide(-3, 3, 25) }, …).`,
    );
  }
  for (const [name, control] of entries) {
    if (isControl(control)) {
      assertStops(`explore: the control ${name}`, control.stops);
      continue;
    }
    throw new TypeError(
      `explore: the control ${name} must be made by slide or pick, but got ${typeof control}; as in { ${name}: slide(-3, 3, 25) }.`,
    );
  }
}

/** As slide and pick make them; a plain object of the same shape will do. */
function isControl(control: Partial<Control> | null | undefined): control is Control {
  return (
    (control?.kind === "slide" || control?.kind === "pick") &&
    Array.isArray(control.stops) &&
    control.stops.length > 1 &&
    Number.isInteger(control.start) &&
    Object.hasOwn(control.stops, control.start as number)
  );
}

/** The values as the controls have them: exactly a stop each. */
function atStops<C extends Controls>(controls: C, values: Values<C>): Values<C> {
  const known = Object.entries(controls).map(([name, { stops }]) => {
    const place = placeOf(stops, values?.[name]);
    if (place >= 0) return [name, stops[place]] as const;
    throw new RangeError(
      `explore: ${name} must stand at one of its stops, but got ${stopInWords(values?.[name])}; they are ${list(stops)}.`,
    );
  });
  return Object.fromEntries(known) as Values<C>;
}

function assertSame(again: string, first: string): void {
  if (again === first) return;
  throw new TypeError(
    "explore: the figure must follow from the controls alone, but got another one at the same stops the second time; make its randomness inside, as in new Random(1).",
  );
}
