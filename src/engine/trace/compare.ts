import { liveValues, type Value } from "../onnx/index.ts";
import { placeOf, TraceError } from "./errors.ts";
import { leavesOf, ResultValue } from "./nests.ts";
import type { Trace } from "./trace.ts";

/**
 * Throws unless two traces of the same step wrote down the same graph.
 *
 * What differs was computed in JavaScript and would be frozen: a fresh random tensor, a counter, the time.
 */
export function assertSameTrace(first: Trace, second: Trace): void {
  const [a, b] = [liveValues(outputsOf(first)), liveValues(outputsOf(second))];
  const position = [new Map(a.map((value, i) => [value, i])), new Map(b.map((value, i) => [value, i]))] as const;
  const inputs = (value: Value, side: 0 | 1) => value.inputs.map(input => position[side].get(input)).join();
  a.forEach((value, i) => {
    const other = b[i];
    if (other === undefined || describe(value) !== describe(other)) throw changing(value, "another operation");
    if (!Object.is(value.fill, other.fill)) throw changing(value, `${value.fill}, then ${other.fill}`);
    if (!sameEntries(value, other)) throw changing(value, "other numbers each time");
    if (inputs(value, 0) !== inputs(other, 1)) throw changing(value, "other inputs");
  });
  if (a.length !== b.length) throw changing(b[a.length] as Value, "more operations the second time");
}

/** Everything the step computes that is kept. */
export function outputsOf(trace: Trace): Value[] {
  const updated = trace.states.filter(({ input, output }) => input !== output);
  return [...leavesOf(trace.result, ResultValue).map(({ value }) => value), ...updated.map(({ output }) => output)];
}

function describe({ operator, shape, dtype, attributes }: Value): string {
  return JSON.stringify([operator, shape, dtype, attributes]);
}

function sameEntries({ data: a }: Value, { data: b }: Value): boolean {
  if (a === undefined || b === undefined) return a === b;
  return a.length === b.length && a.every((entry: number | bigint, i: number) => Object.is(entry, b[i]));
}

function changing(value: Value, what: string): TraceError {
  const name = value.operator === "Constant" ? `a constant made${placeOf(value)}` : (value.kernel ?? value.operator);
  return new TraceError(
    `compile: a compiled step must do the same at every call, but got ${what} from ${name}, shape [${value.shape}]; pass what changes as a tensor argument, and draw random numbers from a Random`,
  );
}
