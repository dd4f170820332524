import { createHook } from "node:async_hooks";
import { inspect } from "node:util";
import { afterEach, beforeEach, expect, it } from "vitest";
import { installAsyncInspection } from "../../../src/kernel/display/asyncResources.ts";

let before: PropertyDescriptor | undefined;
beforeEach(() => {
  before = Object.getOwnPropertyDescriptor(Promise.prototype, inspect.custom);
  Reflect.deleteProperty(Promise.prototype, inspect.custom);
});
afterEach(() => {
  if (before) Object.defineProperty(Promise.prototype, inspect.custom, before);
});

it("hides what node's tracking hangs on promises, and nothing of the user's", () => {
  const hook = createHook({ init: () => {} }).enable();
  const undo = installAsyncInspection();
  const own = Symbol("own");
  const promise = Object.assign(Promise.resolve(1), { [own]: 2 });
  // Before version 24 node writes brackets.
  expect(inspect(promise)).toMatch(/^Promise { 1, \[?Symbol\(own\)\]?: 2 }$/);
  expect(Object.getOwnPropertySymbols(promise).length).toBeGreaterThan(1);
  undo();
  hook.disable();
  expect(inspect.custom in Promise.prototype).toBe(false);
});

it("leaves it to a class of promises to say itself", () => {
  const undo = installAsyncInspection();
  class Own extends Promise<number> {}
  Object.defineProperty(Own.prototype, "custom", { value: 1 });
  const mine = Own.resolve(1);
  (mine as unknown as Record<symbol, unknown>)[inspect.custom] = () => "mine";
  expect([inspect(mine), inspect(Promise.prototype)]).toEqual(["mine", expect.any(String)]);
  const { custom } = inspect;
  const show = Reflect.get(Promise.prototype, custom) as (this: unknown) => unknown;
  expect([show.call("text"), show.call(null), show.call(undefined)]).toEqual(["text", null, undefined]);
  undo();
});
