import { describe, expect, it } from "vitest";
import { everyFigure } from "./everyFigure.ts";

describe.each(everyFigure)("$name", ({ figure, says, refuses }) => {
  const { data, layout, alt } = figure();

  it("is plain JSON, the same after a round trip", () => {
    const spec = { data, layout, alt };
    expect(JSON.parse(JSON.stringify(spec))).toEqual(spec);
    expect(strange(spec)).toEqual([]);
  });

  it("is the same every time", () => expect(JSON.stringify(figure())).toBe(JSON.stringify({ data, layout, alt })));

  it("says in words what is to be seen", () => expect(alt).toContain(says));

  it("titles itself and each axis, with its unit, or hides the axis", () => {
    expect(layout.title).toMatchObject({ text: expect.stringMatching(/./) });
    for (const axis of [layout.xaxis, layout.yaxis]) {
      expect(axis).toMatchObject(
        (axis as { visible?: boolean }).visible === false
          ? { range: [expect.any(Number), expect.any(Number)] }
          : { title: { text: expect.stringMatching(UNIT) } },
      );
    }
  });

  it("draws as many x as y, of a kind plotly 2 knows", () => {
    expect(data.length).toBeGreaterThan(0);
    for (const trace of data) {
      expect(["scatter", "bar"]).toContain(trace.type);
      expect((trace.x as number[]).length).toBe((trace.y as number[]).length);
      expect((trace.x as number[]).length).toBeGreaterThan(0);
    }
  });

  it.each(Object.entries(refuses))("refuses: %s", (message, bad) => {
    expect(bad).toThrow(RangeError);
    expect(bad).toThrow(message);
  });
});

/** What an axis counts or measures in, in the words of its title. */
const UNIT = /nats|step|dimension|relative|samples|standard deviations|per unit|number of|^bound$|^family of/;

/** The paths of everything that is not a plain object, array, string, boolean, null, or finite number but −0. */
function strange(value: unknown, path = "figure"): string[] {
  if (value === null || typeof value === "string" || typeof value === "boolean") return [];
  if (typeof value === "number") return Number.isFinite(value) && !Object.is(value, -0) ? [] : [`${path} = ${value}`];
  const prototype = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== Array.prototype)
    return [`${path}: ${prototype?.constructor?.name}`];
  return Object.entries(value as object).flatMap(([key, inner]) => strange(inner, `${path}.${key}`));
}
