import { type Control, type Controls, list, placeOf, stopInWords, type Values } from "./exploreControls.ts";

/** Where the controls stand in each figure that is stored; the first is the start. */
export type ExploreFrames<C extends Controls> = readonly Values<C>[];

export type FramesChoice<C extends Controls> = "each" | "all" | readonly Partial<Values<C>>[];

/** More than these nobody steps through, and no notebook should carry. */
export const MOST_FRAMES = 200;

/**
 * The values of the frames, each once.
 *
 * @throws RangeError for more than 200, for a control that is not there, and for a value that is no stop
 */
export function framesOf<C extends Controls>(controls: C, start: Values<C>, choice: FramesChoice<C>): ExploreFrames<C> {
  assertChoice(controls, choice);
  const entries = Object.entries(controls);
  const count =
    choice === "all"
      ? entries.reduce((product, [, { stops }]) => product * stops.length, 1)
      : choice === "each"
        ? entries.reduce((sum, [, { stops }]) => sum + stops.length - 1, 1)
        : choice.length + 1;
  if (count > MOST_FRAMES) {
    throw new RangeError(
      `explore: at most ${MOST_FRAMES} frames must be stored, but got ${count}; give fewer stops, or choose some, as in { frames: [{ ${entries[0]?.[0]}: ${entries[0]?.[1].stops[0]} }] }.`,
    );
  }
  const wanted: Partial<Values<C>>[] =
    choice === "all"
      ? product(entries)
      : choice === "each"
        ? entries.flatMap(([name, { stops }]) => stops.map(stop => ({ [name]: stop }) as Partial<Values<C>>))
        : choice.map(values => checked(controls, values));
  const frames = new Map<string, Values<C>>();
  for (const values of [{}, ...wanted]) {
    const all = { ...start, ...values } as Values<C>;
    frames.set(JSON.stringify(all), all);
  }
  return [...frames.values()];
}

function assertChoice<C extends Controls>(controls: C, choice: FramesChoice<C>): void {
  const example = `{ frames: [{ ${Object.entries(controls).map(([name, { stops }]) => `${name}: ${JSON.stringify(stops[0])}`)[0]} }] }`;
  if (choice !== "each" && choice !== "all" && !Array.isArray(choice)) {
    throw new RangeError(
      `explore: frames must be "each", "all" or a list of values by the names of controls, but got ${stopInWords(choice)}; as in ${example}.`,
    );
  }
  const odd = [...choice].findIndex(each => typeof each !== "object" || each === null || Array.isArray(each));
  if (typeof choice === "string" || odd < 0) return;
  throw new RangeError(
    `explore: a frame must have values by the names of controls, but got ${stopInWords(choice[odd])} at ${odd}; as in ${example}.`,
  );
}

function product<C extends Controls>(entries: [string, Control][]): Partial<Values<C>>[] {
  let all: Record<string, unknown>[] = [{}];
  for (const [name, { stops }] of entries) all = all.flatMap(each => stops.map(stop => ({ ...each, [name]: stop })));
  return all as Partial<Values<C>>[];
}

function checked<C extends Controls>(controls: C, values: Partial<Values<C>>): Partial<Values<C>> {
  const known = Object.entries(values).map(([name, value]) => {
    const control = controls[name];
    if (control === undefined) {
      throw new RangeError(
        `explore: a frame must name the controls, but got ${name}; they are ${Object.keys(controls).join(", ")}.`,
      );
    }
    const place = placeOf(control.stops, value);
    if (place >= 0) return [name, control.stops[place]] as const;
    throw new RangeError(
      `explore: ${name} must stand at one of its stops in every frame, but got ${stopInWords(value)}; they are ${list(control.stops)}.`,
    );
  });
  return Object.fromEntries(known) as Partial<Values<C>>;
}

/** `mean = −3, width = 0.2` */
export function valuesInWords(values: { readonly [name: string]: unknown }): string {
  return Object.entries(values)
    .map(([name, value]) => `${name} = ${stopInWords(value)}`)
    .join(", ");
}
