import { basename } from "node:path";

/** A course, as its site shows it. */
export interface SiteCourse {
  title: string;
  /** In order. */
  lectures: readonly SiteLecture[];
}

/** One lecture, and where its notebook is. */
export interface SiteLecture {
  path: string;
  title: string;
  minutes: number;
  /** The files of the notebooks to read before. */
  needs: readonly string[];
  /** Whether it is no lecture but a list of what stands in them. */
  isIndex?: boolean;
}

/** `notebooks/05-latent-variables.ipynb` -> `05-latent-variables` */
export function nameOf(notebook: string): string {
  return basename(notebook, ".ipynb");
}

/** How many lectures these are: one that neither needs another nor is needed, as an index, stands beside the course. */
export function countInWords(all: readonly SiteLecture[]): string {
  const needed = new Set(all.flatMap(({ needs }) => needs.map(nameOf)));
  const lectures = all.filter(({ path, needs }) => needs.length > 0 || needed.has(nameOf(path)));
  // Where none needs another, they are lectures all the same.
  const count = lectures.length || all.length;
  const beside = all.length - count;
  return `${count} ${count === 1 ? "lecture" : "lectures"}${beside ? ` and ${beside} ${beside === 1 ? "page" : "pages"} beside them` : ""}`;
}
