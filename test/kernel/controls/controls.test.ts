import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { button, choice, play, show, slider, toggle } from "../../../src/kernel/controls/index.ts";
import { bundleOf } from "../../../src/kernel/display/display.ts";
import { WidgetPage } from "./widgetPage.ts";

const comms = Symbol.for("lectern.comms");
const display = Symbol.for("lectern.display");
const hooks = globalThis as Record<symbol, unknown>;
let page: WidgetPage;

beforeEach(() => {
  page = new WidgetPage();
  hooks[comms] = page;
  hooks[display] = ({ data }: { data: Record<string, string> }, id?: string) =>
    page.shown.push([data["text/plain"] ?? "", id]);
});
afterEach(() => {
  delete hooks[comms];
  delete hooks[display];
});

const turn = () => new Promise(resolve => setTimeout(resolve, 5));

describe("a slider", () => {
  it("is a model with a layout and a style, and a view by its id", async () => {
    const mean = slider({ from: -3, to: 3, value: 0, label: "mean of q" });
    const { state, comm, target } = page.model("FloatSliderModel");
    expect(target).toBe("jupyter.widget");
    expect(state).toMatchObject({
      min: -3,
      max: 3,
      value: 0,
      description: "mean of q",
      _model_module: "@jupyter-widgets/controls",
    });
    for (const part of [state.layout, state.style]) {
      expect(page.opened.has(part.replace("IPY_MODEL_", ""))).toBe(true);
    }
    expect((await bundleOf(mean)).data).toEqual({
      "application/vnd.jupyter.widget-view+json": { model_id: comm.id, version_major: 2, version_minor: 0 },
      "text/plain": "mean of q: 0",
    });
  });

  it("follows the page, and the page follows it", () => {
    const mean = slider({ from: -3, to: 3, value: 0 });
    const heard: number[] = [];
    mean.onChange(value => heard.push(value));
    const model = page.model("FloatSliderModel");
    model.move({ value: 1.5 });
    expect([mean.value, heard]).toEqual([1.5, [1.5]]);
    mean.value = -2;
    expect(model.sent).toEqual([{ method: "update", state: { value: -2 }, buffer_paths: [] }]);
    expect([mean.value, heard]).toEqual([-2, [1.5, -2]]);
  });

  it("stands at its steps however the page adds them up, and between them where it was put", () => {
    const mean = slider({ from: -3, to: 3, step: 0.1, value: 1 / 3 });
    expect(mean.value).toBe(1 / 3);
    const model = page.model("FloatSliderModel");
    for (const [moved, value] of [
      [2.000000000000001, 2],
      [-3 + 7 * 0.1, -2.3],
      [0.1 + 0.2, 0.3],
      [1e-16, 0],
      [0.25, 0.25],
    ] as const) {
      model.move({ value: moved });
      expect(mean.value).toBe(value);
    }
  });

  it("tells its state to a page that was opened again", () => {
    const mean = slider({ from: 0, to: 1, value: 0.25 });
    mean.value = 0.5;
    const { comm, sent } = page.model("FloatSliderModel");
    comm.onMessage({ method: "request_state" });
    expect(sent.at(-1)).toMatchObject({ method: "update", state: { value: 0.5, max: 1 } });
    // biome-ignore lint/suspicious/noExplicitAny: what a comm carries
    const answers: any[] = [];
    // biome-ignore lint/suspicious/noExplicitAny: what a comm carries
    const control: any = { send: (each: unknown) => answers.push(each) };
    page.targets.get("jupyter.widget.control")?.(control, {});
    control.onMessage({ method: "request_states" });
    expect(answers[0].states[comm.id]).toMatchObject({ model_name: "FloatSliderModel", state: { value: 0.5 } });
  });

  it("refuses what it cannot stand at", () => {
    expect(() => slider({ from: 1, to: 1 })).toThrow(/^slider: from < to and a positive step are needed, but got 1, 1/);
    expect(() => slider({ from: 0, to: 1, step: 0 })).toThrow(RangeError);
    expect(() => slider({ from: Number.NaN, to: 1 })).toThrow(RangeError);
    expect(() => slider({ from: 0, to: 1, value: 2 })).toThrow(/must lie from 0 to 1, but got 2/);
    expect(() => {
      slider({ from: 0, to: 1, label: "λ" }).value = 3;
    }).toThrow(/^λ: a value must lie from 0 to 1, but got 3/);
  });
});

