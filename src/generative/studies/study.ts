/** A training run that takes minutes to hours, whose result is stored in data/studies/<name>.json. */
export interface Study<Result extends { name: string; target: Target }> {
  name: string;
  title: string;
  /** What a run uses unless it is told otherwise. */
  settings: Readonly<Record<string, number>>;
  run(options: StudyOptions): Promise<Result>;
  /** The result as a table in Markdown. */
  table(result: Result): string;
}

/** What a run was to reach, and whether it did. */
export interface Target {
  reached: boolean;
  why: string;
}

export interface StudyOptions {
  /** A folder for checkpoints; a run that was cut off goes on from there. */
  checkpoints: string;
  /** A folder for the weights of a model that the lectures load. Default: `checkpoints`. */
  weights?: string;
  /** Settings that differ from the study's own. */
  overrides: Readonly<Record<string, number>>;
  onProgress: (line: string) => void;
}
