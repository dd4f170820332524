import type { ExerciseCounts } from "../../notebook/courseModels.ts";

/** How exercises stand, in the words that their checks have: `2 of 5 exercises right, 1 not right yet`. */
export function exerciseWords({ total, solved, wrong }: ExerciseCounts): string {
  const words = [`${solved} of ${total} ${total === 1 ? "exercise" : "exercises"} right`];
  if (wrong > 0) words.push(`${wrong} not right yet`);
  const open = total - solved - wrong;
  if (open > 0) words.push(`${open} not answered yet`);
  return words.join(", ");
}
