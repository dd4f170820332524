/**
 * TeX as it reads, for places where nothing is typeset: symbols for their names, fractions with a slash, and for
 * references the numbers of their equations, by the labels.
 */
export function plainTex(tex: string, numbers: ReadonlyMap<string, string> = new Map()): string {
  let text = tex
    .replace(/%.*$/gm, "")
    .replace(/\\(?:label|tag\*?)\{[^{}]*\}/g, "")
    .replace(/\\(?:begin|end)\{[^{}]*\}/g, " ")
    .replace(/\\(eq)?ref\{([^{}]*)\}/g, (_, eq, label: string) => {
      const number = numbers.get(label) ?? label;
      return eq ? `(${number})` : number;
    })
    // Of a single sign the braces may be left out.
    .replace(new RegExp(String.raw`(\\${ACCENTED})\s*(\\[a-zA-Z]+|[^\s{}\\])`, "g"), "$1{$2}")
    .replace(/(\\[dt]?frac)\s*([^\s{}\\])\s*([^\s{}\\])/g, "$1{$2}{$3}");
  // From the inside out, as braces nest.
  for (let before = ""; before !== text; ) {
    before = text;
    text = text
      .replace(STYLED, "$1")
      .replace(ACCENT, (_, name: string, under: string) => (isSign(under) ? under.trim() + ACCENTS[name] : under))
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
  return /^(?:[\p{L}\p{M}\d]+|\\[a-zA-Z]+)$/u.test(text) ? text : `(${text})`;
}

const STYLED =
  /\\(?:mathrm|mathbf|mathbb|mathcal|mathit|mathsf|boldsymbol|bm|text|textbf|textit|operatorname\*?|underline)\s*\{([^{}]*)\}/g;

/** Signs that stand over a letter, as Unicode combines them with it. */
const ACCENTS: Readonly<Record<string, string>> = {
  hat: "\u0302",
  widehat: "\u0302",
  tilde: "\u0303",
  widetilde: "\u0303",
  bar: "\u0304",
  overline: "\u0304",
  dot: "\u0307",
  ddot: "\u0308",
  vec: "\u20D7",
};

const ACCENTED = `(?:${Object.keys(ACCENTS).join("|")})(?![a-zA-Z])`;
const ACCENT = new RegExp(String.raw`\\(${Object.keys(ACCENTS).join("|")})\s*\{([^{}]*)\}`, "g");

/** One letter, as it is or by its name. */
function isSign(text: string): boolean {
  return /^\s*(?:\p{L}|\\[a-zA-Z]+)\s*$/u.test(text);
}

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
