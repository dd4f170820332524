import { stat } from "node:fs/promises";
import { join } from "node:path";
import { type DataFile, MNIST, MNIST_FILES, mnistDirectory, readDataFile, verify } from "./mnistFiles.ts";

/** One row of what data there should be, and whether it is there. */
export interface DataRow extends DataFile {
  set: string;
  source: string;
  licence: string;
  /** Where it is, or should be; empty where the package that brings it is missing. */
  path: string;
  status: "present" | "missing" | "damaged";
  /** What is wrong and what to do, where something is. */
  problem?: string;
}

/** Every data file of the course with its source, licence and checksum, and whether it is here and whole. */
export async function describeData(options: { directory?: string } = {}): Promise<DataRow[]> {
  const files = Object.values(MNIST_FILES).flatMap(({ images, labels }) => [images, labels]);
  return Promise.all(
    files.map(async file => ({ ...file, set: MNIST.name, ...origin, ...(await state(file, options)) })),
  );
}

async function state(
  file: DataFile,
  options: { directory?: string },
): Promise<Pick<DataRow, "path" | "status" | "problem">> {
  let path = "";
  try {
    const directory = options.directory ?? mnistDirectory();
    path = join(directory, file.name);
    verify(await readDataFile(directory, file), file, directory);
    return { path, status: "present" };
  } catch (error) {
    const exists = await stat(path).then(
      found => found.isFile(),
      () => false,
    );
    return { path, status: exists ? "damaged" : "missing", problem: (error as Error).message };
  }
}

const origin = { source: MNIST.source, licence: MNIST.licence };
