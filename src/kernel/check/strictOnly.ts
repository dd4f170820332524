import type { CellDiagnostic } from "../result.ts";

/** Whether only a strict check finds fault with this: the same cell would run in tslab. */
function isStrictOnly({ code, message }: CellDiagnostic): boolean {
  return (
    strictCodes.has(code) ||
    (assignments.has(code) && /'(?:[^']*\| )?(?:null|undefined)' is not assignable/.test(message))
  );
}

/** What to say below the errors of a cell that strictness alone refuses. */
export function strictnessHint(problems: readonly CellDiagnostic[]): string | undefined {
  if (problems.length === 0 || !problems.every(isStrictOnly)) return undefined;
  return 'Only strict checking refuses this: "// @nostrict" in the first line of a cell, or "strict": false in tsconfig.json, lets it run.';
}

/** Implicit `any` and `this`; possibly null, undefined or unknown; not assigned. */
const strictCodes: ReadonlySet<number> = new Set([
  2454, 2531, 2532, 2533, 2564, 2571, 2683, 2721, 2722, 2723, 7005, 7006, 7008, 7009, 7010, 7011, 7013, 7015, 7017,
  7018, 7019, 7020, 7022, 7023, 7024, 7031, 7033, 7034, 7041, 7051, 7052, 7053, 7057, 18046, 18047, 18048, 18049, 18050,
]);

const assignments: ReadonlySet<number> = new Set([2322, 2345]);
