import { promiseHooks } from "node:v8";
import * as tf from "@tensorflow/tfjs";
import { SymbolicData } from "./backend.ts";
import { disposed, filesRunning, here, placeIn, TraceError } from "./errors.ts";

/**
 * Runs a step while nothing asynchronous can be had in it: what a promise brings later comes too late for a graph.
 *
 * A read or a timer is refused where it is asked for. Whatever else starts a promise is refused once the step has
 * returned, and none of those promises can end the process with a rejection that nobody has handled.
 */
export function synchronously<Result>(step: () => Result): Result {
  const started: Promise<unknown>[] = [];
  let place: string | undefined;
  const stop = promiseHooks.onInit(promise => {
    started.push(promise);
    if (place !== undefined) return;
    if (!isPrinting()) place = placeIn(here());
  });
  const restore = refuseAll();
  let result: Result;
  try {
    result = step();
  } finally {
    restore();
    stop();
    for (const promise of started) promise.catch(() => {});
  }
  return place === undefined ? result : refuse("a promise", place);
}

/** Puts functions that refuse in the place of those that bring something later, and returns what puts them back. */
function refuseAll(): () => void {
  const tensor = tf.Tensor.prototype as unknown as Methods;
  const [engine, global] = [tf.engine(), globalThis] as unknown as [Methods, Methods];
  const originals = [...named(tensor, [...READS, CHECK]), ...named(global, TIMERS)];
  tensor[CHECK] = function (this: tf.Tensor) {
    if (this.isDisposed) throw disposed(this);
  };
  for (const [, name, original] of named(tensor, READS)) {
    tensor[name] = function (this: tf.Tensor) {
      if (this.dataId instanceof SymbolicData) this.dataId.assertReadable(name);
      return original.call(this);
    };
  }
  for (const [, name, original] of named(global, TIMERS)) {
    global[name] = (...given) =>
      isPrinting() ? Reflect.apply(original, globalThis, given) : refuse(name, placeIn(here()));
  }
  for (const name of MEASURES) {
    engine[name] = () => {
      throw new TraceError(
        `compile: a compiled step must not measure its parts, but got tf.${name}${placeIn(here())}; measure calls of the step as a whole`,
      );
    };
  }
  return () => {
    for (const [owner, name, original] of originals) owner[name] = original;
    // The methods belong to the class; what was set above hid them.
    for (const name of MEASURES) delete engine[name];
  };
}

function refuse(what: string, place: string): never {
  throw new TraceError(
    `compile: a compiled step must not start anything asynchronous, but got ${what}${place}; await what it needs before the call, and return what is to be read after it`,
  );
}

/** What `console.log` starts, to send its text somewhere, is no part of the step. */
const isPrinting = (): boolean => filesRunning().some(file => file.startsWith("node:internal/console"));

type Method = (this: tf.Tensor, ...given: unknown[]) => unknown;
type Methods = Record<string, Method>;

const named = (owner: Methods, names: readonly string[]) =>
  names.map(name => [owner, name, owner[name] as Method] as const);

const READS = ["data", "array", "bytes", "buffer"];
const CHECK = "throwIfDisposed";
const TIMERS = ["setTimeout", "setInterval", "setImmediate", "queueMicrotask"];
const MEASURES = ["time", "profile"];
