import { isUnanswered } from "./unanswered.ts";
import { showVerdict, tellBegun } from "./verdict.ts";

/** An answer that breaks a rule of its exercise. */
export class WrongAnswer extends Error {
  override readonly name = "WrongAnswer";
  /** What is wrong; the message says of which exercise, too. */
  readonly #sentence: string;

  constructor(exercise: string, sentence: string) {
    super(`exercise ${exercise}: ${sentence}`);
    this.#sentence = sentence;
  }

  /** What stands below a verdict, which has the exercise's name already. */
  get belowVerdict(): string {
    return capitalised(this.#sentence);
  }
}

/** What may be said of a broken rule. */
export interface Details {
  /** What the answer gives, never what it should give. */
  got?: unknown;
  /** Where to look, in words. */
  hint?: string;
}

/**
 * One rule that a right answer keeps and a plausible wrong one breaks, as in "a wider proposal must be worse".
 *
 * @throws WrongAnswer unless it holds
 */
export type Must = (rule: string, holds: boolean, details?: Details) => void;

/** What a check gives back: the value of its rules where the answer is right, so that a figure may end it. */
export type Checked<T> = T extends PromiseLike<infer V> ? Promise<V | undefined> : T | undefined;

/**
 * The check of an exercise: shows whether its answer is right, not there yet, or what is wrong with it.
 *
 * What uses the answer stands inside, so that an answer which is not there yet stops nothing. The rules are oracles: a
 * property of the right answer, another way to it, an experiment. They are read by those who are still to find it, so
 * none of them shows it.
 *
 * @throws WrongAnswer for the first rule that is broken, after showing it; what the answer itself throws likewise
 * @throws RangeError where no rule was asked, since such a check rejects nothing
 * @example
 * const double = (n: number): number => 2 * n; // the answer; unanswered() until it is written
 * check("1.1", must => must("twice a number must be even", double(3) % 2 === 0, { got: double(3) }));
 */
export function check<T>(exercise: string, rules: (must: Must) => T): Checked<T> {
  let asked = 0;
  tellBegun(exercise);
  const must: Must = (rule, holds, details) => {
    asked++;
    if (holds !== true) throw new WrongAnswer(exercise, sentence(rule, details));
  };
  const accept = <V>(value: V): V => {
    if (asked === 0) {
      throw new RangeError(
        `check "${exercise}": at least one rule must be asked, but got none; call must(rule, holds).`,
      );
    }
    showVerdict({ exercise, state: "right", message: "" });
    return value;
  };
  const reject = (thrown: unknown): undefined => {
    if (isUnanswered(thrown)) {
      showVerdict({ exercise, state: "unanswered", message: TO_DO });
      return undefined;
    }
    showVerdict({ exercise, state: "wrong", message: messageOf(thrown) });
    throw thrown;
  };
  let value: T;
  try {
    value = rules(must);
  } catch (thrown) {
    return reject(thrown) as Checked<T>;
  }
  return (isPromise(value) ? value.then(accept, reject) : accept(value)) as Checked<T>;
}

const TO_DO = "Write your answer in place of unanswered(), run its cell, then this one.";

function isPromise(value: unknown): value is PromiseLike<unknown> {
  return typeof (value as { then?: unknown } | null | undefined)?.then === "function";
}

function sentence(rule: string, { got, hint = "read the task once more" }: Details = {}): string {
  return `${rule}, but ${got === undefined ? "it is not so" : `got ${brief(got)}`}; ${hint}${/[.?!]$/.test(hint) ? "" : "."}`;
}

function messageOf(thrown: unknown): string {
  if (thrown instanceof WrongAnswer) return thrown.belowVerdict;
  return `The answer must run, but got ${brief(thrown)}; mend that first.`;
}

/** As a sentence begins; a symbol, as in `p(x)`, or a name, as in `logProb`, stays as it is. */
function capitalised(text: string): string {
  return text.replace(/^[a-z]{2,}(?= )/, word => `${word[0]?.toUpperCase()}${word.slice(1)}`);
}

/** One short line, whatever it is. */
function brief(value: unknown): string {
  if (typeof value === "number") return String(Number(value.toPrecision(4)));
  if (Array.isArray(value))
    return shorten(`[${value.slice(0, 6).map(brief).join(", ")}${value.length > 6 ? ", …" : ""}]`);
  try {
    return shorten(typeof value === "string" ? JSON.stringify(value) : String(value));
  } catch {
    return "a value that cannot be shown";
  }
}

function shorten(text: string): string {
  const line = text.replace(/\s+/g, " ");
  return line.length > 120 ? `${line.slice(0, 119)}…` : line;
}
