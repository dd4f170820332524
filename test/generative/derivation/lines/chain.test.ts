import { describe, expect, it } from "vitest";
import { densitiesIn } from "../../../../src/generative/derivation/language/density.ts";
import { Chain } from "../../../../src/generative/derivation/lines/chain.ts";
import { type Line, type ReadLine, readLines } from "../../../../src/generative/derivation/lines/line.ts";
import { names } from "../language/everyName.ts";

const read = (lines: readonly Line[]) => readLines(lines, [], { densities: densitiesIn("q(z)"), names });

describe("the line before", () => {
  const along = (...lines: Line[]) => {
    const chain = new Chain();
    return read(lines).lines.map((line: ReadLine, i) => chain.next(line, i));
  };

  it("is the last that is written, with the reasons and the relation of all since", () => {
    const before = along(
      "p(x)",
      ["= ?", "Bayes"],
      [">= ?", "Jensen"],
      ["= f(z)", "Bayes", "linearity"],
      ["= g(z)", "constant"],
    );
    expect(
      before.map(each => each && [each.number, each.text, each.relation, each.rules.map(({ name }) => name).join()]),
    ).toEqual([
      undefined,
      undefined,
      undefined,
      [1, "p(x)", ">=", "Bayes,Jensen,linearity"],
      [4, "f(z)", "=", "constant"],
    ]);
  });

  it("depends on what it names, less what a line equal to it does without", () => {
    const depends = (...lines: Line[]) => [...(along(...lines).at(-1)?.dependsOn ?? [])].sort().join("");
    expect(depends("f(z)", ["= g(z)", "Bayes"])).toBe("z");
    expect(depends("f(x)", ["= f(x) * f(z) / f(z)", "Bayes"], ["= 1", "Bayes"])).toBe("x");
    expect(depends("f(x) * f(z)", ["= f(z)", "Bayes"], ["= 1", "Bayes"])).toBe("z");
    expect(depends("f(x)", ["= f(z)", "Bayes"], ["= f(x) * f(z)", "Bayes"], ["= 1", "Bayes"])).toBe("");
    // A bound may depend on more than what it bounds.
    expect(depends("f(x)", [">= f(x) * f(z)", "Jensen"], ["= 1", "Bayes"])).toBe("xz");
    expect(depends("f(x)", ["= ?", "Bayes"], ["<= ?", "Jensen"], ["= f(z)", "Bayes"], ["= 1", "Bayes"])).toBe("z");
  });

  it("is none of the first, also where that is left to the reader", () => {
    expect(along("?", ["= p(x)", "Bayes"], ["= p(x) * 1", "Bayes"]).map(each => each?.number)).toEqual([
      undefined,
      undefined,
      2,
    ]);
  });
});
