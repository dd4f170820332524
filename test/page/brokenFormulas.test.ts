import { describe, expect, it } from "vitest";
import { withoutBrokenFormulas } from "../../src/page/jupyter/brokenFormulas.ts";

describe("a formula that is broken", () => {
  it.each([
    [
      "| $\\frac{x}{$ | why | 3 |\n| $x$ | so | 4 |",
      "| `\\frac{x}{` **✗ a { is not closed** | why | 3 |\n| $x$ | so | 4 |",
    ],
    ["| $= x}$ | 3 |", "| `= x}` **✗ a } closes what no { opened** | 3 |"],
    ["$$\n\\sqrt{2\n$$\n\nNext $y$.", "`\\sqrt{2` **✗ a { is not closed**\n\nNext $y$."],
    ["| $p(x|z}$ | 3 |", "| `p(x\\|z}` **✗ a } closes what no { opened** | 3 |"],
  ])("stands by itself, with what is wrong: %j", (source, shown) => {
    expect(withoutBrokenFormulas(source)).toBe(shown);
  });

  it.each([
    "$\\{x : x > 0\\}$ and $f_{i}$",
    "$\\text{if $x$ holds} + 1$ and $2$",
    "`$a{` is code, ``and $b{`` too, and ~~~",
    "```\n$c{\n```\n\nand $d$",
    "It costs \\$5 {or} \\$6.",
    "It costs $5 {or}\n\nmore} $6.",
    "\\begin{align}a&=b\\end{align}",
  ])("is none where its braces match or where there is no formula: %j", source => {
    expect(withoutBrokenFormulas(source)).toBe(source);
  });
});
