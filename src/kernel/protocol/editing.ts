import type { CellChecker, Completeness, Completions, Inspection } from "../check/cellChecker.ts";
import { pathAt, pathBefore, type SeenValue } from "../runtimeValues.ts";
import type { Content } from "./message.ts";

/** The content of a `complete_reply`. */
export async function completeReply(checker: CellChecker, request: Content, look: Look): Promise<Content> {
  const { code, cursor, offset } = placeOf(request);
  const { from, to, items } = await withValues(await checker.complete(code, offset), code, offset, look);
  const empty = items.length === 0;
  const start = empty ? cursor : codePointsOf(code, from);
  const end = empty ? cursor : codePointsOf(code, to);
  const types = items.map(({ text, type, detail }) => ({
    text,
    type,
    start,
    end,
    ...(detail === undefined ? {} : { signature: detail }),
  }));
  return {
    status: "ok",
    matches: items.map(each => each.text),
    cursor_start: start,
    cursor_end: end,
    metadata: { _jupyter_types_experimental: types },
  };
}

/** The content of an `inspect_reply`. */
export async function inspectReply(checker: CellChecker, request: Content, look: Look): Promise<Content> {
  const { code, offset } = placeOf(request);
  const typed = await checker.inspect(code, offset, request.detail_level === 1 ? 1 : 0);
  const found = typed && !/: any\b/.test(typed.text) ? typed : await withValue(typed, pathAt(code, offset), look);
  return { status: "ok", found: found !== undefined, data: found ? bundleOf(found) : {}, metadata: {} };
}

/** The content of an `is_complete_reply`. */
export async function isCompleteReply(checker: CellChecker, request: Content): Promise<Content> {
  const answer: Completeness = await checker.isComplete(String(request.code ?? ""));
  return { ...answer };
}

/** Looks at a value of the notebook. */
type Look = (path: string[]) => Promise<SeenValue | undefined>;

/** With the members that a value has now, where types do not know them all. */
async function withValues(found: Completions, code: string, offset: number, look: Look): Promise<Completions> {
  const place = found.open || found.items.length === 0 ? pathBefore(code, offset) : undefined;
  const members = (place && (await look(place.path))?.members) ?? [];
  if (!place || members.length === 0) return found;
  const { typed } = place;
  const known = new Set(found.items.map(each => each.text));
  const more = members.filter(({ name }) => !known.has(name) && name.toLowerCase().startsWith(typed.toLowerCase()));
  const items = [...found.items, ...more.map(({ name, type }) => ({ text: name, type }))];
  return { from: offset - typed.length, to: offset, items };
}

async function withValue(
  typed: Inspection | undefined,
  path: string[] | undefined,
  look: Look,
): Promise<Inspection | undefined> {
  const seen = path && (await look(path));
  if (!path || !seen) return typed;
  const text = `${path.at(-1)} = ${seen.text}`;
  const markdown = `\`\`\`typescript\n${text}\n\`\`\``;
  return typed ? { text: `${typed.text}\n${text}`, markdown: `${typed.markdown}\n\n${markdown}` } : { text, markdown };
}

function bundleOf({ text, markdown }: Inspection): Content {
  return { "text/plain": text, "text/markdown": markdown };
}

/** The code and the cursor in it, in code points and in UTF-16 units; the end where none is given. */
function placeOf(request: Content): { code: string; cursor: number; offset: number } {
  const code = String(request.code ?? "");
  const all = codePointsOf(code, code.length);
  const wanted = request.cursor_pos;
  const cursor = typeof wanted === "number" && wanted >= 0 ? Math.min(wanted, all) : all;
  return { code, cursor, offset: unitsOf(code, cursor) };
}

/** Jupyter counts a cursor in code points, JavaScript in UTF-16 units: 😀 is one, and two. */
function unitsOf(source: string, codePoints: number): number {
  let units = 0;
  for (let count = 0; count < codePoints && units < source.length; count++) {
    units += (source.codePointAt(units) ?? 0) > 0xffff ? 2 : 1;
  }
  return units;
}

/** The inverse of `unitsOf`. */
function codePointsOf(source: string, units: number): number {
  let count = 0;
  for (let at = 0; at < units && at < source.length; count++) at += (source.codePointAt(at) ?? 0) > 0xffff ? 2 : 1;
  return count;
}
