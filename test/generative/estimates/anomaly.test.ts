import { beforeAll, describe, expect, it } from "vitest";
import { chooseBackend, Random } from "../../../src/engine/index.ts";
import { Normal } from "../../../src/generative/distributions/index.ts";
import { average, rocArea } from "../../../src/generative/estimates/index.ts";
import { fixture } from "../../support/fixture.ts";

beforeAll(() => chooseBackend());

const { tame } = fixture("beyondTheVae") as { tame: { d: number; s: number; area: number }[] };

describe("−log p as an anomaly score, of N(0, s² I) under N(0, I)", () => {
  it.each(tame)(
    "has the area that the F distribution has for d = $d, s = $s: better than ½ only for s > 1",
    ({ d, s, area }) => {
      const model = new Normal<"x">(new Array(d).fill(0), new Array(d).fill(1));
      const random = new Random(6);
      const score = (spread: number) =>
        model
          .logProb(random.normal([3000, d]).mul(spread))
          .neg()
          .dataSync();
      const measured = rocArea(score(1), score(s));
      expect(Math.abs(measured.area - area)).toBeLessThan(4.5 * measured.standardError + 1e-4);
      expect(area > 0.5).toBe(s > 1);
    },
  );

  it("is too low by d/2 (1 − s²) nats", () => {
    const model = new Normal<"x">(new Array(50).fill(0), new Array(50).fill(1));
    const random = new Random(7);
    const log = (spread: number) => average(model.logProb(random.normal([4000, 50]).mul(spread)).dataSync());
    const [right, tame] = [log(1), log(0.7)];
    const error = Math.hypot(right.standardError, tame.standardError);
    expect(Math.abs(tame.mean - right.mean - 25 * (1 - 0.49))).toBeLessThan(4.5 * error);
  });
});
