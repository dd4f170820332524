/** A step that cannot be compiled; it still runs eagerly. */
export class TraceError extends Error {
  override readonly name = "TraceError";

  constructor(message: string) {
    super(message);
    made?.push(this);
  }
}

/** Those made in the trace in progress. */
let made: TraceError[] | undefined;

/** Runs a step, and throws the first TraceError of it even where the step caught it: eagerly, there would be none. */
export function uncaught<Result>(step: () => Result): Result {
  const own: TraceError[] = [];
  made = own;
  try {
    const result = step();
    if (own[0] !== undefined) throw own[0];
    return result;
  } finally {
    made = undefined;
  }
}

/** What to say of a tensor that the step can no longer use: nothing is frozen of what eager code could not read. */
export function disposed({ shape, dtype }: { shape: readonly number[]; dtype: string }): Error {
  return new Error(
    `compile: tensors that a step uses must not be disposed, but got a disposed one, ${dtype} [${shape}]${placeIn(here(), ",")}; keep it while the step is used, or pass it as an argument`,
  );
}

/** A place in the code that runs now. Cheap to take: the words are worked out when `placeIn` asks for them. */
export function here(): Error {
  return withLongStacks(() => new Error());
}

/** The files whose code runs now, innermost first, whatever a host such as our kernel leaves out of stacks for people. */
export function filesRunning(): string[] {
  const { prepareStackTrace } = Error;
  Error.prepareStackTrace = (_, sites) => sites.map(site => site.getFileName() ?? "");
  try {
    return withLongStacks(() => new Error().stack) as unknown as string[];
  } finally {
    Error.prepareStackTrace = prepareStackTrace;
  }
}

/** Runs `body` while errors remember enough of the calls that led to them: an operation of tfjs is up to twenty deep. */
export function withLongStacks<Result>(body: () => Result): Result {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 40;
  try {
    return body();
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}

/** ` at file:line:column` of the innermost code that is neither tfjs nor this engine; empty where there is none. */
export function placeIn({ stack = "" }: Error, before = ""): string {
  const own = stack
    .split("\n")
    .slice(1)
    .find(frame => !machinery.test(frame));
  const place = own?.match(/((?:file:\/\/)?[^\s()]+:\d+:\d+|cell \d+, line \d+, column \d+)\)?$/)?.[1];
  return place === undefined ? "" : `${before} at ${place.replace("file://", "")}`;
}

const machinery = /<anonymous>|node_modules|node:|tfjs-core|[/\\]engine[/\\]((trace|onnx)[/\\]|\w+\.[jt]s)/;
