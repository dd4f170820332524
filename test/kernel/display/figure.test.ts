import { describe, expect, it } from "vitest";
import { figureBundle, isFigure } from "../../../src/kernel/display/figure.ts";

const plotly = "application/vnd.plotly.v1+json";
const figureOf = (figure: Parameters<typeof figureBundle>[0]) => figureBundle(figure).data[plotly];

describe("a figure", () => {
  it("is an object with an array of data and a layout, and nothing else is", () => {
    const figure = { data: [], layout: {} };
    expect(isFigure(figure)).toBe(true);
    for (const other of [
      null,
      undefined,
      "text",
      3,
      Object.assign(() => {}, figure),
      { data: [], layout: [] },
      { data: [], layout: "text" },
      { data: "text", layout: {} },
    ]) {
      expect(isFigure(other)).toBe(false);
    }
  });

  it("has a configuration where it says one, and words where it says them", () => {
    const config = { responsive: true };
    expect(figureBundle({ data: [], layout: {}, config, alt: "Nothing." })).toStrictEqual({
      data: { [plotly]: { data: [], layout: {}, config }, "text/plain": "Nothing." },
      metadata: { [plotly]: { alt: "Nothing." } },
    });
    expect(figureBundle({ data: [], layout: {}, alt: 3 as never })).toStrictEqual({
      data: { [plotly]: { data: [], layout: {} }, "text/plain": "plotly figure" },
      metadata: {},
    });
  });
});

describe("what a renderer reads of a figure", () => {
  it("is what JSON can hold", () => {
    const view = new DataView(new ArrayBuffer(1));
    const layout = {
      big: 7n,
      infinite: [Infinity, -Infinity, Number.NaN, 1],
      single: new Float32Array([0.1, Infinity]),
      long: new BigInt64Array([3n]),
      when: new Date(0),
      nested: { nothing: null, yes: true, text: "a" },
      list: [undefined, () => 1, null],
      view,
    };
    expect(figureOf({ data: [], layout })).toStrictEqual({
      data: [],
      layout: {
        big: 7,
        infinite: [null, null, null, 1],
        single: [0.1, null],
        long: [3],
        when: "1970-01-01T00:00:00.000Z",
        nested: { nothing: null, yes: true, text: "a" },
        list: [null, null, null],
        view: {},
      },
    });
  });

  it("leaves out what JSON leaves out", () => {
    const layout = { call: Object.assign(() => 1, { a: 1 }), symbol: Symbol("x"), none: undefined, kept: 0 };
    expect(figureOf({ data: [], layout })).toStrictEqual({ data: [], layout: { kept: 0 } });
  });
});
