import type { ExploreRecord, RecordedFigure } from "../../src/explore/index.ts";

/** A figure of two curves that move, one control at a time, and all of it known. */
export const figure: RecordedFigure = { data: [{ y: [0, 0] }], layout: { height: 200 }, alt: "mean 0, p" };

export const record: ExploreRecord = {
  controls: [
    { name: "mean", kind: "slide", stops: [-1, -0.5, 0, 0.5, 1], start: 2 },
    { name: "of", label: "density", kind: "pick", stops: ["p", "q"], start: 0 },
  ],
  frames: [0, 1, 3, 4]
    .map(place => ({ at: [place, 0], set: { "/data/0/y/1": (place - 2) / 2, "/alt": `mean ${(place - 2) / 2}, p` } }))
    .concat([{ at: [2, 1], set: { "/data/0/y/1": 7, "/alt": "mean 0, q" } }]),
};
