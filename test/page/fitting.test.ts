import { describe, expect, it } from "vitest";
import { fitted } from "../../src/page/jupyter/fitting.ts";

const layout = {
  width: 640,
  height: 420,
  margin: { l: 70, r: 20, t: 50, b: 90 },
  title: { text: "A table of 256 and a mixture of 2, with words that go on and on", font: { color: "red" } },
  xaxis: { title: { text: "words, number of" }, type: "log" },
  yaxis2: { overlaying: "y" },
  legend: { x: 1, y: 1 },
};

describe("a figure", () => {
  it("is as it was made where it has room", () => {
    expect(fitted(layout, 640)).toBe(layout);
    expect(fitted({ height: 300 }, 700)).toEqual({ height: 300 });
  });

  it("takes the width of a place that is narrower", () => {
    const { width, ...rest } = layout;
    expect(width).toBe(640);
    expect(fitted(layout, 600)).toEqual({ ...rest, autosize: true });
  });

  it("on a phone has small margins, a title in lines, its legend below, and axes with room for numbers", () => {
    const narrow = fitted(layout, 298);
    expect(narrow).toMatchObject({
      autosize: true,
      height: 420,
      margin: { l: 46, r: 10, b: 44 },
      title: { font: { color: "red", size: 13 } },
      xaxis: { type: "log", automargin: true, title: { text: "words, number of" } },
      yaxis2: { overlaying: "y", automargin: true },
      legend: { orientation: "h", x: 0 },
    });
    expect(narrow).not.toHaveProperty("width");
    const lines = (narrow.title as { text: string }).text.split("<br>");
    expect(lines.join(" ")).toBe(layout.title.text);
    expect(Math.max(...lines.map(line => line.length))).toBeLessThanOrEqual(298 / 7.5);
    expect(fitted({ title: "Short", showlegend: false }, 298)).toMatchObject({ title: { text: "Short" } });
    expect(fitted({ showlegend: false }, 298)).not.toHaveProperty("legend");
  });
});
