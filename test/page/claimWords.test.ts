import { describe, expect, it } from "vitest";
import { claimsIn, claimWords } from "../../src/page/lecture/claimWords.ts";

describe("the words on claims", () => {
  it.each([
    [{ holds: 1, fails: 0, missed: 0 }, "1 claim holds"],
    [{ holds: 3, fails: 0, missed: 0 }, "3 claims hold"],
    [{ holds: 0, fails: 1, missed: 0 }, "1 claim fails"],
    [{ holds: 2, fails: 1, missed: 0 }, "1 of 3 claims fails"],
    [{ holds: 0, fails: 1, missed: 1 }, "1 of 2 claims fails, 1 was not reached"],
    [{ holds: 4, fails: 2, missed: 3 }, "2 of 9 claims fail, 3 were not reached"],
  ])("%j", (counts, words) => expect(claimWords(counts)).toBe(words));

  it("count what a cell would claim, not what it says of claims", () => {
    expect(
      claimsIn(
        'claim("a", 1, 1);\nclaimBetween ("b", 1);\n// claim("c")\nconst s = "claim(d)";\nnoclaim(1); o.claim(2);',
      ),
    ).toBe(2);
  });
});
