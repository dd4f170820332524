/** A step that cannot be compiled; it still runs eagerly. */
export class TraceError extends Error {
  override readonly name = "TraceError";
}

/** A place in the code that runs now. Cheap to take: the words are worked out when `placeIn` asks for them. */
export function here(): Error {
  const { stackTraceLimit } = Error;
  // An operation of tfjs is up to twenty calls deep.
  Error.stackTraceLimit = 40;
  const place = new Error();
  Error.stackTraceLimit = stackTraceLimit;
  return place;
}

/** ` at file:line:column` of the innermost code that is neither tfjs nor this engine; empty where there is none. */
export function placeIn({ stack = "" }: Error): string {
  const own = stack
    .split("\n")
    .slice(1)
    .find(frame => !machinery.test(frame));
  const place = own?.match(/((?:file:\/\/)?[^\s()]+:\d+:\d+)\)?$/)?.[1];
  return place === undefined ? "" : ` at ${place.replace("file://", "")}`;
}

const machinery = /node_modules|node:|tfjs-core|[/\\]engine[/\\]((trace|onnx)[/\\]|\w+\.[jt]s)/;

/** Where constants were made. */
const places = new WeakMap<object, Error>();

/** Remembers where a value was made. */
export function rememberPlace(value: object): void {
  if (!places.has(value)) places.set(value, here());
}

/** Where a value was made, as words; empty where that is not known. */
export function placeOf(value: object): string {
  const place = places.get(value);
  return place === undefined ? "" : placeIn(place);
}