describe("other controls", () => {
  it("choice stands at one of several things", () => {
    const squared = (x: number) => x * x;
    const which = choice({ identity: (x: number) => x, squared }, { value: squared, label: "f" });
    expect(page.model("DropdownModel").state).toMatchObject({ _options_labels: ["identity", "squared"], index: 1 });
    expect(which.value(3)).toBe(9);
    page.model("DropdownModel").move({ index: 0 });
    expect(which.value(3)).toBe(3);
    expect(choice(["prior", "posterior"]).value).toBe("prior");
    expect(() => choice([])).toThrow(/^choice: at least one option/);
    expect(() => choice(["a"], { value: "b" })).toThrow(/must be one of the options, but got b; they are a/);
  });

  it("toggle is on or off", () => {
    const log = toggle({ label: "log" });
    page.model("CheckboxModel").move({ value: true });
    expect(log.value).toBe(true);
  });

  it("button counts its presses", () => {
    const calls: number[] = [];
    const again = button({ label: "again", pressed: () => calls.push(1) });
    const { comm } = page.model("ButtonModel");
    comm.onMessage({ method: "custom", content: { event: "click" } });
    comm.onMessage({ method: "custom", content: { event: "other" } });
    expect([again.value, calls.length]).toEqual([1, 1]);
  });

  it("play counts", () => {
    const step = play({ to: 20, milliseconds: 50 });
    expect(page.model("PlayModel").state).toMatchObject({ min: 0, max: 20, value: 0, interval: 50 });
    page.model("PlayModel").move({ value: 7 });
    expect(step.value).toBe(7);
    expect(() => play({ to: 0 })).toThrow(RangeError);
  });
});

describe("show", () => {
  it("draws again in its place when a control that it read moves, and for no other", async () => {
    const mean = slider({ from: -3, to: 3, value: 0 });
    const { move } = page.model("FloatSliderModel");
    slider({ from: 0, to: 1 });
    const other = page.model("FloatSliderModel");
    await show(() => mean.value * 2);
    move({ value: 1 });
    await turn();
    other.move({ value: 0.1 });
    await turn();
    expect(page.shown.map(([text]) => text)).toEqual(["0", "2"]);
    expect(new Set(page.shown.map(([, id]) => id)).size).toBe(1);
  });

  it("drops frames rather than lag, and ends at the latest value", async () => {
    const mean = slider({ from: 0, to: 100, value: 0 });
    let made = 0;
    await show(async () => {
      const { value } = mean;
      made++;
      await new Promise(resolve => setTimeout(resolve, 20));
      return value;
    });
    const { move } = page.model("FloatSliderModel");
    for (let value = 1; value <= 50; value++) {
      move({ value });
      await new Promise(resolve => setTimeout(resolve, 1));
    }
    for (let wait = 0; wait < 200 && page.shown.at(-1)?.[0] !== "50"; wait++) await turn();
    expect(page.shown.at(-1)?.[0]).toBe("50");
    expect(made).toBeLessThan(30);
  });

  it("shows an error in the picture's place, and recovers", async () => {
    const mean = slider({ from: 0, to: 2, value: 0 });
    await show(() => {
      if (mean.value === 1) throw new RangeError("one is refused");
      return mean.value;
    });
    const { move } = page.model("FloatSliderModel");
    move({ value: 1 });
    await turn();
    move({ value: 2 });
    await turn();
    expect(page.shown.map(([text]) => text.split("\n")[0])).toEqual(["0", "RangeError: one is refused", "2"]);
  });
});

it("stays at its value and says it where no page can be reached", async () => {
  delete hooks[comms];
  const mean = slider({ from: -3, to: 3, value: 0.5, label: "mean" });
  expect((await bundleOf(mean)).data).toEqual({ "text/plain": "mean: 0.5" });
  mean.value = 1;
  expect(mean.value).toBe(1);
});
