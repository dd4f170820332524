import { AsyncResource } from "node:async_hooks";
import { Server, Socket } from "node:net";
import { inspect, type InspectOptions } from "node:util";
import { createDeflateRaw } from "node:zlib";
import { attempt } from "../errors/attempt.ts";
import { counted } from "../output/counted.ts";
import { clearImmediate, clearTimeout, setImmediate, setTimeout } from "../timers.ts";

/**
 * From now on promises, timers and handles are printed without what node's tracking of asynchronous code hangs on
 * them: ids and times that differ from run to run, and the insides of the kernel. Returns a function that undoes it;
 * nested uses are counted.
 */
export const installAsyncInspection: () => () => void = counted(() => {
  const undo = tracked().map(quieten);
  return () => {
    for (const each of undo) each();
  };
});

/** The prototypes of what node tracks: promises, timers, resources of the user's own, and all handles of node's. */
function tracked(): object[] {
  const timer = setTimeout(() => {}, 0);
  const immediate = setImmediate(() => {});
  clearTimeout(timer);
  clearImmediate(immediate);
  const handle = attempt(handlePrototype, undefined);
  const [ofTimers, ofImmediates] = [timer, immediate].map(each => Object.getPrototypeOf(each) as object);
  const own = [Promise, AsyncResource, Socket, Server].map(each => each.prototype as object);
  return [...own, ofTimers, ofImmediates, handle].filter(each => each !== undefined);
}

/** What sockets, processes, watchers and the rest of node's handles have in common, found on the cheapest of them. */
function handlePrototype(): object | undefined {
  const stream = createDeflateRaw({ windowBits: 9, memLevel: 1 }) as unknown as { _handle: object; destroy(): void };
  const chain: object[] = [];
  for (let at: object | null = stream._handle; at; at = Object.getPrototypeOf(at) as object | null) chain.push(at);
  stream.destroy();
  const own = chain.at(-2);
  return own && "getAsyncId" in own ? own : undefined;
}

function quieten(prototype: object): () => void {
  const before = Object.getOwnPropertyDescriptor(prototype, inspect.custom);
  const otherwise: unknown = before?.value;
  const within = new Set<unknown>();
  /** Hides the marks and says no more than was said before: node then prints the rest as it would have. */
  function shown(this: unknown, depth: unknown, options: InspectOptions, ...rest: unknown[]): unknown {
    if (typeof this === "object" && this !== null && !within.has(this)) {
      // `%o` of console shows what is hidden too.
      if (options?.showHidden) return withoutMarks(this, () => inspect(this, options));
      hideMarks(this);
    }
    return typeof otherwise === "function" ? Reflect.apply(otherwise, this, [depth, options, ...rest]) : this;
  }
  function withoutMarks(value: object, show: () => string): string {
    const taken = marksOf(value).map(key => [key, Object.getOwnPropertyDescriptor(value, key)] as const);
    within.add(value);
    try {
      for (const [key] of taken) Reflect.deleteProperty(value, key);
      return show();
    } finally {
      within.delete(value);
      for (const [key, mark] of taken) if (mark) Object.defineProperty(value, key, mark);
    }
  }
  Object.defineProperty(prototype, inspect.custom, { value: shown, configurable: true, writable: true });
  return () => {
    if (before) Object.defineProperty(prototype, inspect.custom, before);
    else Reflect.deleteProperty(prototype, inspect.custom);
  };
}

function hideMarks(value: object): void {
  for (const key of marksOf(value)) Object.defineProperty(value, key, { enumerable: false });
}

function marksOf(value: object): (string | symbol)[] {
  return Reflect.ownKeys(value).filter(key => marks.has(typeof key === "symbol" ? key.description : key));
}

const marks = new Set<string | undefined>([
  "kResourceStore",
  "kAsyncContextFrame",
  "context_frame",
  "async_id_symbol",
  "trigger_async_id_symbol",
  "asyncId",
  "triggerId",
  "_idleStart",
]);
