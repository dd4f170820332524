/** TeX as it reads, for places where nothing is typeset: symbols for their names, fractions with a slash. */
export function plainTex(tex: string): string {
  let text = tex
    .replace(/%.*$/gm, "")
    .replace(/\\(?:label|tag\*?)\{[^{}]*\}/g, "")
    .replace(/\\(?:begin|end)\{[^{}]*\}/g, " ")
    .replace(/\\(?:eq)?ref\{([^{}]*)\}/g, "($1)")
    // Of a single sign the braces may be left out.
    .replace(/(\\[dt]?frac)\s*([^\s{}\\])\s*([^\s{}\\])/g, "$1{$2}{$3}");
  // From the inside out, as braces nest.
  for (let before = ""; before !== text; ) {
    before = text;
    text = text
      .replace(STYLED, "$1")
      .replace(/\\[dt]?frac\s*\{([^{}]*)\}\s*\{([^{}]*)\}/g, (_, over, under) => `${grouped(over)}/${grouped(under)}`)
      .replace(/\\sqrt\s*\{([^{}]*)\}/g, (_, inside) => `√${grouped(inside)}`)
      .replace(/([_^])\s*\{([^{}\\]*)\}/g, "$1$2");
  }
  return text
    .replace(/\\(?:left|right|[bB]igg?[lrm]?|displaystyle|textstyle|limits|nolimits)(?![a-zA-Z])\s*/g, "")
    .replace(/\\([a-zA-Z]+)(\s?)\s*/g, (_, name: string, space: string) => symbolOf(name, space))
    .replace(/\\\||\\Vert/g, "‖")
    .replace(/\\[,;:!> ]|\\\\|[&~]/g, " ")
    .replace(/\\([{}%$#_])/g, "\uE000$1")
    .replace(/(?<!\uE000)[{}]|\uE000/g, "")
    .replace(/\s+/g, " ")
    .replace(/ (?=[_^])/g, "")
    .trim();
}

/** A name that is said as it is written, as in log, keeps a space where a letter follows. */
function symbolOf(name: string, space: string): string {
  const greek = GREEK[name.toLowerCase()];
  if (greek !== undefined) return `${name[0] === name[0]?.toUpperCase() ? greek.toUpperCase() : greek}${space}`;
  return SYMBOLS[name] ?? `${name} `;
}

function grouped(part: string): string {
  const text = part.trim();
  return /^(?:[\p{L}\d]+|\\[a-zA-Z]+)$/u.test(text) ? text : `(${text})`;
}

const STYLED =
  /\\(?:mathrm|mathbf|mathbb|mathcal|mathit|mathsf|boldsymbol|bm|text|textbf|textit|operatorname\*?|hat|widehat|tilde|widetilde|bar|overline|underline|vec)\s*\{([^{}]*)\}/g;

/** As a reader may type them to find them. */
export const GREEK: Readonly<Record<string, string>> = {
  alpha: "α",
  beta: "β",
  gamma: "γ",
  delta: "δ",
  epsilon: "ε",
  varepsilon: "ε",
  zeta: "ζ",
  eta: "η",
  theta: "θ",
  kappa: "κ",
  lambda: "λ",
  mu: "μ",
  nu: "ν",
  xi: "ξ",
  pi: "π",
  rho: "ρ",
  sigma: "σ",
  tau: "τ",
  phi: "φ",
  varphi: "φ",
  chi: "χ",
  psi: "ψ",
  omega: "ω",
};

const SYMBOLS: Readonly<Record<string, string>> = {
  approx: "≈ ",
  cdot: "·",
  circ: "∘",
  colon: ":",
  cdots: "…",
  dots: "…",
  ell: "ℓ",
  equiv: "≡ ",
  forall: "∀",
  ge: "≥ ",
  geq: "≥ ",
  gg: "≫ ",
  in: "∈ ",
  infty: "∞",
  int: "∫ ",
  ldots: "…",
  le: "≤ ",
  leq: "≤ ",
  ll: "≪ ",
  mid: "| ",
  nabla: "∇",
  ne: "≠ ",
  neq: "≠ ",
  partial: "∂",
  pm: "±",
  prod: "∏ ",
  propto: "∝ ",
  quad: " ",
  qquad: " ",
  sim: "∼ ",
  sum: "∑ ",
  times: "×",
  to: "→ ",
  top: "⊤",
  Vert: "‖",
};
