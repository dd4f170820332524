import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { EXPLORE, type ExploreRecord, figureAt, type RecordedFigure, readRecord } from "../../../src/explore/index.ts";
import { explore, pick, slide } from "../../../src/generative/figures/index.ts";
import { showExplore } from "../../../src/kernel/controls/explore.ts";
import { bundleOf } from "../../../src/kernel/display/display.ts";
import type { MimeData } from "../../../src/notebook/types.ts";
import { WidgetPage } from "./widgetPage.ts";

const PLOTLY = "application/vnd.plotly.v1+json";
const VIEW = "application/vnd.jupyter.widget-view+json";

let refused = 9;
const moving = () =>
  explore({ mean: slide(-1, 1, 5), of: pick(["p", "q"], { label: "density" }) }, ({ mean, of }) => {
    if (mean === refused) throw new RangeError("this mean is refused");
    return {
      data: [{ y: Float64Array.of(mean, of === "p" ? 1 : 2) }, { y: [1, 2, 3] }],
      layout: { height: 200 },
      alt: `${of} at ${mean}`,
    };
  });

const recordIn = (data: MimeData) => readRecord(JSON.parse(JSON.stringify(data[EXPLORE]))) as ExploreRecord;

describe("without a page", () => {
  it("is stored as its first figure, the differences of others, and words for what moves", async () => {
    const { data, metadata } = await bundleOf(moving());
    const first = { data: [{ y: [0, 1] }, { y: [1, 2, 3] }], layout: { height: 200 } };
    expect(data[PLOTLY]).toEqual(first);
    expect(metadata).toEqual({ [PLOTLY]: { alt: "p at 0" } });
    expect(data["text/plain"]).toBe(
      "p at 0\n(What moves: mean: from −1.0 to 1.0 in 5 stops, here 0.0; density: p or q, here p.)",
    );
    const record = recordIn(data);
    expect(record.frames).toContainEqual({ at: [4, 0], set: { "/data/0/y/0": 1, "/alt": "p at 1" } });
    expect(record.frames.map(({ at }) => at)).toEqual([
      [0, 0],
      [1, 0],
      [3, 0],
      [4, 0],
      [2, 1],
    ]);
    expect(figureAt(record, { ...first, alt: "p at 0" }, [2, 1])).toEqual({
      data: [{ y: [0, 2] }, { y: [1, 2, 3] }],
      layout: { height: 200 },
      alt: "q at 0",
    });
  });

  it("has the same bytes twice", async () => {
    expect(JSON.stringify(await bundleOf(moving()))).toBe(JSON.stringify(await bundleOf(moving())));
  });

  it("is recognised by its shape, and nothing else is taken for it", async () => {
    const figure = () => ({ data: [], layout: {}, alt: "nothing" });
    const plain = { controls: { a: { kind: "pick", stops: [1, 2], start: 0 } }, figure, frames: [] };
    expect((await bundleOf(plain)).data[EXPLORE]).toMatchObject({ controls: [{ name: "a" }] });
    for (const other of [
      { ...plain, controls: {} },
      { ...plain, controls: { a: { stops: [1, 2], start: 2 } } },
      { ...plain, figure: {} },
      { ...plain, frames: 3 },
      { controls: 1, figure },
    ]) {
      expect(Object.keys((await bundleOf(other)).data)).toEqual(["text/plain"]);
    }
  });

  it("fails where its function fails, with the stop", async () => {
    refused = 0.5;
    await expect(bundleOf(moving())).rejects.toThrow(/this mean is refused \(at mean = 0.5, of = p\)/);
    refused = 9;
  });

  it("is left to be stored by its cell", async () => expect(await showExplore(moving())).toBe(false));
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
    refused = 9;
    for (const name of names) delete hooks[name];
  });
  const turn = () => new Promise(resolve => setTimeout(resolve, 5));
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
    await turn();
    expect(texts().at(-1)).toBe("q at 1");
    const { data } = shown.at(-1) as { data: MimeData };
    expect((data[PLOTLY] as unknown as RecordedFigure).data[0]).toEqual({ y: [1, 2] });
    expect(recordIn(data)).toMatchObject({ figure: { alt: "p at 0" }, frames: [{}, {}, {}, {}, {}] });
    page.model("PlayModel").move({ value: 0 });
    await turn();
    expect(texts().at(-1)).toBe("q at -1");
    expect(page.model("SelectionSliderModel").sent.at(-1)).toMatchObject({ state: { index: 0 } });
  });

  it("draws once for many moves that came together", async () => {
    await showExplore(moving());
    const before = shown.length;
    const { move } = page.model("SelectionSliderModel");
    for (const index of [0, 1, 2, 3, 4]) move({ index });
    await turn();
    expect(texts().slice(before)).toEqual(["p at 1"]);
  });

  it("shows what the function throws below the controls, and recovers", async () => {
    await showExplore(moving());
    refused = 1;
    const { move } = page.model("SelectionSliderModel");
    move({ index: 4 });
    await turn();
    expect(texts().at(-1)).toMatch(/this mean is refused \(at mean = 1, of = p\)/);
    move({ index: 3 });
    await turn();
    expect(texts().at(-1)).toBe("p at 0.5");
  });

  it("fails as a cell where the first figure fails", async () => {
    const value = moving();
    refused = 0;
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
    refused = 1;
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
