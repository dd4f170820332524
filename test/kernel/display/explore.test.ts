import { describe, expect, it } from "vitest";
import { EXPLORE, figureAt } from "../../../src/explore/index.ts";
import { bundleOf } from "../../../src/kernel/display/display.ts";
import { controlsOf, figureAtPlaces, framesOf, isExplore } from "../../../src/kernel/display/explore.ts";
import { moving, recordIn, refused } from "./moving.ts";

const PLOTLY = "application/vnd.plotly.v1+json";

describe("a figure that moves", () => {
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
    expect(record.frames.at(-1)).toEqual({ at: [2, 1], set: { "/data/0/y/1": 2, "/alt": "q at 0" } });
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

  it("has controls with stops, a function and values for it", () => {
    const a = { kind: "pick" as const, stops: [1, 2], start: 0 };
    const figure = () => ({ data: [], layout: {} });
    expect(isExplore({ controls: { a }, figure, frames: [] })).toBe(true);
    for (const other of [undefined, null, "text", 3, { controls: null, figure }, { controls: "ab", figure }]) {
      expect(isExplore(other)).toBe(false);
    }
    for (const b of [undefined, null, {}, { stops: "12", start: 0 }, { stops: [1], start: 1 }]) {
      expect(isExplore({ controls: { a, b }, figure, frames: [] })).toBe(false);
    }
    const [unnamed, named] = controlsOf({
      controls: { a, b: { kind: "slide", stops: [1], start: 0, label: "rate" } },
      figure,
      frames: [],
    });
    expect(unnamed).toStrictEqual({ name: "a", kind: "pick", stops: [1, 2], start: 0 });
    expect(named).toStrictEqual({ name: "b", label: "rate", kind: "slide", stops: [1], start: 0 });
  });

  it("needs a figure of its function, which may lack words", async () => {
    const of = (figure: () => unknown) => ({
      controls: { a: { kind: "pick" as const, stops: [1, 2], start: 0 } },
      figure: figure as () => { data: []; layout: object },
      frames: [{ a: 2 }],
    });
    expect(
      figureAtPlaces(
        of(() => ({ data: [], layout: {} })),
        [0],
      ),
    ).toEqual({ data: [], layout: {}, alt: "figure" });
    expect(() =>
      figureAtPlaces(
        of(() => "text"),
        [0],
      ),
    ).toThrow("explore: the function must return a figure, but got string; return { data, layout, alt }.");
    let calls = 0;
    const late = of(() => ({ data: [], layout: { height: ++calls } }));
    expect(await framesOf(late, figureAtPlaces(late, [0]), 0)).toBeUndefined();
    expect(calls).toBe(1);
  });

  it("is stored without others where its cell is interrupted meanwhile", async () => {
    const name = Symbol.for("lectern.abortSignal");
    Object.defineProperty(globalThis, name, { value: AbortSignal.abort(), configurable: true });
    try {
      expect(recordIn((await bundleOf(moving())).data).frames).toEqual([]);
    } finally {
      Reflect.deleteProperty(globalThis, name);
    }
  });

  it("fails where its function fails, with the stop", async () => {
    refused.mean = 0.5;
    await expect(bundleOf(moving())).rejects.toThrow(/this mean is refused \(at mean = 0.5, of = p\)/);
    refused.mean = 9;
  });
});
