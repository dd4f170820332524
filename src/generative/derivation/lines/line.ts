import type { Relation } from "../algebra/follows.ts";
import { type Reason, type Rule, reasons, ruleOf } from "../algebra/rules.ts";
import type { Expression } from "../language/expression.ts";
import { assertCharacters } from "../language/characters.ts";
import { readDefinition } from "../language/definitions.ts";
import { brief, placeOf } from "../language/excerpt.ts";
import { LanguageError } from "../language/languageError.ts";
import { readExpression, type Vocabulary } from "../language/read.ts";
import { texOf } from "../language/tex.ts";
import { DerivationError, type DerivationPlace } from "./derivationError.ts";
import type { Known } from "./known.ts";

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
  /** The same with its relation in front. */
  typed: string;
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

/** A line that is not left to the reader. */
export type WrittenLine = ReadLine & Required<Pick<ReadLine, "expression">>;

/** What a derivation says in its own words. */
export interface ReadLines {
  lines: readonly ReadLine[];
  /** What the names mean, as TeX. */
  definitions: readonly string[];
  /** The first line that cannot be read, where there is one. */
  unread?: UnreadLine;
}

/** A line that is none: it cannot be read, or a case does not say what it needs. */
export interface UnreadLine {
  error: DerivationError;
  /** The reasons as they were typed. */
  because: readonly string[];
}

/**
 * The lines and definitions of a derivation, read; of the lines, those before the first that cannot be read.
 *
 * @throws DerivationError where a definition cannot be read
 */
export function readLines(lines: readonly Line[], define: readonly string[], known: Known): ReadLines {
  const vocabulary = { ...known, definitions: new Map<string, { of: readonly string[]; body: Expression }>() };
  const definitions = define.map((text, i) =>
    attempt({ part: "definition", number: i + 1, text }, () => {
      const { name, of, body } = readDefinition(text, vocabulary, define.slice(i + 1));
      vocabulary.definitions.set(name, { of, body });
      return texOf(text);
    }),
  );
  const read: ReadLine[] = [];
  for (const [i, line] of lines.entries()) {
    try {
      read.push(readLine(line, i, vocabulary));
    } catch (error) {
      if (!(error instanceof DerivationError)) throw error;
      const because = [withNotes(line).because ?? []].flat().map(String);
      return { lines: read, definitions, unread: { error, because } };
    }
  }
  return { lines: read, definitions };
}

function readLine(given: Line, i: number, vocabulary: Vocabulary): ReadLine {
  const line = splitLine(given, i);
  if (line.text === BLANK) return { ...line, tex: "\\;?" };
  return attempt({ part: "line", number: i + 1, text: line.typed, within: line.text }, () => ({
    ...line,
    expression: readExpression(line.text, vocabulary),
    tex: texOf(line.text),
  }));
}

/** The relation, the expression and the reasons of a line, each by itself. */
function splitLine(line: Line, i: number): Omit<ReadLine, "expression" | "tex"> {
  const { line: typed, because = [], ...notes } = withNotes(line);
  const place = { part: "line", number: i + 1, text: typeof typed === "string" ? typed : "" } as const;
  if (typeof typed !== "string")
    throw new DerivationError(`a line must be text, but got ${typeof typed}; as in ["= log(p(x))", "Bayes"]`, place);
  attempt(place, () => assertCharacters(typed));
  const [, sign = "", text = ""] = /^\s*(>=|<=|≥|≤|=)?\s*(.*?)\s*$/s.exec(typed) ?? [];
  if (i === 0 ? sign !== "" : sign === "") {
    const sentence =
      i === 0
        ? `the first line must be an expression alone, but got "${sign}" in front of it; leave "${sign}" out`
        : `a line must begin with =, >= or <=, but got "${brief(typed.trim(), 20)}"; say how it stands to the line before`;
    throw new DerivationError(sentence, { ...place, character: 1 });
  }
  if (/^[=<>≥≤]/.test(text)) {
    const sentence = `a line must begin with one of =, >= and <=, but got "${brief(typed.trim(), 4)}"; write one of them`;
    throw new DerivationError(sentence, { ...place, character: 1 });
  }
  const { rules, because: given } = reasonsOf(because, i, place);
  return { text, typed, relation: RELATIONS[sign] ?? "=", rules, because: given, ...notes };
}

function reasonsOf(because: unknown, i: number, place: DerivationPlace): Pick<ReadLine, "rules" | "because"> {
  const given = Array.isArray(because) ? because : [because];
  const either = `one of ${reasons().join(", ")}`;
  if (i > 0 && given.length === 0)
    throw new DerivationError(`a line must have a reason, but got none; write ${either}`, place);
  const rules = given.map(reason => {
    const rule = typeof reason === "string" ? ruleOf(reason) : undefined;
    if (rule) return rule;
    const got = typeof reason === "string" ? `"${brief(reason)}"` : typeof reason;
    throw new DerivationError(`a reason must be ${either}, but got ${got}; write one of them`, place);
  });
  return { rules, because: given };
}

function withNotes(line: Line): LineWithNotes {
  if (typeof line !== "object" || line === null) return { line };
  if (!isList(line)) return line;
  const [first, ...because] = line;
  return { line: first, because };
}

function isList(line: object): line is readonly [string, ...Reason[]] {
  return Array.isArray(line);
}

/** What is wrong with a text, at its place; `within` is the part of it that was read. */
function attempt<Result>(place: DerivationPlace & { within?: string }, action: () => Result): Result {
  try {
    return action();
  } catch (error) {
    if (!(error instanceof LanguageError)) throw error;
    const { within, ...rest } = place;
    const before = [...rest.text.slice(0, within ? rest.text.indexOf(within) : 0)].length;
    const at = typeof error.at === "string" ? placeOf(error.at, within ?? rest.text) : error.at;
    throw new DerivationError(error.message, at === undefined ? rest : { ...rest, character: before + at + 1 });
  }
}

export const BLANK = "?";

const RELATIONS: Readonly<Record<string, Relation>> = { "=": "=", ">=": ">=", "<=": "<=", "≥": ">=", "≤": "<=" };
