import * as tf from "@tensorflow/tfjs";
import { afterEach, beforeAll, expect, it } from "vitest";
import { chooseBackend, compile, Random } from "../../../src/engine/index.ts";
import { numbersOf } from "../../support/close.ts";
import { programs } from "./programs.ts";

beforeAll(() => chooseBackend());
afterEach(() => tf.disposeVariables());

/** The losses of twenty steps. */
function losses(name: string, isCompiled: boolean): number[] {
  const random = new Random(7);
  const { optimizer, step, batch } = (programs[name] as (typeof programs)[string])(random.split());
  const run = isCompiled
    ? compile(step, { optimizer, otherwise: "throw" })
    : compile(step, { optimizer, after: Infinity });
  const [data, noise] = [random.split(), random.split()];
  const told = Array.from({ length: 20 }, () => {
    const [x, y] = batch(data);
    return [run(x, y, noise)].flat().flatMap(loss => numbersOf(loss));
  });
  expect(run.eager === undefined).toBe(isCompiled);
  run.dispose();
  return told.flat();
}

it.each(Object.keys(programs))("trains to the same losses eagerly and compiled: %s", name => {
  const [compiled, eager] = [losses(name, true), losses(name, false)];
  expect(new Set(eager).size).toBeGreaterThan(15);
  for (const [i, loss] of eager.entries()) {
    expect(Math.abs((compiled[i] as number) - loss), `step ${i}`).toBeLessThan(1e-5 * Math.max(1, Math.abs(loss)));
  }
});
