import { type Reason, ruleOf } from "../algebra/rules.ts";
import { checkReadable, type DeriveOptions, type ReadableLines } from "./checkLines.ts";
import { DerivationError } from "./derivationError.ts";
import { BLANK, type Line } from "./line.ts";
import { linesBundle } from "./showLines.ts";

/** What a line that a reader typed comes to. As the value of a cell it shows itself. */
export interface Attempt {
  verdict: "follows" | "holds, but not by this rule" | "does not hold" | "cannot be read" | "unanswered";
  /** Whether it follows by the reason that was chosen. */
  holds: boolean;
  /** How far the line is from the one before on the cases; of an inequality, the margin. NaN where there is none. */
  residual: number;
  /** The verdict as a sentence. */
  message: string;
}

/**
 * Checks one line that a reader typed against the one before, and gives the verdict as a value: nothing is thrown.
 *
 * An empty line, or "?", is unanswered, and so is one after such a line; a line that cannot be read says what is wrong
 * with it. In a live session `show(() => checkLine(options, before, line, because.value))` follows a `choice(reasons())`.
 *
 * @example
 * const coin = {
 *   variables: { x: 1, z: { points: [0, 1] } },
 *   logDensities: {
 *     "p(z)": () => Math.log(0.5),
 *     "p(x|z)": (x: number, z: number) => Math.log(x === z ? 0.9 : 0.1),
 *   },
 * };
 * checkLine({ cases: { coin } }, "log(p(x,z))", "= log(p(x|z)) * log(p(z))", "product rule").verdict // => "does not hold"
 */
export function checkLine(
  options: DeriveOptions,
  before: string,
  line: string,
  ...because: (Reason | (string & {}))[]
): Attempt {
  const answered = because.filter(reason => !isBlank(reason)) as Reason[];
  const typed = line.trim().replace(/^(=|>=|<=|≥|≤)\s*/, "");
  const missing = isBlank(before)
    ? 'the line before it, as in "log(p(x))"'
    : isBlank(typed)
      ? 'a line, as in "= E_q[log(p(x))]"'
      : answered.length === 0
        ? 'a reason, as in "Bayes"'
        : undefined;
  if (missing !== undefined)
    return shownAs({ verdict: "unanswered", holds: false, residual: Number.NaN, message: `Type ${missing}.` }, "…");
  const lines: Line[] = [before, [/^\s*[=<>≤≥]/.test(line) ? line : `= ${line}`, ...answered]];
  let checked: ReadableLines;
  try {
    checked = checkReadable(options, lines);
    if (checked.unread) return unreadable(checked.unread.error, checked);
  } catch (error) {
    return unreadable(error);
  }
  const fault = checked.lines[1]?.fault;
  const residual = checked.claims[0]?.residual ?? Number.NaN;
  if (fault === undefined) {
    const message = `By ${answered.map(reason => ruleOf(reason)?.words).join(" and ")}.`;
    return shownAs({ verdict: "follows", holds: true, residual, message }, "✓", checked);
  }
  const verdict = fault.kind === "rule" ? "holds, but not by this rule" : "does not hold";
  return shownAs({ verdict, holds: false, residual, message: sentence(fault.message) }, "✗", checked);
}

/** Whether nothing was written there yet. */
function isBlank(text: string): boolean {
  return ["", BLANK].includes(String(text).trim());
}

function unreadable(error: unknown, checked?: ReadableLines): Attempt {
  const message = reasonOf(error);
  return shownAs({ verdict: "cannot be read", holds: false, residual: Number.NaN, message }, "✗", checked);
}

/** The value of a cell shows itself by a method of this name, which no enumeration of the value finds. */
function shownAs(attempt: Attempt, mark: string, checked?: ReadableLines): Attempt {
  const words = `${mark} ${attempt.verdict}`;
  const table = checked && linesBundle(checked);
  // Expressions are quoted in messages; as code, Markdown leaves them as they are.
  const message = attempt.message.replaceAll(/"([^"]*)"/g, "`$1`");
  const bundle = {
    "text/markdown": `${table ? `${table["text/markdown"]}\n\n` : ""}**${words}.** ${message}`,
    "text/plain": `${table ? `${table["text/plain"]}\n` : ""}${words}. ${attempt.message}`,
  };
  return Object.defineProperty(attempt, Symbol.for("Jupyter.display"), { value: () => bundle });
}

/** Why the line cannot be read, or the one before it. */
function reasonOf(error: unknown): string {
  if (!(error instanceof DerivationError)) return sentence(error instanceof Error ? error.message : String(error));
  const { place, sentence: words } = error;
  const line = place.part === "line" && place.number === 2 ? "" : `in ${place.part} ${place.number}, `;
  const where = place.character === undefined ? line : `${line}at character ${place.character}: `;
  return sentence(`${where}${words}.`);
}

/** A message of `derive` without its head. */
function sentence(message: string): string {
  const text = message.replace(/^derive(, line \d+)?: /, "");
  return text.charAt(0).toUpperCase() + text.slice(1);
}
