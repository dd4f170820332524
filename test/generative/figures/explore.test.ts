import { describe, expect, expectTypeOf, it } from "vitest";
import { densities1d, explore, type FigureParts, pick, slide } from "../../../src/generative/figures/index.ts";

const line = (y: ArrayLike<number>, more: object = {}): FigureParts => ({
  data: [{ type: "scatter", y }],
  layout: { title: { text: "a line" } },
  alt: "a line",
  ...more,
});

describe("slide", () => {
  it("has evenly spaced stops, both ends exactly, and starts in the middle", () => {
    expect(slide(-3, 3, 7)).toEqual({ kind: "slide", stops: [-3, -2, -1, 0, 1, 2, 3], start: 3 });
    expect(slide(0, 1, 11).stops).toEqual([0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1]);
    expect(slide(-0.3, 0.6, 4).stops).toEqual([-0.3, 0, 0.3, 0.6]);
    expect(slide(-3e-20, 6e-20, 4).stops).toEqual([-3e-20, 0, 3e-20, 6e-20]);
    expect(slide(2, 1, 3).stops).toEqual([2, 1.5, 1]);
    expect(slide(0, 1, 4, { start: 0, label: "β" })).toMatchObject({ start: 0, label: "β" });
  });

  it("has stops of one ratio on a log scale, in few digits", () => {
    expect(slide(0.01, 100, 5, { scale: "log" }).stops).toEqual([0.01, 0.1, 1, 10, 100]);
    expect(slide(1, 2, 3, { scale: "log" }).stops).toEqual([1, 1.41, 2]);
  });

  it("finds its start among stops that were computed", () => {
    expect(slide(0, 1, 11, { start: 0.1 + 0.2 }).start).toBe(3);
    expect(slide(-1, 1, 21, { start: 0.1 + 0.2 - 0.3 }).start).toBe(10);
    expect(slide(1, 1 + 4e-10, 5, { start: 1 + 2e-10 }).start).toBe(2);
  });

  it.each<[string, () => unknown, RegExp]>([
    [
      "one end twice",
      () => slide(1, 1, 5),
      /^slide: its ends must be two different finite numbers, but got 1 and 1; as in/,
    ],
    ["a NaN", () => slide(Number.NaN, 1, 5), /two different finite numbers, but got NaN and 1/],
    ["an infinite end", () => slide(0, Infinity, 5), /but got 0 and Infinity/],
    ["one stop", () => slide(0, 1, 1), /^slide: there must be a whole number of stops, 2 or more, but got 1; as in/],
    ["half a stop", () => slide(0, 1, 2.5), /but got 2.5/],
    [
      "a logarithm of 0",
      () => slide(0, 1, 5, { scale: "log" }),
      /^slide: a log scale must have positive ends, but got 0 and 1/,
    ],
    [
      "a start between",
      () => slide(0, 1, 3, { start: 0.3 }),
      /^slide: start must be one of the stops, but got 0.3; they are 0, 0.5, 1\.$/,
    ],
    [
      "stops that round to one",
      () => slide(1, 1.001, 5, { scale: "log" }),
      /each stop must be there once, but got 1 twice/,
    ],
    ["a million stops", () => slide(0, 1, 1e6), /^slide: there must be at most 100000 stops, but got 1000000; nobody/],
    ["stops that are text", () => slide(0, 1, "3" as never), /a whole number of stops, 2 or more, but got 3/],
    ["ends that are text", () => slide("0" as never, "1" as never, 3), /two different finite numbers, but got 0 and 1/],
    ["no ends", () => (slide as () => unknown)(), /but got undefined and undefined/],
    [
      "another scale",
      () => slide(1, 2, 3, { scale: "lin" as never }),
      /^slide: scale must be "linear" or "log", but got lin/,
    ],
    ["options that are none", () => slide(1, 2, 3, null as never), /^slide: options must be an object .* but got null/],
    ["a label that is no text", () => slide(1, 2, 3, { label: 5 as never }), /but got the label 5/],
  ])("refuses %s", (_, make, words) => expect(make).toThrow(words));
});

