import { type Control, WidgetControl } from "./control.ts";
import type { State } from "./model.ts";

export interface SliderOptions {
  from: number;
  to: number;
  /** From which the slider starts: by default the middle. */
  value?: number;
  /** By default a hundredth of the range. */
  step?: number;
  label?: string;
}

/**
 * A number between `from` and `to`, moved by a slider.
 *
 * @throws RangeError where `from` < `to` does not hold, `step` is not positive, or a value lies outside
 */
export function slider({
  from,
  to,
  value = (from + to) / 2,
  step = (to - from) / 100,
  label = "",
}: SliderOptions): Control<number> {
  if (!(from < to) || !Number.isFinite(to - from) || !(step > 0)) {
    throw new RangeError(
      `slider: from < to and a positive step are needed, but got ${from}, ${to} and ${step}; as in slider({ from: -3, to: 3 }).`,
    );
  }
  const state = { min: from, max: to, step, description: label, readout_format: format(step), continuous_update: true };
  return numberControl({ name: "FloatSliderModel", view: "FloatSliderView", style: "SliderStyleModel" }, state, value);
}

/** One of several things, by their names: a list of texts and numbers, or an object from name to thing. */
export function choice<Value>(
  options: readonly Value[] | Readonly<Record<string, Value>>,
  { value, label = "" }: { value?: Value; label?: string } = {},
): Control<Value> {
  const pairs = Array.isArray(options)
    ? options.map(each => [String(each), each as Value] as const)
    : Object.entries(options as Record<string, Value>);
  if (pairs.length === 0)
    throw new RangeError('choice: at least one option is needed, but got none; as in choice(["prior", "posterior"]).');
  const indexOf = (wanted: Value) => {
    const index = pairs.findIndex(([, each]) => Object.is(each, wanted));
    if (index < 0) {
      throw new RangeError(
        `choice: value must be one of the options, but got ${String(wanted)}; they are ${pairs.map(([name]) => name).join(", ")}.`,
      );
    }
    return index;
  };
  const index = value === undefined ? 0 : indexOf(value);
  const state = { _options_labels: pairs.map(([name]) => name), index, description: label };
  return new WidgetControl({ name: "DropdownModel", view: "DropdownView", style: "DescriptionStyleModel" }, state, {
    key: "index",
    fromState: entry => (pairs[Number(entry)] ?? pairs[0])?.[1] as Value,
    toState: indexOf,
    words: now => words(label, pairs[indexOf(now)]?.[0] ?? ""),
  });
}

/** Yes or no. */
export function toggle({ value = false, label = "" }: { value?: boolean; label?: string } = {}): Control<boolean> {
  const state = { value, description: label, indent: false };
  return new WidgetControl({ name: "CheckboxModel", view: "CheckboxView", style: "CheckboxStyleModel" }, state, {
    key: "value",
    fromState: Boolean,
    toState: Boolean,
    words: now => words(label, now ? "on" : "off"),
  });
}

/** Something to press; its value counts how often it was. */
export function button({ label, pressed }: { label: string; pressed?: () => void }): Control<number> {
  const control = new WidgetControl<number>(
    { name: "ButtonModel", view: "ButtonView", style: "ButtonStyleModel" },
    { description: label, presses: 0 },
    { key: "presses", fromState: Number, toState: Number, words: now => words(label, `pressed ${now} times`) },
  );
  control.model.onCustom(content => {
    if ((content as { event?: unknown } | undefined)?.event !== "click") return;
    control.value = Number(control.model.state.presses) + 1;
    pressed?.();
  });
  return control;
}

/** A whole number that counts from `from` to `to` by itself once it is started, each `milliseconds`. */
export function play({
  from = 0,
  to,
  step = 1,
  milliseconds = 200,
  label = "",
}: {
  from?: number;
  to: number;
  step?: number;
  milliseconds?: number;
  label?: string;
}): Control<number> {
  if (
    !(
      Number.isInteger(from) &&
      Number.isInteger(to) &&
      from < to &&
      Number.isInteger(step) &&
      step > 0 &&
      milliseconds > 0
    )
  ) {
    throw new RangeError(
      `play: integers from < to, a positive integer step and positive milliseconds are needed, but got ${from}, ${to}, ${step} and ${milliseconds}; as in play({ to: 20 }).`,
    );
  }
  const state = {
    min: from,
    max: to,
    step,
    interval: milliseconds,
    description: label,
    playing: false,
    repeat: false,
    show_repeat: true,
  };
  return numberControl({ name: "PlayModel", view: "PlayView", style: "DescriptionStyleModel" }, state, from);
}

function numberControl(
  kind: { name: string; view: string; style: string },
  state: State & { min: number; max: number; step: number; description: string },
  value: number,
): Control<number> {
  const inside = (now: number) => {
    if (now >= state.min && now <= state.max) return now;
    throw new RangeError(
      `${state.description || "control"}: a value must lie from ${state.min} to ${state.max}, but got ${now}; choose one between.`,
    );
  };
  return new WidgetControl<number>(
    kind,
    { ...state, value: inside(value) },
    {
      key: "value",
      fromState: entry => onStep(Number(entry), state),
      toState: inside,
      words: now => words(state.description, String(now)),
    },
  );
}

/** A page adds up its steps, which comes to 2.000000000000001 for 2; what lies between two steps stays where it is. */
function onStep(value: number, { min, step }: { min: number; step: number }): number {
  const steps = (value - min) / step;
  const nearest = Math.round(steps);
  return Math.abs(steps - nearest) < 1e-9 ? Number((min + nearest * step).toPrecision(12)) : value;
}

function words(label: string, value: string): string {
  return label === "" ? value : `${label}: ${value}`;
}

/** As many decimals as the step has. */
function format(step: number): string {
  return `.${Math.min(6, Math.max(0, Math.ceil(-Math.log10(step) - 1e-9)))}f`;
}
