export { checksOf, declared, exerciseProblems } from "./exercises.ts";
export {
  assertNotSolutions,
  type Edition,
  editionFrom,
  editions,
  hasSolutionsApart,
  readEdition,
  solutionsPath,
  writeEditions,
} from "./files.ts";
export { type Editions, join, split } from "./join.ts";
export { isMarked, type Part, shownParts } from "./marks.ts";
export { nearMarks } from "./nearMarks.ts";
export { type Needs, needsInWords, readNeeds } from "./needs.ts";
export { NEEDS, starterEdition } from "./starter.ts";
export { holdsSolutions, INSTRUCTOR, studentEdition } from "./student.ts";
export { solutionLines, type Trace, textsOf, traces } from "./traces.ts";
