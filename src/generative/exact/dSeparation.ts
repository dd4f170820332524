import { assertList, told } from "./check.ts";

/**
 * Whether every path between a and b is blocked once the variables in `given` are known.
 *
 * `parents[i]` are the parents of i in a directed acyclic graph. A chain or a fork is blocked by a known middle; a
 * collider is blocked unless it, or something below it, is known. d-separated variables are independent given
 * `given` in every distribution of the network. A ball that bounces off what is known, and passes through what is
 * not, finds every open path: Shachter, Bayes-Ball, 1998.
 *
 * @throws RangeError where a variable is not one of the graph's, or the graph has a cycle
 * @example
 * dSeparated([[], [], [0, 1]], 0, 1, []) // => true
 * @example
 * dSeparated([[], [], [0, 1]], 0, 1, [2]) // => false
 */
export function dSeparated(
  parents: readonly (readonly number[])[],
  a: number,
  b: number,
  given: readonly number[],
): boolean {
  assertList("dSeparated", "parents", parents);
  for (const [i, list] of parents.entries()) assertList("dSeparated", `the parents of ${i}`, list);
  assertList("dSeparated", "given", given);
  for (const i of [a, b, ...given, ...parents.flat()]) {
    if (!Number.isInteger(i) || i < 0 || i >= parents.length) {
      throw new RangeError(
        `dSeparated: a variable must be an integer from 0 to ${parents.length - 1}, but got ${told(i)}; parents has an entry for each.`,
      );
    }
  }
  assertAcyclic(parents);
  const children = parents.map((_, i) =>
    [...parents.keys()].filter(j => (parents[j] as readonly number[]).includes(i)),
  );
  const visited = new Set<string>();
  const pending: { node: number; from: "child" | "parent" }[] = [{ node: a, from: "child" }];
  for (let step = pending.pop(); step !== undefined; step = pending.pop()) {
    const { node, from } = step;
    if (visited.has(`${node} ${from}`)) continue;
    visited.add(`${node} ${from}`);
    const known = given.includes(node);
    if (!known && node === b) return false;
    // From below it passes on upwards; from above it comes back from what is known, which opens a collider.
    if (known === (from === "parent"))
      for (const parent of parents[node] as readonly number[]) pending.push({ node: parent, from: "child" });
    if (!known) for (const child of children[node] as readonly number[]) pending.push({ node: child, from: "parent" });
  }
  return true;
}

/** Takes away variables whose parents are gone, until none is left. */
function assertAcyclic(parents: readonly (readonly number[])[]): void {
  let left = new Set(parents.keys());
  for (;;) {
    const stay = new Set([...left].filter(i => (parents[i] as readonly number[]).some(parent => left.has(parent))));
    if (stay.size === 0) return;
    if (stay.size === left.size) {
      throw new RangeError(
        `dSeparated: the graph must have no cycle, but got one among ${[...stay].slice(0, 8).join(", ")}; parents come first.`,
      );
    }
    left = stay;
  }
}
