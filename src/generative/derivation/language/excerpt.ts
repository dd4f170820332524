/** A text as it may stand in a message: in one line, with a sign in place of what nobody sees, and not too long. */
export function brief(text: string, most = 80): string {
  const characters = [...plain(text)];
  return characters.length <= most ? characters.join("") : `${characters.slice(0, most - 1).join("")}…`;
}

/** The text around a place in it, which counts characters from 0; all of it where it is short. */
export function excerpt(text: string, place = 0): string {
  const characters = [...text];
  if (characters.length <= 2 * AROUND) return plain(text);
  const [from, to] = [Math.max(0, place - AROUND), Math.min(characters.length, place + AROUND)];
  return `${from > 0 ? "…" : ""}${plain(characters.slice(from, to).join(""))}${to < characters.length ? "…" : ""}`;
}

/**
 * Where a part stands in a text, in characters from 0, whatever the spaces; undefined where it does not.
 *
 * A name is not found inside of a longer one.
 */
export function placeOf(part: string, text: string): number | undefined {
  const kept = [...text].flatMap((character, at) => (/\s/.test(character) ? [] : [{ character, at }]));
  const wanted = [...part.replace(/\s/g, "")];
  if (wanted.length === 0) return undefined;
  const isWord = (character: string | undefined) => character !== undefined && /[\p{L}\p{N}_]/u.test(character);
  const found = kept.findIndex((_, first) => {
    if (!wanted.every((character, i) => kept[first + i]?.character === character)) return false;
    const [before, after] = [kept[first - 1], kept[first + wanted.length]];
    const startsInWord = isWord(wanted[0]) && isWord(before?.character) && before?.at === (kept[first]?.at ?? 0) - 1;
    return !startsInWord && !(isWord(wanted.at(-1)) && isWord(after?.character));
  });
  return kept[found]?.at;
}

function plain(text: string): string {
  return text.replace(/\s+/gu, " ").replace(/[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Cs}\p{Zl}\p{Zp}]/gu, "▯");
}

const AROUND = 40;
