import { describe, expect, it } from "vitest";
import { applied, differenceOf, type Json } from "../../src/explore/index.ts";
import { mulberry } from "./mulberry.ts";

const json = (value: unknown) => JSON.stringify(value);

describe("applied after differenceOf", () => {
  it("gives the other value back, for any two of 500 pairs, and leaves the first as it was", () => {
    const random = mulberry(7);
    for (let trial = 0; trial < 500; trial++) {
      const before = anything(random, 4);
      const after = random() < 0.5 ? altered(before, random) : anything(random, 4);
      const text = json(before);
      const difference = JSON.parse(json(differenceOf(before, after)));
      expect(applied(before, difference)).toStrictEqual(after);
      expect(json(before)).toBe(text);
      expect(json(difference).length).toBeLessThan(json(after).length + 25);
    }
  });

  it("says nothing where nothing differs", () => {
    const figure = { data: [{ y: [1, 2, 3] }], layout: { title: { text: "t" } } };
    expect(differenceOf(figure, structuredClone(figure))).toEqual({ set: {} });
  });

  it("names a changed curve alone, and of a picture the changed pixels", () => {
    const z = Array.from({ length: 28 }, () => Array(28).fill(0));
    const brighter = structuredClone(z);
    (brighter[3] as number[])[14] = 1;
    const before = { data: [{ y: [1, 2] }, { z }], layout: {} };
    expect(differenceOf(before, { data: [{ y: [3, 4] }, { z: brighter }], layout: {} })).toEqual({
      set: { "/data/0/y": [3, 4], "/data/1/z/3/14": 1 },
    });
  });

  it("says what is gone, and nothing about the rest", () => {
    const before = { layout: { title: "a text of some length", width: 640, height: 420 }, data: [1, 2] };
    const after = { layout: { width: 640, height: 420 }, data: [1, 2] };
    expect(differenceOf(before, after)).toEqual({ set: {}, remove: ["/layout/title"] });
    expect(Object.keys(applied(before, differenceOf(before, after)) as object)).toEqual(["layout", "data"]);
    expect(applied(before, differenceOf(before, after))).toStrictEqual(after);
  });

  it("is the whole where the parts would be longer", () => {
    const [before, after] = [1, 2].map(value => ({ a: value, b: value, c: value, d: value, e: value, f: value }));
    expect(differenceOf(before as Json, after as Json)).toEqual({ set: { "": after } });
    expect(differenceOf({ x: "abcdefgh", y: [1, 2, 3, 4] }, { x: "abcdefgh", y: [5, 6, 7, 8] })).toEqual({
      set: { "/y": [5, 6, 7, 8] },
    });
  });

  it("keeps keys with slashes and tildes apart", () => {
    const [before, after] = [{ "a/b": { "~c": 1 } }, { "a/b": { "~c": 2 } }];
    expect(applied(before, differenceOf(before, after))).toEqual(after);
  });
});

describe("applied", () => {
  it.each([
    "/nothing/here",
    "/data/7/y",
    "/data/0/y/9",
    "/title/text/x",
    "/__proto__/polluted",
    "/__proto__",
    "/data/0/y/-",
    "/data/__proto__/x",
  ])("refuses %s, which is not there", pointer => {
    expect(() => applied({ data: [{ y: [1] }], title: "t" }, { set: { [pointer]: 1 } })).toThrow(
      /^applied: a difference must fit what it is applied to, but got/,
    );
    expect("polluted" in {}).toBe(false);
  });
});

function anything(random: () => number, depth: number): Json {
  const kind = Math.floor(random() * (depth > 0 ? 7 : 4));
  if (kind === 0) return Math.round(random() * 1000) / 100;
  if (kind === 1) return "text".slice(Math.floor(random() * 4));
  if (kind === 2) return random() < 0.5;
  if (kind === 3) return null;
  const size = Math.floor(random() * 5);
  if (kind === 4) return Array.from({ length: size }, () => Math.round(random() * 9));
  if (kind === 5) return Array.from({ length: size }, () => anything(random, depth - 1));
  return Object.fromEntries(
    Array.from({ length: size }, (_, index) => [`${"ab/~"[index % 4]}${index}`, anything(random, depth - 1)]),
  );
}

function altered(value: Json, random: () => number): Json {
  if (random() < 0.15) return anything(random, 2);
  if (Array.isArray(value)) return value.map(each => (random() < 0.3 ? altered(each, random) : each));
  if (typeof value !== "object" || value === null) return random() < 0.5 ? value : anything(random, 0);
  const entries = Object.entries(value).filter(() => random() > 0.15);
  return Object.fromEntries(entries.map(([key, each]) => [key, random() < 0.4 ? altered(each, random) : each]));
}
