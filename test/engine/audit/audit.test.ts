import { describe, expect, it } from "vitest";
import { columns, measure, notRight } from "./measure.ts";

const measured = await measure();

describe.each(columns)("on %s", column => {
  it("no kernel is silently wrong, forward or backward", () => {
    const wrong = notRight(measured[column]).filter(({ verdict }) => verdict.is === "wrong");
    expect(wrong.map(({ kernel, case: name, of, verdict }) => `${kernel}, ${name}, ${of}: ${verdict.words}`)).toEqual(
      [],
    );
  });
});
