export { type Course, type Lecture, readCourse } from "./lecture/course.ts";
export { jupyterDataFolders } from "./kernelSpecs/dataFolders.ts";
export { describeError } from "./log.ts";
export { type RunningServer, type ServerOptions, startServer } from "./server.ts";