describe("pick", () => {
  it("starts at its first option, or the one that is named", () => {
    expect(pick(["KL(p ‖ q)", "KL(q ‖ p)"])).toEqual({ kind: "pick", stops: ["KL(p ‖ q)", "KL(q ‖ p)"], start: 0 });
    expect(pick([false, true], { start: true }).start).toBe(1);
    expectTypeOf(pick(["a", "b"]).stops).toEqualTypeOf<readonly ("a" | "b")[]>();
  });

  it.each<[string, () => unknown, RegExp]>([
    ["no option", () => pick([]), /^pick: there must be two options or more, but got 0; as in/],
    ["one option", () => pick(["a"]), /but got 1;/],
    ["a text", () => pick("ab" as never), /but got ab;/],
    ["nothing", () => (pick as () => unknown)(), /but got undefined;/],
    ["objects", () => pick([{}, {}] as never), /a stop must be a finite number, .* but got an object; leave it out/],
    ["null", () => pick([null, 1] as never), /but got null; leave it out/],
    ["undefined", () => pick([undefined, 1] as never), /but got undefined; leave it out/],
    ["options that are none", () => pick(["a", "b"], 3 as never), /^pick: options must be an object .* but got 3/],
    [
      "a NaN",
      () => pick([1, Number.NaN]),
      /^pick: a stop must be a finite number, a text, or a boolean, but got NaN; leave it out/,
    ],
    ["an option twice", () => pick(["a", "b", "a"]), /^pick: each stop must be there once, but got a twice/],
    [
      "a foreign start",
      () => pick(["a", "b"], { start: "c" as "a" }),
      /start must be one of the stops, but got c; they are a, b/,
    ],
  ])("refuses %s", (_, make, words) => expect(make).toThrow(words));
});

