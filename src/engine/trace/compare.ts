import { isDeepStrictEqual } from "node:util";
import { liveValues, type Value } from "../onnx/index.ts";
import { placeIn, TraceError } from "./errors.ts";
import { leavesOf, mapLeaves, ResultValue } from "./nests.ts";
import type { Noted } from "./recording.ts";
import type { Trace } from "./trace.ts";

/**
 * Throws unless two traces of the same step wrote down the same graph.
 *
 * What differs was computed in JavaScript and would be frozen: a fresh random tensor, a counter, the time.
 *
 * @param consequence what came of it so far, for the message
 */
export function assertSameTrace(first: Trace, second: Trace, consequence = ""): void {
  const difference = graphDifference(first, second);
  if (difference === undefined) return;
  throw new TraceError(
    `compile: a compiled step must do the same at every call, but got ${noteDifference(first, second) ?? difference}${consequence}; pass what changes as a tensor, through an argument or the batch of fit, and draw random numbers from a Random`,
  );
}

export const isSameTrace = (first: Trace, second: Trace): boolean => graphDifference(first, second) === undefined;

/** Everything the step computes that is kept. */
export function outputsOf(trace: Trace): Value[] {
  const updated = trace.states.filter(({ input, output }) => input !== output);
  return [...leavesOf(trace.result, ResultValue).map(({ value }) => value), ...updated.map(({ output }) => output)];
}

/** What the graph of the second trace has that the first has not, in words; undefined where they are the same. */
function graphDifference(first: Trace, second: Trace): string | undefined {
  const [a, b] = [first, second].map(trace => liveValues(outputsOf(trace))) as [Value[], Value[]];
  const [places, otherPlaces] = [a, b].map(live => new Map(live.map((value, i) => [value, i])));
  const [sources, otherSources] = [first, second].map(sourcesOf);
  for (const [i, value] of a.entries()) {
    const other = b[i];
    if (other === undefined || describe(value) !== describe(other)) return `another operation than ${nameOf(value)}`;
    if (!Object.is(value.fill, other.fill)) return `${numbers(value, other)} from ${nameOf(value)}`;
    if (!isDeepStrictEqual(value.data, other.data)) return `${numbers(value, other)} from ${nameOf(value)}`;
    if (sources?.get(value) !== otherSources?.get(other)) return `another variable of shape [${value.shape}]`;
    const inputs = [value.inputs.map(input => places?.get(input)), other.inputs.map(input => otherPlaces?.get(input))];
    if (!isDeepStrictEqual(inputs[0], inputs[1])) return `other inputs from ${nameOf(value)}`;
  }
  if (a.length !== b.length) return `more operations the second time, from ${nameOf(b[a.length] as Value)}`;
  if (!sameDraws(first, second)) return "other draws, or from another Random";
  const [result, otherResult] = [first, second].map(({ result }) => constantsIn(result));
  return isDeepStrictEqual(result, otherResult) ? undefined : `a result of ${result}, then ${otherResult}`;
}

/** The first thing that the step asked otherwise of tfjs, and where in the code: the cause, and not its consequences. */
function noteDifference({ notes: a }: Trace, { notes: b }: Trace): string | undefined {
  const i = a.findIndex((note, i) => b[i] === undefined || !sameNote(note, b[i]));
  const [note, other] = [a[i], b[i]];
  if (note === undefined || other === undefined) return undefined;
  const place = other.place ? placeIn(other.place) : "";
  if (note.kernel !== other.kernel) return `${note.kernel ?? "numbers"}, then ${other.kernel ?? "numbers"}${place}`;
  if (note.kernel !== undefined) return `${attributes(note, other)} from ${note.kernel}${place}`;
  const [value, changed] = [note.outputs[0], other.outputs[0]] as [Value, Value];
  const user = b.slice(i + 1).find(({ inputs }) => inputs.includes(changed))?.kernel;
  return `${numbers(value, changed)} from a constant made${place}${user ? ` for ${user}` : ""}, shape [${value.shape}]`;
}

/** The same kernel with the same attributes, or the same numbers. */
function sameNote(a: Noted, b: Noted): boolean {
  if (a.kernel !== b.kernel || !isDeepStrictEqual(a.attributes, b.attributes)) return false;
  if (a.kernel !== undefined) return true;
  const [value, other] = [a.outputs[0], b.outputs[0]] as [Value, Value];
  return Object.is(value.fill, other.fill) && isDeepStrictEqual(value.data, other.data);
}

const numbers = ({ fill }: Value, { fill: other }: Value): string =>
  fill === undefined || other === undefined ? "other numbers each time" : `${short(fill)}, then ${short(other)}`;

/** A float32 has seven digits to show. */
const short = (number: number): string => String(Number(number.toPrecision(7)));

function attributes({ attributes: a = {} }: Noted, { attributes: b = {} }: Noted): string {
  const others = new Map(Object.entries(b));
  const changed = Object.entries(a).find(([name, value]) => !isDeepStrictEqual(value, others.get(name)));
  return changed ? `${changed[0]} ${changed[1]}, then ${others.get(changed[0])}` : "other settings";
}

function describe({ operator, shape, dtype, attributes }: Value): string {
  return JSON.stringify([operator, shape, dtype, attributes]);
}

const nameOf = (value: Value): string =>
  `${value.operator === "Constant" ? "a constant" : (value.kernel ?? value.operator)}, shape [${value.shape}]`;

/** What each input of the graph stands for: a variable, or the place of an argument or a draw. */
function sourcesOf({ states, arguments: given, draws }: Trace): Map<Value, unknown> {
  const sources = new Map<Value, unknown>();
  for (const { input, variable } of states) sources.set(input, variable);
  given.forEach((value, i) => void sources.set(value, `argument ${i}`));
  draws.forEach((draw, i) => void ("value" in draw && sources.set(draw.value, `draw ${i}`)));
  return sources;
}

/** The same draws from the same streams. */
function sameDraws(a: Trace, b: Trace): boolean {
  const what = ({ draws }: Trace) =>
    draws.map(draw => ("value" in draw ? [draw.stream, draw.kind, draw.value.shape] : [draw.stream, draw.derive]));
  const sameStreams = a.streams.length === b.streams.length && a.streams.every((stream, i) => stream === b.streams[i]);
  return sameStreams && isDeepStrictEqual(what(a), what(b));
}

/** What a step returns beside tensors; objects of classes are made anew at every call. */
function constantsIn(result: unknown): unknown[] {
  const found: unknown[] = [];
  mapLeaves(result, leaf => {
    if (typeof leaf !== "object" && typeof leaf !== "function") found.push(leaf);
  });
  return found;
}
