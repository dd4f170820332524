import type { Position } from "../transform/positions.ts";

const places = new WeakMap<object, { file: string; position: Position }>();

/** A SyntaxError about one place in a file, which no stack frame points to. */
export function sourceError(message: string, file: string, position: Position): SyntaxError {
  const error = new SyntaxError(`${file}:${position.line}:${position.column}: ${message}`);
  places.set(error, { file, position });
  return error;
}

/** The place that a `sourceError` is about. */
export function placeOf(error: object): { file: string; position: Position } | undefined {
  return places.get(error);
}
