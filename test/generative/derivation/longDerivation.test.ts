import { expect, it } from "vitest";
import { derive, type Line } from "../../../src/generative/derivation/index.ts";
import { coin } from "./lines/examples.ts";

it("a false line is told once where it stands, also after the ninth", () => {
  const right = Array.from({ length: 10 }, (_, i): Line => [`= beta + ${i} - ${i}`, "rearrange"]);
  expect(() => derive({ cases: { coin } }, ["beta", ...right, ["= beta + 1", "rearrange"]])).toThrow(
    /^derive, line 12: "beta \+ 1" must equal line 11, "beta \+ 9 - 9", but on coin it is 3 against 2;/,
  );
});
