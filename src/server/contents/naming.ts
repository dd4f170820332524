import { joinPath, nameOf } from "./paths.ts";

/** Whether a path is taken. */
type IsTaken = (apiPath: string) => Promise<boolean>;

/** `Untitled.ipynb`, `Untitled1.ipynb` …: the first in the folder that is free. */
export function untitled(folder: string, type: string, ext: string, isTaken: IsTaken): Promise<string> {
  if (type === "directory") return firstFree(folder, "Untitled Folder", "", " ", isTaken);
  if (type === "notebook") return firstFree(folder, "Untitled", ".ipynb", "", isTaken);
  return firstFree(folder, "untitled", ext, "", isTaken);
}

/** The name itself, `name-Copy1.ext`, `name-Copy2.ext` …: the first in the folder that is free. */
export function copyName(from: string, folder: string, isTaken: IsTaken): Promise<string> {
  const name = nameOf(from);
  const dot = name.lastIndexOf(".");
  const [stem, ext] = dot > 0 ? [name.slice(0, dot), name.slice(dot)] : [name, ""];
  const original = stem.replace(/-Copy\d*$/, "");
  return firstFree(folder, original, ext, "-Copy", isTaken);
}

async function firstFree(
  folder: string,
  stem: string,
  ext: string,
  separator: string,
  isTaken: IsTaken,
): Promise<string> {
  for (let n = 0; ; n++) {
    const candidate = joinPath(folder, `${stem}${n === 0 ? "" : `${separator}${n}`}${ext}`);
    if (!(await isTaken(candidate))) return candidate;
  }
}
