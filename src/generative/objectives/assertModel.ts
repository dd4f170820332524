import { assertRandom, assertTensor } from "../../engine/index.ts";
import { assertFields, assertMethods } from "../exact/check.ts";

/** Throws unless there is a model, something that encodes x, an x that is a tensor, and a source of random numbers. */
export function assertModel(what: string, model: unknown, encoder: unknown, x: unknown, random: unknown): void {
  assertFields(what, "model", model, ["prior", "likelihood"]);
  assertMethods(what, "encoder", encoder, ["given"]);
  assertTensor(what, "x", x);
  assertRandom(what, random);
}
