import { expect, it } from "vitest";
import { table } from "./table.ts";

const row = { seconds: 2, bytes: 5e5, requests: 1, figures: 10, missing: 2, unset: 3, faults: 4 };

it("adds up over notebooks, but for the time, of which it takes the median, and the size", () => {
  const rows = [row, { ...row, seconds: 9, bytes: 1.5e6 }, { ...row, seconds: 3, missing: 0 }];
  expect(
    table([{ name: "one", rows, failed: 1 }])
      .split("\n")
      .at(-1),
  ).toBe("| one | 1 | 3.0 | 0.83 | 3 | 4 of 30 | 9 | 12 |");
});
