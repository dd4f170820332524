import { describe, expect, it } from "vitest";
import { bars, curve, dots, explore, paths, pick, plot } from "../../../src/generative/figures/index.ts";
import { GREY, PALETTE } from "../../../src/generative/figures/theme.ts";

type Axis = { title: { text: string }; anchor: string; domain: [number, number]; range?: [number, number] };

const panel = (x: string, ...marks: ReturnType<typeof curve>[]) => ({
  x: [x, -1, 1] as const,
  y: ["y, relative"] as const,
  marks,
});
const two = [panel("z", dots([[0, 1]])), panel("x", dots([[2, 3]]), curve([0, 1], [1, 2]))];

describe("plot", () => {
  it("draws each panel's marks on axes of its own, the first on the left, apart", () => {
    const { data, layout } = plot({ title: "Two", panels: two, shows: "points" });
    expect(data.map(({ xaxis, yaxis }) => [xaxis, yaxis])).toEqual([
      [undefined, undefined],
      ["x2", "y2"],
      ["x2", "y2"],
    ]);
    const [left, right] = [layout.xaxis, layout.xaxis2] as unknown as [Axis, Axis];
    expect([left.title.text, right.title.text]).toEqual(["z", "x"]);
    expect([left.anchor, right.anchor]).toEqual(["y", "y2"]);
    expect([left.domain[0], right.domain[1]]).toEqual([0, 1]);
    expect(right.domain[0] - left.domain[1]).toBeGreaterThan(0.1);
    expect(right.domain[1] - right.domain[0]).toBeCloseTo(left.domain[1] - left.domain[0], 5);
  });

  it("puts the first panel on top where they are stacked", () => {
    const { layout } = plot({ title: "Two", panels: two, shows: "points", stacked: true });
    const [top, bottom] = [layout.yaxis, layout.yaxis2] as unknown as [Axis, Axis];
    expect([bottom.domain[0], top.domain[1]]).toEqual([0, 1]);
    expect(top.domain[0] - bottom.domain[1]).toBeGreaterThan(0.1);
    expect(layout.xaxis).not.toHaveProperty("domain");
  });

  it("fixes the ends that it is told, and leaves the others to the data", () => {
    const { layout } = plot({ title: "One", panels: two.slice(0, 1), shows: "a point" });
    expect(layout.xaxis).toMatchObject({ range: [-1, 1] });
    expect(layout.yaxis).not.toHaveProperty("range");
  });

  it("makes room for a legend where a mark has a name, and only there", () => {
    const bottom = (name?: string) => {
      const look = name === undefined ? {} : { name };
      const { layout } = plot({ title: "", panels: [panel("z", curve([0, 1], [0, 1], look))], shows: "a line" });
      return (layout.margin as { b: number }).b;
    };
    expect(bottom("p(z)")).toBeGreaterThan(bottom() + 30);
  });

  it("says its title and what is shown", () => {
    expect(plot({ title: "z<sub>1</sub> = 3", panels: two, shows: "A point" }).alt).toBe("z_1 = 3. A point.");
  });

  it("moves: a panel may have no point at one stop and some at another", () => {
    const moving = explore({ n: pick([0, 2], { start: 2 }) }, ({ n }) =>
      plot({
        title: `${n} points`,
        panels: [
          panel(
            "z",
            dots(
              [
                [0, 1],
                [1, 0],
              ].slice(0, n),
            ),
          ),
        ],
        shows: "points",
      }),
    );
    expect(moving.figure({ n: 0 }).data[0]?.x).toEqual([]);
    expect(moving.figure({ n: 2 }).data[0]?.x).toEqual([0, 1]);
  });
});

describe("marks", () => {
  it("are a colour and a dash or a symbol for each number, and grey for what is no data", () => {
    const looks = [0, 1, "grey"] as const;
    const lines = looks.map(as => curve([0, 1], [0, 1], { as }).line);
    expect(lines).toEqual([
      { color: PALETTE[0], width: 2, dash: "solid" },
      { color: PALETTE[1], width: 2, dash: "dash" },
      { color: GREY, width: 2, dash: "solid" },
    ]);
    const points = looks.map(as => dots([[0, 1]], { as }).marker);
    expect(points).toMatchObject([{ symbol: "circle" }, { symbol: "square" }, { symbol: "circle", color: GREY }]);
    expect(dots([[0, 1]], { hollow: true, size: 9 }).marker).toMatchObject({ symbol: "circle-open", size: 9 });
  });

  it("lift the pen between paths, and nowhere else", () => {
    const line = paths([
      [
        [0, 1],
        [1, 1.23456789],
      ],
      [Float32Array.of(2, 3)],
    ]);
    expect([line.x, line.y]).toEqual([
      [0, 1, null, 2],
      [1, 1.235, null, 3],
    ]);
  });

  it("fill what a line encloses in its colour, and nothing unasked", () => {
    expect(curve([0, 1], [0, 1], { filled: true, as: 2 })).toMatchObject({
      fill: "toself",
      fillcolor: `${PALETTE[2]}33`,
    });
    expect(curve([0, 1], [0, 1])).not.toHaveProperty("fill");
  });

  it("are in the legend where they have a name", () => {
    expect(bars([1, 2], [3, 4], { name: "shares", width: 0.3 })).toMatchObject({
      type: "bar",
      width: 0.3,
      name: "shares",
      showlegend: true,
      marker: { color: PALETTE[0] },
    });
    expect(bars([1, 2], [3, 4])).toMatchObject({ showlegend: false });
    expect(bars([1, 2], [3, 4])).not.toHaveProperty("width");
  });
});
