/** What JSON can hold. */
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

/** What turns one value into another: entries by their JSON pointer (RFC 6901), `/data/1/y`. */
export interface Difference {
  set: Record<string, Json>;
  remove?: string[];
}

/**
 * The entries in which `after` differs from `before`, each as small as it can be said: an array in which a few numbers
 * differ by these, one in which many do as a whole. `applied` is its inverse.
 */
export function differenceOf(before: Json, after: Json): Difference {
  const set: Difference["set"] = {};
  const remove: string[] = [];
  compare(before, after, "", set, remove);
  return remove.length > 0 ? { set, remove } : { set };
}

/**
 * `before` with the difference in it; it stays as it is, and shares what is the same.
 *
 * @throws TypeError for a difference that was made from something else
 */
export function applied(before: Json, { set, remove = [] }: Difference): Json {
  let after = before;
  for (const pointer of remove) after = changed(after, partsOf(pointer), pointer, undefined);
  for (const [pointer, value] of Object.entries(set)) after = changed(after, partsOf(pointer), pointer, value);
  return after;
}

function compare(before: Json, after: Json, at: string, set: Difference["set"], remove: string[]): void {
  if (before === after) return;
  if (!isBranch(before) || !isBranch(after) || !isSameKind(before, after)) {
    set[at] = after;
    return;
  }
  const inside: Difference["set"] = {};
  const gone: string[] = [];
  for (const key of Object.keys(before)) {
    if (!Object.hasOwn(after, key)) gone.push(`${at}/${escaped(key)}`);
  }
  for (const [key, value] of Object.entries(after)) {
    compare((before as Branch)[key] as Json, value, `${at}/${escaped(key)}`, inside, gone);
  }
  if (JSON.stringify([inside, gone]).length > JSON.stringify([{ [at]: after }, []]).length) {
    set[at] = after;
    return;
  }
  Object.assign(set, inside);
  remove.push(...gone);
}

function changed(node: Json, [key, ...rest]: string[], pointer: string, value: Json | undefined): Json {
  if (key === undefined) return value as Json;
  if (!isBranch(node) || key === "__proto__" || (Array.isArray(node) && !Object.hasOwn(node, key))) {
    throw new TypeError(
      `applied: a difference must fit what it is applied to, but got ${pointer}, which is not there; run the notebook again.`,
    );
  }
  const copy: Branch = Array.isArray(node) ? ([...node] as unknown as Branch) : { ...node };
  if (rest.length === 0 && value === undefined) delete copy[key];
  else copy[key] = changed((node as Branch)[key] as Json, rest, pointer, value);
  return copy as Json;
}

type Branch = { [key: string]: Json };

function isBranch(value: Json): value is Json[] | Branch {
  return typeof value === "object" && value !== null;
}

/** Arrays of other lengths are other arrays. */
function isSameKind(before: Json[] | Branch, after: Json[] | Branch): boolean {
  if (Array.isArray(before) !== Array.isArray(after)) return false;
  return !Array.isArray(before) || before.length === (after as Json[]).length;
}

function escaped(key: string): string {
  return key.replaceAll("~", "~0").replaceAll("/", "~1");
}

function partsOf(pointer: string): string[] {
  return pointer
    .split("/")
    .slice(1)
    .map(part => part.replaceAll("~1", "/").replaceAll("~0", "~"));
}
