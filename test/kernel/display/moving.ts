import { explore, pick, slide } from "../../../src/generative/figures/index.ts";
import { EXPLORE, type ExploreRecord, readRecord } from "../../../src/explore/index.ts";
import type { MimeData } from "../../../src/notebook/types.ts";

/** At which mean the function of the figure throws; nowhere, unless a test says so. */
export const refused = { mean: 9 };

/** A figure that moves by a slider and a list. */
export const moving = () =>
  explore({ mean: slide(-1, 1, 5), of: pick(["p", "q"], { label: "density" }) }, ({ mean, of }) => {
    if (mean === refused.mean) throw new RangeError("this mean is refused");
    return {
      data: [{ y: Float64Array.of(mean, of === "p" ? 1 : 2) }, { y: [1, 2, 3] }],
      layout: { height: 200 },
      alt: `${of} at ${mean}`,
    };
  });

/** What a notebook would read of it. */
export const recordIn = (data: MimeData) => readRecord(JSON.parse(JSON.stringify(data[EXPLORE]))) as ExploreRecord;
