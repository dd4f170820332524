import { expect, it } from "vitest";
import { plainTex, plainText, plainWords } from "../../src/notebook/index.ts";

it.each([
  ["The **gap** of `fit`, [again](#x)", "The gap of fit, again"],
  ["What $\\mathrm{KL}$ measures, and $$x^2$$", "What KL measures, and x^2"],
  ["*one* and __two__", "one and two"],
  ["a * b is 3 $ of 4", "a * b is 3 $ of 4"],
])("%s is plain", (markdown, words) => expect(plainWords(markdown)).toBe(words));

it.each([
  ["\\log p_\\theta(x) \\ge \\mathbb{E}_q[\\log \\tfrac{p(x,z)}{q(z)}]", "log p_θ(x) ≥ E_q[log (p(x,z))/(q(z))]"],
  ["\\frac{1}{\\sqrt{2\\pi}}", "1/(√(2π))"],
  ["\\mathrm{KL}(q\\,\\|\\,p) \\mid \\Delta", "KL(q ‖ p) | Δ"],
  ["\\begin{align} a &= b \\label{one} \\\\ c &= \\{d\\} \\end{align}", "a = b c = {d}"],
  ["x^{2}_{ij}", "x^2_ij"],
  ["\\mathrm{KL}(\\hat p\\,\\|\\,p_\\theta)", "KL(p\u0302 ‖ p_θ)"],
  ["\\hat{\\mu} + \\tilde\\sigma^2, \\bar x_i, \\overline{x y}", "μ\u0302 + σ\u0303^2, x\u0304_i, x y"],
  ["\\hatch", "hatch"],
  ["\\max_\\phi \\frac 1n \\sum_i \\tfrac12 x_i", "max_φ 1/n ∑_i 1/2 x_i"],
  ["", ""],
])("%s reads as it is set", (tex, text) => expect(plainTex(tex)).toBe(text));

it("a whole cell is one line, without the marks of its blocks", () => {
  const cell =
    "## A *title*\n\n> cited\n\n- $\\mu$, by \\eqref{one}\n1. two\n\n| a | b |\n|---|--:|\n| 1 | 2 |\n\n<details>x</details>";
  expect(plainText(cell)).toBe("A title cited μ, by (one) two a | b 1 | 2 x");
});

it("references have the numbers of their equations", () => {
  const numbers = new Map([["jensen", "7.3"]]);
  expect(plainText("By \\eqref{jensen}, $\\eqref{jensen}$ and \\ref{jensen}; \\eqref{none}.", numbers)).toBe(
    "By (7.3), (7.3) and 7.3; (none).",
  );
});
