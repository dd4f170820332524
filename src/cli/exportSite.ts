import { join } from "node:path";
import type { LectureOptions, Site } from "../handout/index.ts";
import { display } from "./course.ts";
import { readCourse } from "./courseFolder.ts";
import { exitCode } from "./errors.ts";
import type { ExportJob } from "./exportJob.ts";
import { exportProgress } from "./exportProgress.ts";

/** `lectern export course`: a folder of pages that lead to one another, without the lectures that cannot be shown. */
export async function exportSite(job: ExportJob, out: string, options: LectureOptions): Promise<void> {
  const site = await makeSite(job, options);
  if (site) for (const path of await site.write(out)) console.log(path);
}

/** `lectern export course --to pdf`: its page to print, printed. */
export async function exportCoursePdf(job: ExportJob, out: string): Promise<void> {
  const { writePdf } = await import("../handout/index.ts");
  const site = await makeSite(job, { phones: false });
  if (!site) return;
  const name = job.edition === "student" ? "course.pdf" : `course.${job.edition}.pdf`;
  console.log(await writePdf(await site.printPage(), join(out, name)));
}

/** Undefined where it must be strict and a lecture should not be handed out, or where none is left. */
async function makeSite(job: ExportJob, options: LectureOptions): Promise<Site | undefined> {
  const { Site: Made } = await import("../handout/index.ts");
  const { folder, title, lectures } = readCourse("export");
  const course = {
    title,
    lectures: lectures.map(each => ({ ...each, path: display(join(folder, "notebooks", each.notebook)) })),
  };
  const site = new Made(course, { ...options, edition: job.edition });
  const progress = exportProgress(lectures.length);
  job.tell = line => progress.tell(line);
  for (const [index, lecture] of course.lectures.entries()) {
    progress.at(lecture.title);
    const next = course.lectures[index + 1];
    if (index === 0) await site.ahead(lecture);
    if (next) void site.ahead(next);
    await job.attempt(lecture.path, () => site.add(lecture));
    progress.done();
  }
  progress.end();
  if (site.isEmpty) return undefined;
  if (!job.strict || job.code === exitCode.done) return site;
  console.error("lectern export: with --strict, a course with a lecture missing is not written.");
  return undefined;
}
