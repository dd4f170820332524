import { describe, expect, it } from "vitest";
import { networkDiagram } from "../../../src/generative/figures/index.ts";

// Three inputs, two hidden units and three outputs: x1 leads to the first unit, x2 to both, x3 to none.
const network = {
  layers: [
    ["1", "2", "3"],
    ["1", "2"],
    ["1", "2", "3"],
  ],
  masks: [
    [
      [1, 0],
      [1, 1],
      [0, 0],
    ],
    [
      [0, 1, 1],
      [0, 0, 1],
    ],
  ],
  inputs: ["x1", "x2", "x3"],
  outputs: ["y1", "y2", "y3"],
  title: (seen: readonly number[]) => `sees ${seen.join(" ")}`,
};
const drawn = (output: number) => {
  const { data, layout, alt } = networkDiagram({ ...network, output });
  const [all, used, units, names] = data as unknown as {
    x: (number | null)[];
    y: (number | null)[];
    marker: { color: string[] };
    text: string[];
  }[];
  const edges = (trace: typeof all) =>
    trace?.x.flatMap((_, i, { length }) => (i % 3 === 0 && i < length ? [[trace.x[i], trace.x[i + 1]]] : []));
  return { all: edges(all), used: edges(used), units, names, layout, alt };
};

describe("networkDiagram", () => {
  // The masks multiplied out by hand: y1 hears nobody, y2 the first unit, y3 both.
  it.each([
    [0, [], 0],
    [1, [0, 1], 3],
    [2, [0, 1], 5],
  ] as const)("follows output %i down to the inputs %j, along %i connections", (output, seen, count) => {
    const { all, used, units, alt } = drawn(output);
    expect(all).toHaveLength(6);
    expect(used).toHaveLength(count);
    const colours = units?.marker.color.slice(0, 3) ?? [];
    expect(colours.flatMap((colour, i) => (colour === "#FFFFFF" ? [] : [i]))).toEqual(seen);
    expect(alt).toContain(`y${output + 1} sees ${seen.map(i => `x${i + 1}`).join(", ") || "nothing"}.`);
  });

  it("spreads each layer over the width of the widest, and names inputs below and outputs above", () => {
    const { units, names, layout } = drawn(1);
    expect(units?.x).toEqual([0, 1, 2, 0.25, 1.75, 0, 1, 2]);
    expect(names?.text).toEqual(["x1", "x2", "x3", "y1", "y2", "y3"]);
    expect(names?.y.slice(0, 3).every(y => (y ?? 0) < 0)).toBe(true);
    expect(names?.y.slice(3).every(y => (y ?? 0) > 2)).toBe(true);
    expect(layout.title).toEqual({ text: "sees 0 1" });
  });

  it("follows a path through all layers and not past a gap", () => {
    const deep = networkDiagram({
      layers: [["a"], ["b"], ["c"], ["d"]],
      masks: [[[1]], [[0]], [[1]]],
      inputs: ["x"],
      outputs: ["y"],
      output: 0,
      title: seen => `${seen.length} seen`,
    });
    expect(deep.layout.title).toEqual({ text: "0 seen" });
    expect(deep.data[1]?.x).toHaveLength(3);
  });
});
