import type * as tf from "@tensorflow/tfjs";
import type * as everything from "../../../src/index.ts";

/** The library of a built checkout, with the tfjs that it uses. */
export interface Checkout {
  library: typeof everything;
  tf: typeof tf;
}

/** Makes the inputs; what it returns is timed. */
export type Make = () => () => unknown;

/** Calls of public functions on ordinary inputs, by name. The name of what is called is a word of the call's. */
export class Calls extends Map<string, Make> {
  /** One line a size. */
  sizes(name: string, sizes: readonly number[], make: (size: number) => () => unknown): void {
    for (const size of sizes) this.set(`${name} (${size})`, () => make(size));
  }
}
