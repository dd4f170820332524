import { type Equivalent, equivalent } from "./equivalent.ts";
import { equivalentAlgebra } from "./equivalentAlgebra.ts";
import { equivalentDerivation } from "./equivalentDerivation.ts";
import { equivalentTools } from "./equivalentTools.ts";
import type { Tested } from "./systematic.ts";

export interface Tally {
  mutants: number;
  killed: number;
  equivalent: number;
  /**
   * Those that no test noticed, or that no test reached, and that are not said to be equivalent; and those of which
   * nothing is known, because the tests failed without them too.
   */
  alive: Tested[];
  /** Equivalent ones that a test kills all the same. */
  contradicted: Tested[];
}

/** Killed of those that could be: a mutant that hangs is noticed, one that changes nothing does not count. */
export function tally(tested: readonly Tested[]): Tally {
  const valid = tested.filter(({ status }) => status !== "Ignored");
  const killed = valid.filter(({ status }) => status === "Killed" || status === "Timeout");
  const others = valid.filter(mutant => !killed.includes(mutant));
  return {
    mutants: killed.length + others.length,
    killed: killed.length,
    equivalent: others.filter(isEquivalent).length,
    alive: others.filter(mutant => !isEquivalent(mutant)),
    contradicted: killed.filter(isEquivalent),
  };
}

function isEquivalent(mutant: Tested): boolean {
  return [...equivalent, ...equivalentAlgebra, ...equivalentDerivation, ...equivalentTools].some(entry =>
    same(entry, mutant),
  );
}

function same(a: Equivalent, b: Tested): boolean {
  return a.file === b.file && a.from === b.from && a.to === b.to;
}

export function score({ mutants, killed, equivalent }: Pick<Tally, "mutants" | "killed" | "equivalent">): number {
  return mutants === equivalent ? 1 : killed / (mutants - equivalent);
}

/** One line a room. */
export function table(tallies: ReadonlyMap<string, Tally & { seconds: number }>): string {
  const rows = [...tallies].map(([room, t]) => [
    room,
    `${t.mutants}`,
    `${t.killed}`,
    `${t.equivalent}`,
    `${t.alive.length}`,
    `${(100 * score(t)).toFixed(1)} %`,
    `${t.seconds.toFixed(0)} s`,
  ]);
  return [["room", "mutants", "killed", "equivalent", "alive", "score", "time"], ...rows]
    .map(([name = "", ...cells]) => name.padEnd(15) + cells.map(cell => cell.padStart(11)).join(""))
    .join("\n");
}
