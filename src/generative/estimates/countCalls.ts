import { assertFunction, told } from "../exact/check.ts";

/**
 * How often a method of an object is called while `body` runs: the cost meter of a network, in passes.
 *
 * The method is wrapped on that object alone, and put back at the end, also after an error. Where `body` returns a
 * promise, calls are counted until that is settled, and so is the number returned: a promise of it.
 *
 * @throws TypeError where the object has no method of that name
 * @example
 * countCalls(Math, "abs", () => [1, 2, 3].map(x => Math.abs(x))) // => 3
 */
export function countCalls(object: object, method: string, body: () => PromiseLike<unknown>): Promise<number>;
export function countCalls(object: object, method: string, body: () => unknown): number;
export function countCalls(object: object, method: string, body: () => unknown): number | Promise<number> {
  const methods = object as Record<string, unknown> | undefined | null;
  const original = methods?.[method];
  if (!methods || typeof original !== "function") {
    throw new TypeError(
      `countCalls: ${method} must be a method of the object, but got ${methods ? typeof original : told(object)}; name what a pass is.`,
    );
  }
  assertFunction("countCalls", "body", body);
  const own = Object.getOwnPropertyDescriptor(object, method);
  let calls = 0;
  methods[method] = function (this: unknown, ...rest: unknown[]) {
    calls++;
    return original.apply(this, rest);
  };
  const restore = () => {
    if (own) Object.defineProperty(object, method, own);
    else delete methods[method];
  };
  let result: unknown;
  try {
    result = body();
  } catch (error) {
    restore();
    throw error;
  }
  if (typeof (result as PromiseLike<unknown> | undefined)?.then === "function") {
    return Promise.resolve(result)
      .finally(restore)
      .then(() => calls);
  }
  restore();
  return calls;
}