describe("explore", () => {
  const controls = { mean: slide(-1, 1, 3), width: slide(1, 3, 3), kind: pick(["a", "b"]) };

  it("computes the figure from the values by name, with their types", () => {
    const made = explore(controls, ({ mean, width, kind }) => {
      expectTypeOf(mean).toEqualTypeOf<number>();
      expectTypeOf(kind).toEqualTypeOf<"a" | "b">();
      return line([mean, width, kind === "a" ? 1 : 2]);
    });
    expect(made.figure({ mean: 1, width: 2, kind: "b" }).data).toEqual([{ type: "scatter", y: [1, 2, 2] }]);
  });

  it("stores the stops of one control after the other, each frame once, the start first", () => {
    expect(explore(controls, ({ mean }) => line([mean])).frames).toEqual([
      { mean: 0, width: 2, kind: "a" },
      { mean: -1, width: 2, kind: "a" },
      { mean: 1, width: 2, kind: "a" },
      { mean: 0, width: 1, kind: "a" },
      { mean: 0, width: 3, kind: "a" },
      { mean: 0, width: 2, kind: "b" },
    ]);
  });

  it("stores all of them, or those that are named, where it is asked to", () => {
    const all = explore(controls, ({ mean }) => line([mean]), { frames: "all" }).frames;
    expect(all.length).toBe(18);
    expect(new Set(all.map(each => JSON.stringify(each))).size).toBe(18);
    const some = explore(controls, ({ mean }) => line([mean]), { frames: [{ mean: 1 }, { mean: 1, kind: "b" }] });
    expect(some.frames).toEqual([
      { mean: 0, width: 2, kind: "a" },
      { mean: 1, width: 2, kind: "a" },
      { mean: 1, width: 2, kind: "b" },
    ]);
  });

  const rounded = (data: object[], layout: object = {}) =>
    explore({ a: pick([1, 2]) }, () => line([], { data, layout })).figure({ a: 1 }).data;

  it("rounds to what an eye can tell: by the spread of the numbers, as plain arrays", () => {
    const x = Float32Array.of(1000.123, 1000.456);
    const z = [Float64Array.of(1 / 3, 1e-9), [7, Number.NaN]];
    expect(rounded([{ x, z }])).toEqual([
      {
        x: [1000.123, 1000.456],
        z: [
          [0.3333, 0],
          [7, null],
        ],
      },
    ]);
    expect(rounded([{ x: [1.23456e-30, 0] }])).toEqual([{ x: [1.235e-30, 0] }]);
    expect(rounded([{ y: [1 / 3, 1 / 3], marker: { size: 1 / 3 } }])).toEqual([
      { y: [0.3333333, 0.3333333], marker: { size: 0.333333 } },
    ]);
  });

  it("keeps the digits of what is small where an axis is logarithmic", () => {
    expect(rounded([{ y: [1.23456e-9, 1] }], { yaxis: { type: "log" } })).toEqual([{ y: [1.235e-9, 1] }]);
  });

  it("fixes the ends of the axes, those of a logarithmic one as powers of ten", () => {
    const z = [-1, 0, 1];
    const { layout } = explore(
      { a: slide(1, 2, 2) },
      ({ a }) => {
        const made = densities1d({ z, curves: [{ name: "p", values: [0, a, 0] }] });
        return { ...made, layout: { ...made.layout, yaxis: { type: "log" } } };
      },
      { range: { x: [-1, 1], y: [0.01, 10] } },
    ).figure({ a: 2 });
    expect(layout.xaxis).toMatchObject({ range: [-1, 1], title: { text: "z" } });
    expect(layout.yaxis).toEqual({ type: "log", range: [-2, 1] });
  });

  const one = { a: slide(0, 2, 3) };
  it.each<[string, () => unknown, RegExp]>([
    ["no controls", () => explore({}, () => line([1])), /^explore: there must be a control, but got none; as in/],
    [
      "a control that is none",
      () => explore({ a: 3 as never }, () => line([1])),
      /^explore: the control a must be made by slide or pick, but got number/,
    ],
    [
      "no function",
      () => explore(one, line([1]) as never),
      /^explore: the figure must be a function of the controls' values, but got object/,
    ],
    [
      "10,000 frames",
      () => explore({ a: slide(0, 1, 10_000) }, () => line([1])),
      /^explore: at most 200 frames must be stored, but got 10000; give fewer stops/,
    ],
    [
      "a product of 1,000",
      () => explore({ a: slide(0, 1, 40), b: slide(0, 1, 25) }, () => line([1]), { frames: "all" }),
      /but got 1000/,
    ],
    [
      "a frame of another control",
      () => explore(one, () => line([1]), { frames: [{ b: 1 } as never] }),
      /^explore: a frame must name the controls, but got b; they are a\./,
    ],
    [
      "a frame between the stops",
      () => explore(one, () => line([1]), { frames: [{ a: 0.5 }] }),
      /^explore: a must stand at one of its stops in every frame, but got 0.5; they are 0, 1, 2/,
    ],
    [
      "an axis of another name",
      () => explore(one, () => line([1]), { range: { z: [0, 1] } }),
      /^explore: range must name axes as plotly does, but got z/,
    ],
    [
      "a range without length",
      () => explore(one, () => line([1]), { range: { y: [1, 1] } }),
      /^explore: the range of y must have two different finite ends, but got 1 and 1/,
    ],
    [
      "a function that throws",
      () => explore(one, () => JSON.parse("{")),
      /^explore: the figure must be computed at every stop, but got SyntaxError: .* \(at a = 1\); mend the function/,
    ],
    [
      "no figure",
      () => explore(one, () => 3 as never),
      /^explore: the function must return a figure, but got a number \(at a = 1\)/,
    ],
    ["nothing", () => explore(one, () => undefined as never), /but got undefined \(at a = 1\)/],
    [
      "a promise",
      () => explore(one, (async () => line([1])) as never),
      /^explore: the function must return the figure itself, but got a promise \(at a = 1\); await/,
    ],
    [
      "no words",
      () => explore(one, () => line([1], { alt: " " })),
      /^explore: every figure must say in words what it shows, but got no alt \(at a = 1\)/,
    ],
    [
      "a number for frames",
      () => explore(one, () => line([1]), { frames: 3 as never }),
      /^explore: frames must be "each", "all" or a list of values .* but got 3; as in \{ frames: \[\{ a: 0 \}\] \}/,
    ],
    [
      "another word for frames",
      () => explore(one, () => line([1]), { frames: "every" as never }),
      /but got every; as in/,
    ],
    [
      "no frames at all",
      () => explore(one, () => line([1]), { frames: null as never }),
      /"all" or a list .* but got null/,
    ],
    [
      "an object for frames",
      () => explore(one, () => line([1]), { frames: { a: 1 } as never }),
      /but got an object; as in/,
    ],
    [
      "a number among the frames",
      () => explore(one, () => line([1]), { frames: [{ a: 1 }, 3 as never] }),
      /^explore: a frame must have values by the names of controls, but got 3 at 1/,
    ],
    [
      "an array among the frames",
      () => explore(one, () => line([1]), { frames: [[1] as never] }),
      /but got an array at 0/,
    ],
    [
      "a list of 10,000 frames",
      () => explore(one, () => line([1]), { frames: Array(10_000).fill({ a: 1 }) }),
      /at most 200 frames must be stored, but got 10001/,
    ],
    [
      "options that are none",
      () => explore(one, () => line([1]), null as never),
      /^explore: options must be an object, but got null/,
    ],
    [
      "a word for options",
      () => explore(one, () => line([1]), "all" as never),
      /options must be an object, but got all/,
    ],
    [
      "a number for the range",
      () => explore(one, () => line([1]), { range: 3 as never }),
      /^explore: range must have two ends by the names of axes, but got 3/,
    ],
    [
      "one end",
      () => explore(one, () => line([1]), { range: { y: 3 as never } }),
      /range of y must have two different finite ends, but got 3; as in/,
    ],
    ["three ends", () => explore(one, () => line([1]), { range: { y: [0, 1, 2] as never } }), /but got 0 and 1 and 2/],
    [
      "ends that are text",
      () => explore(one, () => line([1]), { range: { y: ["0", "1"] as never } }),
      /but got 0 and 1; as in/,
    ],
    [
      "controls without names",
      () => explore([slide(0, 1, 2)] as never, () => line([1])),
      /there must be a control, but got an array, which has no names/,
    ],
    [
      "a stop that is an object",
      () => explore({ a: { kind: "slide", stops: ["a", {} as never], start: 0 } }, () => line([1])),
      /^explore: the control a: a stop must be a finite number, a text, or a boolean, but got an object/,
    ],
    [
      "a stop that is NaN",
      () => explore({ a: { kind: "slide", stops: [1, Number.NaN], start: 0 } }, () => line([1])),
      /but got NaN; leave it out/,
    ],
    [
      "a stop twice",
      () => explore({ a: { kind: "slide", stops: [1, 1], start: 0 } }, () => line([1])),
      /each stop must be there once, but got 1 twice/,
    ],
    [
      "a start that is text",
      () => explore({ a: { kind: "slide", stops: [1, 2], start: "0" as never } }, () => line([1])),
      /the control a must be made by slide or pick/,
    ],
    [
      "another kind of control",
      () => explore({ a: { kind: "dial" as never, stops: [1, 2], start: 0 } }, () => line([1])),
      /must be made by slide or pick/,
    ],
    [
      "a trace that is none",
      () => explore(one, () => line([1], { data: [null as never] })),
      /^explore: each trace must be an object, but got null in data \(at a = 1\)/,
    ],
    ["a layout that is a list", () => explore(one, () => line([1], { layout: [] })), /must return a figure/],
    [
      "lines of an error",
      () =>
        explore(one, () => {
          throw new Error("one\n  two");
        }),
      /but got Error: one two \(at a = 1\)/,
    ],
    [
      "what is thrown without words",
      () =>
        explore(one, () => {
          throw Object.create(null);
        }),
      /but got an object \(at a = 1\)/,
    ],
    [
      "a figure that holds itself",
      () => {
        const trace: Record<string, unknown> = {};
        trace.self = trace;
        return explore(one, () => line([1], { data: [trace] }));
      },
      /but got what calls or holds itself without end \(at a = 1\)/,
    ],
    [
      "a figure that throws when it is read",
      () =>
        explore(one, () =>
          line([1], {
            data: [
              {
                get y(): never {
                  throw new Error("unread");
                },
              },
            ],
          }),
        ),
      /but got Error: unread \(at a = 1\)/,
    ],
  ])("refuses %s in one line", (_, make, words) => {
    expect(make).toThrow(words);
    expect(make).not.toThrow(/\n/);
  });

  it.each<[string, (a: number) => FigureParts, RegExp]>([
    [
      "throws",
      a => {
        if (a === 2) throw new RangeError("two is refused.");
        return line([a]);
      },
      /^explore: the figure must be computed at every stop, but got RangeError: two is refused \(at a = 2\); mend/,
    ],
    [
      "gains a trace",
      a => line([a], { data: a === 2 ? [{}, {}] : [{}] }),
      /^explore: every figure must have the traces of the first, scatter, but got scatter, scatter \(at a = 2\); keep one/,
    ],
    [
      "changes the type of a trace",
      a => line([a], { data: [{ type: a === 2 ? "bar" : "scatter" }] }),
      /but got bar \(at a = 2\)/,
    ],
    [
      "gains an entry of the layout",
      a => line([a], { layout: a === 2 ? { title: { text: "t" }, shapes: [] } : { title: { text: "t" } } }),
      /^explore: every layout must have the entries of the first, title, but got shapes, title \(at a = 2\)/,
    ],
    [
      "changes its size",
      a => line([a], { layout: { height: a === 2 ? 300 : 400 } }),
      /^explore: every figure must have the height of the first, 400, but got 300 \(at a = 2\)/,
    ],
  ])("refuses a figure that %s at one stop", (_, figure, words) => {
    const made = explore(one, ({ a }) => figure(a));
    expect(made.figure({ a: 0 })).toBeDefined();
    expect(() => made.figure({ a: 2 })).toThrow(words);
  });

  it("keeps what the function threw as the cause", () => {
    const cause = new RangeError("mine");
    try {
      explore(one, () => {
        throw cause;
      });
      expect.unreachable();
    } catch (error) {
      expect((error as Error).cause).toBe(cause);
    }
  });

  it("refuses values between its stops", () => {
    const made = explore(one, ({ a }) => line([a]));
    expect(() => made.figure({ a: 0.5 })).toThrow(
      /^explore: a must stand at one of its stops, but got 0.5; they are 0, 1, 2/,
    );
    expect(made.figure({ a: 1 + 1e-12 }).data).toEqual([{ type: "scatter", y: [1] }]);
  });

  it("notices a figure that does not follow from the controls", () => {
    let calls = 0;
    const made = explore(one, ({ a }) => line([a, calls++]));
    expect(() => made.figure({ a: 1 })).toThrow(
      /^explore: the figure must follow from the controls alone, but got another one .* the second time; make its randomness inside/,
    );
  });
});
