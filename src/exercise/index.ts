export { type Checked, check, type Details, type Must, WrongAnswer } from "./check.ts";
export { isUnanswered, Unanswered, unanswered } from "./unanswered.ts";
export { type Verdict, verdictBundle } from "./verdict.ts";
