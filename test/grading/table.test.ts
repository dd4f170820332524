import { describe, expect, it } from "vitest";
import { lateness } from "../../src/grading/lateness.ts";
import type { Grade } from "../../src/grading/record.ts";
import { csvTable, markdownTable } from "../../src/grading/table.ts";

const grade = (submission: string, others: Partial<Grade> = {}): Grade => ({
  submission,
  lecture: "sums",
  exercises: [
    { exercise: "1", state: "right", points: 0.1, of: 0.1, message: "" },
    { exercise: "2", state: "wrong", points: 0, of: 0.2, message: "It must be, but\n| got 1." },
  ],
  findings: [],
  ...others,
});

describe("the table", () => {
  it("has one row a submission, each exercise in its column", () => {
    const other = grade("b", {
      lecture: "other",
      exercises: [{ exercise: "9", state: "right", points: 0.2, of: 0.2, message: "" }],
    });
    expect(csvTable([grade("a"), other]).split("\r\n")).toEqual([
      "submission,lecture,points,of,9,1,2,look at,notes",
      "a,sums,0.1,0.3,,0.1,0,,",
      "b,other,0.2,0.2,0.2,,,,",
      "",
    ]);
  });

  it("says what could not be graded, and what to look at", () => {
    const table = csvTable([
      grade("a", { error: "no notebook", exercises: [], findings: [{ kind: "suspicion", text: 'a "b"' }] }),
    ]);
    expect(table).toContain('a,sums,0,0,"no notebook a ""b""",');
  });

  it.each(["=1+1", "+1", "-1", "@SUM(A1)", "\tx"])("gives a spreadsheet no formula: %j", name => {
    expect(
      csvTable([grade(name)])
        .split("\r\n")[1]
        ?.startsWith(`'${name}`),
    ).toBe(true);
  });

  it("is Markdown whatever students write", () => {
    const name = "<img src=x onerror=alert(1)> | [a](javascript:b) **c**";
    const lines = markdownTable([grade(name)]).split("\n");
    const row = lines.find(line => line.includes("img")) ?? "";
    expect(row.match(/(?<!\\)\|/g)?.length).toBe(7);
    expect(row).not.toMatch(/[<>[\]*]/);
    expect(lines).toContain("- 2: not right. It must be, but &#124; got 1.");
  });
});

it.each([
  ["2026-01-01T10:00Z", []],
  ["2026-01-01T10:01Z", ["late by 1 min."]],
  ["2026-01-01T13:30Z", ["late by 3 h 30 min."]],
  ["2026-01-03T12:10Z", ["late by 2 d 2 h."]],
])("a file of %s, due at ten, is %j", (modified, told) => {
  expect(lateness(new Date(modified), new Date("2026-01-01T10:00Z")).map(({ text }) => text)).toEqual(told);
  expect(lateness(new Date(modified), undefined)).toEqual([]);
});
