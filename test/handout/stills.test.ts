import { describe, expect, it } from "vitest";
import { renderFigure } from "../../src/handout/index.ts";
import { writtenRecord } from "../../src/explore/index.ts";
import { code, markdown, page, shown } from "./pages.ts";

const PLOTLY = "application/vnd.plotly.v1+json";

describe("a figure that moves, where nothing moves", () => {
  it("is drawn at its ends too, folded, and the page says that it stands still", async () => {
    const titled = (words: string) => ({ width: 640, height: 300, title: { text: words } });
    const figure = { data: [{ type: "scatter", x: [0, 1], y: [0, 1] }], layout: titled("in the middle") };
    const record = writtenRecord({
      controls: [{ name: "mean", kind: "slide", stops: [-1, 0, 1, 2], start: 1 }],
      frames: ["at the left", "right", "at the right"].map((words, i) => ({
        at: [[0, 2, 3][i] as number],
        set: { "/layout/title/text": words, "/alt": `the curve ${words}` },
      })) as never,
    });
    const output = shown(
      { [PLOTLY]: figure, "application/vnd.lectern.explore+json": record, "image/svg+xml": await renderFigure(figure) },
      { [PLOTLY]: { alt: "the curve in the middle" } },
    );
    const { main } = await page(markdown("# Move the slider"), code("explore()", [output]));
    const stills = [...main.querySelectorAll("details.stills .still")];
    expect(stills.map(each => each.querySelector("p")?.textContent)).toEqual(["mean at −1", "mean at 2"]);
    expect(stills.map(each => each.querySelector(".gtitle, svg")?.textContent)).toEqual([
      expect.stringContaining("at the left"),
      expect.stringContaining("at the right"),
    ]);
    expect(stills.map(each => each.querySelector("svg")?.getAttribute("aria-label"))).toEqual([
      "the curve at the left",
      "the curve at the right",
    ]);
    expect(main.querySelector("figcaption")?.textContent).toBe(
      "Figure 1. the curve in the middle In the notebook it moves: mean: from −1 to 2 in 4 stops, here 0.",
    );
    expect(main.querySelector(".still-note")?.textContent).toContain("stand still");
  });

  it("is not spoken of where there is none", async () => {
    const { main } = await page(markdown("# Words"), code("1", [shown({ "text/plain": "1" })]));
    expect(main.querySelector(".still-note, .stills, .moves")).toBeNull();
  });
});
