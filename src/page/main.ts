import { PageConfig } from "@jupyterlab/coreutils";
import { ServiceManager } from "@jupyterlab/services";
import { openLecture } from "./lecture/open.ts";

openLecture({
  services: new ServiceManager(),
  path: PageConfig.getOption("notebookPath"),
  kernelName: PageConfig.getOption("defaultKernelName") || "lectern",
  mode: PageConfig.getOption("mode") === "edit" ? "edit" : "study",
});
