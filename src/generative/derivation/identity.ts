import { type MathNode, parse, type SymbolNode, simplify } from "mathjs";

/** How two expressions compare: everywhere that was tried, and as algebra. */
export interface Identity {
  /** The largest |left − right| over the points tried. */
  residual: number;
  /** Whether the rules of logarithms and of arithmetic alone turn the difference into 0. */
  proved: boolean;
}

/**
 * Compares two expressions over positive variables, in the notation of mathjs: `log(p * q)` and `log(p) + log(q)`.
 *
 * Twice: by putting in positive numbers at 24 places, and by letting mathjs simplify the difference. Numbers cannot
 * prove an identity and a failed simplification does not refute one; together they are hard to fool.
 *
 * @throws SyntaxError where an expression cannot be read
 * @example
 * compareExpressions("log(a * b)", "log(a) + log(b)").proved // => true
 * @example
 * compareExpressions("log(a + b)", "log(a) + log(b)").residual > 1 // => true
 */
export function compareExpressions(left: string, right: string): Identity {
  const [l, r] = [parse(left), parse(right)];
  const names = [...new Set([...symbols(l), ...symbols(r)])].sort();
  const [f, g] = [l.compile(), r.compile()];
  let residual = 0;
  for (let n = 1; n <= PLACES; n++) {
    const scope = Object.fromEntries(names.map((name, i) => [name, positive(n, i)]));
    const [a, b] = [Number(f.evaluate({ ...scope })), Number(g.evaluate({ ...scope }))];
    const difference = a === b ? 0 : Math.abs(a - b); // two equal infinities agree
    residual = Math.max(residual, difference); // a NaN stays
  }
  const difference = simplify(`(${left}) - (${right})`, LOGARITHMS);
  return { residual, proved: simplify(difference).toString() === "0" };
}

/** The variables of an expression: its symbols that are not functions. */
function symbols(node: MathNode): string[] {
  return node
    .filter((part, path) => part.type === "SymbolNode" && path !== "fn")
    .map(symbol => (symbol as SymbolNode).name);
}

/** Numbers from 0.2 to 3.2 that fill the cube evenly: multiples of the roots of primes, without their whole part. */
function positive(n: number, i: number): number {
  const irrational = Math.sqrt(PRIMES[i % PRIMES.length] as number) * (1 + Math.floor(i / PRIMES.length));
  return 0.2 + 3 * ((n * irrational) % 1);
}

const PLACES = 24;
const PRIMES = [2, 3, 5, 7, 11, 13, 17, 19, 23, 29];
const LOGARITHMS = [
  "log(n1 * n2) -> log(n1) + log(n2)",
  "log(n1 / n2) -> log(n1) - log(n2)",
  "log(n1 ^ n2) -> n2 * log(n1)",
];
