export { type Assignment, type Check, readAssignment } from "./assignment.ts";
export { type HandedIn, handedIn } from "./folder.ts";
export { type FolderSettings, gradeFolder } from "./gradeFolder.ts";
export { type Grade, pointsOf } from "./record.ts";
export { defaultLimits, type Limits } from "./workplace.ts";
