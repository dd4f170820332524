/**
 * How often a method of an object is called while `body` runs: the cost meter of a network, in passes.
 *
 * The method is wrapped on that object alone, and put back at the end, also after an error.
 *
 * @throws TypeError where the object has no method of that name
 * @example
 * countCalls(Math, "abs", () => [1, 2, 3].map(x => Math.abs(x))) // => 3
 */
export function countCalls(object: object, method: string, body: () => unknown): number {
  const methods = object as Record<string, unknown>;
  const original = methods[method];
  if (typeof original !== "function") {
    throw new TypeError(
      `countCalls: ${method} must be a method of the object, but got ${typeof original}; name what a pass is.`,
    );
  }
  const own = Object.getOwnPropertyDescriptor(object, method);
  let calls = 0;
  methods[method] = function (this: unknown, ...rest: unknown[]) {
    calls++;
    return original.apply(this, rest);
  };
  try {
    body();
  } finally {
    if (own) Object.defineProperty(object, method, own);
    else delete methods[method];
  }
  return calls;
}
