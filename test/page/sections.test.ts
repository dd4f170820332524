import { describe, expect, it } from "vitest";
import { sectionsOf } from "../../src/page/lecture/sections.ts";

const text = (source: string) => ({ kind: "markdown" as const, source });
const code = (source = "1") => ({ kind: "code" as const, source });

describe("the sections of a lecture", () => {
  it("begin at headings and end where the next one begins", () => {
    const sections = sectionsOf([
      text("# 5. Title\n\nprose"),
      code(),
      text("## One"),
      code(),
      code(),
      text("### Deeper"),
      code(),
    ]);
    expect(sections).toEqual([
      { title: "5. Title", level: 1, from: 0, to: 2 },
      { title: "One", level: 2, from: 2, to: 5 },
      { title: "Deeper", level: 3, from: 5, to: 7 },
    ]);
  });

  it("are found inside a cell, and not inside code", () => {
    const sections = sectionsOf([text("prose\n\n## In the middle\n\n```ts\n# no heading\n```"), code("# nor here")]);
    expect(sections.map(section => section.title)).toEqual(["In the middle"]);
  });

  it("have titles in plain words", () => {
    const title = (source: string) => sectionsOf([text(`## ${source}`)])[0]?.title;
    expect(title("The **gap** of `fit`, [again](#x)")).toBe("The gap of fit, again");
    expect(title("What $\\mathrm{KL}$ measures")).toBe("What KL measures");
    expect(title("Level four ####")).toBe("Level four");
  });

  it("leave out headings below the third level", () => {
    expect(sectionsOf([text("#### small")])).toEqual([]);
  });
});
