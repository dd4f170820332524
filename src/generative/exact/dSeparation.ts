import { assertList, isList, told } from "./check.ts";

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
  assertList("dSeparated", "given", given);
  assertVariables([a, b], parents.length);
  assertVariables(given, parents.length);
  for (let i = 0; i < parents.length; i++) {
    const list = parents[i] as readonly number[];
    if (!isList(list)) assertList("dSeparated", `the parents of ${i}`, list);
    assertVariables(list, parents.length);
  }
  const children = parents.map((): number[] => []);
  parents.forEach((list, child) => {
    for (const parent of list) (children[parent] as number[]).push(child);
  });
  assertAcyclic(parents, children);
  const visited = { child: new Set<number>(), parent: new Set<number>() };
  const pending: { node: number; from: "child" | "parent" }[] = [{ node: a, from: "child" }];
  for (let step = pending.pop(); step !== undefined; step = pending.pop()) {
    const { node, from } = step;
    if (visited[from].has(node)) continue;
    visited[from].add(node);
    const known = given.includes(node);
    if (!known && node === b) return false;
    // From below it passes on upwards; from above it comes back from what is known, which opens a collider.
    if (known === (from === "parent"))
      for (const parent of parents[node] as readonly number[]) pending.push({ node: parent, from: "child" });
    if (!known) for (const child of children[node] as readonly number[]) pending.push({ node: child, from: "parent" });
  }
  return true;
}

function assertVariables(variables: readonly number[], d: number): void {
  for (const i of variables) {
    if (Number.isInteger(i) && i >= 0 && i < d) continue;
    throw new RangeError(
      `dSeparated: a variable must be an integer from 0 to ${d - 1}, but got ${told(i)}; parents has an entry for each.`,
    );
  }
}

/** Takes away variables whose parents are gone, until none is left. */
function assertAcyclic(parents: readonly (readonly number[])[], children: readonly (readonly number[])[]): void {
  const left = parents.map(list => list.length);
  const gone = [...left.keys()].filter(i => left[i] === 0);
  for (const node of gone) {
    for (const child of children[node] as readonly number[]) {
      left[child] = (left[child] as number) - 1;
      if (left[child] === 0) gone.push(child);
    }
  }
  if (gone.length === parents.length) return;
  const stay = [...left.keys()].filter(i => left[i] !== 0);
  throw new RangeError(
    `dSeparated: the graph must have no cycle, but got one among ${stay.slice(0, 8).join(", ")}; parents come first.`,
  );
}
