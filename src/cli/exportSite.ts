import { join } from "node:path";
import { readCourse } from "../server/lecture/course.ts";
import { exitCode } from "./errors.ts";
import type { ExportJob } from "./exportJob.ts";
import { exportProgress } from "./exportProgress.ts";
import { packageFolder } from "./packageFolder.ts";
import { display } from "./course.ts";

/** `lectern export course`: a folder of pages that lead to one another, without the lectures that cannot be shown. */
export async function exportSite(job: ExportJob, options: { out: string; interactive: boolean }): Promise<void> {
  const { Site } = await import("../handout/index.ts");
  const { title, lectures } = readCourse(packageFolder);
  const course = {
    title,
    lectures: lectures.map(each => ({ ...each, path: display(join(packageFolder, "notebooks", each.notebook)) })),
  };
  const site = new Site(course, { edition: job.edition, interactive: options.interactive });
  const progress = exportProgress(lectures.length);
  job.tell = line => progress.tell(line);
  for (const lecture of course.lectures) {
    progress.at(lecture.title);
    await job.attempt(lecture.path, () => site.add(lecture));
    progress.done();
  }
  progress.end();
  if (job.strict && job.code !== exitCode.done) {
    console.error("lectern export: with --strict, a site with a lecture missing is not written.");
    return;
  }
  for (const path of await site.write(options.out)) console.log(path);
}
