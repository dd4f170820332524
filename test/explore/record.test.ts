import { describe, expect, it } from "vitest";
import {
  controlsInWords,
  EXPLORE,
  figureAt,
  isStored,
  movedBesides,
  nearestFrame,
  type RecordedControl,
  readRecord,
  stopInWords,
  writtenRecord,
} from "../../src/explore/index.ts";
import { figure, record } from "./records.ts";

describe("a stored figure", () => {
  it("is the one at the start, or that with what differs from it", () => {
    expect(figureAt(record, figure, [2, 0])).toBe(figure);
    expect(figureAt(record, figure, [4, 0])).toEqual({
      data: [{ y: [0, 1] }],
      layout: { height: 200 },
      alt: "mean 1, p",
    });
    expect(figureAt(record, figure, [4, 1])).toBeUndefined();
    expect(isStored(record, [4, 0, 0])).toBe(false);
    expect([isStored(record, [2, 0]), isStored(record, [2, 1]), isStored(record, [4, 1])]).toEqual([true, true, false]);
  });

  it("is found nearest: other controls go back rather than the one that is moved", () => {
    expect(nearestFrame(record, [4, 0], 1, 1)).toEqual([2, 1]);
    expect(movedBesides(record, [4, 0], [2, 1], 1)).toBe("Stored figures only: mean at 0.0.");
    expect(movedBesides(record, [2, 0], [2, 1], 1)).toBe("");
  });

  it("goes back by as many controls as need be, each with its name", () => {
    const third = { name: "c", kind: "pick" as const, stops: ["x", "y"], start: 0 };
    const three = { ...record, controls: [...record.controls, third], frames: [{ at: [2, 0, 1], set: {} }] };
    expect(nearestFrame(three, [4, 1, 0], 2, 1)).toEqual([2, 0, 1]);
    expect(movedBesides(three, [4, 1, 0], [2, 0, 1], 2)).toBe("Stored figures only: mean at 0.0, density at p.");
  });

  it("is the next one there is where a stop has none, and of several the most alike", () => {
    const sparse = {
      ...record,
      frames: [
        { at: [4, 0], set: {} },
        { at: [4, 1], set: {} },
      ],
    };
    expect(nearestFrame(sparse, [2, 0], 0, 3)).toEqual([2, 0]);
    expect(nearestFrame(sparse, [4, 1], 0, 4)).toEqual([4, 1]);
    expect(nearestFrame(sparse, [2, 0], 1, 1)).toEqual([4, 1]);
    const twice = {
      ...record,
      frames: [
        { at: [0, 1], set: {} },
        { at: [4, 1], set: {} },
      ],
    };
    expect(nearestFrame(twice, [2, 0], 1, 1)).toEqual([0, 1]);
  });
});

describe("what a notebook holds", () => {
  it("has a type of its own", () => expect(EXPLORE).toBe("application/vnd.lectern.explore+json"));

  it.each<[string, unknown]>([
    ["nothing", undefined],
    ["a text", "explore"],
    ["no frames", { ...record, frames: undefined }],
    ["no control", { controls: [], frames: [] }],
    ["a start outside", { ...record, controls: [{ ...record.controls[0], start: 9 }, record.controls[1]] }],
    ["a control without a name", { ...record, controls: [{ ...record.controls[0], name: 3 }, record.controls[1]] }],
    [
      "stops in a text",
      { ...record, controls: [{ ...record.controls[0], stops: "abc", start: 0 }, record.controls[1]] },
    ],
    ["one frame of many that is none", { ...record, frames: [...record.frames, { at: [0, 9], set: {} }] }],
    ["a frame that changes nothing in nothing", { ...record, frames: [{ at: [1, 1], set: null }] }],
    ["what is gone as a text", { ...record, frames: [{ at: [1, 1], set: {}, remove: "/data" }] }],
    ["a frame with a place too many", { ...record, frames: [{ at: [1, 1, 0], set: {} }] }],
    ["stops that are none", { ...record, controls: [{ ...record.controls[0], stops: 3 }, record.controls[1]] }],
    ["a frame of another length", { ...record, frames: [{ at: [1], set: {} }] }],
    ["a frame outside", { ...record, frames: [{ at: [1, 2], set: {} }] }],
    ["a frame without anything", { ...record, frames: [{ at: [1, 1] }] }],
  ])("is no record with %s", (_, value) => {
    expect(readRecord(writtenIf(value))).toBeUndefined();
  });

  it("is no record with a frame that is no JSON, or none", () => {
    for (const frame of ["{", "null", "3", 7]) {
      expect(readRecord({ ...writtenRecord(record), frames: [frame] })).toBeUndefined();
    }
  });

  it("is one as the kernel writes it, and comes back", () => {
    expect(readRecord(JSON.parse(JSON.stringify(writtenRecord(record))))).toEqual(record);
  });

  function writtenIf(value: unknown): unknown {
    const frames = (value as { frames?: unknown } | undefined)?.frames;
    return Array.isArray(frames) ? writtenRecord(value as typeof record) : value;
  }
});

describe("words", () => {
  it("say what moves", () => {
    expect(controlsInWords(record.controls)).toBe(
      "mean: from −1.0 to 1.0 in 5 stops, here 0.0; density: p or q, here p",
    );
    const three: RecordedControl = { name: "which", kind: "pick", stops: ["a", "b", "c"], start: 2 };
    expect(controlsInWords([three])).toBe("which: a, b or c, here c");
  });

  it.each<[RecordedControl["stops"], string[]]>([
    [
      [-0.25, 0, 0.5],
      ["−0.25", "0.00", "0.50"],
    ],
    [
      [1, 2],
      ["1", "2"],
    ],
    [
      [0.01, 0.0126, 10],
      ["0.0100", "0.0126", "10.0000"],
    ],
    [
      [0.000012, 1],
      ["0.000012", "1"],
    ],
    [
      [1e-7, 1],
      ["1e−7", "1"],
    ],
    [
      [true, false],
      ["yes", "no"],
    ],
    [
      ["−", "a-b"],
      ["−", "a-b"],
    ],
  ])("give %j as %j", (stops, words) => {
    expect(stops.map((_, place) => stopInWords({ name: "x", kind: "pick", stops, start: 0 }, place))).toEqual(words);
  });
});
