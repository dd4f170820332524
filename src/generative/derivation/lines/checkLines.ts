import { objection, type Relation } from "../algebra/follows.ts";
import type { Claim } from "../claim.ts";
import { brief } from "../language/excerpt.ts";
import type { Expression } from "../language/expression.ts";
import type { DerivationCase } from "../numbers/case.ts";
import { CaseModel } from "../numbers/caseModel.ts";
import { compareLines, shownPlace } from "../numbers/compare.ts";
import { Evaluator } from "../numbers/evaluate.ts";
import { RandomModel } from "../numbers/randomModel.ts";
import { type Before, Chain } from "./chain.ts";
import { DerivationError } from "./derivationError.ts";
import { type Fault, faultOf, type Step } from "./fault.ts";
import { lineClaim } from "./lineClaim.ts";
import { knownBy } from "./known.ts";
import { type Line, type ReadLine, readLines, type UnreadLine, type WrittenLine } from "./line.ts";

export interface DeriveOptions {
  /** The models on which every line gets its number, by name. */
  cases: Readonly<Record<string, DerivationCase>>;
  /** What it derives, for the claims; the first line unless said otherwise. */
  title?: string;
  /** What names in the lines stand for, as in "ELBO = E_q[log(p(x,z) / q(z))]". */
  define?: readonly string[];
  /** How close two equal lines have to come, in the units of the lines: 1e-8 unless said otherwise. */
  within?: number;
}

/** A line with its numbers. */
export interface CheckedLine {
  text: string;
  /** The same with its relation in front, as it was typed. */
  typed: string;
  tex: string;
  relation: Relation;
  because: readonly string[];
  label?: string;
  note?: string;
  /** One for each case; NaN where the line is left to the reader. */
  values: readonly number[];
  /** Why it does not follow from the line before, where it does not. */
  fault?: Fault;
}

export interface CheckedLines {
  title: string;
  cases: readonly string[];
  lines: readonly CheckedLine[];
  /** One for each line that follows from one before. */
  claims: readonly Claim[];
  /** What the names mean, as TeX. */
  definitions: readonly string[];
  /** By case, where its posterior comes from. */
  posteriors: readonly string[];
  /** By case, the place at which the number is shown of a line that depends on it. */
  places: readonly string[];
}

/**
 * Checks each line of a derivation against the one before: by numbers on every case and on random models, and by the
 * rule that is its reason.
 *
 * Nothing is thrown for a false line. A line "?" is left to the reader: the next one is held to the last that is
 * written, by the reasons of both.
 *
 * @throws DerivationError where a line cannot be read, a reason is unknown, or a case does not say what a line needs
 * @throws RangeError where there is no case or nothing to compare, or a case contradicts itself
 */
export function checkLines(options: DeriveOptions, given: readonly Line[]): CheckedLines {
  const { unread, ...checked } = checkReadable(options, given);
  if (unread) throw unread.error;
  return checked;
}

/** The lines that could be checked, and the first that could not. */
export interface ReadableLines extends CheckedLines {
  unread?: UnreadLine;
}

/**
 * The same of the lines before the first that cannot be read, or that asks for what a case does not say.
 *
 * @throws DerivationError where a definition cannot be read
 * @throws RangeError where there is no case or nothing to compare, or a case contradicts itself
 */
