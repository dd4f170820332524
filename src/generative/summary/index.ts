export type { Formula } from "./formula.ts";
export { summarise } from "./showSummary.ts";
export type { Numbers, Summary } from "./summary.ts";
