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
    // The longest titles of the course have two lines.
    expect(fitted({ ...layout, margin: { t: 40 } }, 298)).toMatchObject({ margin: { t: 60 } });
    expect(fitted({ showlegend: false }, 298)).not.toHaveProperty("legend");
  });

  it("on a phone keeps the room for words above it, and breaks them as its title", () => {
    const words = "holds, but not by Bayes' rule: it does not lead from one line to the other";
    const above = { text: `log(p(x))<br>${words}`, font: { size: 11 }, xref: "paper", yref: "paper", y: 1.3 };
    const point = { text: "a word at a point of it", x: 1, y: 2 };
    const narrow = fitted({ margin: { t: 160 }, title: "Short", annotations: [above, point] }, 298);
    expect(narrow).toMatchObject({ margin: { t: 160 } });
    const [told, pointed] = narrow.annotations as [typeof above, typeof point];
    expect(pointed).toBe(point);
    const [first, ...others] = told.text.split("<br>");
    expect(first).toBe("log(p(x))");
    expect(others.join(" ")).toBe(words);
    expect(Math.max(...others.map(line => line.length))).toBeLessThanOrEqual(40);
  });
});