export function checkReadable(options: DeriveOptions, given: readonly Line[]): ReadableLines {
  const { within = 1e-8, define = [] } = options ?? {};
  const models = Object.entries(options?.cases ?? {}).map(([name, example]) => new CaseModel(name, example));
  const count = Array.isArray(given) ? given.length : 0;
  if (models.length === 0 || count < 2) {
    throw new RangeError(
      `derive: there must be a case and two lines, but got ${models.length} and ${count}; a line follows from another.`,
    );
  }
  if (!Array.isArray(define) || define.some(text => typeof text !== "string")) {
    throw new RangeError(
      `derive: define must be a list of texts, but got ${Array.isArray(define) ? "others in it" : typeof define}; as in define: ["ELBO = E_q[log(p(x,z) / q(z))]"].`,
    );
  }
  if (!(within > 0 && within < Infinity)) {
    throw new RangeError(
      `derive: within must be positive and finite, but got ${within}; say how close counts as equal.`,
    );
  }
  const read = readLines(given, define, knownBy(models));
  const title = options.title ?? brief(read.lines[0]?.text ?? "");
  const evaluators = models.map(model => new Evaluator(model));
  const expressions = read.lines.flatMap(({ expression }) => expression ?? []);
  const random = Array.from(
    { length: RANDOM_MODELS },
    (_, seed) => new Evaluator(new RandomModel(seed + 1, expressions)),
  );
  const stepTo = (line: WrittenLine, before: Before, number: number): Step => {
    const { relation } = before;
    const compare = (each: Evaluator) => compareLines(each, before.expression, line.expression, relation, within);
    const compared = evaluators.flatMap((each, k) => {
      const comparison = attempt(() => compare(each));
      return "margin" in comparison ? [{ comparison, name: models[k]?.name ?? "" }] : [];
    });
    const anywhere = random.map(compare);
    const against = objection(before.expression, line.expression, relation, before.rules, before.dependsOn);
    return { before, line, number, relation, compared, anywhere, objection: against, within };
  };
  const chain = new Chain();
  const claims: Claim[] = [];
  const lines: CheckedLine[] = [];
  let { unread } = read;
  for (const [i, line] of read.lines.entries()) {
    const values = evaluators.map(evaluator => shown(evaluator, line));
    const before = chain.next(line, i);
    const { expression } = line;
    const step = before && expression && stepTo({ ...line, expression }, before, i + 1);
    const fault = step && faultOf(step);
    const unknown = values.find(value => typeof value !== "number");
    // What a case cannot say of a wrong line is no matter.
    if (unknown !== undefined && fault?.kind !== "numbers") {
      unread = { error: atLine(line, i + 1, unknown), because: line.because };
      break;
    }
    lines.push({ ...described(line), values: values.map(Number), ...(fault && { fault }) });
    if (step === undefined) continue;
    const own = fault ? [] : models.flatMap(model => ownJoint(model, [step.before.expression, step.line.expression]));
    claims.push(lineClaim(title, step, own, fault));
  }
  const posteriors = models.flatMap(model => {
    const from = (source: "posterior" | "joint") => expressions.some(each => known(model, source, each).length > 0);
    if (from("joint")) return [`${model.name}: ${JOINT}`];
    return from("posterior") ? [`${model.name}: ${model.example.posterior?.from}`] : [];
  });
  const places = models.flatMap(model => {
    const each = attempt(() => expressions.flatMap(expression => Object.entries(shownPlace(model, expression))));
    if (each instanceof RangeError || each.length === 0) return [];
    return [
      `${model.name}: ${[...new Set(each.map(([name, place]) => `${name} = ${Number(place.toPrecision(4))}`))].join(", ")}`,
    ];
  });
  const { definitions } = read;
  const checked = { title, cases: models.map(({ name }) => name), lines, claims, definitions, posteriors, places };
  return unread === undefined ? checked : { ...checked, unread };
}

function described({ text, typed, tex, relation, because, label, note }: ReadLine) {
  return {
    text,
    typed,
    tex,
    relation,
    because,
    ...(label === undefined ? {} : { label }),
    ...(note === undefined ? {} : { note }),
  };
}

/** NaN where the line is left to the reader; an error where a case does not say what it needs. */
function shown(evaluator: Evaluator, { expression }: ReadLine): number | RangeError {
  if (expression === undefined) return Number.NaN;
  return attempt(() => evaluator.value(expression, shownPlace(evaluator.model, expression)));
}

function attempt<Result>(action: () => Result): Result | RangeError {
  try {
    return action();
  } catch (error) {
    if (error instanceof RangeError) return error;
    throw error;
  }
}

/** What a case does not say, at the line that asks for it. */
function atLine({ typed }: ReadLine, number: number, { message }: RangeError): DerivationError {
  const sentence = message.replace(/^derive: /, "").replace(/\.$/, "");
  return new DerivationError(sentence, { part: "line", number, text: typed });
}

function known(model: CaseModel, source: "posterior" | "joint", expression: Expression): string[] {
  const densities = attempt(() => model.densitiesFrom(source, expression));
  return densities instanceof RangeError ? [] : densities;
}

/** What a case makes of its joint density, so that a line about it tests no more than addition. */
function ownJoint(model: CaseModel, expressions: readonly Expression[]): string[] {
  const densities = [...new Set(expressions.flatMap(each => known(model, "joint", each)))].sort();
  return densities.length === 0
    ? []
    : [`on ${model.name} ${densities.join(" and ")} come${densities.length > 1 ? "" : "s"} from ${JOINT}`];
}

const JOINT = "the joint density itself";
const RANDOM_MODELS = 4;
