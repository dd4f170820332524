import { describe, expect, it } from "vitest";
import { explore, type FigureParts, pick, slide } from "../../../src/generative/figures/index.ts";

const figureOf = (more: object = {}): FigureParts => ({
  data: [{ type: "scatter", y: [1] }],
  layout: {},
  alt: "it",
  ...more,
});
const made = (more: object) => explore({ a: pick([1, 2]) }, () => figureOf(more)).figure({ a: 1 });
const trace = (more: object, layout: object = {}) => made({ data: [{ type: "scatter", ...more }], layout }).data[0];

describe("the stops of a control", () => {
  it("are the ends exactly, whatever their digits", () => {
    const [from, to] = [0.1 + 0.2, 1.1 + 2.2];
    expect(slide(from, to, 3).stops).toEqual([from, 1.8, to]);
  });

  it("are at most 100,000", () => expect(slide(0, 1, 100_000).stops.length).toBe(100_000));

  it("have no label where none is given", () =>
    expect(Object.keys(pick(["a", "b"]))).toEqual(["kind", "stops", "start"]));

  it.each<[unknown[], unknown, number]>([
    [[1, "1"], "1", 1],
    [["0.3", 0.3, 1], 0.3, 1],
    [[0.3, 0.1, 0.2], 0.1 + 0.2, 0],
    [["a", 0.1, 0.3], 0.1 + 0.2, 2],
  ])("of %j %j is the one of its kind that is nearest", (stops, start, place) =>
    expect(pick(stops as number[], { start: start as number }).start).toBe(place),
  );

  it.each<[unknown[], number]>([
    [["a", 0.3], 7],
    [[0, 1e-7, 1], 5e-8],
  ])("%j have none at %j", (stops, start) =>
    expect(() => pick(stops as number[], { start })).toThrow(/^pick: start must be one of the stops/),
  );

  it.each<[() => unknown, RegExp]>([
    [() => slide(0, 7, 8, { start: 1 / 3 }), /but got 0\.333333; they are 0, 1, 2, 3, 4, 5, 6, 7\.$/],
    [() => slide(0, 8, 9, { start: 1 / 3 }), /; they are 0, 1, 2, 3, …, 8\.$/],
    [() => slide(-1.5e308, 1.5e308, 3), /two different finite numbers/],
    [() => slide(1, 0, 5, { scale: "log" }), /positive ends, but got 1 and 0/],
    [() => slide(1, -1, 5, { scale: "log" }), /positive ends, but got 1 and -1/],
  ])("%# are refused in few words", (make, words) => expect(make).toThrow(words));
});

describe("controls", () => {
  it.each<[unknown, RegExp]>([
    ["ab", /there must be a control, but got ab, which has no names/],
    [{ a: null }, /^explore: the control a must be made by slide or pick, but got object/],
    [{ a: undefined }, /^explore: the control a must be made by slide or pick, but got undefined/],
    [{ a: { kind: "slide", stops: [1], start: 0 } }, /^explore: the control a must be made by slide or pick/],
  ])("%j are refused", (controls, words) =>
    expect(() => explore(controls as { a: ReturnType<typeof slide> }, () => figureOf())).toThrow(words),
  );

  it("say at which stop they are asked for, where there are no values", () =>
    expect(() => explore({ a: pick([1, 2]) }, () => figureOf()).figure(undefined as never)).toThrow(
      /^explore: a must stand at one of its stops, but got undefined; they are 1, 2\.$/,
    ));
});

describe("a figure", () => {
  it.each<[object, RegExp]>([
    [{ alt: 5 }, /must say in words what it shows/],
    [{ data: [{ type: "scatter", y: [1] }], layout: [] }, /must return a figure/],
  ])("%j is refused", (more, words) => expect(() => made(more)).toThrow(words));

  it("is no array", () =>
    expect(() => explore({ a: pick([1, 2]) }, () => [1] as never)).toThrow(/must return a figure, but got an array/));

  it("has as many traces as the first, and its width", () => {
    const at = (one: object, other: object) =>
      explore({ a: pick([1, 2]) }, ({ a }) => figureOf(a === 1 ? one : other)).figure({ a: 2 });
    expect(() => at({ data: [] }, {})).toThrow(/the traces of the first, none, but got scatter/);
    expect(() => at({ layout: { width: 300 } }, { layout: { width: 400 } })).toThrow(/the width of the first, 300/);
  });

  it("tells what was thrown without blanks at its end", () =>
    expect(() =>
      explore({ a: pick([1, 2]) }, () => {
        throw new Error("it broke ");
      }),
    ).toThrow(/but got Error: it broke \(at/));

  it("keeps of its traces what JSON holds, and drops the rest", () =>
    expect(trace({ y: [1], meta: 5n, visible: true, name: null, ids: new Date(0), hover: () => 1 })).toEqual({
      type: "scatter",
      y: [1],
      meta: 5,
      visible: true,
      name: null,
      ids: "1970-01-01T00:00:00.000Z",
    }));

  it("rounds the rows of a matrix as the whole, on axes of which none is logarithmic", () => {
    const rounded = [
      [1000, 1001],
      [0, 5000],
    ];
    expect(
      trace({
        z: [
          [1000.123, 1000.456],
          [0, 5000],
        ],
      }),
    ).toMatchObject({ z: rounded });
    expect(trace({ z: [Float64Array.of(1000.123, 1000.456), [0, 5000]] })).toMatchObject({ z: rounded });
    expect(trace({ y: [1000, 1e-9] }, { xaxis: { title: { text: "x" } }, template: null })).toMatchObject({
      y: [1000, 0],
    });
    expect(trace({ y: [1000, 1e-9] }, { xaxis: { type: "log" } })).toMatchObject({ y: [1000, 1e-9] });
  });

  it.each<[object, RegExp]>([
    [{ z3: [0, 1] }, /name axes as plotly does, but got z3/],
    [{ ax: [0, 1] }, /but got ax/],
    [{ xa: [0, 1] }, /but got xa/],
    [{ x: [0, Number.NaN] }, /two different finite ends/],
    [{ x: [-1.5e308, 1.5e308] }, /two different finite ends/],
    [{ y: [0, 1] }, /the range of y must have two different positive ends, but got 0 and 1/],
    [{ y: [1, 0] }, /two different positive ends/],
    [{ y: [-1, 1] }, /two different positive ends/],
    [{ y: [1, -1] }, /two different positive ends/],
  ])("has no range %j", (range, words) =>
    expect(() =>
      explore({ a: pick([1, 2]) }, () => figureOf({ layout: { yaxis: { type: "log" } } }), {
        range: range as never,
      }).figure({ a: 1 }),
    ).toThrow(words),
  );
});
