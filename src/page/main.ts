import { PageConfig } from "@jupyterlab/coreutils";
import { openCourse } from "./course/page.ts";
import { ServedCourse } from "./course/service.ts";
import { notifyError } from "./notices.ts";

const path = PageConfig.getOption("notebookPath");
const service = new ServedCourse();

// The course is there at once; what a lecture needs is loaded with it.
const opening = path ? lecture() : openCourse(service);
opening.catch((error: unknown) => {
  console.error(error);
  notifyError(error, { stays: true });
});

async function lecture(): Promise<void> {
  const { openServedLecture } = await import("./lecture/served.ts");
  openServedLecture(service, path);
}
