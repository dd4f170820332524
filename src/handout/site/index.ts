export type { SiteCourse, SiteLecture } from "./course.ts";
export { type LectureOptions, Site, type SiteOptions } from "./site.ts";
