import { readFileSync, writeFileSync, mkdtempSync, existsSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as tf from "@tensorflow/tfjs";
import { beforeAll, describe, expect, it } from "vitest";
import { chooseBackend } from "../../../src/engine/index.ts";
import { loadWeights, saveWeights } from "../../../src/generative/training/index.ts";

beforeAll(() => chooseBackend());

const folder = mkdtempSync(join(tmpdir(), "lectern-weights-"));
const variables = (values: number[], shape: number[] = [values.length]) => ({
  "layer.kernel": tf.variable(tf.tensor(values, shape)),
  bias: tf.variable(tf.tensor1d([0.5])),
});

describe("saveWeights", () => {
  it("rounds to half precision, in the model as in the file (IEEE 754-2019, binary16)", async () => {
    // One third and π as numpy.float16 has them; the smallest subnormal; a tie, which goes to the even neighbour.
    const written = variables([1 / 3, Math.PI, 2 ** -24, 2049, -65504]);
    const expected = [0.333251953125, 3.140625, 2 ** -24, 2048, -65504];
    const path = join(folder, "rounded.weights");
    const { bytes, sha256 } = await saveWeights(path, written);
    expect(Array.from(written["layer.kernel"].dataSync())).toEqual(expected);
    expect(readFileSync(path).length).toBe(bytes);
    const read = variables([0, 0, 0, 0, 0]);
    await loadWeights(path, read, { bytes, sha256 });
    expect(Array.from(read["layer.kernel"].dataSync())).toEqual(expected);
    expect(Array.from(read.bias.dataSync())).toEqual([0.5]);
  });

  it("takes two bytes a weight", async () => {
    const many = { kernel: tf.variable(tf.zeros([40, 50])) };
    const path = join(folder, "many.weights");
    const { bytes } = await saveWeights(path, many);
    expect(bytes - readFileSync(path).indexOf("\n") - 1).toBe(4000);
  });

  it("refuses what half precision cannot hold, and leaves model and folder as they are", async () => {
    const path = join(folder, "none.weights");
    for (const wrong of [Number.NaN, Number.POSITIVE_INFINITY, 65520]) {
      const parameters = variables([1 / 3, wrong]);
      await expect(saveWeights(path, parameters)).rejects.toThrow(/at most 65504, but got .* in layer\.kernel/);
      expect(parameters["layer.kernel"].dataSync()[0]).toBe(Math.fround(1 / 3));
    }
    expect(existsSync(path)).toBe(false);
  });
});

describe("loadWeights", () => {
  it("says what is wrong with a file, and changes no weight then", async () => {
    const path = join(folder, "whole.weights");
    const whole = await saveWeights(path, variables([1, 2, 3]));
    const bytes = readFileSync(path);
    const broken = join(folder, "broken.weights");
    const read = variables([7, 8, 9]);
    const refused = async (content: Buffer | undefined, message: RegExp, parameters = read) => {
      if (content !== undefined) writeFileSync(broken, content);
      await expect(loadWeights(broken, parameters)).rejects.toThrow(message);
      expect(Array.from(read["layer.kernel"].dataSync())).toEqual([7, 8, 9]);
    };
    await refused(undefined, /must exist, but got nothing/);
    await refused(bytes.subarray(0, bytes.length - 2), /must hold 8 bytes of numbers, but got 6/);
    await refused(Buffer.from("PK\u0003\u0004"), /must begin with a lectern weights header/);
    await refused(
      Buffer.from('{"format":"lectern checkpoint","version":1}\n'),
      /must begin with a lectern weights header/,
    );
    await refused(bytes, /layer\.kernel must have shape \[3,1\], but got \[3\]/, variables([1, 2, 3], [3, 1]));
    await refused(bytes, /other must have shape \[1\], but got nothing/, {
      ...read,
      other: tf.variable(tf.zeros([1])),
    } as typeof read);
    const changed = Buffer.from(bytes);
    changed[bytes.length - 1] = (changed[bytes.length - 1] as number) ^ 1;
    writeFileSync(broken, changed);
    await expect(loadWeights(broken, read, whole)).rejects.toThrow(/must have the sha256/);
    expect(Array.from(read["layer.kernel"].dataSync())).toEqual([7, 8, 9]);
  });
});
