import { PageConfig } from "@jupyterlab/coreutils";
import { ServiceManager } from "@jupyterlab/services";
import type { CourseService } from "../course/service.ts";
import type { Lecture } from "./lecture.ts";
import { openLecture } from "./open.ts";

/** Opens a lecture whose files and kernels are those of the server that this page came from. */
export function openServedLecture(service: CourseService, path: string): Lecture {
  return openLecture({
    services: new ServiceManager(),
    service,
    path,
    kernelName: PageConfig.getOption("defaultKernelName") || "lectern",
    mode: PageConfig.getOption("mode") === "edit" ? "edit" : "study",
  });
}
