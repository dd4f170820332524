import { describe, expect, it } from "vitest";
import { EXPLORE, figureAt } from "../../../src/explore/index.ts";
import { bundleOf } from "../../../src/kernel/display/display.ts";
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

  it("fails where its function fails, with the stop", async () => {
    refused.mean = 0.5;
    await expect(bundleOf(moving())).rejects.toThrow(/this mean is refused \(at mean = 0.5, of = p\)/);
    refused.mean = 9;
  });
});
