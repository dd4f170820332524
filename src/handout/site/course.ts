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
