import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
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
  const folder = () => options.directory ?? mnistDirectory();
  return Promise.all(
    files.map(async file => ({ ...file, set: MNIST.name, ...origin, ...(await state(file, folder)) })),
  );
}

/** The weights that studies left for the lectures, by what `studies/<name>.json` in the folder says of them. */
export async function describeWeights(
  directory = fileURLToPath(new URL("../../../data", import.meta.url)),
): Promise<DataRow[]> {
  const results = (await readdir(join(directory, "studies")).catch(() => [])).filter(name => name.endsWith(".json"));
  const rows = await Promise.all(
    results.sort().map(async result => {
      const { name, weights } = JSON.parse(await readFile(join(directory, "studies", result), "utf8"));
      if (weights === undefined) return [];
      const file: DataFile = { name: `${name}.weights`, ...weights };
      const whole = await state(file, () => join(directory, "weights"), `git checkout, or npm run study ${name}`);
      return [{ ...file, set: `weights of ${name}`, source: `npm run study ${name}`, licence: "MIT", ...whole }];
    }),
  );
  return rows.flat();
}

async function state(
  file: DataFile,
  folder: () => string,
  remedy?: string,
): Promise<Pick<DataRow, "path" | "status" | "problem">> {
  let path = "";
  try {
    const directory = folder();
    path = join(directory, file.name);
    verify(await readDataFile(directory, file, remedy), file, directory, remedy);
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
