import * as tf from "@tensorflow/tfjs";
import { describe, expect, it } from "vitest";
import * as library from "../../../src/index.ts";
import * as distributions from "../../../src/generative/distributions/index.ts";
import * as estimates from "../../../src/generative/estimates/index.ts";
import * as exact from "../../../src/generative/exact/index.ts";
import * as flows from "../../../src/generative/flows/index.ts";
import * as objectives from "../../../src/generative/objectives/index.ts";
import { callsOf, parts } from "./parts.ts";

const all = Object.keys(parts).map(part => ({ part, calls: callsOf(part, { library, tf }) }));

describe.each(Object.entries({ exact, distributions, flows, estimates, objectives }))(
  "the walk through %s",
  (_, room) => {
    it("calls every public name", () => {
      const words = new Set(all.flatMap(({ calls }) => [...calls.keys()]).flatMap(name => name.match(/\w+/g) ?? []));
      expect(Object.keys(room).filter(name => !words.has(name))).toEqual([]);
    });
  },
);

it.each(all)("every eager call of $part runs", async ({ calls }) => {
  for (const [name, make] of calls) {
    if (LONG.test(name)) continue;
    await expect(
      Promise.resolve().then(() => make()()),
      name,
    ).resolves.not.toThrow();
  }
});

/** Of what takes seconds on the cpu backend of tfjs, in which the tests run, there are smaller calls. */
const LONG = /compiled|large VAE|784|\[\d{3},|multiScale|glow|^(Mixture|flowPlusPlus|Triangular).*inverse/;
