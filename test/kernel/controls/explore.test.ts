import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { figureAt, type RecordedFigure } from "../../../src/explore/index.ts";
import { showExplore } from "../../../src/kernel/controls/explore.ts";
import { bundleOf } from "../../../src/kernel/display/display.ts";
import type { MimeData } from "../../../src/notebook/types.ts";
import { moving, recordIn, refused } from "../display/moving.ts";
import { WidgetPage } from "./widgetPage.ts";

const PLOTLY = "application/vnd.plotly.v1+json";
const VIEW = "application/vnd.jupyter.widget-view+json";

it("a figure that moves is left to be stored by its cell where no page can be reached", async () => {
  expect(await showExplore(moving())).toBe(false);
});

describe("with a page", () => {
  const hooks = globalThis as Record<symbol, unknown>;
  const names = ["lectern.comms", "lectern.display"].map(name => Symbol.for(name));
  let page: WidgetPage;
  let shown: { data: MimeData; metadata?: Record<string, unknown>; id?: string }[];

  beforeEach(() => {
    page = new WidgetPage();
    shown = [];
    [hooks[names[0] as symbol], hooks[names[1] as symbol]] = [
      page,
      (bundle: { data: MimeData }, id: string) => shown.push({ ...bundle, id }),
    ];
  });
  afterEach(() => {
    refused.mean = 9;
    for (const name of names) delete hooks[name];
  });
  const texts = () => shown.map(({ data }) => String(data["text/plain"]).split("\n")[0]);

  it("shows widgets, then the figure at once, then the same with what is stored", async () => {
    expect(await showExplore(moving())).toBe(true);
    const [controls, first, stored, ...rest] = shown;
    expect(rest).toEqual([]);
    expect(controls?.metadata).toEqual({ lectern: { explore: "controls" } });
    const { comm } = page.model("VBoxModel");
    expect(controls?.data[VIEW]).toMatchObject({ model_id: comm.id });
    expect(recordIn(first?.data ?? {}).frames).toEqual([]);
    expect([stored?.id, recordIn(stored?.data ?? {}).frames.length]).toEqual([first?.id, 5]);
    // As it is stored without a page, but for the id by which a page asks.
    const { id, ...record } = recordIn(stored?.data ?? {});
    expect(id).toMatch(/^[0-9a-f-]{36}$/);
    expect(record).toEqual(recordIn((await bundleOf(moving())).data));
  });

  it("follows sliders and lists to any combination, and keeps what is stored", async () => {
    await showExplore(moving());
    page.model("SelectionSliderModel").move({ index: 4 });
    page.model("DropdownModel").move({ index: 1 });
    await vi.waitFor(() => expect(texts().at(-1)).toBe("q at 1"));
    const { data } = shown.at(-1) as { data: MimeData };
    expect((data[PLOTLY] as unknown as RecordedFigure).data[0]).toEqual({ y: [1, 2] });
    expect(recordIn(data)).toMatchObject({ figure: { alt: "p at 0" }, frames: [{}, {}, {}, {}, {}] });
    page.model("PlayModel").move({ value: 0 });
    await vi.waitFor(() => expect(texts().at(-1)).toBe("q at -1"));
    expect(page.model("SelectionSliderModel").sent.at(-1)).toMatchObject({ state: { index: 0 } });
  });

  it("draws once for many moves that came together", async () => {
    await showExplore(moving());
    const before = shown.length;
    const { move } = page.model("SelectionSliderModel");
    for (const index of [0, 1, 2, 3, 4]) move({ index });
    await vi.waitFor(() => expect(texts().length).toBeGreaterThan(before));
    expect(texts().slice(before)).toEqual(["p at 1"]);
  });

  it("shows what the function throws below the controls, and recovers", async () => {
    await showExplore(moving());
    refused.mean = 1;
    const { move } = page.model("SelectionSliderModel");
    move({ index: 4 });
    await vi.waitFor(() => expect(texts().at(-1)).toMatch(/this mean is refused \(at mean = 1, of = p\)/));
    move({ index: 3 });
    await vi.waitFor(() => expect(texts().at(-1)).toBe("p at 0.5"));
  });

  it("fails as a cell where the first figure fails", async () => {
    const value = moving();
    refused.mean = 0;
    await expect(showExplore(value)).rejects.toThrow(/this mean is refused/);
  });

  it("answers a page that asks by places, with the figure that would be stored there", async () => {
    await showExplore(moving());
    const record = recordIn(shown.at(-1)?.data ?? {});
    const first = figureAt(record, shown.at(-1)?.data[PLOTLY] as never, [2, 0]) as RecordedFigure;
    const ask = page.asker("lectern.explore", { id: record.id });
    expect(ask.answers).toEqual([{ ready: true }]);
    for (const { at } of record.frames) {
      ask.send({ ask: 1, at });
      expect(ask.answers.at(-1)).toEqual({ ask: 1, figure: figureAt(record, { ...first, alt: "p at 0" }, at) });
    }
    ask.send({ ask: 2, at: [4, 1] });
    expect(ask.answers.at(-1)).toMatchObject({ ask: 2, figure: { alt: "q at 1" } });
    refused.mean = 1;
    ask.send({ ask: 3, at: [4, 1] });
    expect(ask.answers.at(-1)).toMatchObject({ ask: 3, problem: expect.stringContaining("this mean is refused") });
    for (const at of [undefined, [1], [1, 7], ["length", 0], [0.5, 0]]) {
      ask.send({ ask: 4, at });
      expect(ask.answers.at(-1)).toMatchObject({
        ask: 4,
        problem: expect.stringMatching(/^explore: a page must ask by/),
      });
    }
  });

  it("closes on a page that asks for a figure of another kernel", async () => {
    await showExplore(moving());
    expect(page.asker("lectern.explore", { id: "gone" }).closed()).toBe(true);
  });
});
