import { markdownTable } from "../derivation/showTable.ts";
import type { Formula } from "./formula.ts";
import { findSummary, formulas, type Numbers, type Summary } from "./summary.ts";

/**
 * What a model, a flow, a layer or a distribution is made of: its formula, parts, shapes and trainable numbers.
 *
 * Also of a class of one's own, where it has `parameters`, trainable tensors by name: its formula is not known then, but
 * those of its parts are. It shows itself where it is the value of a cell, and so does every class of the library.
 *
 * @throws RangeError where the value is neither a class of the library nor has parameters
 * @example
 * summarise(new Perceptron(new Random(1), [784, 200, 50])).parameterCount // => 167050
 */
export function summarise(model: object): Summary {
  const summary = findSummary(model);
  if (summary === undefined) {
    throw new RangeError(
      `summarise: model must be a model, flow, layer or distribution, but got ${inBrief(model)}; give it \`parameters\`, trainable tensors by name.`,
    );
  }
  return Object.defineProperty(summary, display, { value: () => summaryBundle(summary) });
}

const display = Symbol.for("Jupyter.display");

function inBrief(value: unknown): string {
  if (typeof value !== "object" || value === null) return String(value);
  return `an object with ${Object.keys(value).join(", ") || "nothing"}`;
}

/** A summary for every kind of reader: a page that sets formulas, and a terminal. */
function summaryBundle(summary: Summary): Record<string, string> {
  return { "text/markdown": markdown(summary), "text/plain": plain(summary) };
}

interface Row {
  /** The expression that leads there from what stands above it. */
  step: string;
  depth: number;
  summary: Summary;
}

function markdown(summary: Summary): string {
  const { name, formula } = summary;
  const shown = shownRows(summary);
  const rows = shown.map(row => {
    if (row === undefined) return ["…", "", "", ""];
    const { step, depth, summary: part } = row;
    return [
      `${"&nbsp;&nbsp;&nbsp;".repeat(depth)}\`${step}\``,
      part.name,
      listOf(part.numbers, inMarkdown),
      countOf(part),
    ];
  });
  const own = listOf(summary.numbers, inMarkdown);
  const theirs = new Map(shown.flatMap(row => (row?.summary.formula ? [[row.summary.formula, row.summary.name]] : [])));
  theirs.delete(formula as Formula);
  return [
    `**${name}**${headline(summary)}`,
    ...(formula ? [`$$${formula.tex}$$`] : []),
    ...(own ? [own] : []),
    ...(rows.length > 0 ? [markdownTable(["part", "class", "its own numbers", "parameters"], rows, 3)] : []),
    ...(theirs.size > 0 ? [[...theirs].map(([{ tex }, of]) => `- ${of}: $${tex}$`).join("\n")] : []),
  ].join("\n\n");
}

function plain(summary: Summary): string {
  const seen = new Set([summary.formula]);
  const lines = shownRows(summary).map(row => {
    if (row === undefined) return "  …";
    const { step, depth, summary: part } = row;
    const isNew = part.formula !== undefined && !seen.has(part.formula);
    seen.add(part.formula);
    const own = listOf(part.numbers, inWords);
    const words = [
      `${"  ".repeat(depth + 1)}${step}: ${part.name}`,
      ...(own ? [own] : []),
      ...(part.parameterCount > 0 ? [`${countOf(part)} parameters`] : []),
      ...(isNew ? [textOf(part)] : []),
    ];
    return words.join("  ");
  });
  const own = listOf(summary.numbers, inWords);
  return [
    `${summary.name}${headline(summary)}`,
    ...(summary.formula ? [`  ${textOf(summary)}`] : []),
    ...(own ? [`  ${own}`] : []),
    ...lines,
  ].join("\n");
}

function headline({ parameterCount, passes }: Summary): string {
  const trained = parameterCount > 0 ? ` · ${inThousands(parameterCount)} parameters` : "";
  return `${trained}${passes === undefined ? "" : ` · ${inThousands(passes)} passes so far`}`;
}

/** As many levels as fit; of a level that is too long itself, the ends. */
function shownRows(summary: Summary): (Row | undefined)[] {
  const all = rowsBelow(summary, 0);
  const levels = Math.max(0, ...all.map(({ depth }) => depth + 1));
  for (let level = levels; level > 1; level--) {
    const shown = all.filter(({ depth }) => depth < level);
    if (shown.length <= mostRows) return shown;
  }
  const first = all.filter(({ depth }) => depth === 0);
  return first.length <= mostRows ? first : [...first.slice(0, ends), undefined, ...first.slice(-ends)];
}

const mostRows = 24;
const ends = 8;

function rowsBelow({ parts }: Summary, depth: number): Row[] {
  return parts.flatMap(({ path, summary }) => [{ step: path, depth, summary }, ...rowsBelow(summary, depth + 1)]);
}

function countOf({ parameterCount }: Summary): string {
  return parameterCount === 0 ? "" : inThousands(parameterCount);
}

/** The same on every machine, whatever its language. */
function inThousands(count: number): string {
  return count.toLocaleString("en-US");
}

/** Of a network that is one part with a dozen tensors, the first ones and the last. */
function listOf(numbers: readonly Numbers[], inForm: (numbers: Numbers) => string): string {
  const forms = numbers.map(inForm);
  return (forms.length > 6 ? [...forms.slice(0, 3), "…", forms.at(-1)] : forms).join(", ");
}

function inMarkdown({ name, shape, values }: Numbers): string {
  return values === undefined ? `\`${name}\` ${sizeOf(shape)}` : `\`${name}\` = ${listed(values, shape)}`;
}

function inWords({ name, shape, values }: Numbers): string {
  return values === undefined ? `${name} ${sizeOf(shape)}` : `${name} = ${listed(values, shape)}`;
}

function sizeOf(shape: readonly number[]): string {
  return shape.length === 0 ? "a number" : shape.join(" × ");
}

function listed(values: readonly number[], shape: readonly number[]): string {
  const numbers = values.map(value => String(Number(value.toPrecision(4))).replace("-", "−"));
  if (shape.length === 0) return numbers[0] as string;
  return shape.length === 1 ? `(${numbers.join(", ")})` : `${sizeOf(shape)}: (${numbers.join(", ")})`;
}

/** Between the formulas of a doc comment stand the marks that a terminal does not need. */
function textOf({ formula }: Summary): string {
  return (formula?.text ?? "").replaceAll("`", "");
}

/** Every class of the library says itself where it is the value of a cell. */
for (const [type] of formulas) {
  Object.defineProperty(type.prototype, display, {
    configurable: true,
    writable: true,
    value(this: object) {
      // A prototype, looked at by itself, holds nothing.
      return this === type.prototype ? undefined : summaryBundle(summarise(this));
    },
  });
}
