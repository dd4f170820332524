export type { SiteCourse, SiteLecture } from "./course.ts";
export { Site, type SiteOptions } from "./site.ts";
