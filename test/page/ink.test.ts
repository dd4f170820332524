import { expect, it } from "vitest";
import { inked } from "../../src/page/jupyter/ink.ts";

it("gives black lines, dots and letters the ink of the page, and leaves areas, scales and data alone", () => {
  const figure = {
    data: [
      { name: "gap", x: [1, 2], line: { color: "#000000", width: 3 }, fillcolor: "black" },
      { marker: { color: ["black", "#0072b2"], line: { color: "rgb(0, 0, 0)" } }, text: ["black", "white"] },
      {
        type: "heatmap",
        z: [[0, 1]],
        colorscale: [
          [0, "#000"],
          [1, "#fff"],
        ],
      },
    ],
    layout: { colorway: ["#000", "#0072b2"], shapes: [{ line: { color: "black" } }], paper_bgcolor: "black" },
  };
  expect(inked(figure, "#eee")).toEqual({
    data: [
      { name: "gap", x: [1, 2], line: { color: "#eee", width: 3 }, fillcolor: "black" },
      { marker: { color: ["#eee", "#0072b2"], line: { color: "#eee" } }, text: ["black", "white"] },
      {
        type: "heatmap",
        z: [[0, 1]],
        colorscale: [
          [0, "#000"],
          [1, "#fff"],
        ],
      },
    ],
    layout: { colorway: ["#eee", "#0072b2"], shapes: [{ line: { color: "#eee" } }], paper_bgcolor: "black" },
  });
});

it("leaves typed data as they are", () => {
  const x = new Float32Array([0, 1]);
  expect(inked({ x, line: { color: "black" } }, "#eee")).toEqual({ x, line: { color: "#eee" } });
});
