import type { Relation } from "../algebra/follows.ts";
import { type Reason, type Rule, reasons, ruleOf } from "../algebra/rules.ts";
import type { Density, Expression } from "../language/expression.ts";
import { densitiesIn } from "../language/density.ts";
import { readDefinition, readExpression, type Vocabulary } from "../language/read.ts";
import { texOf } from "../language/tex.ts";
import { LanguageError } from "../language/words.ts";

/** A line with its reason, and what else is to be said of it. */
export interface LineWithNotes {
  /** The relation and the expression, as in "= E_q[log(p(x))]"; "?" where the reader is to find it. */
  line: string;
  because?: Reason | readonly Reason[];
  /** The number of the equation that it is, as in "7.2". */
  label?: string;
  /** Shown beside the reason. */
  note?: string;
}

/** A line of a derivation: the first by itself, the others with one reason or more. */
export type Line = string | readonly [line: string, ...because: Reason[]] | LineWithNotes;

/** A line that was read. */
export interface ReadLine {
  /** The expression as it was typed; "?" where the reader is to find it. */
  text: string;
  relation: Relation;
  /** Left out where the reader is to find it. */
  expression?: Expression;
  tex: string;
  rules: readonly Rule[];
  /** The reasons as they were typed. */
  because: readonly string[];
  label?: string;
  note?: string;
}

/** What a derivation says in its own words. */
export interface ReadLines {
  lines: readonly ReadLine[];
  /** What the names mean, as TeX. */
  definitions: readonly string[];
}

/**
 * The lines and definitions of a derivation, read.
 *
 * @param densities those that the cases have, by which `E_q` is understood
 * @throws RangeError where a line cannot be read or has no reason
 */
export function readLines(lines: readonly Line[], define: readonly string[], densities: readonly Density[]): ReadLines {
  const split = lines.map(splitLine);
  const texts = [...define, ...split.map(({ text }) => text)].filter(text => text !== BLANK);
  const mentioned = texts.flatMap(densitiesOf);
  const definitions = new Map<string, { of: readonly string[]; body: Expression }>();
  const vocabulary: Vocabulary = { densities: [...densities, ...mentioned], definitions };
  const shown = define.map((text, i) =>
    attempt(`definition ${i + 1}`, () => {
      const { name, of, body } = readDefinition(text, vocabulary);
      definitions.set(name, { of, body });
      return texOf(text);
    }),
  );
  const read = split.map((line, i): ReadLine => {
    if (line.text === BLANK) return { ...line, tex: "\\;?" };
    return attempt(`line ${i + 1}`, () => ({
      ...line,
      expression: readExpression(line.text, vocabulary),
      tex: texOf(line.text),
    }));
  });
  return { lines: read, definitions: shown };
}

/** The relation, the expression and the reasons of a line, each by itself. */
function splitLine(line: Line, i: number): Omit<ReadLine, "expression" | "tex"> {
  const { line: typed, because = [], ...notes } = withNotes(line);
  if (typeof typed !== "string")
    throw new RangeError(
      `derive: line ${i + 1} must be text, but got ${typeof typed}; as in ["= log(p(x))", "Bayes"].`,
    );
  const [, sign = "", text = ""] = /^\s*(>=|<=|≥|≤|=)?\s*(.*?)\s*$/s.exec(typed) ?? [];
  if (i === 0 ? sign !== "" : sign === "") {
    throw new RangeError(
      i === 0
        ? `derive: line 1 must be an expression alone, but got "${typed}"; leave "${sign}" out.`
        : `derive: line ${i + 1} must begin with =, >= or <=, but got "${typed}"; say how it stands to the line before.`,
    );
  }
  const reasonsGiven = typeof because === "string" ? [because] : because;
  if (i > 0 && reasonsGiven.length === 0) {
    throw new RangeError(`derive: line ${i + 1} must have a reason, but got none; one of ${reasons().join(", ")}.`);
  }
  const rules = reasonsGiven.map(reason => {
    const rule = ruleOf(String(reason));
    if (rule) return rule;
    throw new RangeError(
      `derive: line ${i + 1} must have a known reason, but got "${reason}"; one of ${reasons().join(", ")}.`,
    );
  });
  return { text, relation: RELATIONS[sign] ?? "=", rules, because: reasonsGiven, ...notes };
}

function withNotes(line: Line): LineWithNotes {
  if (typeof line !== "object" || line === null) return { line };
  if ("line" in line) return line;
  const [first, ...because] = line;
  return { line: first, because };
}

/** None of a text that cannot be read: that is said where its turn comes. */
function densitiesOf(text: string): Density[] {
  try {
    return densitiesIn(text);
  } catch (error) {
    if (error instanceof LanguageError) return [];
    throw error;
  }
}

function attempt<Result>(where: string, action: () => Result): Result {
  try {
    return action();
  } catch (error) {
    if (!(error instanceof LanguageError)) throw error;
    throw new RangeError(`derive, ${where}: ${error.message}.`);
  }
}

export const BLANK = "?";

const RELATIONS: Readonly<Record<string, Relation>> = { "=": "=", ">=": ">=", "<=": "<=", "≥": ">=", "≤": "<=" };
