import { existsSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { NotebookFormatError } from "../notebook/index.ts";
import { writeWhole } from "../notebook/writeWhole.ts";
import type { Assignment } from "./assignment.ts";
import { renderFeedback } from "./feedback.ts";
import { gradeSubmission } from "./gradeSubmission.ts";
import { lateness } from "./lateness.ts";
import { likeness } from "./matchCells.ts";
import { type Grade, keepGrade, keptGrade, keyOf } from "./record.ts";
import { readSubmission, type Submission } from "./submission.ts";
import { csvTable, markdownTable } from "./table.ts";
import { type Limits, makeWorkplace, type Workplace } from "./workplace.ts";

export interface FolderSettings {
  folder: string;
  /** The paths of the notebooks within the folder. */
  notebooks: readonly string[];
  assignments: readonly Assignment[];
  /** Where the table and the feedback go. */
  out: string;
  limits: Limits;
  /** How many run at once. */
  workers: number;
  /** Whether those run again that were graded before. */
  again: boolean;
  due?: Date | undefined;
  signal: AbortSignal;
  onGrade: (grade: Grade, kept: boolean, seconds: number) => void;
  onWorkplace: (place: Workplace) => void;
}

/**
 * Grades what lies in a folder, several at once, and writes the table. Each grade is kept as soon as it is there, so that
 * an interrupted run goes on where it was. Whatever is wrong with one file, the others are graded.
 */
export async function gradeFolder(settings: FolderSettings): Promise<Grade[]> {
  const grades: (Grade | undefined)[] = [];
  const places = new Places(settings);
  let next = 0;
  const work = async () => {
    while (next < settings.notebooks.length && !settings.signal.aborted) {
      const index = next++;
      const started = performance.now();
      const { grade, kept } = await gradeFile(settings.notebooks[index] as string, settings, places);
      if (grade === undefined) return;
      grades[index] = grade;
      settings.onGrade(grade, kept, (performance.now() - started) / 1000);
    }
  };
  try {
    await Promise.all(Array.from({ length: settings.workers }, work));
  } finally {
    await places.remove();
  }
  const done = grades.filter(each => each !== undefined);
  if (!settings.signal.aborted) {
    await mkdir(settings.out, { recursive: true });
    await writeWhole(join(settings.out, "grades.csv"), csvTable(done));
    await writeWhole(join(settings.out, "grades.md"), markdownTable(done));
  }
  return done;
}

type GradedFile = { grade: Grade | undefined; kept: boolean };

async function gradeFile(path: string, settings: FolderSettings, places: Places): Promise<GradedFile> {
  const submission = path.replace(/\.ipynb$/, "");
  const nothing = { submission, exercises: [], findings: [] };
  try {
    const read = await readSubmission(join(settings.folder, path));
    const assignment = lectureOf(read, path, settings.assignments);
    const late = lateness(read.modified, settings.due);
    const key = keyOf(
      VERSION,
      assignment.key,
      JSON.stringify(assignment.checks),
      JSON.stringify(settings.limits),
      read.text,
      ...late.map(({ text }) => text),
    );
    const record = join(settings.out, "records", `${submission}.json`);
    const feedback = join(settings.out, "feedback", `${submission}.html`);
    const known = settings.again || !existsSync(feedback) ? undefined : await keptGrade(record, key);
    if (known) return { grade: known, kept: true };
    const { limits, signal } = settings;
    const graded = await gradeSubmission(assignment, read, await places.of(assignment), { limits, signal });
    // What was cut off is no grade.
    if (signal.aborted) return { grade: undefined, kept: false };
    await mkdir(dirname(feedback), { recursive: true });
    await writeWhole(feedback, await renderFeedback(graded, assignment.path));
    const { exercises, findings } = graded;
    const grade = { submission, lecture: assignment.name, exercises, findings: [...findings, ...late] };
    await keepGrade(record, key, grade);
    return { grade, kept: false };
  } catch (error) {
    const message = (error as Error).message;
    return {
      grade: {
        ...nothing,
        error: error instanceof NotebookFormatError ? message : `it could not be graded: ${message}`,
      },
      kept: false,
    };
  }
}

/** The lecture most of whose cells a submission has. */
function lectureOf({ notebook }: Submission, path: string, assignments: readonly Assignment[]): Assignment {
  const alike = assignments
    .map(assignment => ({ assignment, cells: likeness(assignment.notebook.cells, notebook.cells, assignment.answers) }))
    .sort((a, b) => b.cells - a.cells);
  const [best] = alike;
  if (best !== undefined && best.cells > 0) return best.assignment;
  const names = assignments.map(({ name }) => name).join(", ");
  throw new NotebookFormatError(
    path,
    {},
    `a submission must have cells of ${names}, but got none; is it of another lecture? Name that with --of.`,
  );
}

/** One workplace for each lecture, made when it is needed. Nothing is written there, so it serves many at once. */
class Places {
  readonly #made = new Map<Assignment, Promise<Workplace>>();

  constructor(readonly settings: Pick<FolderSettings, "limits" | "onWorkplace">) {}

  of(assignment: Assignment): Promise<Workplace> {
    let place = this.#made.get(assignment);
    if (place === undefined) {
      place = makeWorkplace(assignment.path, this.settings.limits);
      if (this.#made.size === 0) place.then(this.settings.onWorkplace, () => {});
      this.#made.set(assignment, place);
    }
    return place;
  }

  async remove(): Promise<void> {
    for (const place of this.#made.values())
      await place.then(
        each => each.remove(),
        () => {},
      );
  }
}

/** Grades of another way to grade are not kept. */
const VERSION = "1";
